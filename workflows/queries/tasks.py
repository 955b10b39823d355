"""Read one task, as the person who opens it sees it; the list of tasks is the inbox."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from models.cases import Case, CaseStatus
from models.organisations import Organisation
from models.people import Person
from models.tasks import Task, TaskDraft, TaskStatus
from workflows import forms
from workflows.access import Participant, Permission, Subject, can, require
from workflows.queries.cases import list_participants
from workflows.queries.definitions import load_pack
from workflows.queries.doers import Doer, list_doers
from workflows.queries.inbox import InboxPage, InboxRow, Place, Whose, list_inbox
from workflows.queries.readings import read_facts, read_past
from workflows.refusals import NotFound
from workflows.work import Work

__all__ = ["InboxPage", "InboxRow", "Place", "TaskView", "Whose", "get_task", "list_inbox"]

_HAND_OVERS = (Permission.TASK_ASSIGN, Permission.TASK_DELEGATE)
_ACTS = (
    Permission.TASK_COMPLETE,
    Permission.TASK_SAVE_DRAFT,
    Permission.TASK_CLAIM,
    Permission.TASK_RELEASE,
    *_HAND_OVERS,
    Permission.TASK_RETURN,
    Permission.TASK_LINK,
)
# These change nothing of the task, and are asked about whether it is open or not.
_BESIDE = (
    Permission.TASK_COMMENT,
    Permission.TASK_ADD_FILE,
    Permission.TASK_READ_ANSWERS,
    Permission.TASK_FOLLOW_UP,
)


@dataclass(frozen=True)
class TaskView:
    """A task with its form, what the actor has typed into it, and what the actor may do with it."""

    id: uuid.UUID
    case_id: uuid.UUID
    case_title: str
    case_status: CaseStatus
    organisation_id: uuid.UUID
    pack_version_id: uuid.UUID
    process: str
    element: str
    name: str
    role: str
    status: TaskStatus
    opened_at: datetime
    due_at: datetime | None
    assignee_id: uuid.UUID | None
    assignee_name: str | None
    delegated_by_id: uuid.UUID | None
    completed_at: datetime | None
    completed_by_id: uuid.UUID | None
    completed_by_name: str | None
    answers: dict[str, Any] | None
    """What was answered, as far as the actor may read it."""
    are_answers_hidden: bool
    """There are answers, and the actor may read none of them."""
    has_restricted: bool
    """Some answers are left out, because only few may read them."""
    draft: dict[str, Any] | None
    draft_saved_at: datetime | None
    form: forms.Form | None
    known: dict[str, Any]
    """What the case knows where the task stands, and what is read for it: the form's expressions read it."""
    time_zone: str
    may: frozenset[Permission]
    may_beside: frozenset[Permission]
    """What the actor may say and keep beside the task."""
    doers: tuple[Doer, ...]
    """To whom the actor may give the task."""
    follow_up_on: date | None
    participants: tuple[Participant, ...]


