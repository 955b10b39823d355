"""Operations on a whole caseload: hand it over to a colleague, and take it back."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.standing_in import HandOver, HandOverItem
from models.tasks import Task
from workflows import journal
from workflows.access import Permission, require, require_above
from workflows.operations.assignments import pass_on_task
from workflows.queries.caseloads import seats_of, tasks_of
from workflows.queries.deputies import list_possible_deputies
from workflows.queries.people import hold_person, list_held
from workflows.records import caseloads
from workflows.refusals import Complaint, Conflict, Invalid, NotFound, Refusal
from workflows.work import Work

BESIDE = "beside"
"""Whoever took the seat over sat there already."""


@dataclass(frozen=True)
class Moved:
    """What became of one thing of a caseload; without a refusal it went over."""

    case_id: uuid.UUID
    is_task: bool
    refusal: Refusal | None = None


def hand_over_caseload(work: Work, from_id: uuid.UUID, to_id: uuid.UUID) -> tuple[uuid.UUID, list[Moved]]:
    """Give what somebody has on their hands to a colleague: the curator's seats, and the tasks besides."""
    person, subject = hold_person(work, from_id)
    role = _require(work, from_id, subject)
    if to_id not in dict(list_possible_deputies(work, from_id)):
        raise Invalid({"to_id": [Complaint("cannot_take_over")]})
    hand_over = HandOver(
        id=uuid.uuid4(),
        organisation_id=person.organisation_id,
        from_id=from_id,
        to_id=to_id,
        by_id=work.actor.person_id,
        at=work.now(),
    )
    work.session.add(hand_over)
    work.session.flush()
    seats, tasks = (list(work.session.scalars(wanted)) for wanted in (seats_of(from_id), tasks_of(from_id)))
    if not seats and not tasks:
        raise Conflict("nothing_to_hand_over")
    moved = [_give_seat(work, hand_over, case_id) for case_id in seats]
    moved += [_give_task(work, hand_over, task_id) for task_id in tasks]
    if all(one.refusal for one in moved):
        raise Conflict("nothing_could_go_over")
    _record(work, "caseload.handed_over", hand_over, role, {"to": to_id, "things": _done(moved)})
    return hand_over.id, moved


def take_caseload_back(work: Work, hand_over_id: uuid.UUID) -> list[Moved]:
    """Take back what went over and has not gone on from there since."""
    hand_over = work.session.get(HandOver, hand_over_id, with_for_update=True, populate_existing=True)
    if hand_over is None:
        raise NotFound(noun="caseload")
    _, subject = hold_person(work, hand_over.from_id)
    role = _require(work, hand_over.from_id, subject)
    if hand_over.returned_at:
        raise Conflict("caseload_is_back")
    wanted = select(HandOverItem).where(HandOverItem.hand_over_id == hand_over_id)
    items = work.session.scalars(wanted.order_by(HandOverItem.case_id, HandOverItem.id)).all()
    moved = [_take_back(work, hand_over, item) for item in items]
    hand_over.returned_at = work.now()
    work.session.flush()
    _record(work, "caseload.taken_back", hand_over, role, {"from": hand_over.to_id, "things": _done(moved)})
    return moved


def _require(work: Work, from_id: uuid.UUID, subject: Any) -> str:
    role = require(work, Permission.CASELOAD_HAND_OVER, subject)
    if from_id != work.actor.person_id:
        require_above(work, list_held(work, from_id))
    return role


def _give_seat(work: Work, hand_over: HandOver, case_id: uuid.UUID) -> Moved:
    def give() -> None:
        is_new = caseloads.give_seat(work, case_id, hand_over.from_id, hand_over.to_id)
        _note(work, hand_over, case_id, role=caseloads.SEAT if is_new else BESIDE)

    return _one(work, case_id, None, give)


def _give_task(work: Work, hand_over: HandOver, task_id: uuid.UUID) -> Moved:
    case_id = work.session.get_one(Task, task_id).case_id

    def give() -> None:
        pass_on_task(work, task_id, hand_over.from_id, hand_over.to_id, of_id=hand_over.from_id)
        _note(work, hand_over, case_id, task_id=task_id)

    return _one(work, case_id, task_id, give)


def _take_back(work: Work, hand_over: HandOver, item: HandOverItem) -> Moved:
    return _one(work, item.case_id, item.task_id, lambda: _return(work, hand_over, item))


def _return(work: Work, hand_over: HandOver, item: HandOverItem) -> None:
    if item.task_id:
        pass_on_task(work, item.task_id, hand_over.to_id, hand_over.from_id, of_id=hand_over.from_id)
    elif item.role == BESIDE:
        caseloads.sit_beside(work, item.case_id, hand_over.from_id)
    elif item.case_id in set(work.session.scalars(seats_of(hand_over.to_id))):
        caseloads.give_seat(work, item.case_id, hand_over.to_id, hand_over.from_id)
    else:
        raise Conflict("went_on_from_there")


def _one(work: Work, case_id: uuid.UUID, task_id: uuid.UUID | None, act: Callable[[], None]) -> Moved:
    """Do one, so that its refusal undoes nothing of the others."""
    try:
        with work.session.begin_nested():
            act()
    except Refusal as refusal:
        return Moved(case_id, task_id is not None, refusal)
    return Moved(case_id, task_id is not None)


def _note(work: Work, hand_over: HandOver, case_id: uuid.UUID, **what: Any) -> None:
    work.session.add(HandOverItem(hand_over_id=hand_over.id, case_id=case_id, **what))
    work.session.flush()


def _done(moved: list[Moved]) -> int:
    return sum(one.refusal is None for one in moved)


def _record(work: Work, act: str, hand_over: HandOver, role: str, details: dict[str, Any]) -> None:
    journal.record(
        work,
        act,
        f"person:{hand_over.from_id}",
        organisation_id=hand_over.organisation_id,
        role=role,
        details=details,
    )
