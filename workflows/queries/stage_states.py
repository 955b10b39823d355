"""How far programmes have come through their stages, and what holds the stage they are at."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from models.people import Person
from models.programmes import RoadmapItem, Stage
from models.tasks import Task, TaskStatus
from workflows.queries.today import RunningProgramme
from workflows.work import Work

STAGES = range(1, 8)
MOST_HOLDING = 3


@dataclass(frozen=True)
class StageState:
    """A stage: done, going on now, or ahead; by when the roadmap wants it done."""

    number: int
    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    due_on: date | None


@dataclass(frozen=True)
class HoldingTask:
    """An open task of the programme: whose turn it is, and by when."""

    id: uuid.UUID
    name: str
    role: str
    assignee: str | None
    due_at: datetime | None


@dataclass(frozen=True)
class StageBar:
    """The seven stages of a programme, and the open tasks that hold it, the most urgent first."""

    stages: tuple[StageState, ...]
    holding: tuple[HoldingTask, ...]
    open_tasks: int

    @property
    def now(self) -> StageState | None:
        """Return the stage that goes on."""
        return next((one for one in self.stages if one.state == "now"), None)


def list_stage_bars(work: Work, programmes: Sequence[RunningProgramme]) -> dict[uuid.UUID, StageBar]:
    """Map programmes to how far they have come; three statements, however many there are."""
    ids = [one.id for one in programmes]
    opened, due = _stages(work, ids), _due(work, ids)
    tasks = _tasks(work, [one.case_id for one in programmes if one.case_id])
    bars = {}
    for one in programmes:
        stages = tuple(_state(n, opened[one.id].get(n), due.get((one.id, n))) for n in STAGES)
        holding, number = tasks.get(one.case_id, ([], 0))
        bars[one.id] = StageBar(stages, tuple(holding), number)
    return bars


def _state(number: int, stage: Stage | None, due_on: date | None) -> StageState:
    if stage is None:
        return StageState(number, "ahead", None, None, due_on)
    return StageState(number, "done" if stage.closed_at else "now", stage.opened_at, stage.closed_at, due_on)


def _stages(work: Work, ids: Sequence[uuid.UUID]) -> defaultdict[uuid.UUID, dict[int, Stage]]:
    found: defaultdict[uuid.UUID, dict[int, Stage]] = defaultdict(dict)
    for stage in work.session.scalars(select(Stage).where(Stage.programme_id.in_(ids))):
        found[stage.programme_id][stage.number] = stage
    return found


def _due(work: Work, ids: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, int], date]:
    wanted = (
        select(RoadmapItem.programme_id, RoadmapItem.stage, func.max(RoadmapItem.due_on))
        .where(RoadmapItem.programme_id.in_(ids))
        .group_by(RoadmapItem.programme_id, RoadmapItem.stage)
    )
    return {(programme, stage): due_on for programme, stage, due_on in work.session.execute(wanted)}


def _tasks(
    work: Work, case_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID | None, tuple[list[HoldingTask], int]]:
    place = func.row_number().over(
        partition_by=Task.case_id, order_by=(Task.due_at.asc().nulls_last(), Task.id)
    )
    ranked = (
        select(
            Task.case_id,
            Task.id,
            Task.name,
            Task.role,
            Person.full_name,
            Task.due_at,
            func.count().over(partition_by=Task.case_id).label("number"),
            place.label("place"),
        )
        .outerjoin(Person, Person.id == Task.assignee_id)
        .where(Task.case_id.in_(case_ids), Task.status == TaskStatus.OPEN)
        .subquery()
    )
    wanted = select(ranked).where(ranked.c.place <= MOST_HOLDING).order_by(ranked.c.case_id, ranked.c.place)
    found: dict[uuid.UUID | None, tuple[list[HoldingTask], int]] = {}
    for case_id, *task, number, _place in work.session.execute(wanted):
        found.setdefault(case_id, ([], number))[0].append(HoldingTask(*task))
    return found
