"""Trainings of mentors: before the first pair and while pairs work; without ethics none counts."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from models.bases import MentorEntry, MentorQuestion, MentorTraining
from models.organisations import Organisation
from workflows.records import mentors, statuses
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks import notices
from workflows.service_tasks.place import Done, Place
from workflows.work import Work


def look_back(work: Work, place: Place) -> dict[str, Any]:
    """Say whether the mentor has passed a training already, in this programme or an earlier one."""
    entry = mentors.hold_by_case(work, place.case_id)
    return {"is_passed": mentors.has_passed_training(work, entry.person_id)}


def plan(work: Work, place: Place, done: Done) -> None:
    """Write down that a training is planned."""
    entry = mentors.hold_by_case(work, place.case_id)
    details = {"held_on": done.answers["held_on"], "topics": done.answers["topics"]}
    statuses.record_act(work, entry, "training.planned", details)


def record(work: Work, place: Place, done: Done) -> Mapping[str, Any]:
    """Write down a training; it counts when it was passed and had ethics and safety in it."""
    entry, answers = mentors.hold_by_case(work, place.case_id), done.answers
    is_passed, with_ethics = answers["outcome"] == "passed", bool(answers.get("with_ethics"))
    _add(
        work,
        entry,
        done,
        kind="primary",
        format=answers["format"],
        topics=list(answers["topics"]),
        held_on=date.fromisoformat(answers["held_on"]),
        with_ethics=with_ethics,
        is_passed=is_passed,
    )
    return {"counts": is_passed and with_ethics}


def plan_secondary(work: Work, place: Place, done: Done) -> Mapping[str, Any]:
    """Call the mentors who were chosen; they are asked until the day comes."""
    entries = [mentors.hold(work, uuid.UUID(one)) for one in done.answers["mentors"]]
    organisation = work.session.get_one(Organisation, place.organisation_id)
    day = date.fromisoformat(done.answers["held_on"])
    opens_at = datetime.combine(day, time(0), ZoneInfo(organisation.time_zone))
    return {"people": [str(one.person_id) for one in entries], "opens_at": opens_at.isoformat()}


def ask(work: Work, place: Place, done: Done) -> None:
    """Write down what a mentor would like to talk about."""
    question = (done.answers.get("question") or "").strip()
    entry = mentors.find_entry(work, uuid.UUID(done.known["programme_id"]), done.by_id)
    if question and entry is not None:
        work.session.add(
            MentorQuestion(
                id=uuid.uuid4(),
                mentor_entry_id=entry.id,
                case_id=place.case_id,
                question=question,
                asked_at=work.now(),
            )
        )


def record_secondary(work: Work, place: Place, done: Done) -> None:
    """Write down who came, and which style of mentoring was advised to whom."""
    if done.answers["outcome"] != "held":
        return
    planned, rows = done.known["plan_secondary_training"], list(done.answers.get("attendance") or [])
    _refuse_twice(rows)
    for row in rows:
        _add(
            work,
            mentors.hold(work, uuid.UUID(row["mentor"])),
            done,
            kind="secondary",
            format=planned.get("format", ""),
            topics=list(planned.get("topics") or []),
            held_on=date.fromisoformat(done.answers["took_place_on"]),
            with_ethics="ethics" in (planned.get("topics") or []),
            is_passed=True,
            style=row["style"],
            advice=row.get("advice") or "",
        )


def _refuse_twice(rows: Sequence[Mapping[str, Any]]) -> None:
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if row["mentor"] in seen:
            raise Invalid({f"attendance.{index}.mentor": [Complaint("named_twice")]})
        seen.add(row["mentor"])


def _add(work: Work, entry: MentorEntry, done: Done, *, kind: str, **values: Any) -> None:
    work.session.add(
        MentorTraining(
            id=uuid.uuid4(),
            mentor_entry_id=entry.id,
            kind=kind,
            recorded_by_id=done.by_id,
            recorded_at=work.now(),
            **values,
        )
    )
    details = {"kind": kind, "held_on": values["held_on"], "is_passed": values["is_passed"]}
    statuses.record_act(work, entry, "training.recorded", details)


def tell(work: Work, place: Place, /, *, people: Sequence[str], text: str, **values: Any) -> dict[str, Any]:
    """Tell these people something, whether they take part in the case or not."""
    return notices.tell(work, place, [uuid.UUID(one) for one in people], text, values)


OPERATORS: dict[str, Callable[..., Any]] = {"trainings.look_back": look_back, "bases.tell": tell}
LISTENERS: dict[str, Callable[..., Any]] = {
    "trainings.plan": plan,
    "trainings.record": record,
    "trainings.plan_secondary": plan_secondary,
    "trainings.ask": ask,
    "trainings.record_secondary": record_secondary,
}
