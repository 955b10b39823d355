"""Operations that say whose turn it is: claim, release, assign, delegate and return a task."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import Table, delete, insert, update

from models.cases import CaseStatus
from models.letters import LetterKind
from models.people import Person
from models.tasks import TaskOffer, TaskStatus
from workflows import process
from workflows.access import Permission, require
from workflows.process.opening import offers_of
from workflows.queries.doers import list_doers
from workflows.queries.held import TASK, HeldCase, HeldTask, hold_task
from workflows.queries.members import list_strangers
from workflows.records import letters
from workflows.records.turns import waits_for
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

_OFFER = cast(Table, TaskOffer.__table__)


def claim_task(work: Work, task_id: uuid.UUID) -> None:
    """Take a task that waits for one's role; claiming what is already one's own changes nothing."""
    case, task = _hold_open(work, task_id, Permission.TASK_READ)
    if task.assignee_id is not None and work.actor.is_or_stands_for(task.assignee_id):
        return
    if task.assignee_id is not None:
        raise Conflict("task_taken_by_another", task=task.name, who=_name_of(work, task.assignee_id))
    role = require(work, Permission.TASK_CLAIM, task.subject(case))
    for_id = _taker(work, case, task)
    _give(work, case, task, for_id, delegated_by_id=None)
    details = {} if for_id == work.actor.person_id else {"in_place_of": for_id}
    _record(work, "task.claimed", case, task, role, details)


def _taker(work: Work, case: HeldCase, task: HeldTask) -> uuid.UUID | None:
    """Say whose the task becomes: a deputy takes it for the person, with whom it stays afterwards."""
    holders = case.holders(task.role)
    if not holders or work.actor.person_id in holders:
        return work.actor.person_id
    return next(one for one in holders if work.actor.is_or_stands_for(one))


def release_task(work: Work, task_id: uuid.UUID) -> None:
    """Give a task back to those for whose role it was opened; one that nobody has stays as it is."""
    case, task = _hold_open(work, task_id, Permission.TASK_RELEASE)
    role = require(work, Permission.TASK_RELEASE, task.subject(case))
    if task.assignee_id is None:
        return
    waits = waits_for(task.role, case.holders(task.role))
    if waits["assignee_id"] == task.assignee_id:
        raise Conflict("task_has_no_other_holder", task=task.name)
    _change(work, task, {**waits, "delegated_by_id": None})
    _offer(work, case, task)
    _record(work, "task.released", case, task, role, {"assignee": [task.assignee_id, waits["assignee_id"]]})


def assign_task(work: Work, task_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Give a task to somebody who holds its role."""
    case, task = _hold_open(work, task_id, Permission.TASK_ASSIGN)
    role = require(work, Permission.TASK_ASSIGN, task.subject(case))
    _require_doer(work, case, task, person_id)
    _give(work, case, task, person_id, delegated_by_id=None)
    _record(work, "task.assigned", case, task, role, {"assignee": [task.assignee_id, person_id]})


