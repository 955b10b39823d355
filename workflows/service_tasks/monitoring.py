"""What the monitoring of a programme calls: gather facts, keep the judgement of the curator, advise, show."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from models.programmes import Programme
from models.reports import ReportStatus
from workflows.records import advice, facts, programmes, publicity, reports
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks import notices
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

SWOT, ADVICE, INTERIM = "swot", "advice", "interim"


def gather(work: Work, place: Place, *, programme_id: str, rules: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the system sees of the programme, counted by the organisation's own rules."""
    return facts.facts_of(
        work,
        uuid.UUID(programme_id),
        counts=rules["counts"],
        silent_after=int(rules["silent_after"]),
        satisfied_from=float(rules["satisfied_from"]),
        partner_forms=rules["partner_forms"],
    )


def find_mentors(work: Work, place: Place, *, programme_id: str, rules: Mapping[str, Any]) -> dict[str, Any]:
    """Return the mentors who may need advice."""
    found = advice.list_to_advise(
        work, uuid.UUID(programme_id), int(rules["silent_after"]), float(rules["advise_below"])
    )
    return {"count": len(found), "mentors": found}


def record_swot(work: Work, place: Place, done: Done) -> None:
    """Keep what is strong and weak in the programme, beside the facts that the curator saw."""
    keep(work, place, done, SWOT)


def record_advice(work: Work, place: Place, done: Done) -> None:
    """Keep the recommendations and hand them to the mentors for whom they are."""
    keep(work, place, done, ADVICE)
    if text := (done.answers.get("advice") or "").strip():
        people = (uuid.UUID(one) for one in done.answers.get("mentors") or [])
        notices.tell(work, place, people, text, {})


def record_interim(work: Work, place: Place, done: Done) -> None:
    """Keep what is told to partners and media; nobody is shown whose consent to it does not stand."""
    if done.answers["decision"] != "share":
        return
    people = {uuid.UUID(one) for one in done.answers.get("people") or []}
    shown = publicity.list_shown(work, uuid.UUID(done.known["programme_id"]), people)
    if people - shown:
        raise Invalid({"people": [Complaint("person_not_to_be_shown")]})
    keep(work, place, done, INTERIM)


def keep(work: Work, place: Place, done: Done, kind: str) -> uuid.UUID:
    """Keep the answers of a task as a report of this kind, which nobody has to check."""
    programme = work.session.get_one(Programme, uuid.UUID(done.known["programme_id"]))
    return reports.submit(
        work,
        programme.id,
        case_id=place.case_id,
        kind=kind,
        since_on=programme.starts_on,
        until_on=programmes.today_of(work, programme),
        facts=done.known.get("facts") or {},
        answers=done.answers,
        by_id=done.by_id,
        status=ReportStatus.ACCEPTED,
    )


OPERATORS: dict[str, Callable[..., Any]] = {
    "monitoring.gather": gather,
    "monitoring.find_mentors": find_mentors,
}
LISTENERS: dict[str, Callable[..., Any]] = {
    "monitoring.record_swot": record_swot,
    "monitoring.record_advice": record_advice,
    "monitoring.record_interim": record_interim,
}
