"""What the tasks of a planning meeting write down: wishes, the map of goals, the curator's word on it."""

from datetime import date
from typing import Any

from models.meetings import MeetingKind
from models.pairs import PairStatus
from workflows.records import goals, meetings, pairs
from workflows.records.goals import PLAN_FORM, RETURN_FORM
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks.meetings import refuse_unlikely
from workflows.service_tasks.place import Done, Place
from workflows.work import Work


def list_wishes(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down the wishes of a mentee: as many as the rules ask for."""
    pair = pairs.pair_of(work, place.case_id)
    wishes, main = done.answers["wishes"], int(done.answers["main_wish"])
    least = int(done.known["rules"]["wishes"])
    if len(wishes) < least:
        raise Invalid({"wishes": [Complaint("too_few_wishes", least=least)]})
    if main > len(wishes):
        raise Invalid({"main_wish": [Complaint("too_large", maximum=len(wishes))]})
    goals.set_wishes(work, pair, done.by_id, wishes, main)
    return {"told": str(done.task_id)}


def set_plan(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down the map of goals and the planning meeting at which it was made."""
    pair = pairs.pair_of(work, place.case_id)
    if not done.answers["goals"]:
        raise Invalid({"goals": [Complaint("goals_missing")]})
    refuse_unlikely(work, pair, done.answers)
    before = meetings.find_last(work, pair, MeetingKind.PLANNING)
    is_returned = before is not None and not any(one.agreed_at for one in goals.list_goals(work, pair))
    held = {key: done.answers.get(key) for key in ("held_on", "minutes", "came", "contact")}
    meeting = meetings.hold(
        work, pair, MeetingKind.PLANNING, held, done.by_id, anew=before if is_returned else None
    )
    meetings.add_answers(work, meeting, done.by_id, "mentor", PLAN_FORM, done.answers)
    goals.set_plan(work, pair, done.answers["goals"])
    pair.planned_end_on = date.fromisoformat(done.answers["until_on"])
    # A plan that is made anew keeps its meeting; what is new is the task.
    return {"made": str(done.task_id)}


def agree(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Agree to the map of goals, or give it back with advice."""
    pair = pairs.pair_of(work, place.case_id)
    meeting = meetings.find_last(work, pair, MeetingKind.PLANNING)
    if meeting is None:
        return {}
    meetings.add_answers(work, meeting, done.by_id, "curator", RETURN_FORM, done.answers)
    if done.answers["decision"] == "agreed":
        goals.agree(work, pair)
        pairs.set_status(work, pair.id, PairStatus.PLANNED)
    plan = meetings.find_newest_answers(work, meeting, PLAN_FORM)
    return {"schedule": plan.get("schedule") or ""}


LISTENERS = {"goals.list_wishes": list_wishes, "goals.set_plan": set_plan, "goals.agree": agree}
