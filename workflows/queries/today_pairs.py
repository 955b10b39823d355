"""The pairs in which somebody takes part: their five meetings, the last, the next, the goals."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from models.bases import MenteeEntry, MentorEntry
from models.meetings import MeetingKind
from models.pairs import Pair, PairMember, PairStatus
from models.programmes import Programme, ProgrammeStatus
from workflows.queries.names import packs_of
from workflows.queries.silence import Rhythm, find_rhythm
from workflows.queries.today_pair_rows import SIDES, Held, OwnGoal, PairsRead, read_pairs
from workflows.records.pair_sets import OVER
from workflows.work import Work

MOST_PAIRS = 6
MOST_GOALS = 5
_LEFT_OUT = (MeetingKind.TRIAL, MeetingKind.PLANNING)
_WAY = tuple(MeetingKind)
_PLACE = {
    PairStatus.APPROVED: 0,
    PairStatus.ACQUAINTED: 1,
    PairStatus.TRIED: 2,
    PairStatus.PLANNED: 3,
    PairStatus.WORKING: 3,
    PairStatus.CONCLUDING: 4,
}


@dataclass(frozen=True)
class MeetingStep:
    """One of the five meetings of a pair: done, now, ahead or left out; how often it was held, when last."""

    kind: MeetingKind
    state: str
    times: int
    held_on: date | None


@dataclass(frozen=True)
class OwnPair:
    """A pair as one of its people sees it."""

    id: uuid.UUID
    case_id: uuid.UUID
    title: str
    role: str
    status: PairStatus
    others: tuple[str, ...]
    steps: tuple[MeetingStep, ...]
    last_met_on: date | None
    next_on: date | None
    is_agreed: bool
    """Whether the next meeting was agreed on, or the rhythm asks for it."""
    goals: tuple[OwnGoal, ...]


@dataclass(frozen=True)
class OwnEntry:
    """A place in a base of a running programme."""

    programme: str
    role: str
    status: str


def list_own_pairs(work: Work, today: date) -> list[OwnPair]:
    """List the pairs in which the reader is mentor or mentee; the same statements however many there are."""
    found = work.session.execute(_own(work)).tuples().all()
    if not found:
        return []
    ids = [pair.id for pair, _role, _variant in found]
    packs = packs_of(work, {pair.case_id for pair, _role, _variant in found})
    known = read_pairs(work, ids)
    rows = []
    for pair, role, variant in found:
        pack = packs.get(pair.case_id)
        rhythm = find_rhythm(pack, variant, pair.form, pair.type, work.now()) if pack else None
        rows.append(_row(work, pair, role, known, rhythm, today))
    return rows


def _row(work: Work, pair: Pair, role: str, known: PairsRead, rhythm: Rhythm | None, today: date) -> OwnPair:
    held = known.held[pair.id]
    next_on, is_agreed = _next(pair, known.agreed.get(pair.id), held, rhythm, today)
    return OwnPair(
        id=pair.id,
        case_id=pair.case_id,
        title=pair.title,
        role=role,
        status=pair.status,
        others=tuple(name for one, name in known.members[pair.id] if one != work.actor.person_id),
        steps=_steps(pair, held, rhythm),
        last_met_on=pair.last_met_on,
        next_on=next_on,
        is_agreed=is_agreed,
        goals=tuple(known.goals[pair.id][:MOST_GOALS]),
    )


def list_own_entries(work: Work) -> list[OwnEntry]:
    """List in which bases of running programmes the reader stands."""

    def of(kind: type[MenteeEntry | MentorEntry], role: str) -> list[OwnEntry]:
        wanted = (
            select(Programme.title, kind.status)
            .join(Programme, Programme.id == kind.programme_id)
            .where(kind.person_id == work.actor.person_id, Programme.status == ProgrammeStatus.RUNNING)
            .order_by(kind.applied_at.desc())
            .limit(MOST_PAIRS)
        )
        return [OwnEntry(title, role, status.value) for title, status in work.session.execute(wanted)]

    return of(MenteeEntry, "mentee") + of(MentorEntry, "mentor")


def _own(work: Work) -> Select[tuple[Pair, str, str]]:
    return (
        select(Pair, PairMember.role, Programme.variant)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .join(Programme, Programme.id == Pair.programme_id)
        .where(
            PairMember.person_id == work.actor.person_id,
            PairMember.until_on.is_(None),
            PairMember.role.in_(SIDES),
            Pair.status.not_in(OVER),
        )
        .order_by(Pair.formed_on.desc(), Pair.title, Pair.id)
        .limit(MOST_PAIRS)
    )


def _next(
    pair: Pair, agreed: date | None, held: Held, rhythm: Rhythm | None, today: date
) -> tuple[date | None, bool]:
    """Say when to meet next, and whether that day was agreed on."""
    if pair.status is PairStatus.PAUSED:
        return None, False
    final = held.get(MeetingKind.FINAL)
    if pair.status is PairStatus.CONCLUDING and final and final[1] >= today:
        return final[1], True
    if agreed and (pair.last_met_on is None or agreed > pair.last_met_on):
        return agreed, True
    return (rhythm.next_after(pair.last_met_on or pair.formed_on), False) if rhythm else (None, False)


def _steps(pair: Pair, held: Held, rhythm: Rhythm | None) -> tuple[MeetingStep, ...]:
    has_trial = rhythm is None or rhythm.has_trial
    place = _PLACE.get(pair.status, _furthest(held))
    if not has_trial and place in (1, 2):
        place = _WAY.index(MeetingKind.WORKING)
    steps = []
    for number, kind in enumerate(_WAY):
        times, last = held.get(kind, (0, None))
        state = "done" if number < place else "now" if number == place else "ahead"
        if kind in _LEFT_OUT and not has_trial and not times:
            state = "passed"
        steps.append(MeetingStep(kind, state, times, last))
    return tuple(steps)


def _furthest(held: Held) -> int:
    """Say where a paused pair stands, by the meetings it has had."""
    last = max((_WAY.index(kind) for kind in held), default=-1)
    return min(last + 1, _WAY.index(MeetingKind.WORKING))
