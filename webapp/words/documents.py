"""What documents and their fields are called, where those are filled in, and what goes wrong."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext as pgettext
from flask_babel.speaklater import LazyString

from models.documents import DocumentStatus
from webapp.words.kinds import Sentence, plural
from workflows.documents.kinds import Place

KINDS: Mapping[str, LazyString] = {
    "launch_order": _("Order to launch the programme"),
    "curator_order": _("Order appointing the curator"),
    "pairs_order": _("Order fixing the pairs"),
    "pairs_protocol": _("Minutes of the council on pairs"),
    "roadmap": pgettext("document", "Roadmap"),
    "programme_report": _("Report on the programme"),
    "winners_list": _("List of winners"),
    "agreement": _("Agreement of mentor and mentee"),
    "pair_plan": _("Plan of the pair"),
    "pair_summary": _("Summary of the pair"),
    "personal_data_consent": _("Consent to personal data"),
    "participation_consent": _("Consent to take part"),
    "certificate": _("Certificate of participation"),
    "certificate_en": _("Certificate of participation in English"),
    "gratitude": _("Letter of gratitude"),
    "honour": _("Certificate of honour"),
    "parents_letter": _("Thank-you letter to parents"),
    "partner_letter": _("Thank-you letter to a partner"),
}

STATUSES: Mapping[DocumentStatus, LazyString] = {
    DocumentStatus.ISSUED: pgettext("document", "issued"),
    DocumentStatus.SIGNED: pgettext("document", "signed"),
    DocumentStatus.REPLACED: pgettext("document", "replaced"),
    DocumentStatus.WITHDRAWN: pgettext("document", "withdrawn"),
}
LOOKS: Mapping[DocumentStatus, str] = {
    DocumentStatus.SIGNED: "is-good",
    DocumentStatus.WITHDRAWN: "is-bad",
}

FIELDS: Mapping[str, LazyString] = {
    "organisation.name": _("Organisation"),
    "head.name": _("Who signs as the head"),
    "head.position": _("Position of the head"),
    "curator.name": _("Curator"),
    "curator.position": _("Position of the curator"),
    "programme.title": _("Programme"),
    "programme.starts_on": _("First day"),
    "programme.ends_on": _("Last day"),
    "programme.tasks": _("Tasks of the programme"),
    "programme.expected_results": _("Expected results"),
    "forms": _("Forms of mentoring"),
    "team": _("Team"),
    "roadmap": _("Measures of the roadmap"),
    "pairs": _("Pairs"),
    "winners": _("Pairs in the rating"),
    "counts.pairs": _("Number of pairs"),
    "counts.completed": _("Completed pairs"),
    "counts.meetings": _("Meetings"),
    "counts.reached": _("Goals reached"),
    "stages": _("Closed stages"),
    "pair.mentors": _("Mentor"),
    "pair.mentees": _("Mentee"),
    "pair.groups": _("Class or group"),
    "pair.form": _("Form of mentoring"),
    "pair.since": _("Together since"),
    "pair.until": _("Together until"),
    "guardians": _("Who signs for the child"),
    "guardians_known": _("Who signs for the child"),
    "goals": _("Goals"),
    "meetings": _("Meetings"),
    "story.title": _("Story of the pair"),
    "person.name": _("Name"),
    "person.group": _("Class or group"),
    "person.born_on": _("Day of birth"),
    "person.role": _("Took part as"),
    "consent.text": _("Text of the consent"),
    "consent.version": _("Version of the text"),
    "children": _("Children"),
    "partner.name": _("Partner"),
    "mentors": _("Mentors from there"),
    "typed.grounds": _("On what grounds"),
    "typed.control": _("Who sees that it is done"),
    "typed.body": _("Which body met"),
    "typed.chair": _("Who chaired"),
    "typed.secretary": _("Who took the minutes"),
    "typed.present": _("Who was present"),
    "typed.summary": _("Conclusions"),
    "typed.merit": _("What for, in words that stand in the document"),
}

WHERE: Mapping[Place, LazyString] = {
    Place.PROGRAMME: _("It comes from the programme."),
    Place.TEAM: _("Appoint somebody on the page of the team."),
    Place.ROADMAP: _("Write the measures into the roadmap first."),
    Place.STAGES: _("It is written down in the first stage of the programme."),
    Place.PAIRS: _("No pair has been formed yet."),
    Place.PAIR: _("It is written down by the pair: see its page."),
    Place.PERSON: _("Complete the profile of the person: a child needs a parent who signs."),
    Place.CLOSING: _("It comes from the rating at the end of the programme."),
    Place.HERE: _("Type it below."),
}
LINKS: Mapping[Place, str] = {
    Place.PROGRAMME: "programmes.one",
    Place.TEAM: "programmes.team",
    Place.ROADMAP: "programmes.roadmap",
    Place.STAGES: "programmes.one",
    Place.PAIRS: "programmes.one",
    Place.CLOSING: "programmes.closing",
    Place.PERSON: "mentees.show",
}

PARTS: Mapping[str, LazyString] = {
    "text": _("in the text, paragraph %(number)s"),
    "header": _("at the head of the page, paragraph %(number)s"),
    "footer": _("at the foot of the page, paragraph %(number)s"),
    "footnote": _("in a footnote, paragraph %(number)s"),
}

SOMEWHERE = _("somewhere in the template")

SENTENCES: Mapping[str, Sentence] = {
    "document_lacks_this": _("This is still missing."),
    "document_lacks_something": plural(
        "%(count)s field is still missing. It is named above.",
        "%(count)s fields are still missing. They are named above.",
        "count",
    ),
    "document_not_in_force": _("The document %(number)s does not count any more."),
    "document_of_another_year": _("A new version keeps its number, so its day must be in %(year)s."),
    "scan_of_another_kind": _("Attach a PDF or a picture (JPG, PNG). This is something else."),
    "nobody_chosen": _("Choose at least one person."),
    "too_many_people": _("Choose at most %(limit)s people at once."),
    "template_is_no_docx": _(
        "This is no Word document (.docx) that can be read. Documents with macros and of other kinds are not "
        "taken."
    ),
    "template_too_large": _("The template is too large: at most %(limit)s MB."),
    "template_unpacks_too_large": _("A part of the template is far too large: %(name)s."),
    "template_pictures_too_large": _(
        "The pictures of the template have more than %(limit)s million dots together. Make them smaller."
    ),
    "template_runs_something": _("The template holds something that runs by itself: %(name)s. Leave it out."),
    "template_loads_from_elsewhere": _(
        "The template loads something from elsewhere: %(name)s. Put the picture itself into it."
    ),
    "template_hides_something": _(
        "The template holds a field where nobody sees it. Write fields as plain text only."
    ),
    "template_expression_unfinished": _(
        "A field does not end in the paragraph in which it begins: “%(name)s” (%(paragraph)s)."
    ),
    "template_too_many_expressions": _("There are more than %(limit)s fields in the template."),
    "template_expression_unreadable": _("A field cannot be read: %(name)s."),
    "template_expression_not_allowed": _(
        "A field does something that templates may not: %(name)s %(paragraph)s. They may show a field, "
        "repeat rows and ask whether something is there."
    ),
    "template_name_unknown": _("There is no field “%(name)s” (%(paragraph)s). The fields are listed below."),
    "template_shows_a_group": _(
        "“%(name)s” is a group or a list and cannot be shown as it is (%(paragraph)s). Name one of its "
        "fields."
    ),
    "template_list_unknown": _("“%(name)s” is no list that can be repeated (%(paragraph)s)."),
    "template_repeats_too_much": _("“%(name)s” is repeated inside another repetition (%(paragraph)s)."),
    "template_cannot_be_filled": _("The template cannot be filled. Save it in Word anew and try again."),
    "template_is_the_usual_one": _("The usual template is in use already."),
}

ACTS: Mapping[str, LazyString] = {
    "document.made": _("%(who)s made a document"),
    "document.signed": _("%(who)s attached a signed document"),
    "document.scan_removed": _("%(who)s took a scan away"),
    "document.withdrawn": _("%(who)s withdrew a document"),
    "documents.asked_for": _("%(who)s asked for many documents at once"),
    "documents.made": _("The documents asked for were made"),
    "template.replaced": _("%(who)s put a template of their own in place"),
    "template.restored": _("%(who)s went back to the usual template"),
}


def field(name: str) -> str:
    """Name a field of a document."""
    return str(FIELDS.get(name, name))


def place(code: str) -> str:
    """Say where in a template something stands."""
    part, _colon, number = code.partition(":")
    return str(PARTS[part]) % {"number": number} if part in PARTS else str(SOMEWHERE)


def say_missing() -> str:
    """Say that a field has to be filled in."""
    return str(SENTENCES["document_lacks_this"])
