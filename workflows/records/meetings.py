"""The meetings of a pair: what took place, who came, what each side said of it."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from models.meetings import Meeting, MeetingAnswer, MeetingAttendance, MeetingKind
from models.pairs import Pair
from models.people import Person
from workflows import journal
from workflows.records.pairs import list_members, note
from workflows.work import Work


def hold(
    work: Work,
    pair: Pair,
    kind: MeetingKind,
    answers: Mapping[str, Any],
    by_id: uuid.UUID,
    *,
    anew: Meeting | None = None,
) -> Meeting:
    """Write down a meeting with who came; `anew` is one that was written down before."""
    meeting = anew or Meeting(id=uuid.uuid4(), pair_id=pair.id, cycle=pair.cycle, kind=kind)
    _fill(work, meeting, answers, by_id)
    work.session.add(meeting)
    work.session.flush()
    if anew:
        work.session.execute(delete(MeetingAttendance).where(MeetingAttendance.meeting_id == meeting.id))
    _note_attendance(work, meeting, pair, answers.get("came") or (), by_id)
    pair.last_met_on = max(filter(None, (pair.last_met_on, meeting.held_on)))
    note(work, pair, "meeting.recorded", {"kind": kind.value, "held_on": meeting.held_on})
    return meeting


def appoint(work: Work, pair: Pair, kind: MeetingKind, on: date, place: str, by_id: uuid.UUID) -> Meeting:
    """Write down a meeting that is agreed on, so that people may prepare for it."""
    meeting = find_last(work, pair, kind) or Meeting(
        id=uuid.uuid4(), pair_id=pair.id, cycle=pair.cycle, kind=kind
    )
    _fill(work, meeting, {"held_on": on.isoformat(), "contact": "in_person", "place": place}, by_id)
    work.session.add(meeting)
    work.session.flush()
    return meeting


def find_last(work: Work, pair: Pair, kind: MeetingKind | None = None) -> Meeting | None:
    """Find the newest meeting of a pair, or the newest of a kind in its cycle."""
    wanted = select(Meeting).where(Meeting.pair_id == pair.id)
    if kind is not None:
        wanted = wanted.where(Meeting.kind == kind)
    # People get acquainted and try once; what comes after belongs to a cycle.
    if kind in (MeetingKind.PLANNING, MeetingKind.WORKING, MeetingKind.FINAL):
        wanted = wanted.where(Meeting.cycle == pair.cycle)
    newest = wanted.order_by(Meeting.recorded_at.desc(), Meeting.held_on.desc()).limit(1)
    return work.session.scalars(newest).one_or_none()


def add_answers(
    work: Work, meeting: Meeting, person_id: uuid.UUID, role: str, form: str, answers: Mapping[str, Any]
) -> None:
    """Keep what somebody said of a meeting; said again, it replaces what was said before."""
    row = {"role": role, "answers": journal.settle(dict(answers)), "given_at": work.now()}
    key = {"meeting_id": meeting.id, "person_id": person_id, "form": form}
    statement = insert(MeetingAnswer).values(id=uuid.uuid4(), **key, **row)
    work.session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=row))


def confirm(work: Work, meeting: Meeting, person_id: uuid.UUID, has_come: bool) -> None:
    """Note that somebody said themselves whether they were there."""
    row = {"has_come": has_come, "confirmed_at": work.now()}
    statement = insert(MeetingAttendance).values(
        id=uuid.uuid4(), meeting_id=meeting.id, person_id=person_id, role="mentee", **row
    )
    work.session.execute(
        statement.on_conflict_do_update(index_elements=["meeting_id", "person_id"], set_=row)
    )


def answers_of(work: Work, meeting: Meeting | None, *forms: str) -> list[tuple[str, str, dict[str, Any]]]:
    """List name, form and answers of everybody who said something of a meeting."""
    if meeting is None:
        return []
    wanted = (
        select(Person.full_name, MeetingAnswer.form, MeetingAnswer.answers)
        .join(Person, Person.id == MeetingAnswer.person_id)
        .where(MeetingAnswer.meeting_id == meeting.id)
        .order_by(MeetingAnswer.role.desc(), Person.full_name)
    )
    if forms:
        wanted = wanted.where(MeetingAnswer.form.in_(forms))
    return [(row[0], row[1], row[2]) for row in work.session.execute(wanted)]


def _fill(work: Work, meeting: Meeting, answers: Mapping[str, Any], by_id: uuid.UUID) -> None:
    meeting.held_on = date.fromisoformat(answers["held_on"])
    meeting.minutes = answers.get("minutes")
    meeting.contact = answers.get("contact") or "in_person"
    meeting.place = answers.get("place") or ""
    meeting.activity = answers.get("activity") or ""
    meeting.summary = answers.get("summary") or ""
    next_on = answers.get("next_on")
    meeting.next_on = date.fromisoformat(next_on) if next_on else None
    meeting.recorded_by_id, meeting.recorded_at = by_id, work.now()


def _note_attendance(
    work: Work, meeting: Meeting, pair: Pair, came: Collection[str], by_id: uuid.UUID
) -> None:
    work.session.add_all(
        MeetingAttendance(
            meeting_id=meeting.id,
            person_id=one.person_id,
            role=one.role,
            has_come=str(one.person_id) in came,
            confirmed_at=work.now() if one.person_id == by_id else None,
        )
        for one in list_members(work, pair.id, "mentor", "mentee")
    )
    work.session.flush()
