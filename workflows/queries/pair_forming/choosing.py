"""Whom a mentee might have instead: a few on the board, all of them on a page of their own."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workflows import matching
from workflows.queries.pair_forming.board import Board, MenteeRow, Other, list_mentee_rows
from workflows.queries.pair_forming.filtering import BoardFilters
from workflows.queries.pair_forming.people import Named
from workflows.queries.pairing import rules_of
from workflows.refusals import NotFound
from workflows.work import Work

MOST_OTHERS = 12


@dataclass(frozen=True)
class Candidate:
    """A mentor for one mentee: what speaks for the two and against, or what stands in their way."""

    mentor: Named
    free: int
    is_present: bool
    is_forbidden: bool
    score: float = 0
    reasons: Sequence[Mapping[str, Any]] = ()
    against: Sequence[Mapping[str, Any]] = ()
    obstacle: str | None = None


def with_others(work: Work, board: Board, rows: Sequence[MenteeRow]) -> list[MenteeRow]:
    """Add to each row of a page whom the mentee might have instead."""
    if board.cohort is None:
        return list(rows)
    rules = rules_of(work, board.place.programme, board.place.run.groups if board.place.run else ())
    keys = {str(row.mentee.id) for row in rows}
    found = matching.list_alternatives(board.cohort, rules, keys)
    return [_with_others(board, row, found.get(str(row.mentee.id), ())) for row in rows]


def _with_others(board: Board, row: MenteeRow, found: Iterable[matching.Alternative]) -> MenteeRow:
    has = {match.mentor.id for match in row.matches}
    others = []
    for one in found:
        mentor = board.mentors.get(uuid.UUID(one.mentor))
        if mentor and mentor.id not in has and one.obstacle is None and board.places.all.get(mentor.id):
            others.append(Other(mentor, one.score, board.places.free(mentor.id)))
    return replace(row, others=others[:MOST_OTHERS])


def list_candidates(work: Work, board: Board, mentee_id: uuid.UUID) -> tuple[MenteeRow, list[Candidate]]:
    """List every mentor with room for one mentee of the board, those who fit best first."""
    row = next((one for one in list_mentee_rows(board, BoardFilters()) if one.mentee.id == mentee_id), None)
    if row is None or board.cohort is None:
        raise NotFound(noun="mentee")
    # What the curator has excluded may be wanted after all.
    cohort = replace(board.cohort, forbidden=frozenset())
    rules = rules_of(work, board.place.programme, board.place.run.groups if board.place.run else ())
    key, form = str(mentee_id), row.mentee.forms[0]
    all_mentors = len(cohort.mentors)
    fit = matching.list_candidates(cohort, rules[form], key, all_mentors)
    spoken = {one.mentor: (one.reasons, one.against) for one in fit}
    has = {match.mentor.id for match in row.matches}
    excluded = {one.id for one in row.not_with}
    found = []
    for one in matching.list_alternatives(cohort, rules, [key]).get(key, ()):
        mentor_id = uuid.UUID(one.mentor)
        if board.places.all.get(mentor_id) and mentor_id in board.mentors:
            reasons, against = spoken.get(one.mentor, ((), ()))
            found.append(
                Candidate(
                    board.mentors[mentor_id],
                    board.places.free(mentor_id),
                    mentor_id in has,
                    mentor_id in excluded,
                    one.score,
                    reasons,
                    against,
                    one.obstacle,
                )
            )
    return row, found
