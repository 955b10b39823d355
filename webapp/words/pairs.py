"""What the house says about pairs, meetings, goals and concerns."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from webapp.words.kinds import Sentence, plural

SENTENCES: Mapping[str, Sentence] = {
    "plan_was_replaced": _("The plan of this pair was replaced meanwhile. Look at the new one."),
    "pair_is_over": _("This pair has ended and does not change any more."),
    "stop_the_programme": _(
        "“%(title)s” is a whole programme: stop the programme instead, "
        "and all that runs around it ends with it."
    ),
    "pair_lacks_somebody": _("A pair needs a mentor and a mentee."),
    "pair_of_oneself": _("Nobody can be their own mentor."),
    "rules_not_discussed": _(
        "Discuss confidentiality with its exceptions, honesty and boundaries before you go on."
    ),
    "before_pair": _("The pair was formed only on %(day)s."),
    "side_missing": _("A meeting needs at least one mentor and one mentee."),
    "goals_missing": _("Name at least one goal."),
    "group_too_small": plural(
        "A group needs at least %(least)s mentee.", "A group needs at least %(least)s mentees.", "least"
    ),
    "too_few_wishes": plural("Name at least %(least)s wish.", "Name at least %(least)s wishes.", "least"),
    "meeting_too_short": plural(
        "A working meeting in person lasts at least %(least)s minute.",
        "A working meeting in person lasts at least %(least)s minutes.",
        "least",
    ),
    "pair_too_young": plural(
        "People work together for at least %(months)s month: you can conclude from %(day)s on.",
        "People work together for at least %(months)s months: you can conclude from %(day)s on.",
        "months",
    ),
    "person_not_in_pair": _("This person is neither a mentor nor a mentee of the pair."),
    "not_a_choice": _("Choose one of what is offered."),
    "break_ends_before_it_begins": _("A break cannot end before it begins."),
    "break_too_long": plural(
        "A break lasts at most %(maximum)s day.", "A break lasts at most %(maximum)s days.", "maximum"
    ),
}
"""Refusals and complaints."""

ACTS: Mapping[str, LazyString] = {
    "pair.formed": _("A pair was formed: %(name)s"),
    "pair.advanced": _("The pair %(name)s has come a step further"),
    "pair.closed": _("The pair %(name)s has ended"),
    "pair.left": _("Somebody left the pair %(name)s"),
    "pair.checked": _("%(who)s found out why a pair was silent"),
    "meeting.recorded": _("%(who)s recorded a meeting"),
    "plan.step_done": _("%(who)s ticked off a step of the plan: “%(name)s”"),
    "plan.step_undone": _("%(who)s took back that a step of the plan is done: “%(name)s”"),
    "plan.drawn": _("%(who)s drew up a plan"),
    "plan.agreed": _("%(who)s agreed to a plan"),
    "participant.seated": _("Somebody new takes part in the case"),
    "participant.unseated": _("Somebody does not take part in the case any more"),
    "participant.replaced": _("Somebody took the place of another in the case"),
    "pair.joined": _("Another mentor joined the pair %(name)s"),
    "pair.leaving_announced": _("%(who)s announced that somebody leaves the pair"),
    "pair.supported": _("%(who)s asked a pair how things go"),
    "concern.raised": _("%(who)s raised a concern"),
    "concern.alarmed": _("The psychologist and the head were called in"),
    "concern.acted_on": _("Measures were begun because of a concern"),
    "concern.closed": _("%(who)s closed a concern"),
    "break.added": _("%(who)s added a break to the calendar"),
    "break.removed": _("%(who)s removed a break from the calendar"),
}
"""Acts of the journal."""
