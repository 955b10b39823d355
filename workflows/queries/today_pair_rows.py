"""What is read of several pairs at once, in one statement for each matter."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from models.goals import Goal, GoalProgress
from models.meetings import Meeting, MeetingKind
from models.pairs import Pair, PairMember
from models.people import Person
from workflows.work import Work

SIDES = ("mentor", "mentee")
_ONCE = (MeetingKind.ACQUAINTANCE, MeetingKind.TRIAL)

Held = dict[MeetingKind, tuple[int, date]]
"""How often meetings of each kind were held, and the newest day."""


@dataclass(frozen=True)
class OwnGoal:
    """A goal of the plan, and how the reader marked it last."""

    result: str
    due_on: date
    reached_on: date | None
    mark: str | None


@dataclass(frozen=True)
class PairsRead:
    """What was read of all pairs at once."""

    members: dict[uuid.UUID, list[tuple[uuid.UUID, str]]]
    held: dict[uuid.UUID, Held]
    agreed: dict[uuid.UUID, date | None]
    goals: dict[uuid.UUID, list[OwnGoal]]


def read_pairs(work: Work, ids: Sequence[uuid.UUID]) -> PairsRead:
    """Read the people, the meetings and the goals of pairs."""
    return PairsRead(members_of(work, ids), held_of(work, ids), agreed_of(work, ids), goals_of(work, ids))


def members_of(work: Work, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[tuple[uuid.UUID, str]]]:
    wanted = (
        select(PairMember.pair_id, PairMember.person_id, Person.full_name)
        .join(Person, Person.id == PairMember.person_id)
        .where(PairMember.pair_id.in_(ids), PairMember.until_on.is_(None), PairMember.role.in_(SIDES))
        .order_by(PairMember.role, Person.full_name)
    )
    found = defaultdict(list)
    for pair_id, person_id, name in work.session.execute(wanted):
        found[pair_id].append((person_id, name))
    return found


def held_of(work: Work, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Held]:
    """Count the meetings of each kind; people get acquainted once, the rest belongs to a cycle."""
    wanted = (
        select(Meeting.pair_id, Meeting.kind, func.count(), func.max(Meeting.held_on))
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(Pair.id.in_(ids), or_(Meeting.cycle == Pair.cycle, Meeting.kind.in_(_ONCE)))
        .group_by(Meeting.pair_id, Meeting.kind)
    )
    found: dict[uuid.UUID, Held] = defaultdict(dict)
    for pair_id, kind, times, last in work.session.execute(wanted):
        found[pair_id][kind] = (times, last)
    return found


def agreed_of(work: Work, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, date | None]:
    """Map pairs to the day that was agreed on at their newest meeting."""
    wanted = (
        select(Meeting.pair_id, Meeting.next_on)
        .join(Pair, and_(Pair.id == Meeting.pair_id, Pair.last_met_on == Meeting.held_on))
        .where(Meeting.pair_id.in_(ids))
        .distinct(Meeting.pair_id)
        .order_by(Meeting.pair_id, Meeting.recorded_at.desc())
    )
    return dict(work.session.execute(wanted).tuples().all())


def goals_of(work: Work, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[OwnGoal]]:
    """Map pairs to the goals agreed on; of what was said of them, only what the reader said."""
    mark = (
        select(GoalProgress.mark)
        .where(GoalProgress.goal_id == Goal.id, GoalProgress.person_id == work.actor.person_id)
        .order_by(GoalProgress.noted_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    wanted = (
        select(Goal.pair_id, Goal.result, Goal.due_on, Goal.reached_on, mark)
        .join(Pair, and_(Pair.id == Goal.pair_id, Pair.cycle == Goal.cycle))
        .where(Goal.pair_id.in_(ids), Goal.dropped_at.is_(None), Goal.agreed_at.is_not(None))
        .order_by(Goal.pair_id, Goal.position)
    )
    found: dict[uuid.UUID, list[OwnGoal]] = defaultdict(list)
    for pair_id, *goal in work.session.execute(wanted):
        found[pair_id].append(OwnGoal(*goal))
    return found
