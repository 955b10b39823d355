"""What the curator said last about people of the board, so that it can be taken back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.pairing import MarkKind, PairingMark
from workflows.queries.pair_forming.board import Board
from workflows.records import pairing_marks
from workflows.work import Work


@dataclass(frozen=True)
class Word:
    """What was said of two people, by name: pinned or forbidden, or taken back."""

    mentee: str
    mentor: str
    kind: MarkKind
    is_removed: bool


@dataclass(frozen=True)
class LastAct:
    """What was said last, and when."""

    at: datetime
    words: Sequence[Word]


def find_last_act(work: Work, board: Board) -> LastAct | None:
    """Find what was said last of people of the board."""
    found = pairing_marks.find_last_act(work, board.place.programme.id)
    if found is None:
        return None
    said = [(one, False) for one in found.made] or [(one, True) for one in found.removed]
    names = {one.id: one.name for one in (*board.mentees.values(), *board.mentors.values())}
    return LastAct(found.at, [_word(names, one, is_removed=removed) for one, removed in said])


def _word(names: dict[uuid.UUID, str], one: PairingMark, *, is_removed: bool) -> Word:
    mentee, mentor = names.get(one.mentee_entry_id, ""), names.get(one.mentor_entry_id, "")
    return Word(mentee, mentor, one.kind, is_removed)
