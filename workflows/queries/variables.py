"""Which programme a case is about, where no row of ours says so."""

import uuid

from sqlalchemy import select

from models.cases import Case
from models.tasks import Task, TaskStatus
from workflows.engine.known import known_to
from workflows.records import programmes
from workflows.work import Work


def programme_id_of(work: Work, case_id: uuid.UUID) -> uuid.UUID | None:
    """Return the programme of a case: by the rows that name the case, else by what the case itself knows."""
    programme = programmes.find_programme_of(work, case_id)
    if programme is not None:
        return programme.id
    wanted = select(Task.id).where(Task.case_id == case_id, Task.status == TaskStatus.OPEN)
    task_id = work.session.scalars(wanted.order_by(Task.opened_at, Task.id).limit(1)).one_or_none()
    if task_id is None:
        return None
    state = work.session.scalars(select(Case.state).where(Case.id == case_id)).one()
    known = known_to(state, str(task_id)).get("programme_id")
    return uuid.UUID(known) if known else None