def get_task(work: Work, task_id: uuid.UUID) -> TaskView:
    """Return a task that the actor may see."""
    row = _find(work, task_id)
    if row is None:
        raise NotFound(noun="task")
    task, case, organisation, assignee_name, completed_by_name, draft = row
    subject = _subject(work, task, organisation)
    require(work, Permission.TASK_READ, subject)
    pack = load_pack(work, case.pack_version_id)
    form = pack.form(task.form) if task.form else None
    kept_back = _kept_back(work, subject, form)
    answers = _readable(work, subject, task, kept_back)
    # What is read for such a form is as delicate as what is written into it.
    reads = _reads(work, subject) and not kept_back
    is_open = task.status is TaskStatus.OPEN and _goes_on(task, case)
    may = _acts(work, task, subject) if is_open else frozenset()
    doers = list_doers(work, subject) if may.intersection(_HAND_OVERS) else ()
    is_known = is_open and (reads or Permission.TASK_COMPLETE in may)
    known = pack.known_to(case.state, task.id) if is_known and task.element else {}
    readers = pack.definitions.readers(task.element)
    # Whoever has left reads what they answered, and nothing of what has become of the others since.
    if is_known or (reads and answers and can(work, Permission.CASE_READ, subject)):
        known |= read_facts(work, readers, case.id)
    if answers and not is_known:
        known |= read_past(work, readers, case.id)
    return TaskView(
        id=task.id,
        case_id=case.id,
        case_title=case.title,
        case_status=case.status,
        organisation_id=task.organisation_id,
        pack_version_id=case.pack_version_id,
        process=task.process,
        element=task.element,
        name=task.name,
        role=task.role,
        status=task.status,
        opened_at=task.opened_at,
        due_at=task.due_at,
        assignee_id=task.assignee_id,
        assignee_name=assignee_name,
        delegated_by_id=task.delegated_by_id,
        completed_at=task.completed_at,
        completed_by_id=task.completed_by_id,
        completed_by_name=completed_by_name,
        answers=answers,
        are_answers_hidden=bool(task.answers) and not answers,
        has_restricted=not kept_back.isdisjoint(task.answers or ()),
        draft=draft.answers if draft else None,
        draft_saved_at=draft.saved_at if draft else None,
        form=form,
        known=known,
        time_zone=organisation.time_zone,
        # Nobody is asked to choose among nobody.
        may=may if doers else may.difference(_HAND_OVERS),
        may_beside=frozenset(act for act in _BESIDE if can(work, act, subject)),
        doers=doers,
        follow_up_on=task.follow_up_on,
        participants=subject.participants,
    )


def _goes_on(task: Task, case: Case) -> bool:
    """Say whether the case lets the task be done; what is on no diagram outlives the way of the case."""
    if not task.element and case.status is CaseStatus.COMPLETED:
        return True
    return case.status is CaseStatus.RUNNING


def _kept_back(work: Work, subject: Subject, form: forms.Form | None) -> frozenset[str]:
    """Name the answers that only few may read, unless the actor is one of those few."""
    if form is None or can(work, Permission.TASK_READ_RESTRICTED, subject):
        return frozenset()
    return form.scope.restricted


def _reads(work: Work, subject: Subject) -> bool:
    asked = (Permission.TASK_READ_ANSWERS, Permission.TASK_READ_RESTRICTED)
    return any(can(work, one, subject) for one in asked)


def _readable(work: Work, subject: Subject, task: Task, kept_back: frozenset[str]) -> dict[str, Any] | None:
    """Return the answers that the actor may read."""
    if task.answers is None or not _reads(work, subject):
        return None
    return {key: value for key, value in task.answers.items() if key not in kept_back}


def _find(work: Work, task_id: uuid.UUID) -> Row[Any] | None:
    assignee, completer = aliased(Person), aliased(Person)
    return work.session.execute(
        select(Task, Case, Organisation, assignee.full_name, completer.full_name, TaskDraft)
        .join(Case, Task.case_id == Case.id)
        .join(Organisation, Task.organisation_id == Organisation.id)
        .outerjoin(assignee, Task.assignee_id == assignee.id)
        .outerjoin(completer, Task.completed_by_id == completer.id)
        .outerjoin(
            TaskDraft,
            (TaskDraft.task_id == Task.id) & (TaskDraft.person_id == work.actor.person_id),
        )
        .where(Task.id == task_id)
    ).one_or_none()


def _acts(work: Work, task: Task, subject: Subject) -> frozenset[Permission]:
    return frozenset(act for act in _ACTS if _can(work, act, task, subject))


def _can(work: Work, act: Permission, task: Task, subject: Subject) -> bool:
    if act is Permission.TASK_RELEASE and not _has_others(task, subject):
        return False
    return can(work, act, subject)


def _has_others(task: Task, subject: Subject) -> bool:
    """Say whether the task, put back by whoever has it, would wait for anybody else."""
    return task.assignee_id is not None and subject.holders(task.role) != (task.assignee_id,)


def _subject(work: Work, task: Task, organisation: Organisation) -> Subject:
    return Subject(
        organisation.id,
        organisation.path,
        list_participants(work, task.case_id),
        task_role=task.role,
        assignee_id=task.assignee_id,
        delegated_by_id=task.delegated_by_id,
        completed_by_id=task.completed_by_id,
    )
