"""The parts of the one statement that keeps a step: each changes one table in one way.

New rows travel as one JSON array for each table, so that the statement is the same however many
there are.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    UUID,
    Boolean,
    ColumnElement,
    DateTime,
    String,
    Table,
    any_,
    bindparam,
    column,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.sql.dml import UpdateBase

from models.letters import LetterKind
from models.people import Person
from models.prepared import Prepared
from models.tasks import TaskDraft, TaskOffer, TaskStatus
from models.waiting import AwaitedMessage, Incident, Timer
from workflows.queries.held import CASE, TASK
from workflows.records.letters import inserted, letters_for

OFFER = cast(Table, TaskOffer.__table__)
TIMER = cast(Table, Timer.__table__)
AWAITED = cast(Table, AwaitedMessage.__table__)
INCIDENT = cast(Table, Incident.__table__)
_DRAFT = cast(Table, TaskDraft.__table__)

# A parameter named like a column would become a new value of that column.
GIVEN = "given_"


@cache
def statement(wanted: frozenset[str]) -> Prepared:
    """Put the wanted parts together; the statement answers how many cases it moved: one, or none."""
    moved = _move_case().returning(CASE.c.id).cte("moved")
    whole = select(func.count()).select_from(moved)
    for name, part in _PARTS.items():
        if name in wanted:
            whole = whole.add_cte(part().cte(f"part_{name}"))
    return Prepared(whole, spare=_ALL_GIVEN)


def _move_case() -> Any:
    # A case that somebody else moved meanwhile has another revision and is not overwritten.
    is_unmoved = CASE.c.revision == _given("revision", CASE.c.revision.type)
    return (
        update(CASE)
        .where(CASE.c.id == _case_id(), is_unmoved)
        .values(
            state=_given("state", CASE.c.state.type),
            revision=CASE.c.revision + 1,
            status=_given("status", CASE.c.status.type),
            ended_at=_given("ended_at", DateTime(timezone=True)),
        )
    )


def _complete_task() -> UpdateBase:
    return (
        update(TASK)
        .where(TASK.c.id == _given("task_id", UUID()))
        .values(
            status=literal(TaskStatus.COMPLETED, TASK.c.status.type),
            completed_at=_now(),
            completed_by_id=_given("by_id", UUID()),
            answers=_given("answers", TASK.c.answers.type),
            pool_role=None,
            follow_up_on=None,
        )
    )


def _drop_draft() -> UpdateBase:
    return delete(_DRAFT).where(
        _DRAFT.c.task_id == _given("task_id", UUID()),
        _DRAFT.c.person_id == _given("by_id", UUID()),
    )


def _withdraw_tasks() -> UpdateBase:
    return (
        update(TASK)
        .where(_is_among(TASK.c.id, "withdrawn"), TASK.c.status == literal(TaskStatus.OPEN))
        .values(status=literal(TaskStatus.WITHDRAWN, TASK.c.status.type), pool_role=None, follow_up_on=None)
    )


def _drop_offers() -> UpdateBase:
    return delete(OFFER).where(_is_among(OFFER.c.task_id, "offers_gone"))


def _stop_timers() -> UpdateBase:
    return delete(TIMER).where(_is_among(TIMER.c.id, "timers_gone"))


def _stop_awaiting() -> UpdateBase:
    return delete(AWAITED).where(_is_among(AWAITED.c.id, "awaited_gone"))


def _resolve_incidents() -> UpdateBase:
    subjects = any_(_given("incidents_over", ARRAY(String())))
    is_over = (INCIDENT.c.subject == subjects) & INCIDENT.c.resolved_at.is_(None)
    return update(INCIDENT).where(INCIDENT.c.case_id == _case_id(), is_over).values(resolved_at=_now())


def _open_tasks() -> UpdateBase:
    texts = ("element", "process", "name", "role", "pool_role", "form")
    here: dict[str, ColumnElement[Any]] = {
        "case_id": _case_id(),
        "organisation_id": _organisation_id(),
        "case_title": _given("case_title", String()),
        "status": literal(TaskStatus.OPEN, TASK.c.status.type),
        "opened_at": _now(),
    }
    columns = {"id": UUID(), "assignee_id": UUID(), **_DUE}
    return _insert(TASK, "tasks", columns | dict.fromkeys(texts, String()), here)


def _offer_tasks() -> UpdateBase:
    columns = {"task_id": UUID(), "person_id": UUID(), "due_at": DateTime(timezone=True)}
    return _insert(OFFER, "offers", columns, {})


def _ask_for_letters() -> UpdateBase:
    """Tell of new tasks those who want to know at once; the daily letter finds the others by itself."""
    array = func.jsonb_to_recordset(_given("letters", JSONB()))
    told = array.table_valued(column("task_id", String()), column("person_id", UUID()))
    told = told.render_derived(name="row_of_letters", with_types=True)
    about = func.jsonb_build_object("task", told.c.task_id)
    rows = letters_for(LetterKind.TASK_NEW, _now(), cause=told.c.task_id, about=about)
    return inserted(rows.join(told, told.c.person_id == Person.id))


def _start_timers() -> UpdateBase:
    here: dict[str, ColumnElement[Any]] = {
        "case_id": _case_id(),
        "organisation_id": _organisation_id(),
        "is_paused": _given("is_paused", Boolean()),
    }
    return _insert(TIMER, "timers", _WAITING | _DUE, here)


def _await_messages() -> UpdateBase:
    here = {"case_id": _case_id(), "organisation_id": _organisation_id()}
    return _insert(AWAITED, "awaited", _WAITING | {"key": String()}, here)


_WAITING: dict[str, Any] = {"id": UUID(), "element": String(), "name": String()}
_DUE: dict[str, Any] = dict.fromkeys(("due_at", "waits_since_at", "waits_until_at"), DateTime(timezone=True))

_PARTS: dict[str, Callable[[], Any]] = {
    "completed": _complete_task,
    "draft_gone": _drop_draft,
    "withdrawn": _withdraw_tasks,
    "offers_gone": _drop_offers,
    "timers_gone": _stop_timers,
    "awaited_gone": _stop_awaiting,
    "incidents_over": _resolve_incidents,
    "tasks": _open_tasks,
    "offers": _offer_tasks,
    "letters": _ask_for_letters,
    "timers": _start_timers,
    "awaited": _await_messages,
}


# What `keeping` gives to every statement; which of it is asked for depends on the parts.
_COMMON = ("organisation_id", "case_title", "now", "is_paused", "task_id", "by_id", "answers")
_ALL_GIVEN = frozenset(f"{GIVEN}{name}" for name in (*_PARTS, *_COMMON))


def _insert(
    table: Table, rows: str, columns: dict[str, Any], here: dict[str, ColumnElement[Any]]
) -> UpdateBase:
    """Insert the rows of a JSON array, with what is the same in each of them."""
    array = func.jsonb_to_recordset(_given(rows, JSONB()))
    row = array.table_valued(*(column(name, kind) for name, kind in columns.items()))
    row = row.render_derived(name=f"row_of_{rows}", with_types=True)
    chosen = select(*(row.c[name] for name in columns), *here.values())
    return insert(table).from_select([*columns, *here], chosen)


def _is_among(id_: ColumnElement[Any], ids: str) -> ColumnElement[bool]:
    return id_ == any_(_given(ids, ARRAY(UUID())))


def _case_id() -> ColumnElement[Any]:
    return _given("case_id", UUID())


def _organisation_id() -> ColumnElement[Any]:
    return _given("organisation_id", UUID())


def _now() -> ColumnElement[Any]:
    return _given("now", DateTime(timezone=True))


def _given(name: str, kind: Any) -> ColumnElement[Any]:
    return bindparam(f"{GIVEN}{name}", type_=kind)
