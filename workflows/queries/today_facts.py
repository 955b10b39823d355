"""What whoever looks after programmes wants to know of them all together: pairs by state, meetings, risks."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select

from models.cases import Case, CaseStatus
from models.concerns import Concern
from models.goals import Goal
from models.meetings import Meeting, MeetingKind
from models.pairing import GeneralMeeting
from models.pairs import Pair, PairStatus
from models.programmes import RoadmapItem
from models.tasks import Task, TaskStatus
from workflows.queries.today import Reach
from workflows.records.facts import share
from workflows.records.pair_sets import OVER
from workflows.work import Work

LATELY = timedelta(days=30)
AHEAD = timedelta(days=7)
MOST_MEETINGS = 40
MOST_ROLES = 8


@dataclass(frozen=True)
class Indicators:
    """A few numbers of programmes taken together."""

    pairs_working: int
    pairs_completed: int
    meetings_lately: int
    goals_share: int
    roadmap_share: int
    roadmap_late: int


@dataclass(frozen=True)
class MeetingAhead:
    """A meeting that is agreed on: of a pair, or the general one of a programme (without a pair)."""

    on: date
    kind: str
    title: str
    pair_id: uuid.UUID | None
    case_id: uuid.UUID | None


def count_pairs(work: Work, reach: Reach) -> dict[PairStatus, int]:
    """Count the pairs by their states, in the order of the way of a pair."""
    wanted = select(Pair.status, func.count()).where(reach.pairs).group_by(Pair.status)
    found = dict(work.session.execute(wanted).tuples().all())
    return {status: found[status] for status in PairStatus if status in found}


def read_indicators(work: Work, reach: Reach, pairs: dict[PairStatus, int], today: date) -> Indicators:
    """Return a few numbers of the programmes, in three statements."""
    meetings = (
        select(func.count())
        .select_from(Meeting)
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(reach.pairs, Meeting.held_on.between(today - LATELY, today))
    )
    goals = (
        select(func.count(), func.count().filter(Goal.reached_on.is_not(None)))
        .select_from(Goal)
        .join(Pair, Pair.id == Goal.pair_id)
        .where(reach.pairs, Goal.dropped_at.is_(None), Goal.agreed_at.is_not(None))
    )
    is_late = RoadmapItem.done_on.is_(None) & (RoadmapItem.due_on < today)
    roadmap = select(
        func.count(), func.count().filter(RoadmapItem.done_on.is_not(None)), func.count().filter(is_late)
    ).where(RoadmapItem.programme_id.in_(reach.programme_ids))
    all_goals, reached = work.session.execute(goals).one()
    items, done, late = work.session.execute(roadmap).one()
    return Indicators(
        pairs_working=sum(number for status, number in pairs.items() if status not in OVER),
        pairs_completed=pairs.get(PairStatus.COMPLETED, 0),
        meetings_lately=work.session.scalar(meetings) or 0,
        goals_share=share(reached, all_goals),
        roadmap_share=share(done, items),
        roadmap_late=late,
    )


def count_open_concerns(work: Work, reach: Reach) -> int:
    """Count the concerns that nobody has closed; what they say is for few, and not told here."""
    wanted = select(func.count()).where(
        Concern.programme_id.in_(reach.programme_ids), Concern.closed_at.is_(None)
    )
    return work.session.scalar(wanted) or 0


def count_overdue_by_role(work: Work, reach: Reach) -> list[tuple[str, int]]:
    """Count the overdue tasks of the organisations by the roles they wait for, the most first."""
    number = func.count()
    wanted = (
        select(Task.role, number)
        .join(Case, Case.id == Task.case_id)
        .where(
            Task.organisation_id.in_(reach.organisation_ids),
            Task.status == TaskStatus.OPEN,
            Task.due_at < work.now(),
            Case.status == CaseStatus.RUNNING,
        )
        .group_by(Task.role)
        .order_by(number.desc(), Task.role)
        .limit(MOST_ROLES)
    )
    return [(role, overdue) for role, overdue in work.session.execute(wanted)]


def list_meetings_ahead(work: Work, reach: Reach, today: date) -> list[MeetingAhead]:
    """List what is agreed for the next seven days, by day."""
    found = [*_pair_meetings(work, reach, today), *_general_meetings(work, reach, today)]
    return sorted(found, key=lambda one: (one.on, one.title))


def _pair_meetings(work: Work, reach: Reach, today: date) -> list[MeetingAhead]:
    """List the agreed meetings: the day named at the newest one, and final ones that are appointed."""
    is_next = (Meeting.held_on == Pair.last_met_on) & Meeting.next_on.between(today, today + AHEAD)
    is_appointed = Meeting.held_on.is_(None) & Meeting.agreed_on.between(today, today + AHEAD)
    on = func.coalesce(Meeting.next_on, Meeting.agreed_on)
    wanted = (
        select(on, Meeting.kind, Pair.title, Pair.id, Pair.case_id)
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(reach.pairs, Pair.status.not_in((*OVER, PairStatus.PAUSED)), or_(is_next, is_appointed))
        .order_by(on, Pair.title, Meeting.id)
        .limit(MOST_MEETINGS)
    )
    return [
        MeetingAhead(day, "final" if kind is MeetingKind.FINAL else "next", title, pair_id, case_id)
        for day, kind, title, pair_id, case_id in work.session.execute(wanted)
    ]


def _general_meetings(work: Work, reach: Reach, today: date) -> list[MeetingAhead]:
    first = datetime.combine(today, time(), work.now().tzinfo)
    wanted = (
        select(GeneralMeeting.held_at, GeneralMeeting.case_id)
        .where(
            GeneralMeeting.programme_id.in_(reach.programme_ids),
            GeneralMeeting.held_at.between(first, first + AHEAD),
        )
        .order_by(GeneralMeeting.held_at)
        .limit(MOST_MEETINGS)
    )
    return [
        MeetingAhead(held_at.date(), "general", "", None, case_id)
        for held_at, case_id in work.session.execute(wanted)
    ]
