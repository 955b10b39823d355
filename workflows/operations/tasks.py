"""Operations on tasks: complete one, and what stands in modules of their own beside it."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from models.cases import CaseStatus
from models.people import Person
from models.tasks import TaskStatus
from workflows import forms, journal, process
from workflows.access import Permission, can, require
from workflows.operations.assignments import (
    assign_task,
    claim_task,
    delegate_task,
    release_task,
    return_task,
)
from workflows.operations.drafts import save_draft
from workflows.queries.definitions import LoadedPack, load_pack
from workflows.queries.held import HeldCase, HeldTask, hold_task
from workflows.queries.readings import read_facts
from workflows.records.asked_tasks import close_asked, read_note
from workflows.refusals import Complaint, Invalid, TooLate
from workflows.work import Work

__all__ = [
    "CompletedTask",
    "assign_task",
    "claim_task",
    "complete_task",
    "delegate_task",
    "release_task",
    "repeat_completion",
    "return_task",
    "save_draft",
]


HIDDEN = "•••"
"""What the journal has in the place of an answer that only few may read; that it was given stays visible."""


@dataclass(frozen=True)
class CompletedTask:
    """A task that is done, and what its case opened next."""

    id: uuid.UUID
    case_id: uuid.UUID
    is_case_finished: bool
    opened: tuple[uuid.UUID, ...]
    was_done_before: bool = False
    """The button was pressed twice: nothing happened the second time."""


def complete_task(work: Work, task_id: uuid.UUID, answers: Mapping[str, Any]) -> CompletedTask:
    """Complete a task with a person's answers and let its case move on."""
    case, task = hold_task(work, task_id)
    require(work, Permission.TASK_SAVE_DRAFT, task.subject(case))
    if task.status is TaskStatus.COMPLETED and task.completed_by_id == work.actor.person_id:
        return _complete_again(work, case, task, answers)
    _refuse_late(work, case, task, answers)
    role = require(work, Permission.TASK_COMPLETE, task.subject(case))
    checked = _check(work, case, task, answers)
    try:
        return _complete(work, case, task, checked, role, work.actor.person_id)
    except Invalid as refusal:
        # Whoever listens saw no blank rows; the person did, and looks for the message where they typed.
        raise Invalid(
            _as_sent(work, case, task, answers, refusal), refusal.key, **refusal.values
        ) from refusal


def repeat_completion(
    work: Work, task_id: uuid.UUID, answers: Mapping[str, Any], by_id: uuid.UUID | None
) -> bool:
    """Complete a task again, as the person who did when its case could not move; say whether it was open."""
    case, task = hold_task(work, task_id)
    role = require(work, Permission.INCIDENT_RETRY, task.subject(case))
    if task.status is not TaskStatus.OPEN:
        return False
    _complete(work, case, task, _check(work, case, task, answers), role, by_id)
    return True


def _complete(
    work: Work,
    case: HeldCase,
    task: HeldTask,
    answers: Mapping[str, Any],
    role: str,
    by_id: uuid.UUID | None,
) -> CompletedTask:
    if task.is_asked:
        return _finish_asked(work, case, task, answers, role)
    scope = _scope(work, case, task)
    moved = process.complete(
        work,
        case,
        process.Completion(
            task.id,
            task.element,
            answers,
            by_id,
            task.has_draft,
            kept=_without(answers, scope.kept_from_task),
            told=_without(answers, scope.kept_from_case),
            role=task.role,
            form=task.form,
        ),
    )
    details: dict[str, Any] = {
        "element": task.element,
        "name": task.name,
        "answers": {key: HIDDEN if key in scope.restricted else value for key, value in answers.items()},
        "passed": moved.passed,
    }
    if by_id != work.actor.person_id:
        details["completed_by"] = by_id
    elif task.assignee_id in work.actor.stands_for:
        details["in_place_of"] = task.assignee_id
    process.record(work, case, "task.completed", role, details, subject=("task", task.id), moved=moved)
    return CompletedTask(task.id, case.id, moved.is_finished, moved.opened)


