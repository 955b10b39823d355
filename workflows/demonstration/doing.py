"""Do a task as the person whose turn it is: read the form, fill it, send it."""

import re
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import select

from models.cases import Case
from models.organisations import Organisation
from models.people import Person
from models.tasks import Task, TaskOffer, TaskStatus
from workflows.demonstration.filling import fill
from workflows.engine.known import known_to
from workflows.operations.tasks import complete_task
from workflows.queries.definitions import load_pack
from workflows.queries.readings import read_facts
from workflows.work import Work

Known = Mapping[str, Any]
ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
"""What chance gives at every run."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that waits for somebody."""

    id: uuid.UUID
    case_id: uuid.UUID
    case_title: str
    process: str
    element: str
    role: str
    assignee_id: uuid.UUID | None
    opened_at: datetime
    due_at: datetime | None

    @property
    def name(self) -> str:
        """Return what tells it from others in the same way at every run."""
        return f"{self.case_title}·{self.process}·{self.element}"


_COLUMNS = [getattr(Task, name) for name in Waiting.__dataclass_fields__]


def list_waiting(work: Work, since: datetime) -> list[Waiting]:
    """List the tasks that were opened since a moment, in an order that does not depend on chance."""
    wanted = select(*_COLUMNS).where(Task.status == TaskStatus.OPEN, Task.opened_at >= since)
    rows = [Waiting(*row) for row in work.session.execute(wanted)]
    alike = {key for key, count in Counter((one.opened_at, one.name) for one in rows).items() if count > 1}
    more = {one.id: _told_apart(work, one) for one in rows if (one.opened_at, one.name) in alike}
    return sorted(rows, key=lambda one: (one.opened_at, one.name, more.get(one.id, "")))


def _told_apart(work: Work, task: Waiting) -> str:
    """Say what tells a task from others of the same name: for whom it is, and what its case knows there."""
    state = work.session.execute(select(Case.state).where(Case.id == task.case_id)).scalar_one()
    person = work.session.get(Person, task.assignee_id) if task.assignee_id else None
    known = orjson.dumps(known_to(state, str(task.id)), option=orjson.OPT_SORT_KEYS).decode()
    return f"{person.full_name if person else ''} {ID.sub('·', known)}"


def list_offered(work: Work, task_id: uuid.UUID) -> list[uuid.UUID]:
    """List the participants to whom a task is offered."""
    return list(work.session.scalars(select(TaskOffer.person_id).where(TaskOffer.task_id == task_id)))


def do(
    work: Work,
    task: Waiting,
    chance: Random,
    wanted: Callable[[Known], Known],
    looks_at: Collection[str] | None = (),
) -> None:
    """Fill the form of a task, as one wants who knows what it shows, and complete it.

    Who looks at nothing (None) answers by heart: nothing is read before.
    """
    answers = wanted({}) if looks_at is None else _answers(work, task, chance, wanted, looks_at)
    complete_task(work, task.id, answers)


def _answers(
    work: Work,
    task: Waiting,
    chance: Random,
    wanted: Callable[[Known], Known],
    looks_at: Collection[str],
) -> dict[str, Any]:
    row = work.session.execute(
        select(Task.form, Case.state, Case.pack_version_id, Organisation.time_zone)
        .join(Case, Task.case_id == Case.id)
        .join(Organisation, Case.organisation_id == Organisation.id)
        .where(Task.id == task.id, Task.status == TaskStatus.OPEN)
    ).one_or_none()
    if row is None or row.form is None:
        return {}
    pack = load_pack(work, row.pack_version_id)
    form = pack.form(row.form)
    names = pack.definitions.readers(task.element)
    asked = {*form.scope.decided_by, *(part.path[0] for part in form.scope.fields), *looks_at}
    read = read_facts(work, names, task.case_id, wanted=asked)
    known = {**pack.known_to(row.state, task.id), **read}
    now = work.now().astimezone(ZoneInfo(row.time_zone))
    return fill(form, known, now, chance, wanted(known))
