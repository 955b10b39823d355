"""What the house says about programmes, stages and partners."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from webapp.words.kinds import Sentence, plural

PAPERS: Mapping[str, Sentence] = {
    "paper_act": _("Order on the introduction of mentoring"),
    "paper_agreement": _("Addendum to the curator’s contract of employment"),
    "paper_curator_order": _("Order on the appointment of the curator"),
    "paper_partner_agreement": _("Agreement with the curator’s employer"),
    "paper_programme": _("Mentoring programme"),
    "paper_protocol": _("Minutes of the council on the papers"),
    "paper_publication": _("Publication on the website"),
    "paper_regulation": _("Regulation on mentoring"),
    "paper_roadmap": _("Roadmap"),
}
"""The papers of a programme, by their kind."""

SENTENCES: Mapping[str, Sentence] = {
    **PAPERS,
    "programme_is_over": _("“%(title)s” is over and does not change any more."),
    "programme_ends_before_it_starts": _("The last day must come after the first one."),
    "programme_over_already": _("This day has passed. A programme ends on a day that is still to come."),
    "programme_too_short": plural(
        "A programme lasts at least %(weeks)s week.", "A programme lasts at least %(weeks)s weeks.", "weeks"
    ),
    "programme_too_far_away": plural(
        "This is more than %(years)s year away. Check the year.",
        "This is more than %(years)s years away. Check the year.",
        "years",
    ),
    "programme_too_long": _("By this variant the programme ends on %(latest)s at the latest."),
    "curator_not_appointed": _("No curator is appointed yet. Appoint one first."),
    "curator_is_replaced": _(
        "The curator is not let go, but replaced: somebody has to answer for the programme."
    ),
    "last_day_out_of_reach": _("Choose a day from the day of the appointment until today."),
    "curator_is_there": _("The programme has a curator. Use “replace the curator” to appoint another."),
    "already_answers_for_programme": _("This person already answers for the programme."),
    "deputy_is_the_curator": _("The deputy must be somebody other than the curator."),
    "stage_without_measure": _("Stage %(stage)s has no measure yet. Every stage needs at least one."),
    "measure_not_done": _("“%(measure)s” is not marked as done."),
    "outside_of_programme": _("Choose a day of the programme: from %(earliest)s to %(latest)s."),
    "methodology_lacks_rules": _(
        "The methodology of this organisation has no rules for programmes. Ask the administrator to install "
        "the target model."
    ),
    "handover_lies_ahead": _(
        "This day has not come yet. Hand over on the day itself: until then the former curator answers."
    ),
    "day_not_come": _("This day has not come yet. Give the day on which it was done."),
    "nobody_was_told": _("Add at least one line: whom you told, how and when."),
    "no_audience": _("Add at least one audience among which you will look for mentors."),
    "papers_not_signed": _("The act, the regulation, the programme and the roadmap must be signed first."),
    "mentee_base_empty": _("Nobody has been taken into the mentee base yet."),
    "mentor_base_empty": _("Nobody stands in the mentor base yet."),
    "no_mentor_ready": _("No mentor has been selected and trained yet."),
    "no_pair_formed": _("No pair has been formed yet."),
    "pairs_still_active": plural(
        "%(count)s pair is still at work. Bring it to its end first.",
        "%(count)s pairs are still at work. Bring them to their end first.",
        "count",
    ),
    "partner_is_there": _("“%(name)s” is among your partners already."),
    "contract_ends_before_it_begins": _("A contract ends after it was signed."),
}
"""Refusals and complaints."""

ACTS: Mapping[str, LazyString] = {
    "programme.started": _("%(who)s started the programme"),
    "programme.stopped": _("%(who)s stopped the programme"),
    "programme.closed": _("The programme came to its end"),
    "programme.not_approved": _("%(who)s did not approve the programme"),
    "programme.forms_chosen": _("%(who)s chose the forms of mentoring"),
    "stage.opened": _("A stage of the programme began"),
    "stage.closed": _("%(who)s closed a stage of the programme"),
    "document.added": _("%(who)s added a document"),
    "document.signed": _("%(who)s signed the papers of the programme"),
    "papers.returned": _("%(who)s returned the papers of the programme"),
    "roadmap.drawn": _("%(who)s drew the roadmap"),
    "roadmap.marked": _("%(who)s marked a measure of the roadmap as done"),
    "roadmap.unmarked": _("%(who)s took back that a measure of the roadmap was done"),
    "measure.recorded": _("%(who)s recorded what came of a measure"),
    "appointment.made": _("%(who)s made an appointment"),
    "appointment.ended": _("%(who)s ended an appointment"),
    "partner.added": _("%(who)s added a partner"),
    "contract.added": _("%(who)s added a contract with a partner"),
}
"""Acts of the journal."""
