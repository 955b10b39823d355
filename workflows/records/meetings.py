"""The meetings of a pair: what took place, who came, what each side said of it."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from models.meetings import Meeting, MeetingAnswer, MeetingAttendance, MeetingKind
from models.pairs import Pair
from models.people import Person
from models.prepared import Prepared
from workflows import journal
from workflows.records.pairs import list_members, note
from workflows.work import Work

# People get acquainted and try once; what comes after belongs to a cycle.
_OF_A_CYCLE = (MeetingKind.PLANNING, MeetingKind.WORKING, MeetingKind.FINAL)
_OF_PAIR = (
    select(Meeting)
    .where(Meeting.pair_id == bindparam("pair_id"))
    .order_by(Meeting.recorded_at.desc(), Meeting.held_on.desc())
    .limit(1)
)
_NEWEST = _OF_PAIR.where(Meeting.held_on.is_not(None))
_NEWEST_OF_KIND = _OF_PAIR.where(Meeting.kind == bindparam("kind"))
_NEWEST_IN_CYCLE = _NEWEST_OF_KIND.where(Meeting.cycle == bindparam("cycle"))


def _replacing(model: type[Any], key: Sequence[str], *changing: str) -> Prepared:
    """Put an insert together that replaces what was said before in the same place."""
    table = cast(Table, model.__table__)
    added = insert(table).values({one.name: bindparam(one.name, type_=one.type) for one in table.c})
    changed = {name: added.excluded[name] for name in changing}
    return Prepared(added.on_conflict_do_update(index_elements=list(key), set_=changed))


_KEEP_ANSWERS = _replacing(MeetingAnswer, ("meeting_id", "person_id", "form"), "role", "answers", "given_at")
_CONFIRM = _replacing(MeetingAttendance, ("meeting_id", "person_id"), "has_come", "confirmed_at")


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
    if anew:
        work.session.execute(delete(MeetingAttendance).where(MeetingAttendance.meeting_id == meeting.id))
    held_on = date.fromisoformat(answers["held_on"])
    _note_attendance(work, meeting, pair, answers.get("came") or (), by_id)
    pair.last_met_on = max(filter(None, (pair.last_met_on, held_on)))
    note(work, pair, "meeting.recorded", {"kind": kind.value, "held_on": held_on})
    return meeting


def appoint(work: Work, pair: Pair, kind: MeetingKind, on: date, place: str, by_id: uuid.UUID) -> Meeting:
    """Write down a meeting that is agreed on, so that people may prepare for it; it is not held yet."""
    meeting = find_last(work, pair, kind)
    if meeting is None or meeting.held_on is not None:
        meeting = Meeting(id=uuid.uuid4(), pair_id=pair.id, cycle=pair.cycle, kind=kind)
    meeting.agreed_on, meeting.contact, meeting.place = on, "in_person", place
    meeting.recorded_by_id, meeting.recorded_at = by_id, work.now()
    work.session.add(meeting)
    work.session.flush()
    return meeting


def find_last(work: Work, pair: Pair, kind: MeetingKind | None = None) -> Meeting | None:
    """Find the newest meeting that was held, or the newest of a kind in its cycle, held or agreed on."""
    given = {"pair_id": pair.id, "kind": kind, "cycle": pair.cycle}
    newest = _NEWEST_IN_CYCLE if kind in _OF_A_CYCLE else _NEWEST_OF_KIND if kind else _NEWEST
    return work.session.scalars(newest, given).one_or_none()


def add_answers(
    work: Work, meeting: Meeting, person_id: uuid.UUID, role: str, form: str, answers: Mapping[str, Any]
) -> None:
    """Keep what somebody said of a meeting; said again, it replaces what was said before."""
    row = {
        "meeting_id": meeting.id,
        "person_id": person_id,
        "form": form,
        "role": role,
        "answers": journal.settle(dict(answers)),
        "given_at": work.now(),
    }
    _KEEP_ANSWERS.run(work.session.connection(), {"id": uuid.uuid4(), **row})


def confirm(work: Work, meeting: Meeting, person_id: uuid.UUID, has_come: bool) -> None:
    """Note that somebody said themselves whether they were there."""
    row = {"meeting_id": meeting.id, "person_id": person_id, "has_come": has_come, "confirmed_at": work.now()}
    _CONFIRM.run(work.session.connection(), {"id": uuid.uuid4(), "role": "mentee", **row})


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


def find_newest_answers(work: Work, meeting: Meeting | None, form: str) -> Mapping[str, Any]:
    """Return what was said last in this form, whoever of several said it; nothing is an empty answer."""
    if meeting is None:
        return {}
    wanted = (
        select(MeetingAnswer.answers)
        .where(MeetingAnswer.meeting_id == meeting.id, MeetingAnswer.form == form)
        .order_by(MeetingAnswer.given_at.desc(), MeetingAnswer.id)
    )
    return work.session.scalars(wanted.limit(1)).one_or_none() or {}


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
