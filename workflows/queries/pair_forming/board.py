"""The board of proposals: by mentee or by mentor, with reasons, alternatives, marks and free places."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.pairing import Proposal, ProposalStatus
from workflows.matching import Cohort
from workflows.queries.pair_forming.filtering import BoardFilters, is_named, is_shown
from workflows.queries.pair_forming.people import (
    Marks,
    Named,
    Places,
    list_mentees,
    list_mentors,
    read_marks,
)
from workflows.queries.pair_forming.place import PairingPlace
from workflows.records import cohorts, pairing
from workflows.work import Work

Reasons = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Other:
    """A mentor whom a mentee might have instead, and the places that mentor has left."""

    mentor: Named
    score: float
    free: int


@dataclass(frozen=True)
class Match:
    """A pair that is proposed."""

    proposal: Proposal
    mentee: Named
    mentor: Named


@dataclass(frozen=True)
class MenteeRow:
    """A mentee of the board."""

    mentee: Named
    matches: Sequence[Match]
    left: Reasons
    not_with: Sequence[Named]
    pinned_in_vain: Sequence[Named]
    """To whom the curator pinned the mentee, and the rules do not allow it any more."""
    others: Sequence[Other] = ()


@dataclass(frozen=True)
class MentorRow:
    """A mentor of the board."""

    mentor: Named
    matches: Sequence[Match]
    places: int
    free: int
    left: Reasons


@dataclass(frozen=True)
class Board:
    """Everything that is proposed, and who is left over."""

    place: PairingPlace
    proposals: Sequence[Proposal]
    mentees: Mapping[uuid.UUID, Named]
    mentors: Mapping[uuid.UUID, Named]
    marks: Marks
    places: Places
    cohort: Cohort | None
    left: Mapping[uuid.UUID, Reasons] = field(default_factory=dict)

    @property
    def is_decided(self) -> bool:
        """Say whether everything that was handed on is decided."""
        return all(one.status is not ProposalStatus.PROPOSED for one in self.proposals)

    @property
    def mentees_left(self) -> int:
        """Count the mentees who are without a mentor."""
        return sum(1 for one in self.left if one in self.mentees)

    @property
    def free_places(self) -> int:
        """Count the places of mentors for whom nobody is proposed."""
        return sum(self.places.free(one) for one in self.places.all)


def get_board(work: Work, place: PairingPlace) -> Board:
    """Read the board of a place that the reader may see."""
    run = place.run
    proposals = pairing.list_proposals(work, run.id) if run else []
    left = {uuid.UUID(one["id"]): one for one in run.left_over} if run else {}
    cohort = cohorts.gather(work, place.programme, run.groups) if run and place.is_open else None
    sides = {side: {key for key, one in left.items() if one["side"] == side} for side in ("mentee", "mentor")}
    marks = read_marks(work, place.programme.id)
    own = {one.mentee_entry_id for one in proposals} | sides["mentee"]
    theirs = {one.mentor_entry_id for one in proposals} | sides["mentor"]
    theirs |= {uuid.UUID(one.key) for one in cohort.mentors} if cohort else set()
    theirs |= {mentor for mentee, mentor in marks.forbidden | marks.pinned if mentee in own}
    return Board(
        place,
        proposals,
        list_mentees(work, own),
        list_mentors(work, theirs),
        marks,
        Places.of(cohort, proposals),
        cohort,
        {key: one["reasons"] for key, one in left.items()},
    )


def list_mentee_rows(board: Board, filters: BoardFilters) -> list[MenteeRow]:
    """List the mentees of the board, by name."""
    by_mentee: dict[uuid.UUID, list[Match]] = {}
    for match in matches_of(board):
        by_mentee.setdefault(match.mentee.id, []).append(match)
    rows = (_mentee_row(board, one, by_mentee.get(one.id, ())) for one in board.mentees.values())
    return sorted((row for row in rows if _is_wanted(row, filters)), key=lambda row: by_name(row.mentee))


def _mentee_row(board: Board, mentee: Named, matches: Sequence[Match]) -> MenteeRow:
    has = {match.mentor.id for match in matches}
    in_vain = [one for one in board.marks.pinned_to(mentee.id) if one not in has]
    return MenteeRow(
        mentee,
        matches,
        board.left.get(mentee.id, ()),
        _named(board, board.marks.not_with(mentee.id)),
        _named(board, in_vain if board.place.is_open else ()),
    )


def list_mentor_rows(board: Board, filters: BoardFilters) -> list[MentorRow]:
    """List the mentors of the board who have or could take somebody, by name."""
    by_mentor: dict[uuid.UUID, list[Match]] = {}
    for match in matches_of(board):
        by_mentor.setdefault(match.mentor.id, []).append(match)
    rows = (_mentor_row(board, one, by_mentor.get(one.id, ())) for one in board.mentors.values())
    wanted = (row for row in rows if (row.matches or row.places) and _mentor_is_wanted(row, filters))
    return sorted(wanted, key=lambda row: by_name(row.mentor))


def _mentor_row(board: Board, mentor: Named, matches: Sequence[Match]) -> MentorRow:
    places = board.places.all.get(mentor.id, len(matches))
    return MentorRow(mentor, matches, places, board.places.free(mentor.id), board.left.get(mentor.id, ()))


def matches_of(board: Board) -> Iterator[Match]:
    """Go through the pairs that are proposed, both sides by name."""
    for one in board.proposals:
        mentee, mentor = board.mentees.get(one.mentee_entry_id), board.mentors.get(one.mentor_entry_id)
        if mentee and mentor:
            yield Match(one, mentee, mentor)


def _named(board: Board, ids: Iterable[uuid.UUID]) -> list[Named]:
    return sorted((board.mentors[one] for one in ids if one in board.mentors), key=by_name)


def by_name(one: Named) -> tuple[str, uuid.UUID]:
    return one.name, one.id


def _is_wanted(row: MenteeRow, filters: BoardFilters) -> bool:
    names = [row.mentee.name, *(match.mentor.name for match in row.matches)]
    return (
        is_named(names, filters.search)
        and (not filters.form or filters.form in row.mentee.forms)
        and is_shown([match.proposal for match in row.matches], filters.show)
    )


def _mentor_is_wanted(row: MentorRow, filters: BoardFilters) -> bool:
    names = [row.mentor.name, *(match.mentee.name for match in row.matches)]
    return (
        is_named(names, filters.search)
        and (not filters.form or filters.form in row.mentor.forms)
        and is_shown([match.proposal for match in row.matches], filters.show)
    )
