"""What the diagrams of a programme call: a stage begins, its gate is passed, the programme ends."""

import uuid
from collections.abc import Callable
from typing import Any

from models.programmes import Programme, ProgrammeStatus
from workflows.engine.check.pack import Setting
from workflows.engine.timers import duration
from workflows.records import gates, programmes, report_periods
from workflows.refusals import Invalid, NotFound
from workflows.service_tasks import normative_papers, programme_team, stage_measures
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

GATE = "gate"
"""The property by which a diagram says what a stage needs before it may be closed."""


def open_stage(work: Work, place: Place, *, programme_id: str, number: int, length: str) -> dict[str, Any]:
    """Begin a stage; say by when it is to be done: by the roadmap, or else after its usual time."""
    programme = _own(work, place, programme_id)
    programmes.open_stage(work, programme, number)
    opened_on = programmes.today_of(work, programme)
    usual = duration(length).after(work.now()).date()
    wanted = programmes.due_of_stage(work, programme.id, number) or usual
    due_on = wanted if wanted > opened_on else usual
    middle_on = opened_on + (due_on - opened_on) / 2
    days = {"opened_on": opened_on, "middle_on": middle_on, "due_on": due_on}
    return {"number": number} | {name: day.isoformat() for name, day in days.items()}


def close(work: Work, place: Place, *, programme_id: str) -> dict[str, Any]:
    """Close a programme that has come through its seven stages."""
    programme = _own(work, place, programme_id)
    programmes.finish(work, programme, ProgrammeStatus.CLOSED)
    report_periods.call_in(work, programme.id, place.hops + 1)
    return {"closed_on": programmes.today_of(work, programme).isoformat()}


def leave_unstarted(work: Work, place: Place, *, programme_id: str) -> dict[str, Any]:
    """Write down that a programme does not begin, because the head did not approve it."""
    programme = _own(work, place, programme_id)
    programmes.finish(work, programme, ProgrammeStatus.STOPPED, programme.stopped_because)
    return {"closed_on": programmes.today_of(work, programme).isoformat()}


def _own(work: Work, place: Place, programme_id: str) -> Programme:
    programme = programmes.hold_programme(work, uuid.UUID(programme_id))
    if programme.organisation_id != place.organisation_id:
        raise NotFound(noun="programme")
    return programme


def pass_gate(work: Work, place: Place, done: Done) -> None:
    """Close the stage, unless something is missing without which the next one cannot begin."""
    programme = programmes.programme_of(work, place.case_id)
    number = int(done.known["stage"]["number"])
    missing = gates.find_missing(work, programme, done.settings.get(GATE))
    if missing is not None:
        raise Invalid({"result": [missing]})
    _mark_done(work, programme, number, done)
    programmes.close_stage(work, programme, number, done.answers["result"])


def _mark_done(work: Work, programme: Programme, number: int, done: Done) -> None:
    today = programmes.today_of(work, programme)
    chosen = set(done.answers.get("measures_done") or ())
    for item in programmes.list_roadmap(work, programme.id, number):
        if str(item.id) in chosen and item.done_on is None:
            item.done_on = today


OPERATORS: dict[str, Callable[..., Any]] = {
    "programmes.open_stage": open_stage,
    "programmes.close": close,
    "programmes.leave_unstarted": leave_unstarted,
}

LISTENERS = {
    "programmes.pass_gate": pass_gate,
    **programme_team.LISTENERS,
    **normative_papers.LISTENERS,
    **stage_measures.LISTENERS,
}
SETTINGS = {
    "programmes.pass_gate": (Setting(GATE, tuple(gates.GATES), is_needed=False),),
    **programme_team.SETTINGS,
}
