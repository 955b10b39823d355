"""Operations on the roadmap of a programme: mark what it wanted as done, and take that back."""

import uuid
from datetime import date

from sqlalchemy import select

from models.programmes import Programme, RoadmapItem
from workflows.access import Permission
from workflows.queries.held_programmes import hold_running
from workflows.records import programmes
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work


def mark_roadmap_item(work: Work, item_id: uuid.UUID, done_on: date, outcome: str) -> None:
    """Note that a measure of the roadmap was done, and what came of it."""
    programme, item, role = _hold_item(work, item_id)
    if done_on > programmes.today_of(work, programme):
        raise Invalid({"done_on": [Complaint("day_not_come")]})
    item.done_on, item.outcome = done_on, outcome.strip()
    details = {"measure": item.measure, "done_on": done_on, "outcome": outcome.strip()}
    programmes.note(work, programme, "roadmap.marked", details, role)


def unmark_roadmap_item(work: Work, item_id: uuid.UUID) -> None:
    """Take back that a measure of the roadmap was done; what was said of it stays in the journal."""
    programme, item, role = _hold_item(work, item_id)
    if item.done_on is None:
        raise Conflict("measure_not_done", measure=item.measure)
    details = {"measure": item.measure, "done_on": item.done_on, "outcome": item.outcome}
    item.done_on, item.outcome = None, ""
    programmes.note(work, programme, "roadmap.unmarked", details, role)


def _hold_item(work: Work, item_id: uuid.UUID) -> tuple[Programme, RoadmapItem, str]:
    # Which programme it is, is read without a lock: the case is locked first, as everywhere.
    programme_id = work.session.scalar(select(RoadmapItem.programme_id).where(RoadmapItem.id == item_id))
    if programme_id is None:
        raise NotFound(noun="programme")
    programme, role = hold_running(work, programme_id, Permission.PROGRAMME_REPORT)
    item = work.session.get(RoadmapItem, item_id, with_for_update=True, populate_existing=True)
    if item is None:
        raise NotFound(noun="programme")
    return programme, item, role
