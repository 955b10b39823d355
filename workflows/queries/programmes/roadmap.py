"""The roadmap of a programme: its measures, chosen and ordered, and the days of each stage."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from models.programmes import RoadmapItem, Stage
from workflows.queries.programmes.showing import ProgrammeView
from workflows.work import Work


class MeasureState(StrEnum):
    """How a measure stands on a day."""

    OVERDUE = "overdue"
    AHEAD = "ahead"
    DONE = "done"


class RoadmapOrder(StrEnum):
    PLAN = "plan"
    DUE = "due"
    RESPONSIBLE = "responsible"


@dataclass(frozen=True)
class Span:
    """From which day to which a stage is planned, and from which to which it really went."""

    planned_from: date
    planned_to: date | None
    began_on: date | None
    ended_on: date | None


@dataclass(frozen=True)
class RoadmapCounts:
    """How many measures there are, whatever is shown."""

    all: int
    done: int
    overdue: int


def list_measures(
    work: Work,
    view: ProgrammeView,
    *,
    stage: int | None = None,
    state: MeasureState | None = None,
    search: str = "",
    order: RoadmapOrder = RoadmapOrder.PLAN,
) -> Sequence[RoadmapItem]:
    """List the measures of the roadmap that are asked for."""
    wanted: list[ColumnElement[bool]] = [RoadmapItem.programme_id == view.id]
    if stage is not None:
        wanted.append(RoadmapItem.stage == stage)
    if state is not None:
        wanted.append(_stands(state, view.today))
    for word in search.split():
        texts = func.concat_ws(" ", RoadmapItem.measure, RoadmapItem.responsible)
        wanted.append(texts.icontains(word, autoescape=True))
    orders = {
        RoadmapOrder.PLAN: (RoadmapItem.stage, RoadmapItem.position),
        RoadmapOrder.DUE: (RoadmapItem.due_on, RoadmapItem.position),
        RoadmapOrder.RESPONSIBLE: (RoadmapItem.responsible, RoadmapItem.due_on, RoadmapItem.position),
    }
    return work.session.scalars(select(RoadmapItem).where(*wanted).order_by(*orders[order])).all()


def _stands(state: MeasureState, today: date) -> ColumnElement[bool]:
    is_open = RoadmapItem.done_on.is_(None)
    match state:
        case MeasureState.DONE:
            return ~is_open
        case MeasureState.OVERDUE:
            return is_open & (RoadmapItem.due_on < today)
        case MeasureState.AHEAD:
            return is_open & (RoadmapItem.due_on >= today)


def state_of(item: RoadmapItem, today: date) -> MeasureState:
    """Say how a measure stands."""
    if item.done_on is not None:
        return MeasureState.DONE
    return MeasureState.OVERDUE if item.due_on < today else MeasureState.AHEAD


def count_measures(work: Work, view: ProgrammeView) -> RoadmapCounts:
    """Count the measures of the roadmap."""
    done = func.count().filter(_stands(MeasureState.DONE, view.today))
    overdue = func.count().filter(_stands(MeasureState.OVERDUE, view.today))
    wanted = select(func.count(), done, overdue).where(RoadmapItem.programme_id == view.id)
    return RoadmapCounts(*work.session.execute(wanted).one())


def get_measure(work: Work, programme_id: uuid.UUID, item_id: uuid.UUID) -> RoadmapItem | None:
    """Find a measure of a programme."""
    wanted = select(RoadmapItem).where(RoadmapItem.id == item_id, RoadmapItem.programme_id == programme_id)
    return work.session.scalars(wanted).one_or_none()


def spans_of(work: Work, view: ProgrammeView) -> dict[int, Span]:
    """Give the days of each stage: by the roadmap it begins when the one before it is to be done."""
    due = select(RoadmapItem.stage, func.max(RoadmapItem.due_on)).where(RoadmapItem.programme_id == view.id)
    ends = dict(work.session.execute(due.group_by(RoadmapItem.stage)).tuples().all())
    went = select(Stage.number, Stage.opened_at, Stage.closed_at).where(Stage.programme_id == view.id)
    real = {number: (since, until) for number, since, until in work.session.execute(went).tuples()}
    spans, begins = {}, view.programme.starts_on
    for number in range(1, 8):
        since, until = real.get(number, (None, None))
        spans[number] = Span(
            begins,
            ends.get(number),
            view.day_of(since) if since else None,
            view.day_of(until) if until else None,
        )
        if number in ends:
            begins = max(begins, ends[number] + timedelta(days=1))
    return spans