def delegate_task(work: Work, task_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Have somebody else do one's task, who may also return it."""
    case, task = _hold_open(work, task_id, Permission.TASK_DELEGATE)
    role = require(work, Permission.TASK_DELEGATE, task.subject(case))
    if person_id == task.assignee_id:
        raise Conflict("task_delegated_to_oneself", task=task.name)
    _require_doer(work, case, task, person_id)
    # Who was asked first answers for the task, however often it is handed on.
    owner_id = task.delegated_by_id or task.assignee_id
    _give(work, case, task, person_id, delegated_by_id=None if owner_id == person_id else owner_id)
    _record(work, "task.delegated", case, task, role, {"assignee": [task.assignee_id, person_id]})


def return_task(work: Work, task_id: uuid.UUID) -> None:
    """Return a delegated task to the person who gave it; that person may also take it back."""
    case, task = _hold_open(work, task_id, Permission.TASK_RETURN)
    role = require(work, Permission.TASK_RETURN, task.subject(case))
    if task.delegated_by_id is None:
        raise Conflict("task_not_delegated", task=task.name)
    _give(work, case, task, task.delegated_by_id, delegated_by_id=None)
    _record(work, "task.returned", case, task, role, {"assignee": [task.assignee_id, task.delegated_by_id]})


def pass_on_task(
    work: Work, task_id: uuid.UUID, old_id: uuid.UUID, new_id: uuid.UUID, *, of_id: uuid.UUID
) -> None:
    """Let a task go from one hand to another along with the caseload of somebody."""
    case, task = hold_task(work, task_id)
    subject = replace(task.subject(case), person_id=of_id)
    role = require(work, Permission.CASELOAD_HAND_OVER, subject)
    if task.status is not TaskStatus.OPEN or task.assignee_id != old_id:
        raise Conflict("went_on_from_there")
    _require_doer(work, case, task, new_id)
    _give(work, case, task, new_id, delegated_by_id=None)
    _record(work, "task.assigned", case, task, role, {"assignee": [old_id, new_id]})


def _hold_open(work: Work, task_id: uuid.UUID, permission: Permission) -> tuple[HeldCase, HeldTask]:
    case, task = hold_task(work, task_id)
    require(work, permission, task.subject(case))
    if task.status is not TaskStatus.OPEN:
        who = _name_of(work, task.completed_by_id)
        raise Conflict(f"task_{task.status.value}", task=task.name, who=who, at=task.completed_at)
    if case.status is not CaseStatus.RUNNING:
        raise Conflict(f"case_{case.status.value}", title=case.title)
    return case, task


def _name_of(work: Work, person_id: uuid.UUID | None) -> str:
    person = work.session.get(Person, person_id) if person_id else None
    return person.full_name if person else ""


def _require_doer(work: Work, case: HeldCase, task: HeldTask, person_id: uuid.UUID) -> None:
    doers = list_doers(work, task.subject(case))
    if person_id == task.assignee_id or person_id in {one.person_id for one in doers}:
        return
    takes_part = person_id in {one.person_id for one in case.participants}
    if not takes_part and list_strangers(work, case.path, {person_id}):
        raise NotFound(noun="person")
    key = "person_not_in_role" if doers else "nobody_else_in_role"
    raise Invalid({"person_id": [Complaint(key, task=task.name)]})


def _give(
    work: Work,
    case: HeldCase,
    task: HeldTask,
    person_id: uuid.UUID | None,
    *,
    delegated_by_id: uuid.UUID | None,
) -> None:
    _change(work, task, {"assignee_id": person_id, "pool_role": None, "delegated_by_id": delegated_by_id})
    _withdraw_offers(work, case, task)
    if person_id:
        # Given to the same person once more, it is told once more; within the same act it is not.
        cause, about = f"{task.id} {work.now().isoformat()}", {"task": str(task.id)}
        letters.ask(work, LetterKind.TASK_GIVEN, [person_id], cause=cause, about=about)


def _change(work: Work, task: HeldTask, values: Mapping[str, Any]) -> None:
    work.session.connection().execute(update(TASK).where(TASK.c.id == task.id).values(values))


def _withdraw_offers(work: Work, case: HeldCase, task: HeldTask) -> None:
    if case.has_groups:
        work.session.connection().execute(delete(_OFFER).where(_OFFER.c.task_id == task.id))


def _offer(work: Work, case: HeldCase, task: HeldTask) -> None:
    _withdraw_offers(work, case, task)
    offers = list(offers_of(case, {"id": task.id, "role": task.role, "due_at": task.due_at}))
    if offers:
        work.session.connection().execute(insert(_OFFER), offers)


def _record(
    work: Work, act: str, case: HeldCase, task: HeldTask, role: str, details: Mapping[str, Any]
) -> None:
    process.record(work, case, act, role, details, subject=("task", task.id))
