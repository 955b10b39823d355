"""Turn the engine's answer into rows, all of them in one statement.

A statement costs its way to the database and back, whatever it changes. So everything that a step
changes is one statement, put together from the parts below; each combination that occurs is put
together once.
"""

import uuid
from collections.abc import Iterator
from typing import Any

from models.cases import CaseStatus
from workflows.process import parts
from workflows.process.changes import Changes, Moved
from workflows.process.opening import offers_of, task_row
from workflows.process.sending import defer_waiting
from workflows.process.stretching import due_of
from workflows.queries.held import HeldCase, with_participants_of_now
from workflows.refusals import Conflict
from workflows.work import Work


def keep(work: Work, case: HeldCase, changes: Changes) -> Moved:
    """Write down where the case stands now and everything that began or ceased to wait."""
    step, case = changes.step, with_participants_of_now(work, case)
    tasks = [task_row(work, case, task) for task in step.opened]
    wanted = {name: value for name, value in _values(work, case, changes, tasks) if value}
    statement = parts.statement(frozenset(wanted))
    given = {f"{parts.GIVEN}{name}": value for name, value in (wanted | _common(work, case, changes)).items()}
    if statement.find(work.session.connection(), given)[0] != 1:
        raise Conflict("case_moved_on")
    if step.awaited:
        defer_waiting(work, case.id)
    opened = tuple(uuid.UUID(row["id"]) for row in tasks)
    return Moved(step.finished, opened, step.passed, step.variables)


def _common(work: Work, case: HeldCase, changes: Changes) -> dict[str, Any]:
    """Give the values that every part may use."""
    step, done = changes.step, changes.completion
    common = {
        "case_id": case.id,
        "organisation_id": case.organisation_id,
        "case_title": case.title,
        "now": work.now(),
        "revision": case.revision,
        "state": step.state,
        "status": CaseStatus.COMPLETED if step.finished else case.status,
        "ended_at": work.now() if step.finished else None,
        "is_paused": case.status is CaseStatus.SUSPENDED,
    }
    if done:
        common |= {"task_id": done.task_id, "by_id": done.by_id, "answers": dict(done.kept)}
    return common


def _values(
    work: Work, case: HeldCase, changes: Changes, tasks: list[dict[str, Any]]
) -> Iterator[tuple[str, Any]]:
    """Give each part's own value; a part without one is left out of the statement."""
    step, done = changes.step, changes.completion
    yield "completed", done is not None
    yield "draft_gone", done is not None and done.has_draft
    yield "withdrawn", list(changes.withdrawn)
    yield "offers_gone", case.has_groups and list(changes.over)
    yield "timers_gone", list(changes.stopped)
    yield "awaited_gone", list(changes.ceased)
    yield "incidents_over", case.has_incidents and _subjects(changes)
    yield "tasks", tasks
    free = (row for row in tasks if row["assignee_id"] is None)
    yield "offers", [offer for row in free for offer in offers_of(case, row)]
    yield "letters", list(_told(work, tasks))
    yield "timers", [_named(one.id, one, **due_of(work, case, one).as_json()) for one in step.timers_started]
    yield "awaited", [_named(one.id, one, key=one.key) for one in step.awaited]


def _told(work: Work, tasks: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """List whom to tell of a new task; whoever has just acted sees it before them."""
    me = str(work.actor.person_id)
    for row in tasks:
        if row["assignee_id"] and row["assignee_id"] != me:
            yield {"task_id": row["id"], "person_id": row["assignee_id"]}


def _subjects(changes: Changes) -> list[str]:
    return [str(one) for one in changes.over | changes.stopped | changes.ceased]


def _named(id_: str, waiting: Any, **more: str | None) -> dict[str, str | None]:
    return {"id": id_, "element": waiting.element, "name": waiting.name, **more}
