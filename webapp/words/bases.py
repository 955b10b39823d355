"""What the house says about the two bases, consents, interviews and trainings."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from webapp.words.kinds import Sentence, plural

SOURCES: Mapping[str, Sentence] = {
    "source_graduate": _("graduates"),
    "source_learner": _("learners"),
    "source_parent": _("parents"),
    "source_partner": _("employees of partners"),
    "source_pedagogue": _("teachers and instructors"),
    "source_social_partner": _("social partners"),
}
"""Where mentors come from."""

SENTENCES: Mapping[str, Sentence] = {
    **SOURCES,
    "already_in_mentee_base": _("%(person)s has already applied to this programme."),
    "already_in_mentor_base": _("%(person)s is already in the mentor base of this programme."),
    "programme_not_running": _("“%(title)s” does not run any more, so nobody can join it."),
    "form_not_used": _("The programme does not use this form of mentoring: %(form)s."),
    "partner_not_here": _("This partner is not among the partners of the organisation."),
    "too_young": _("The programme takes people from the age of %(age)s."),
    "too_old": _("The programme takes people up to the age of %(age)s."),
    "not_a_young_specialist": _(
        "This kind of pair is for those who have worked for at most %(years)s years. Choose another one."
    ),
    "guardian_of_oneself": _("Nobody is their own guardian. Name a parent or another guardian."),
    "guardian_needed": _("For a child a parent or another guardian signs too: write who it was."),
    "not_a_guardian": _("Only the person or a guardian can sign this."),
    "not_in_bases": _("%(person)s is not in the bases of this programme: there is nothing to agree to."),
    "consent_stands": _("This consent was given. It can be withdrawn."),
    "no_consent_to_withdraw": _("There is no such consent that could be withdrawn."),
    "has_left_already": _("This person has left the base already."),
    "leaves_pair_first": _("This person is in a pair. The pair has to be left first."),
    "mentor_not_trained": _("This mentor has not passed the training with ethics and safety yet."),
    "ages_crossed": _("The upper age is below the lower one."),
    "check_expired": _("This document has run out. Ask for a new one."),
    "check_lacking": plural(
        "%(count)s document is missing yet.", "%(count)s documents are missing yet.", "count"
    ),
    "named_twice": _("This person is in the list already."),
    # Tables of people.
    "file_missing": _("Choose a file."),
    "file_not_a_workbook": _(
        "This is not an Excel workbook. Save the table as “Excel workbook (.xlsx)” and send that."
    ),
    "file_old_format": _(
        "This is the old format of Excel. Save the table as “Excel workbook (.xlsx)” and send that."
    ),
    "file_with_macros": _(
        "The file can hold macros, so it is not opened. Save it as “Excel workbook (.xlsx)”, without macros."
    ),
    "file_too_large": _("The file is larger than 2 MB. Leave only the table in it, without pictures."),
    "file_too_much_inside": _(
        "There is far more in this file than a table of people needs. Copy the rows into the template."
    ),
    "table_empty": _("There are no rows in the table. Fill in the first sheet below its head."),
    "table_without_columns": _(
        "These columns are missing: %(columns)s. Take the template, or name the columns like in it."
    ),
    "table_too_long": plural(
        "The table is too long: at most %(maximum)s row at once. Divide it into several.",
        "The table is too long: at most %(maximum)s rows at once. Divide it into several.",
        "maximum",
    ),
    "table_has_mistakes": _(
        "The table has mistakes. Put them right and send it once more: nothing was taken in."
    ),
    "table_taken_in": _("This table has been taken in already."),
    "row_refused": _(
        "Row %(row)s (%(name)s) could not be taken in, so nothing was. Things have changed meanwhile: "
        "send the table once more."
    ),
    "row_repeated": _("the same person is in row %(row)s already. Leave one of them."),
    "person_ambiguous": _(
        "there are several people with this name and day of birth. Put this person in by hand."
    ),
    "no_such_day": _("there is no such day: “%(text)s”. Write it like this: 31.05.2010"),
    "birthday_not_come": _("this day has not come yet."),
    "not_a_source": _("there is no such sub-base: “%(text)s”. Choose from the list in the template."),
    "child_without_guardian": _(
        "under age, and no parent is named: nobody can sign the consent for the child"
    ),
    "namesake_without_birthday": _(
        "somebody of this name is there without a day of birth; this will be another person"
    ),
}
"""Refusals and complaints."""

ACTS: Mapping[str, LazyString] = {
    "mentee.applied": _("%(who)s applied to the programme as a mentee"),
    "mentee.status_changed": _("%(who)s moved a mentee on in the base"),
    "mentee.supported_first": _("%(who)s supported a mentee before everything else"),
    "mentor.proposed": _("%(who)s proposed a mentor"),
    "mentor.status_changed": _("%(who)s moved a mentor on in the base"),
    "mentor.check_accepted": _("%(who)s accepted a document of a mentor"),
    "mentor.checked_further": _("%(who)s made a further check of a mentor"),
    "training.planned": _("%(who)s planned a training of mentors"),
    "training.recorded": _("%(who)s recorded a training of a mentor"),
    "consent.given": _("%(who)s gave or entered a consent"),
    "consent.refused": _("%(who)s refused a consent or entered a refusal"),
    "consent.withdrawn": _("%(who)s withdrew a consent"),
    "consent.carried_out": _("%(who)s removed what needed a withdrawn consent"),
    "avoidance.noted": _("%(who)s noted that two people are not to be paired"),
    "bases.analysed": _("%(who)s looked at both bases"),
    "bases.imported": _("%(who)s took people into a base from a table"),
    "search.planned": _("%(who)s put a search for mentors into the roadmap"),
}
"""Acts of the journal."""
