"""The diary of a pair: its meetings, who came, and what each side said of them, as far as one may read it."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from models.meetings import Meeting, MeetingAnswer, MeetingAttendance
from models.people import Person
from workflows import forms
from workflows.access import Permission, Subject, can
from workflows.engine.definitions import DefinitionError
from workflows.queries.definitions import LoadedPack, load_pack
from workflows.queries.pair_page import PairView
from workflows.work import Work

PAGE = 10
MOST = 500


@dataclass(frozen=True)
class AttendanceView:
    """Somebody who was to be there."""

    name: str
    role: str
    has_come: bool
    is_confirmed: bool


@dataclass(frozen=True)
class AnswerView:
    """What one side said; of what the reader may not read there is only that something was said."""

    name: str
    role: str
    form: str
    answers: Mapping[str, Any] | None
    is_partial: bool
    """Some of it is left out, because only few may read it."""


@dataclass(frozen=True)
class MeetingView:
    """A meeting in the diary; one that is only agreed on has nobody at it yet."""

    meeting: Meeting
    who: Sequence[AttendanceView]
    answers: Sequence[AnswerView]


def list_diary(work: Work, view: PairView, *, size: int = PAGE) -> tuple[list[MeetingView], bool]:
    """List the newest meetings of a pair, and say whether there are more."""
    wanted = (
        select(Meeting)
        .where(Meeting.pair_id == view.pair.id)
        .order_by(Meeting.held_on.desc(), Meeting.recorded_at.desc(), Meeting.id)
        .limit(size + 1)
    )
    found = list(work.session.scalars(wanted))
    ids = [one.id for one in found[:size]]
    who, answers = _attendance(work, ids), _answers(work, view, ids)
    return [MeetingView(one, who[one.id], answers[one.id]) for one in found[:size]], len(found) > size


def form_of(pack: LoadedPack | None, key: str) -> forms.Form | None:
    """Return a form of the pack, if this version of it has one of that name."""
    try:
        return pack.form(key) if pack else None
    except DefinitionError:
        return None


def _attendance(work: Work, meetings: Collection[uuid.UUID]) -> dict[uuid.UUID, list[AttendanceView]]:
    wanted = (
        select(MeetingAttendance, Person.full_name)
        .join(Person, Person.id == MeetingAttendance.person_id)
        .where(MeetingAttendance.meeting_id.in_(meetings))
        .order_by(MeetingAttendance.role.desc(), Person.full_name)
    )
    found: dict[uuid.UUID, list[AttendanceView]] = {one: [] for one in meetings}
    for row, name in work.session.execute(wanted):
        seat = AttendanceView(name, row.role, row.has_come, row.confirmed_at is not None)
        found[row.meeting_id].append(seat)
    return found


def _answers(
    work: Work, view: PairView, meetings: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[AnswerView]]:
    wanted = (
        select(MeetingAnswer, Person.full_name)
        .join(Person, Person.id == MeetingAnswer.person_id)
        .where(MeetingAnswer.meeting_id.in_(meetings))
        .order_by(MeetingAnswer.given_at, MeetingAnswer.id)
    )
    pack = load_pack(work, view.pack_version_id) if view.pack_version_id else None
    found: dict[uuid.UUID, list[AnswerView]] = {one: [] for one in meetings}
    for answer, name in work.session.execute(wanted):
        found[answer.meeting_id].append(_read(work, view.subject, pack, answer, name))
    return found


def _read(
    work: Work, subject: Subject, pack: LoadedPack | None, answer: MeetingAnswer, name: str
) -> AnswerView:
    asked = _about(subject, answer)
    form = form_of(pack, answer.form)
    if form is None or not can(work, Permission.TASK_READ_ANSWERS, asked):
        return AnswerView(name, answer.role, answer.form, None, is_partial=False)
    kept_back = (
        frozenset()
        if can(work, Permission.TASK_READ_RESTRICTED, asked)
        else form.scope.restricted.intersection(answer.answers)
    )
    readable = {key: value for key, value in answer.answers.items() if key not in kept_back}
    return AnswerView(name, answer.role, answer.form, readable, is_partial=bool(kept_back))


def _about(subject: Subject, answer: MeetingAnswer) -> Subject:
    """Ask as about the task in which it was said, but two mentees of one group share nothing."""
    people = subject.participants
    if answer.role == "mentee":
        people = tuple(one for one in people if one.role != "mentee")
    return replace(subject, participants=people, task_role=answer.role, completed_by_id=answer.person_id)
