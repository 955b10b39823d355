"""The seven stages of a programme: when each began and ended, what was done, what holds the present one."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select

from models.contours import Announcement, Contour, Invitation
from models.programmes import ProgrammeStatus, RoadmapItem, Stage
from models.tasks import Task, TaskStatus
from models.waiting import AwaitedMessage, Incident, Timer
from workflows.queries.definitions import LoadedPack
from workflows.queries.names import names_of
from workflows.queries.programmes.showing import ProgrammeView
from workflows.records import gates
from workflows.refusals import Complaint
from workflows.work import Work

PROCESS = "programme"
NUMBERS = range(1, 8)
OUTSIDE = frozenset(
    {
        "programmes.tell_outside",
        "programmes.choose_audiences",
        "programmes.invite",
        "programmes.agree_with_partners",
    }
)
"""Who listens to the tasks by which one turns to partners, authorities and everybody else."""
GATE_KEEPER = "programmes.pass_gate"
"""Who listens to the task by which a stage is closed."""
_NUMBERED = re.compile(r"^\s*(\d)\s*\.\s*(.+)$")


@dataclass(frozen=True)
class Step:
    """A task of a stage, done or waiting."""

    id: uuid.UUID
    name: str
    role: str
    person: str
    opened_at: datetime
    due_at: datetime | None
    completed_at: datetime | None
    is_outside: bool


@dataclass(frozen=True)
class StageView:
    """A stage; its steps and its result only for those who see all of the programme."""

    number: int
    element: str
    title: str
    opened_at: datetime | None
    closed_at: datetime | None
    due_on: date | None = None
    result: str = ""
    steps: Sequence[Step] = ()
    told: Sequence[tuple[Contour, int, int]] = ()
    invited: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Holding:
    """What the stage under way waits for."""

    steps: Sequence[Step] = ()
    missing: Complaint | None = None
    waits_until: datetime | None = None
    waits_for_news: bool = False
    incidents: int = 0


@dataclass(frozen=True)
class Way:
    """All stages, and the number of the one under way, if one is."""

    stages: Sequence[StageView]
    now: int | None
    holding: Holding = field(default_factory=Holding)


def get_way(work: Work, view: ProgrammeView) -> Way:
    """Return the way of a programme, as much of it as the reader may see."""
    wanted = select(Stage).where(Stage.programme_id == view.id).order_by(Stage.number)
    known = {one.number: one for one in work.session.scalars(wanted)}
    titles = titles_of(view.pack)
    now = stage_under_way(view, known.values())
    if not view.is_inside:
        return Way([_plain(number, titles, known.get(number)) for number in NUMBERS], now)
    steps = _steps(work, view)
    due, told, invited = _due(work, view.id), _told(work, view.id), _invited(work, view.id)
    stages = []
    for number in NUMBERS:
        stage = known.get(number)
        element, title = titles[number]
        stages.append(
            StageView(
                number,
                element,
                title,
                stage.opened_at if stage else None,
                stage.closed_at if stage else None,
                due.get(number),
                stage.result if stage else "",
                steps.get(number, ()),
                told.get(number, ()),
                invited.get(number, (0, 0)),
            )
        )
    return Way(stages, now, _holding(work, view, now, steps))


def stage_under_way(view: ProgrammeView, stages: Iterable[Stage]) -> int | None:
    """Say which stage is under way."""
    if view.programme.status is not ProgrammeStatus.RUNNING:
        return None
    return next((one.number for one in stages if one.closed_at is None), None)


def titles_of(pack: LoadedPack | None) -> dict[int, tuple[str, str]]:
    """Give the stages of a methodology by their numbers: the step of the sheet for each, and its name."""
    found = dict.fromkeys(NUMBERS, ("", ""))
    if pack is None or PROCESS not in pack.definitions.process_keys():
        return found
    for element, name in pack.definitions.elements(PROCESS).items():
        if numbered := _NUMBERED.match(name):
            found[int(numbered[1])] = (element, name)
    return {number: found[number] for number in NUMBERS}


def name_without_number(name: str) -> str:
    """Leave the number of a stage out of its name."""
    numbered = _NUMBERED.match(name)
    return numbered[2] if numbered else name


def _plain(number: int, titles: dict[int, tuple[str, str]], stage: Stage | None) -> StageView:
    element, title = titles[number]
    return StageView(
        number, element, title, stage.opened_at if stage else None, stage.closed_at if stage else None
    )


def _steps(work: Work, view: ProgrammeView) -> dict[int, list[Step]]:
    if view.programme.case_id is None or view.pack is None:
        return {}
    wanted = select(Task).where(
        Task.case_id == view.programme.case_id, Task.status.in_((TaskStatus.OPEN, TaskStatus.COMPLETED))
    )
    tasks = work.session.scalars(wanted.order_by(Task.opened_at, Task.id)).all()
    names = names_of(work, (doer_of(one) for one in tasks))
    numbers = {element: number for number, (element, _name) in titles_of(view.pack).items()}
    found: dict[int, list[Step]] = {}
    for task in tasks:
        number = numbers.get(view.pack.texts.shown_as(PROCESS, task.element))
        if number is not None:
            found.setdefault(number, []).append(_step(view.pack, task, names))
    return found


def doer_of(task: Task) -> uuid.UUID | None:
    """Return who has done a task or is to do it."""
    return task.completed_by_id or task.assignee_id


def _step(pack: LoadedPack, task: Task, names: dict[uuid.UUID, str]) -> Step:
    doer = doer_of(task)
    return Step(
        task.id,
        task.name,
        task.role,
        names.get(doer, "") if doer else "",
        task.opened_at,
        task.due_at,
        task.completed_at,
        bool(OUTSIDE & set(pack.definitions.listeners(task.element))),
    )


def _due(work: Work, programme_id: uuid.UUID) -> dict[int, date]:
    wanted = select(RoadmapItem.stage, func.max(RoadmapItem.due_on)).where(
        RoadmapItem.programme_id == programme_id
    )
    return dict(work.session.execute(wanted.group_by(RoadmapItem.stage)).tuples().all())


def _told(work: Work, programme_id: uuid.UUID) -> dict[int, list[tuple[Contour, int, int]]]:
    reached = func.sum(Announcement.reached)
    wanted = (
        select(Announcement.stage, Announcement.contour, func.count(), reached)
        .where(Announcement.programme_id == programme_id)
        .group_by(Announcement.stage, Announcement.contour)
        .order_by(Announcement.stage, Announcement.contour)
    )
    found: dict[int, list[tuple[Contour, int, int]]] = {}
    for stage, contour, times, people in work.session.execute(wanted).tuples():
        found.setdefault(stage, []).append((contour, times, people or 0))
    return found


def _invited(work: Work, programme_id: uuid.UUID) -> dict[int, tuple[int, int]]:
    agreed = func.count().filter(Invitation.reply == "agreed")
    wanted = select(Invitation.stage, func.count(), agreed).where(Invitation.programme_id == programme_id)
    rows = work.session.execute(wanted.group_by(Invitation.stage)).tuples()
    return {stage: (asked, said_yes) for stage, asked, said_yes in rows}


def _holding(work: Work, view: ProgrammeView, now: int | None, steps: dict[int, list[Step]]) -> Holding:
    if now is None:
        return Holding()
    waiting = [one for each in steps.values() for one in each if one.completed_at is None]
    case_id = view.programme.case_id
    timer = select(func.min(Timer.due_at)).where(Timer.case_id == case_id, ~Timer.is_paused)
    news = select(func.count()).select_from(AwaitedMessage).where(AwaitedMessage.case_id == case_id)
    broken = select(func.count()).where(Incident.case_id == case_id, Incident.resolved_at.is_(None))
    asked = select(timer.scalar_subquery(), news.scalar_subquery(), broken.scalar_subquery())
    waits_until, awaited, incidents = work.session.execute(asked).one()
    missing = gates.find_missing(work, view.programme, _gate_of(view.pack, now))
    return Holding(waiting, missing, waits_until, bool(awaited), incidents or 0)


def _gate_of(pack: LoadedPack | None, stage: int) -> str | None:
    """Return the name of the gate that the diagram of a stage asks for when it is closed."""
    if pack is None:
        return None
    (step, _title) = titles_of(pack)[stage]
    closing = pack.definitions.heard_by(GATE_KEEPER)
    own = (one for one in closing if pack.texts.shown_as(PROCESS, one) == step)
    return next((pack.definitions.settings(one).get("gate") for one in own), None)
