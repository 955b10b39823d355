"""The form of a task, for reading what was typed into it before anybody asks whether it may be."""

import uuid

from sqlalchemy import select

from models.cases import Case
from models.tasks import Task
from workflows.forms import Form
from workflows.queries.definitions import load_pack
from workflows.refusals import NotFound
from workflows.work import Work


def get_form(work: Work, task_id: uuid.UUID) -> Form | None:
    """Return the form of a task; it says nothing about the case, and the act itself asks for permission."""
    found = work.session.execute(
        select(Task.form, Case.pack_version_id).join(Case, Task.case_id == Case.id).where(Task.id == task_id)
    ).one_or_none()
    if found is None:
        raise NotFound(noun="task")
    form, pack_version_id = found
    return load_pack(work, pack_version_id).form(form) if form else None
