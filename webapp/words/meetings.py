"""What pairs and their meetings are called: kinds, statuses, marks, and why something became of a pair."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext as pgettext
from flask_babel.speaklater import LazyString

from models.meetings import MeetingKind
from models.pairs import PairStatus

KINDS: Mapping[MeetingKind, LazyString] = {
    MeetingKind.ACQUAINTANCE: _("Acquaintance"),
    MeetingKind.TRIAL: _("Trial meeting"),
    MeetingKind.PLANNING: _("Planning"),
    MeetingKind.WORKING: _("Working meetings"),
    MeetingKind.FINAL: _("Final meeting"),
}
"""The five meetings as steps of the way."""

MEETINGS: Mapping[MeetingKind, LazyString] = {
    MeetingKind.ACQUAINTANCE: _("Acquaintance meeting"),
    MeetingKind.TRIAL: _("Trial meeting"),
    MeetingKind.PLANNING: _("Planning meeting"),
    MeetingKind.WORKING: _("Working meeting"),
    MeetingKind.FINAL: _("Final meeting"),
}
"""One meeting in the diary."""

STATUSES: Mapping[PairStatus, LazyString] = {
    PairStatus.APPROVED: _("has not met yet"),
    PairStatus.ACQUAINTED: _("has got acquainted"),
    PairStatus.TRIED: _("has tried working together"),
    PairStatus.PLANNED: _("has an agreed plan"),
    PairStatus.WORKING: _("works together"),
    PairStatus.PAUSED: pgettext("pair", "paused"),
    PairStatus.CONCLUDING: _("sums up"),
    PairStatus.COMPLETED: _("has gone the whole way"),
    PairStatus.REFUSED: _("did not begin"),
    PairStatus.PARTED: _("parted after the trial"),
    PairStatus.ENDED_EARLY: pgettext("pair", "ended early"),
}
LOOKS: Mapping[PairStatus, str] = {
    PairStatus.PLANNED: "is-good",
    PairStatus.WORKING: "is-good",
    PairStatus.CONCLUDING: "is-good",
    PairStatus.PAUSED: "is-warning",
    PairStatus.REFUSED: "is-bad",
    PairStatus.PARTED: "is-bad",
    PairStatus.ENDED_EARLY: "is-bad",
}

CAUSES: Mapping[str, LazyString] = {
    "not_ready": _("somebody was not ready to work together"),
    "consent_withdrawn": _("a consent was withdrawn"),
    "full_cycle": _("all five meetings are behind them"),
    "no_mentor": _("no other mentor was found"),
    "replaced": _("another mentor took over"),
    "style": _("the ways of talking did not fit"),
    "interests": _("different interests"),
    "time": _("no common time"),
    "busy": _("no time was found"),
    "illness": _("illness"),
    "unrecorded": _("they met and did not write it down"),
    "conflict": _("disagreements"),
    "no_interest": _("the interest was gone"),
    "other": _("another reason"),
}
"""Why something became of a pair, where it was chosen and not written."""

MARKS: Mapping[str, LazyString] = {
    "reached": _("the goal is reached"),
    "yes": _("closer to the goal"),
    "a_little": _("a little closer to the goal"),
    "no": _("no closer to the goal yet"),
}

CONCERN_KINDS: Mapping[str, LazyString] = {
    "safety": _("Safety"),
    "health": _("Health and mood"),
    "conflict": _("Disagreements"),
    "boundaries": _("Boundaries or rules were broken"),
    "no_progress": _("Nothing works out"),
    "other": _("Something else"),
}
SEVERITIES: Mapping[str, LazyString] = {
    "low": _("It can wait for a few days"),
    "serious": _("It has to be looked into this week"),
    "urgent": _("Somebody has to step in now"),
}
SEVERITY_LOOKS: Mapping[str, str] = {"serious": "is-warning", "urgent": "is-bad"}
CHANNELS: Mapping[str, LazyString] = {
    "in_person": _("in person"),
    "phone": _("by phone"),
    "video": _("by video"),
    "chat": _("in writing"),
}


def cause(reason: str) -> str:
    """Say why something became of a pair: as it was chosen, or as somebody wrote it."""
    return str(CAUSES.get(reason, reason))
