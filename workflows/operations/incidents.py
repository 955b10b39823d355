"""Operations on incidents: open one when a step of a case fails, try the step again."""

import uuid
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Row, Table, func, select, update
from sqlalchemy.dialects.postgresql import insert

from models.cases import CaseStatus
from models.waiting import Incident
from workflows import journal, process
from workflows.access import Permission, require
from workflows.engine.step import StepFailed
from workflows.operations.messages import deliver_message
from workflows.operations.promises import BEGIN, begin_after_all
from workflows.operations.tasks import repeat_completion
from workflows.operations.timers import fire_timer
from workflows.process.parts import TIMER
from workflows.queries.held import HeldCase, hold_case
from workflows.refusals import Conflict, NotFound, NotWaiting, Stalled
from workflows.work import SYSTEM, Work

_INCIDENT = cast(Table, Incident.__table__)
# Of several failures of the same act, these are told of the last one.
_NEWEST = ("arguments", "element", "element_name", "reason", "explanation")
_SUBJECTS = {
    "complete_task": "task_id",
    "fire_timer": "timer_id",
    "deliver_message": "message_id",
    BEGIN: "case_id",
}


def open_incident(work: Work, stalled: Stalled, *, actor_id: uuid.UUID | None = None) -> uuid.UUID:
    """Keep what was tried and why it failed; a further failure of the same counts as another attempt."""
    case = _hold(work, stalled)
    role = require(work, Permission.INCIDENT_OPEN, case.subject)
    incident_id = _write(work, case.organisation_id, stalled, actor_id)
    if stalled.act == "fire_timer":
        # It would fail again at once, and for ever; now it waits for somebody to retry it.
        timer_id = uuid.UUID(stalled.arguments["timer_id"])
        work.session.execute(update(TIMER).where(TIMER.c.id == timer_id).values(is_paused=True))
    details = {
        "act": stalled.act,
        "element": stalled.element,
        "name": stalled.element_name,
        "reason": stalled.reason,
        "explanation": stalled.explanation,
        "actor": actor_id,
    }
    process.record(work, case, "incident.opened", role, details, subject=("incident", incident_id))
    return incident_id


def _hold(work: Work, stalled: Stalled) -> HeldCase:
    if stalled.act == BEGIN:
        # Its row was undone with the act that could not begin it, and is what the incident is to stand at.
        return process.keep_promise(work, stalled.arguments)
    return hold_case(work, uuid.UUID(stalled.case_id))


def stop_timer(work: Work, timer_id: uuid.UUID, problem: Exception) -> None:
    """Let a timer that cannot fire wait for somebody to look into it; one that is gone needs nothing."""
    wanted = select(TIMER.c.case_id, TIMER.c.element, TIMER.c.name).where(TIMER.c.id == timer_id)
    timer = work.session.execute(wanted).one_or_none()
    if timer is None:
        return
    said = f"{type(problem).__name__}: {problem}"
    failure = StepFailed.at(timer.element, timer.name, "unforeseen", reason=said)
    stalled = Stalled(
        case_id=str(timer.case_id),
        act="fire_timer",
        arguments={"timer_id": str(timer_id)},
        element=timer.element,
        element_name=timer.name,
        reason=failure.reason,
        explanation=failure.explanation,
    )
    open_incident(work, stalled)


def _write(work: Work, organisation_id: uuid.UUID, stalled: Stalled, actor_id: uuid.UUID | None) -> uuid.UUID:
    row = {
        "id": uuid.uuid4(),
        "case_id": uuid.UUID(stalled.case_id),
        "organisation_id": organisation_id,
        "act": stalled.act,
        "subject": stalled.arguments[_SUBJECTS[stalled.act]],
        "arguments": journal.settle(stalled.arguments),
        "actor_id": actor_id,
        "element": stalled.element,
        "element_name": stalled.element_name,
        "reason": journal.settle(stalled.reason),
        "explanation": journal.settle(stalled.explanation),
        "attempts": 1,
        "opened_at": work.now(),
    }
    written = insert(_INCIDENT).values(row)
    again: dict[str, Any] = {name: written.excluded[name] for name in _NEWEST}
    again["actor_id"] = func.coalesce(written.excluded.actor_id, _INCIDENT.c.actor_id)
    upsert = written.on_conflict_do_update(
        index_elements=["case_id", "act", "subject"],
        index_where=_INCIDENT.c.resolved_at.is_(None),
        set_={**again, "attempts": _INCIDENT.c.attempts + 1},
    )
    incident_id: uuid.UUID = work.session.execute(upsert.returning(_INCIDENT.c.id)).scalar_one()
    return incident_id


class Retried(StrEnum):
    """What became of an incident that somebody tried again; it is over whichever it was."""

    WORKED = "worked"
    NO_LONGER_NEEDED = "no_longer_needed"
    OVER_BEFORE = "over_before"


def retry_incident(work: Work, incident_id: uuid.UUID, *, case_id: uuid.UUID | None = None) -> Retried:
    """Try again what failed and say what became of it; `case_id` says of which case it has to be."""
    incident = work.session.execute(select(_INCIDENT).where(_INCIDENT.c.id == incident_id)).one_or_none()
    if incident is None or case_id not in (None, incident.case_id):
        raise NotFound(noun="incident")
    case = hold_case(work, incident.case_id)
    role = require(work, Permission.INCIDENT_RETRY, case.subject)
    # Asked only now, under the lock of the case: somebody may have retried it at the same moment.
    over = select(_INCIDENT.c.resolved_at).where(_INCIDENT.c.id == incident_id)
    if work.session.execute(over).scalar_one() is not None:
        return Retried.OVER_BEFORE
    if case.status is not CaseStatus.RUNNING:
        raise Conflict(f"case_{case.status.value}", title=case.title)
    try:
        is_needed = _REPEAT[incident.act](work, incident)
    except NotWaiting:
        is_needed = False
    outcome = Retried.WORKED if is_needed else Retried.NO_LONGER_NEEDED
    done = update(_INCIDENT).where(_INCIDENT.c.id == incident_id, _INCIDENT.c.resolved_at.is_(None))
    work.session.execute(done.values(resolved_at=work.now()))
    details = {"act": incident.act, "attempts": incident.attempts, "outcome": outcome}
    process.record(work, case, "incident.retried", role, details, subject=("incident", incident_id))
    return outcome


def _repeat_completion(work: Work, incident: Row[Any]) -> bool:
    arguments: Mapping[str, Any] = incident.arguments
    return repeat_completion(work, uuid.UUID(arguments["task_id"]), arguments["answers"], incident.actor_id)


def _repeat_timer(work: Work, incident: Row[Any]) -> bool:
    fire_timer(_as_system(work), uuid.UUID(incident.arguments["timer_id"]))
    return True


def _repeat_delivery(work: Work, incident: Row[Any]) -> bool:
    return deliver_message(_as_system(work), uuid.UUID(incident.arguments["message_id"]))


def _repeat_beginning(work: Work, incident: Row[Any]) -> bool:
    return begin_after_all(_as_system(work), incident.arguments)


def _as_system(work: Work) -> Work:
    return Work(work.session, SYSTEM, work.clock)


_REPEAT: dict[str, Callable[[Work, Row[Any]], bool]] = {
    "complete_task": _repeat_completion,
    "fire_timer": _repeat_timer,
    "deliver_message": _repeat_delivery,
    BEGIN: _repeat_beginning,
}
