"""What the house says about surveys, reports, awards and practices."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from webapp.words.kinds import Sentence

SENTENCES: Mapping[str, Sentence] = {
    "award_for_others": _("“%(award)s” is for people of another category."),
    "awarded_twice": _("This award is on the list already: each is given to the same people once."),
    "full_cycle_marked_twice": _("%(person)s is on both lists."),
    "full_cycle_not_marked": _("Decide about %(person)s too: the full cycle is passed or it is not."),
    "no_next_programme": _("There is no next programme yet to which the bases could be carried over."),
    "pair_not_to_be_shown": _("Not everybody in these pairs has agreed to be shown."),
    "person_not_to_be_shown": _("Not all of these people have agreed to be shown."),
    "practice_not_there": _("The story is not written yet."),
    "practice_published_already": _("This story is shown already."),
    "practice_without_agreement": _("Not everybody whom the story is about has agreed to its text."),
    "practice_without_consent": _("Not everybody whom the story is about has agreed to be shown."),
    "report_not_there": _("The report is not written yet."),
    "vote_for_own_pair": _("Members of the jury do not judge a pair of their own."),
    "vote_out_of_range": _("Give from 0 to %(maximum)s points."),
    "voted_already": _("You have judged the pair “%(pair)s” already."),
}
"""Refusals and complaints."""

ACTS: Mapping[str, LazyString] = {
    "award.points_given": _("%(who)s: an achievement of a pair is noted"),
    "bases.carried": _("%(who)s: the bases are carried over to the next programme"),
    "full_cycle.marked": _("%(who)s: the full cycle is decided about"),
    "jury.voted": _("%(who)s: a vote for a pair"),
    "practice.declined": _("%(who)s: the story “%(name)s” stays in the pair"),
    "practice.published": _("%(who)s: the story “%(name)s” is shown"),
    "practice.withdrawn": _("%(who)s: the story “%(name)s” is shown no more"),
    "practice.written": _("%(who)s: the story “%(name)s” is written"),
    "report.begun": _("%(who)s: the reports of the programme are begun"),
}
"""Acts of the journal."""
