"""The sentences of a move to another version of a methodology: what stays and why, what else changes."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from webapp.words.kinds import Sentence, plural

REASONS: Mapping[str, Sentence] = {
    "process_gone": _("The new version has no process “%(element)s”."),
    "element_gone": _("The case stands at “%(name)s”, which the new version does not have."),
    "element_changed_kind": _(
        "The case stands at “%(name)s”, which is a step of another kind in the new version."
    ),
    "waits_for_something_else": _(
        "“%(name)s” waits for something else in the new version than what the case waits for there."
    ),
    "calls_another_process": _("“%(name)s” runs another process in the new version than the one under way."),
    "flow_into_gateway_gone": _(
        "A branch waits at “%(name)s” for the others; the arrow by which it came is not in the new version."
    ),
    "branch_never_started": _(
        "“%(name)s” would wait for a branch that the new version adds and that never began in this case."
    ),
    "parallel_gateway_gone": _(
        "Branches are under way side by side, and the new version does not have “%(name)s”, which joins them."
    ),
    "leaves_parallel_branches": _(
        "“%(name)s” lies outside of the branches that run side by side in the new version."
    ),
    "all_events_gone": _(
        "The case waits at “%(name)s” for one of several events, of which the new version has none."
    ),
    "never_open_together": _(
        "The new version never comes to “%(name)s” together with all else that is open in this case."
    ),
    "event_cannot_begin": _("“%(name)s” would have to begin to wait, and does not know for what."),
    "results_are_lost": _(
        "“%(name)s” is done several times, and the new version would lose the results gathered so far."
    ),
    "cannot_begin": _("“%(name)s” would have to begin, and is meant for somebody who is not there."),
    "unforeseen": _("Something broke on our side: %(name)s"),
    "state_unreadable": _("One of the two versions cannot be read: %(name)s"),
    "case_completed": _("The case has come to its end."),
    "case_cancelled": _("The case was ended early."),
}
"""Why a case stays."""

CHANGES: Mapping[str, Sentence] = {
    "event_begins": _("“%(name)s” begins to be waited for."),
    "event_ends": _("“%(name)s” is waited for no more."),
}
"""What a move does besides moving."""

COUNTS: Mapping[str, Sentence] = {
    "all_cases_there": _("No case is under way on another version of “%(pack)s” than %(number)s."),
    "cases_move": plural(
        "%(count)s case moves to version %(number)s of “%(pack)s”.",
        "%(count)s cases move to version %(number)s of “%(pack)s”.",
        "count",
    ),
    "cases_stay": plural("%(count)s case stays:", "%(count)s cases stay:", "count"),
    "cases_were_moved": plural("%(count)s case was moved.", "%(count)s cases were moved.", "count"),
    "cases_left_to_worker": plural(
        "%(count)s case is left to the worker, which moves it next.",
        "%(count)s cases are left to the worker, which moves them next.",
        "count",
    ),
    "besides": _("What else changes:"),
    "nothing_moved_yet": _("Nothing was moved yet. Add --yes to move what can be moved."),
}
"""What the command says about many cases at once."""
