"""Find people, cases, documents and open tasks by words, in whatever form, among what the actor may see."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true

from models.cases import Case, CaseStatus
from models.organisations import Organisation
from models.people import Membership, Person
from models.searching import sought, words_of
from models.tasks import Task, TaskOffer, TaskStatus
from workflows.queries.cases import visible_to
from workflows.queries.documents.listing import DocumentRow, DocumentsWanted, list_documents
from workflows.queries.people_sight import knows_people_of, reaches
from workflows.work import Work

SHOWN = 8
MOST_WORDS = 5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class PersonFound:
    """Somebody of an organisation that the actor looks after."""

    id: uuid.UUID
    name: str
    organisation: str
    study_group: str | None
    roles: Sequence[str]


@dataclass(frozen=True)
class CaseFound:
    """A case: a pair, a programme, somebody's way into a base."""

    id: uuid.UUID
    title: str
    process: str
    status: CaseStatus


@dataclass(frozen=True)
class TaskFound:
    """An open task."""

    id: uuid.UUID
    case_id: uuid.UUID
    name: str
    case_title: str
    due_at: Any


@dataclass(frozen=True)
class Found:
    """What was found of each kind, no more than is read at a glance; whether there is more of it."""

    people: Sequence[PersonFound] = ()
    cases: Sequence[CaseFound] = ()
    tasks: Sequence[TaskFound] = ()
    documents: Sequence[DocumentRow] = ()
    more: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.people or self.cases or self.tasks or self.documents)


def find_everywhere(work: Work, text: str) -> Found:
    """Find what holds every word of a text."""
    words = [f"{word.lower()}:*" for word in _WORD.findall(text)[:MOST_WORDS]]
    if not words:
        return Found()
    found: dict[str, Sequence[Any]] = {
        "people": _people(work, " & ".join(words)),
        "cases": [CaseFound(*row) for row in work.session.execute(_cases(work, " & ".join(words)))],
        "tasks": [TaskFound(*row) for row in work.session.execute(_tasks(work, words))],
        "documents": list_documents(work, DocumentsWanted(search=text), size=SHOWN + 1)[0],
    }
    more = frozenset(kind for kind, rows in found.items() if len(rows) > SHOWN)
    return Found(**{kind: rows[:SHOWN] for kind, rows in found.items()}, more=more)


def _people(work: Work, query: str) -> list[PersonFound]:
    roles = (
        select(func.array_agg(Membership.role.distinct()))
        .where(Membership.person_id == Person.id, Membership.counts_at(work.now()))
        .correlate(Person)
        .scalar_subquery()
    )
    wanted = (
        select(
            *(Person.id, Person.full_name, Organisation.name, Person.study_group),
            func.coalesce(roles, []).label("roles"),
        )
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(words_of(Person.full_name).op("@@")(sought(query)), knows_people_of(work))
        .order_by(Person.full_name, Person.id)
        .limit(SHOWN + 1)
    )
    return [PersonFound(*row) for row in work.session.execute(wanted)]


def _cases(work: Work, query: str) -> Select[Any]:
    return (
        select(Case.id, Case.title, Case.process, Case.status)
        .join(Organisation, Organisation.id == Case.organisation_id)
        .where(words_of(Case.title).op("@@")(sought(query)), visible_to(work))
        .order_by(Case.ended_at.desc().nulls_first(), Case.started_at.desc(), Case.id)
        .limit(SHOWN + 1)
    )


def _tasks(work: Work, words: Sequence[str]) -> Select[Any]:
    holds = [
        or_(*(words_of(text).op("@@")(sought(word)) for text in (Task.name, Task.case_title)))
        for word in words
    ]
    return (
        select(Task.id, Task.case_id, Task.name, Task.case_title, Task.due_at)
        .join(Case, Case.id == Task.case_id)
        .join(Organisation, Organisation.id == Task.organisation_id)
        .where(Task.status == TaskStatus.OPEN, *holds, _may_see_task(work))
        .order_by(Task.due_at.asc().nulls_last(), Task.id)
        .limit(SHOWN + 1)
    )


def _may_see_task(work: Work) -> ColumnElement[bool]:
    """Say in SQL what `Permission.TASK_READ` says."""
    person = work.actor.person_id
    if person is None:
        return true() if work.actor.is_system else false()
    offered = exists().where(TaskOffer.task_id == Task.id, TaskOffer.person_id == person)
    ways = [Task.assignee_id == person, Task.delegated_by_id == person, offered, visible_to(work)]
    ways += [and_(Task.pool_role == role.name, reaches(role)) for role in work.actor.roles]
    return or_(*ways)