def _finish_asked(
    work: Work, case: HeldCase, task: HeldTask, answers: Mapping[str, Any], role: str
) -> CompletedTask:
    done = {"completed_at": work.now(), "completed_by_id": work.actor.person_id, "answers": dict(answers)}
    close_asked(work, task.id, status=TaskStatus.COMPLETED, **done)
    details: dict[str, Any] = {"name": task.name, "answers": answers}
    if task.assignee_id in work.actor.stands_for:
        details["in_place_of"] = task.assignee_id
    process.record(work, case, "task.completed", role, details, subject=("task", task.id))
    return CompletedTask(task.id, case.id, is_case_finished=False, opened=())


def _check(work: Work, case: HeldCase, task: HeldTask, answers: Mapping[str, Any]) -> dict[str, Any]:
    if task.is_asked:
        return {**read_note(answers)}
    if task.form is None:
        return {}
    pack = load_pack(work, case.pack_version_id)
    form = pack.form(task.form)
    # A form without expressions asks nothing of the case, and its state need not be opened.
    known = {} if form.scope.is_still else _known(work, case, task, pack, wanted=form.scope.decided_by)
    clean = forms.check(form, answers, context=known, now=case.local(work.now()))
    settled: dict[str, Any] = journal.settle(clean)
    return settled


def _as_sent(
    work: Work, case: HeldCase, task: HeldTask, answers: Mapping[str, Any], refusal: Invalid
) -> Mapping[str, list[Complaint]]:
    if task.form is None:
        return refusal.problems
    pack = load_pack(work, case.pack_version_id)
    known, now = _known(work, case, task, pack), case.local(work.now())
    return forms.as_sent(pack.form(task.form), answers, dict(refusal.problems), context=known, now=now)


def _scope(work: Work, case: HeldCase, task: HeldTask) -> forms.Scope:
    """Return what the form asks; a task without one asks nothing."""
    if task.form is None:
        return forms.Scope(())
    return load_pack(work, case.pack_version_id).form(task.form).scope


def _without(answers: Mapping[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in answers.items() if key not in names}


def _known(
    work: Work,
    case: HeldCase,
    task: HeldTask,
    pack: LoadedPack,
    wanted: Collection[str] | None = None,
) -> dict[str, Any]:
    """Return what the form may ask for: what the case knows there, and what is read for the task."""
    in_case = pack.known_to(case.state, task.id) if task.status is TaskStatus.OPEN else {}
    read = read_facts(work, pack.definitions.readers(task.element), case.id, wanted=wanted)
    return {**in_case, **read}


def _complete_again(work: Work, case: HeldCase, task: HeldTask, answers: Mapping[str, Any]) -> CompletedTask:
    if not _is_same(work, case, task, answers):
        raise _too_late(work, "task_completed_already", task, answers)
    return CompletedTask(
        task.id, case.id, case.status is CaseStatus.COMPLETED, opened=(), was_done_before=True
    )


def _is_same(work: Work, case: HeldCase, task: HeldTask, answers: Mapping[str, Any]) -> bool:
    try:
        checked = _check(work, case, task, answers)
        return _without(checked, _scope(work, case, task).kept_from_task) == task.answers
    except Invalid:
        return False


def _refuse_late(work: Work, case: HeldCase, task: HeldTask, answers: Mapping[str, Any]) -> None:
    if task.status is TaskStatus.COMPLETED:
        raise _too_late(work, "task_completed_by_another", task, answers)
    if task.status is TaskStatus.WITHDRAWN:
        raise _too_late(work, "task_withdrawn", task, answers)
    # What was asked for beside the way is still worth doing once the way has ended.
    is_beside_the_way = task.is_asked and case.status is CaseStatus.COMPLETED
    if case.status is not CaseStatus.RUNNING and not is_beside_the_way:
        raise _too_late(work, f"case_{case.status.value}", task, answers)
    if task.assignee_id and not can(work, Permission.TASK_COMPLETE, task.subject(case)):
        raise _too_late(work, "task_taken_by_another", task, answers)


def _too_late(work: Work, key: str, task: HeldTask, answers: Mapping[str, Any]) -> TooLate:
    who_id = task.completed_by_id or task.assignee_id
    who = work.session.get(Person, who_id) if who_id else None
    return TooLate(
        key,
        task_id=str(task.id),
        answers=answers,
        task=task.name,
        who=who.full_name if who else "",
        at=task.completed_at,
    )
