"""What statuses, consents and checks of the people in the bases are called."""

import re
from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext as pgettext

from models.bases import EntryStatus
from models.pairs import PairStatus
from webapp.words.kinds import Sentence

_BOTH: Mapping[EntryStatus, Sentence] = {
    EntryStatus.APPLIED: pgettext("base", "applied"),
    EntryStatus.CONSENTED: pgettext("base", "consents are there"),
    EntryStatus.SELECTED: pgettext("base", "chosen"),
    EntryStatus.RESERVED: pgettext("base", "in reserve"),
    EntryStatus.MATCHED: pgettext("base", "in a pair"),
    EntryStatus.PAUSED: pgettext("base", "pausing"),
    EntryStatus.COMPLETED: pgettext("base", "has finished"),
    EntryStatus.DECLINED: pgettext("base", "not admitted"),
    EntryStatus.LEFT: pgettext("base", "has left"),
}
MENTEE_STATUSES: Mapping[EntryStatus, Sentence] = {
    **_BOTH,
    EntryStatus.READY: pgettext("mentee", "waits for a pair"),
    EntryStatus.SEARCHING: pgettext("mentee", "a mentor is sought"),
}
MENTOR_STATUSES: Mapping[EntryStatus, Sentence] = {
    **_BOTH,
    EntryStatus.READY: pgettext("mentor", "ready"),
    EntryStatus.SEARCHING: pgettext("mentor", "a mentee is sought"),
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
    "left_over": _("there was no fitting mentor yet"),
    "no_mentor": _("there was no fitting mentor yet"),
    "not_eligible": _("the conditions of this form are not met"),
    "withdrew": _("did not want to after all"),
    "check_expired": _("a document had run out"),
}
"""Reasons that the house itself writes down."""

_CODE = re.compile(r"[a-z_]+")


def reason(text: str) -> str:
    """Say a reason: what a person wrote as it is, what the house wrote in words; no code is shown."""
    if text in REASONS:
        return str(REASONS[text])
    return "" if _CODE.fullmatch(text) else text


PAIR_STATUSES: Mapping[PairStatus, Sentence] = {
    PairStatus.APPROVED: pgettext("pair", "approved"),
    PairStatus.ACQUAINTED: pgettext("pair", "acquainted"),
    PairStatus.TRIED: pgettext("pair", "the trial meeting is behind"),
    PairStatus.PLANNED: pgettext("pair", "the plan is agreed"),
    PairStatus.WORKING: pgettext("pair", "at work"),
    PairStatus.PAUSED: pgettext("pair", "pausing"),
    PairStatus.CONCLUDING: pgettext("pair", "coming to its end"),
    PairStatus.COMPLETED: pgettext("pair", "completed"),
    PairStatus.REFUSED: pgettext("pair", "refused"),
    PairStatus.PARTED: pgettext("pair", "parted"),
    PairStatus.ENDED_EARLY: pgettext("pair", "ended early"),
}
