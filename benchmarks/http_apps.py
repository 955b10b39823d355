"""What the measured web servers serve: the house, and a Flask view that only writes the same rows."""

import uuid
from datetime import timedelta

from flask import Flask, request
from sqlalchemy import delete
from sqlalchemy.orm import Session

from benchmarks.town import NOW, clock
from models.cases import Case
from models.database import open_database
from models.journal import JournalEntry, JournalUnsealed
from models.tasks import Task, TaskStatus
from models.waiting import Timer
from webapp.app import create_app
from webapp.settings import Settings


def make_house() -> Flask:
    """Return the house on the database of the environment."""
    return create_app(Settings(secret_key="only for measuring"), open_database().sessions, clock=clock)


def make_reference() -> Flask:
    """Return a page that writes the rows of a completion with the ORM and asks nobody anything."""
    app, sessions = Flask(__name__), open_database().sessions

    @app.post("/tasks/<uuid:task_id>")
    def complete(task_id: uuid.UUID) -> tuple[str, int, dict[str, str]]:
        with sessions.begin() as session:
            write_rows(session, task_id, request.form.to_dict())
        return "", 303, {"Location": "/"}

    return app


def write_rows(session: Session, task_id: uuid.UUID, answers: dict[str, str]) -> None:
    """Write the rows of one completion with the ORM."""
    task = session.get_one(Task, task_id, with_for_update=True)
    case = session.get_one(Case, task.case_id, with_for_update=True)
    person_id = task.assignee_id
    task.status, task.completed_at, task.completed_by_id = TaskStatus.COMPLETED, NOW, person_id
    task.answers = answers
    case.state, case.revision = bytes(case.state), case.revision + 1
    session.execute(delete(Timer).where(Timer.case_id == case.id))
    place = {"case_id": case.id, "organisation_id": case.organisation_id}
    copied = {
        name: getattr(task, name)
        for name in ("element", "process", "name", "case_title", "role", "form", "assignee_id")
    }
    session.add(Task(id=uuid.uuid4(), status=TaskStatus.OPEN, opened_at=NOW, **place, **copied))
    due_at = NOW + timedelta(days=14)
    session.add(Timer(id=uuid.uuid4(), element="silence", name="Две недели тишины", due_at=due_at, **place))
    entry = JournalEntry(
        at=NOW,
        actor_id=person_id,
        actor_role="mentor",
        act="task.completed",
        subject=f"task:{task_id}",
        pack_version_id=case.pack_version_id,
        details=answers,
        salt=b"s" * 16,
        details_digest=b"d" * 32,
        digest=b"e" * 32,
        **place,
    )
    session.add(entry)
    session.flush()
    session.add(JournalUnsealed(entry_id=entry.id, organisation_id=case.organisation_id))
