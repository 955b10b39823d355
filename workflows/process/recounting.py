"""Count again when things are due: once the days off of an organisation change, or a case goes on."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Table, bindparam, func, select, true, update

from models.cases import ALIVE
from models.organisations import Organisation
from models.tasks import TaskStatus
from workflows.process import working_days
from workflows.process.parts import OFFER, TIMER
from workflows.process.stretching import due_at
from workflows.queries.gathered import breaks_from, breaks_of
from workflows.queries.held import CASE, TASK, HeldCase
from workflows.work import Work

_ORGANISATION = cast(Table, Organisation.__table__)
_OPEN: dict[Table, ColumnElement[bool]] = {TASK: TASK.c.status == TaskStatus.OPEN, TIMER: true()}


def recount(work: Work, path: str, since_on: date) -> int:
    """Count anew what is due on a day or later in a branch of the tree; return how much was moved."""
    # No time zone is further than a day from this one.
    first = datetime.combine(since_on, time(), UTC) - timedelta(days=1)
    is_there = func.starts_with(_ORGANISATION.c.path, path) & CASE.c.status.in_(ALIVE)
    _lock_cases(work, is_there)
    return sum(_recount(work, table, is_there & (table.c.due_at >= first)) for table in (TASK, TIMER))


def go_on(work: Work, case: HeldCase) -> None:
    """Let the waits of a case that stood still end after what was left of them, days off not counted."""
    for table in (TASK, TIMER):
        rows = work.session.connection().execute(_waits(table, CASE.c.id == case.id)).all()
        _write(work, table, [_resumed(work, case, table, row) for row in rows])


def _lock_cases(work: Work, condition: ColumnElement[bool]) -> None:
    # Always in the same order, and before their tasks and timers; see `queries.held`.
    cases = select(CASE.c.id).join(_ORGANISATION, CASE.c.organisation_id == _ORGANISATION.c.id)
    work.session.connection().execute(cases.where(condition).order_by(CASE.c.id).with_for_update(of=CASE))


def _waits(table: Table, condition: ColumnElement[bool]) -> Any:
    """Read what waits for days by the diagram, with the days off that count there."""
    return (
        select(
            table.c.id,
            table.c.due_at,
            table.c.waits_since_at,
            table.c.waits_until_at,
            _ORGANISATION.c.time_zone,
            breaks_of(_ORGANISATION.c.path, CASE.c.started_at),
        )
        .join(CASE, table.c.case_id == CASE.c.id)
        .join(_ORGANISATION, CASE.c.organisation_id == _ORGANISATION.c.id)
        .where(condition, _OPEN[table], table.c.waits_until_at.is_not(None))
    )


def _recount(work: Work, table: Table, condition: ColumnElement[bool]) -> int:
    rows = work.session.connection().execute(_waits(table, condition)).all()
    moved = [again for row in rows if (again := _again(table, row))["due_at"] != row.due_at]
    _write(work, table, moved)
    return len(moved)


def _again(table: Table, row: Row[Any]) -> dict[str, Any]:
    breaks = breaks_from(row.breaks)
    since, until = row.waits_since_at, row.waits_until_at
    due = due_at(since, until, row.time_zone, breaks, is_task=table is TASK)
    return {"of_id": row.id, "due_at": due, "waits_since_at": since, "waits_until_at": until}


def _resumed(work: Work, case: HeldCase, table: Table, row: Row[Any]) -> dict[str, Any]:
    zone, now = ZoneInfo(case.time_zone), case.local(work.now())
    since, until = (moment.astimezone(zone) for moment in (row.waits_since_at, row.waits_until_at))
    left = working_days.left(since, until, case.local(case.suspended_at or now), case.breaks)
    if left is None:
        # It was overdue already, and stays so: there is nothing left to count.
        return {"of_id": row.id, "due_at": row.due_at, "waits_since_at": None, "waits_until_at": None}
    due = due_at(now, now + left, case.time_zone, case.breaks, is_task=table is TASK)
    return {"of_id": row.id, "due_at": due, "waits_since_at": now, "waits_until_at": now + left}


def _write(work: Work, table: Table, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows[0] if name != "of_id"}
    given = [{("of_id" if name == "of_id" else f"new_{name}"): row[name] for name in row} for row in rows]
    execute = work.session.connection().execute
    execute(update(table).where(table.c.id == bindparam("of_id")).values(new), given)
    if table is TASK:
        offers = update(OFFER).where(OFFER.c.task_id == bindparam("of_id"))
        execute(offers.values(due_at=bindparam("new_due_at")), given)
