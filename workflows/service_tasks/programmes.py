"""What the diagrams of a programme call: a stage begins, its gate is passed, the programme ends."""

import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from models.bases import MAY_TAKE_ON, EntryStatus, MenteeEntry, MentorEntry
from models.pairs import Pair
from models.programmes import Programme, ProgrammeStatus
from workflows.engine.check.pack import Setting
from workflows.engine.timers import duration
from workflows.records import appointments, programmes, report_periods
from workflows.records.pair_sets import OVER
from workflows.refusals import Complaint, Invalid, NotFound
from workflows.service_tasks import normative_papers, programme_team, stage_measures
from workflows.service_tasks.normative_papers import PAPERS
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

GATE = "gate"
"""The property by which a diagram says what a stage needs before it may be closed."""
_IN_BASE = (EntryStatus.SELECTED, EntryStatus.READY, EntryStatus.SEARCHING, EntryStatus.MATCHED)


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
    gate = done.settings.get(GATE)
    missing = GATES[gate](work, programme) if gate else None
    if missing is not None:
        raise Invalid({"result": [missing]})
    _mark_done(work, programme, number, done)
    programmes.close_stage(work, programme, number, done.answers["result"])


def _mentee_base(work: Work, programme: Programme) -> Complaint | None:
    return None if _count(work, MenteeEntry, programme, _IN_BASE) else Complaint("mentee_base_empty")


def _mentor_base(work: Work, programme: Programme) -> Complaint | None:
    return None if _count(work, MentorEntry, programme) else Complaint("mentor_base_empty")


def _mentors_ready(work: Work, programme: Programme) -> Complaint | None:
    return None if _count(work, MentorEntry, programme, MAY_TAKE_ON) else Complaint("no_mentor_ready")


def _pairs_formed(work: Work, programme: Programme) -> Complaint | None:
    formed = select(func.count()).select_from(Pair).where(Pair.programme_id == programme.id)
    return None if work.session.scalar(formed) else Complaint("no_pair_formed")


def _pairs_over(work: Work, programme: Programme) -> Complaint | None:
    count = count_active_pairs(work, programme.id)
    return Complaint("pairs_still_active", count=count) if count else None


def _papers_signed(work: Work, programme: Programme) -> Complaint | None:
    signed = {
        one.kind for one in programmes.list_documents(work, programme.id, *PAPERS) if one.dated_on is not None
    }
    if set(PAPERS) - signed:
        return Complaint("papers_not_signed")
    if not appointments.list_appointments(work, programme.id, "curator"):
        return Complaint("curator_not_appointed")
    return None


def _count(
    work: Work,
    table: type[MenteeEntry] | type[MentorEntry],
    programme: Programme,
    statuses: tuple[EntryStatus, ...] = (),
) -> int:
    wanted = select(func.count()).select_from(table).where(table.programme_id == programme.id)
    if statuses:
        wanted = wanted.where(table.status.in_(statuses))
    return work.session.scalar(wanted) or 0


def count_active_pairs(work: Work, programme_id: uuid.UUID) -> int:
    """Count the pairs of a programme that have not ended."""
    wanted = select(func.count()).select_from(Pair)
    active = wanted.where(Pair.programme_id == programme_id, Pair.status.not_in(OVER))
    return work.session.scalar(active) or 0


def _mark_done(work: Work, programme: Programme, number: int, done: Done) -> None:
    today = programmes.today_of(work, programme)
    chosen = set(done.answers.get("measures_done") or ())
    for item in programmes.list_roadmap(work, programme.id, number):
        if str(item.id) in chosen and item.done_on is None:
            item.done_on = today


GATES: dict[str, Callable[[Work, Programme], Complaint | None]] = {
    "papers_signed": _papers_signed,
    "mentee_base": _mentee_base,
    "mentor_base": _mentor_base,
    "mentors_ready": _mentors_ready,
    "pairs_formed": _pairs_formed,
    "pairs_over": _pairs_over,
}

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
    "programmes.pass_gate": (Setting(GATE, tuple(GATES), is_needed=False),),
    **programme_team.SETTINGS,
}
