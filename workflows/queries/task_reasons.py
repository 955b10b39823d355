"""Why a task stands before somebody: who gave it, or by which role it waits."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.journal import JournalEntry
from models.people import Person
from workflows.queries.tasks import TaskView
from workflows.work import Work

_TURNS = ("task.claimed", "task.assigned", "task.delegated", "task.returned")


@dataclass(frozen=True)
class Reason:
    """Why a task stands before the reader: in one word, with who did what when, if somebody did."""

    kind: str
    who: str = ""
    at: datetime | None = None


def why_mine(work: Work, task: TaskView) -> Reason:
    """Say why an open task stands before the actor."""
    if task.assignee_id in work.actor.stands_for:
        return Reason("stands_in", task.assignee_name or "")
    if task.assignee_id is None:
        holds = {one.role for one in task.participants if one.person_id == work.actor.person_id}
        if task.role in holds:
            return Reason("offered")
        is_pool = any(role.name == task.role for role in work.actor.roles)
        return Reason("free" if is_pool else "seen_free")
    if task.assignee_id != work.actor.person_id:
        is_own = task.delegated_by_id == work.actor.person_id
        return Reason("asked_another" if is_own else "seen", task.assignee_name or "")
    return _turn(work, task) or Reason("seat")


def _turn(work: Work, task: TaskView) -> Reason | None:
    """Find the last act that made it the actor's."""
    wanted = (
        select(JournalEntry.act, JournalEntry.actor_id, Person.full_name, JournalEntry.at)
        .outerjoin(Person, Person.id == JournalEntry.actor_id)
        .where(
            JournalEntry.case_id == task.case_id,
            JournalEntry.subject == f"task:{task.id}",
            JournalEntry.act.in_(_TURNS),
        )
        .order_by(JournalEntry.id.desc())
        .limit(1)
    )
    found = work.session.execute(wanted).one_or_none()
    if found is None:
        return None
    act, actor_id, name, at = found
    kind = act.partition(".")[2]
    return Reason("taken" if _took_it(kind, actor_id, work) else kind, name or "", at)


def _took_it(kind: str, actor_id: uuid.UUID | None, work: Work) -> bool:
    return kind == "claimed" or (kind == "assigned" and actor_id == work.actor.person_id)
