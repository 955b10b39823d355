"""What statuses, consents and checks of the people in the bases are called."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext as p_

from models.bases import EntryStatus
from models.pairs import PairStatus
from webapp.words.kinds import Sentence

_BOTH: Mapping[EntryStatus, Sentence] = {
    EntryStatus.APPLIED: p_("base", "applied"),
    EntryStatus.CONSENTED: p_("base", "consents are there"),
    EntryStatus.SELECTED: p_("base", "chosen"),
    EntryStatus.RESERVED: p_("base", "in reserve"),
    EntryStatus.MATCHED: p_("base", "in a pair"),
    EntryStatus.PAUSED: p_("base", "pausing"),
    EntryStatus.COMPLETED: p_("base", "has finished"),
    EntryStatus.DECLINED: p_("base", "not admitted"),
    EntryStatus.LEFT: p_("base", "has left"),
}
MENTEE_STATUSES: Mapping[EntryStatus, Sentence] = {
    **_BOTH,
    EntryStatus.READY: p_("mentee", "waits for a pair"),
    EntryStatus.SEARCHING: p_("mentee", "a mentor is sought"),
}
MENTOR_STATUSES: Mapping[EntryStatus, Sentence] = {
    **_BOTH,
    EntryStatus.READY: p_("mentor", "ready"),
    EntryStatus.SEARCHING: p_("mentor", "a mentee is sought"),
}
LOOKS: Mapping[EntryStatus, str] = {
    EntryStatus.READY: "is-warning",
    EntryStatus.SEARCHING: "is-warning",
    EntryStatus.MATCHED: "is-good",
    EntryStatus.COMPLETED: "is-good",
}
MENTOR_LOOKS: Mapping[EntryStatus, str] = {**LOOKS, EntryStatus.READY: "is-good"}
ORDER = (
    EntryStatus.APPLIED,
    EntryStatus.CONSENTED,
    EntryStatus.SELECTED,
    EntryStatus.READY,
    EntryStatus.SEARCHING,
    EntryStatus.MATCHED,
    EntryStatus.PAUSED,
    EntryStatus.RESERVED,
    EntryStatus.COMPLETED,
    EntryStatus.DECLINED,
    EntryStatus.LEFT,
)
"""The way through a base."""

PURPOSES: Mapping[str, Sentence] = {
    "participation": _("taking part in the programme"),
    "personal_data": _("use of personal data"),
    "publicity": _("photos and publications"),
}
WAYS: Mapping[str, Sentence] = {
    "on_paper": _("on paper"),
    "in_product": _("in Tandem"),
}
REASONS: Mapping[str, Sentence] = {
    "consent_refused": _("a consent was refused"),
    "consent_withdrawn": _("a consent was withdrawn"),
}
"""Reasons that the house itself writes down."""

PAIR_STATUSES: Mapping[PairStatus, Sentence] = {
    PairStatus.APPROVED: p_("pair", "approved"),
    PairStatus.ACQUAINTED: p_("pair", "acquainted"),
    PairStatus.TRIED: p_("pair", "the trial meeting is behind"),
    PairStatus.PLANNED: p_("pair", "the plan is agreed"),
    PairStatus.WORKING: p_("pair", "at work"),
    PairStatus.PAUSED: p_("pair", "pausing"),
    PairStatus.CONCLUDING: p_("pair", "coming to its end"),
    PairStatus.COMPLETED: p_("pair", "completed"),
    PairStatus.REFUSED: p_("pair", "refused"),
    PairStatus.PARTED: p_("pair", "parted"),
    PairStatus.ENDED_EARLY: p_("pair", "ended early"),
}
