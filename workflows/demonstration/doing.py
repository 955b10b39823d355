"""Do a task as the person whose turn it is: read the form, fill it, send it."""

import re
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import bindparam, func, select

from models.cases import Case
from models.organisations import Organisation
from models.prepared import Prepared
from models.tasks import Task, TaskOffer, TaskStatus
from workflows.demonstration.filling import fill
from workflows.engine.known import known_to
from workflows.operations.tasks import complete_task
from workflows.queries.definitions import load_pack
from workflows.queries.names import names_of
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
    opened_at: datetime
    doers: Sequence[uuid.UUID]
    """Whose it is, or who may take it; nobody by name, where whoever has the role may."""

    @property
    def name(self) -> str:
        """Return what tells it from others in the same way at every run."""
        return f"{self.case_title}·{self.process}·{self.element}"


_DOERS = func.array(
    select(TaskOffer.person_id)
    .where(TaskOffer.task_id == Task.id)
    .union(select(Task.assignee_id).where(Task.assignee_id.is_not(None)).correlate(Task))
    .scalar_subquery()
)
_OPEN = (
    select(
        *(Task.id, Task.case_id, Task.case_title, Task.process, Task.element, Task.role, Task.opened_at),
        _DOERS,
    )
    .where(Task.status == TaskStatus.OPEN, Task.element != "", Task.opened_at >= bindparam("since"))
    .order_by(Task.opened_at)
)


def list_waiting(work: Work, since: datetime, seen: Collection[uuid.UUID] = ()) -> list[Waiting]:
    """List the tasks opened since a moment that were not seen, in an order that does not depend on chance."""
    rows = [
        Waiting(*row)
        for row in work.session.connection().execute(_OPEN, {"since": since})
        if row.id not in seen
    ]
    alike = {key for key, count in Counter((one.opened_at, one.name) for one in rows).items() if count > 1}
    more = _tell_apart(work, [one for one in rows if (one.opened_at, one.name) in alike])
    return sorted(rows, key=lambda one: (one.opened_at, one.name, more.get(one.id, "")))


def _tell_apart(work: Work, tasks: Sequence[Waiting]) -> dict[uuid.UUID, str]:
    """Say what tells tasks of one name apart: for whom they are, and what their case knows there."""
    if not tasks:
        return {}
    states = select(Case.id, Case.state).where(Case.id.in_({one.case_id for one in tasks}))
    state_of = {row.id: row.state for row in work.session.execute(states)}
    names = names_of(work, (doer for one in tasks for doer in one.doers))
    return {one.id: _told(one, state_of[one.case_id], names) for one in tasks}


def _told(task: Waiting, state: bytes, names: Mapping[uuid.UUID, str]) -> str:
    known = orjson.dumps(known_to(state, str(task.id)), option=orjson.OPT_SORT_KEYS).decode()
    return f"{sorted(names[one] for one in task.doers)} {ID.sub('·', known)}"


_PLACE = Prepared(
    select(Task.form, Case.state, Case.pack_version_id, Organisation.time_zone)
    .join(Case, Task.case_id == Case.id)
    .join(Organisation, Case.organisation_id == Organisation.id)
    .where(Task.id == bindparam("task_id"), Task.status == TaskStatus.OPEN)
)


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
    row = _PLACE.find(work.session.connection(), {"task_id": task.id})
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
