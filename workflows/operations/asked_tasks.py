"""Operations on tasks that somebody asks for in their own words. They never move the case they stand in."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import Table, insert

from models.cases import CaseStatus
from models.casework import AskedTask
from models.tasks import Task, TaskOffer, TaskStatus
from workflows import process
from workflows.access import Permission, require
from workflows.access.rules import STAFF
from workflows.process.opening import offers_of
from workflows.queries.asked_tasks import find_askable
from workflows.queries.held import HeldCase, hold_case, hold_task
from workflows.records.asked_tasks import close_asked
from workflows.records.turns import waits_for
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

LONGEST_NAME = 120
LONGEST_TEXT = 2000
FURTHEST_DAYS = 366
_OFFER = cast(Table, TaskOffer.__table__)


def ask_task(
    work: Work,
    case_id: uuid.UUID,
    *,
    name: str,
    text: str = "",
    due_on: date | None = None,
    role: str = "",
    person_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Ask somebody in a case, or whoever holds a role, to do something by a day."""
    case = hold_case(work, case_id)
    by_role = require(work, Permission.TASK_ASK, case.subject)
    if case.status is not CaseStatus.RUNNING:
        raise Conflict(f"case_{case.status.value}", title=case.title)
    name, text = name.replace("\x00", "").strip(), text.replace("\x00", "").strip()
    _check(work, case, name, text, due_on, is_for_somebody=bool(role or person_id))
    turn = _turn(work, case, role, person_id)
    task_id = _open(work, case, name, due_on, turn)
    work.session.add(AskedTask(task_id=task_id, asked_by_id=work.actor.person_id, text=text))
    work.session.flush()
    details = {"name": name, "role": turn["role"], "assignee": turn["assignee_id"], "due_on": due_on}
    process.record(work, case, "task.asked", by_role, details, subject=("task", task_id))
    return task_id


def withdraw_asked_task(work: Work, task_id: uuid.UUID) -> uuid.UUID:
    """Ask for it no more; return in which case it was."""
    case, task = hold_task(work, task_id)
    role = require(work, Permission.TASK_ASK, task.subject(case))
    if not task.is_asked:
        raise NotFound(noun="task")
    if task.status is not TaskStatus.OPEN:
        raise Conflict(f"task_{task.status.value}", task=task.name, who="", at=task.completed_at)
    close_asked(work, task.id, status=TaskStatus.WITHDRAWN)
    process.record(work, case, "task.asked_no_more", role, {"name": task.name}, subject=("task", task.id))
    return case.id


def _check(
    work: Work, case: HeldCase, name: str, text: str, due_on: date | None, *, is_for_somebody: bool
) -> None:
    problems: dict[str, list[Complaint]] = {}
    if not name:
        problems["name"] = [Complaint("required")]
    elif len(name) > LONGEST_NAME:
        problems["name"] = [Complaint("too_long", maximum=LONGEST_NAME)]
    if not is_for_somebody:
        problems["whom"] = [Complaint("required")]
    if len(text) > LONGEST_TEXT:
        problems["text"] = [Complaint("too_long", maximum=LONGEST_TEXT)]
    today = case.local(work.now()).date()
    if due_on is not None and not 0 <= (due_on - today).days <= FURTHEST_DAYS:
        problems["due_on"] = [Complaint("follow_up_day_out_of_reach")]
    if problems:
        raise Invalid(problems)


def _turn(work: Work, case: HeldCase, role: str, person_id: uuid.UUID | None) -> dict[str, Any]:
    """Say whose turn it is: one person's, or that of a role in the case or else in the organisation."""
    if person_id is not None:
        somebody = find_askable(work, case, person_id)
        if somebody is None:
            raise Invalid({"whom": [Complaint("whom_not_here")]})
        return {"role": somebody.role, "assignee_id": person_id, "pool_role": None}
    if not case.holders(role) and role not in STAFF:
        raise Invalid({"whom": [Complaint("whom_not_here")]})
    return {"role": role, **waits_for(role, case.holders(role))}


def _open(work: Work, case: HeldCase, name: str, due_on: date | None, turn: Mapping[str, Any]) -> uuid.UUID:
    task = Task(
        id=uuid.uuid4(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        element="",
        process=case.process,
        name=name,
        case_title=case.title,
        form=None,
        status=TaskStatus.OPEN,
        opened_at=work.now(),
        due_at=_end_of(case, due_on),
        **turn,
    )
    work.session.add(task)
    work.session.flush()
    if turn["assignee_id"] is None:
        row = {"id": task.id, "role": turn["role"], "due_at": task.due_at}
        offers = list(offers_of(case, row))
        if offers:
            work.session.connection().execute(insert(_OFFER), offers)
    return task.id


def _end_of(case: HeldCase, day: date | None) -> datetime | None:
    return datetime.combine(day, time(23, 59), ZoneInfo(case.time_zone)) if day else None
