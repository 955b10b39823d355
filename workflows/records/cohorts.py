"""Everybody of a programme who waits for a pair or has room for one, as matching looks at them."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.pairing import Avoidance, Choice, ChosenBy, GeneralMeeting, MarkKind, PairingMark
from models.pairs import PairMember
from models.people import Guardianship, Person
from models.programmes import Programme
from workflows.matching import Cohort, Mentee, Mentor, Wish
from workflows.records import guardians, programmes
from workflows.work import Work

LOOKED_FOR = (EntryStatus.READY, EntryStatus.SEARCHING, EntryStatus.MATCHED)
HAVE_ROOM = (EntryStatus.READY, EntryStatus.MATCHED)
EQUALS = frozenset({"equal"})


def gather(work: Work, programme: Programme, groups: Iterable[str] = ()) -> Cohort:
    """Gather everybody who may be proposed to somebody, in the order in which they applied."""
    mentees, mentors = _mentees(work, programme), _mentors(work, programme)
    return Cohort(
        mentees=mentees,
        mentors=mentors,
        wishes=_wishes(work, programme.id),
        pinned=_marked(work, programme.id, MarkKind.PINNED),
        forbidden=_marked(work, programme.id, MarkKind.FORBIDDEN),
        apart=_apart(work, programme.id),
        groups=frozenset(groups),
    )


def _mentees(work: Work, programme: Programme) -> tuple[Mentee, ...]:
    rows = _entries(work, programme, MenteeEntry, LOOKED_FOR)
    held = _held(work, PairMember.mentee_entry_id, "mentor")
    parents = _guardians(work, [person.id for _entry, person in rows])
    today = programmes.today_of(work, programme)
    return tuple(
        Mentee(
            key=str(entry.id),
            person=str(person.id),
            form=entry.form,
            problems=tuple(entry.problems),
            interests=tuple(entry.interests),
            times=tuple(entry.times),
            subject=entry.subject,
            study_level=entry.study_level,
            experience_years=entry.experience_years,
            age=guardians.years_between(person.born_on, today) if person.born_on else None,
            is_equal=entry.role_model in EQUALS,
            priority=entry.priority,
            guardians=parents.get(person.id, ()),
            most_mentors=entry.most_mentors,
            has_mentors=held.get(entry.id, 0),
        )
        for entry, person in rows
        if held.get(entry.id, 0) < entry.most_mentors
    )


def _mentors(work: Work, programme: Programme) -> tuple[Mentor, ...]:
    held = _held(work, PairMember.mentor_entry_id, "mentee")
    return tuple(
        Mentor(
            key=str(entry.id),
            person=str(person.id),
            forms=tuple(entry.forms),
            source=entry.source,
            helps_with=tuple(entry.helps_with),
            interests=tuple(entry.interests),
            times=tuple(entry.times),
            subject=entry.subject,
            study_level=entry.study_level,
            experience_years=entry.experience_years,
            age_from=entry.mentee_age_from,
            age_to=entry.mentee_age_to,
            capacity=max(0, entry.capacity - held.get(entry.id, 0)),
            has_mentees=held.get(entry.id, 0),
        )
        for entry, person in _entries(work, programme, MentorEntry, HAVE_ROOM)
    )


def _entries(
    work: Work, programme: Programme, table: Any, statuses: Sequence[EntryStatus]
) -> Sequence[tuple[Any, Person]]:
    wanted = (
        select(table, Person)
        .join(Person, Person.id == table.person_id)
        .where(table.programme_id == programme.id, table.status.in_(statuses))
        .order_by(table.applied_at, table.id)
        .execution_options(populate_existing=True)
    )
    return [(row[0], row[1]) for row in work.session.execute(wanted)]


def _held(work: Work, entry: ColumnElement[Any] | Any, other_role: str) -> dict[uuid.UUID, int]:
    """Count for each entry with how many of the other side it is in a pair now."""
    other = aliased(PairMember)
    counted = (
        select(entry, func.count(other.id))
        .join(other, other.pair_id == PairMember.pair_id)
        .where(
            entry.is_not(None),
            PairMember.until_on.is_(None),
            other.until_on.is_(None),
            other.role == other_role,
        )
        .group_by(entry)
    )
    return {row[0]: row[1] for row in work.session.execute(counted)}


def _guardians(work: Work, people: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    rows = work.session.execute(
        select(Guardianship.child_id, Guardianship.guardian_id).where(Guardianship.child_id.in_(people))
    )
    found: dict[uuid.UUID, tuple[str, ...]] = {}
    for child_id, guardian_id in rows:
        found[child_id] = (*found.get(child_id, ()), str(guardian_id))
    return found


def _wishes(work: Work, programme_id: uuid.UUID) -> dict[tuple[str, str], Wish]:
    """Read with whom people would like to go on; what somebody said last counts."""
    chosen = work.session.scalars(
        select(Choice)
        .join(GeneralMeeting, GeneralMeeting.id == Choice.general_meeting_id)
        .where(GeneralMeeting.programme_id == programme_id)
        .order_by(Choice.chosen_at, Choice.id)
    )
    ranks: dict[tuple[str, str], dict[ChosenBy, int]] = {}
    for one in chosen:
        ranks.setdefault((str(one.mentee_entry_id), str(one.mentor_entry_id)), {})[one.chosen_by] = one.rank
    return {two: Wish(own.get(ChosenBy.MENTEE), own.get(ChosenBy.MENTOR)) for two, own in ranks.items()}


def _marked(work: Work, programme_id: uuid.UUID, kind: MarkKind) -> frozenset[tuple[str, str]]:
    rows = work.session.execute(
        select(PairingMark.mentee_entry_id, PairingMark.mentor_entry_id).where(
            PairingMark.programme_id == programme_id,
            PairingMark.kind == kind,
            PairingMark.removed_at.is_(None),
        )
    )
    return frozenset((str(mentee), str(mentor)) for mentee, mentor in rows)


def _apart(work: Work, programme_id: uuid.UUID) -> frozenset[tuple[str, str]]:
    # Wherever it was noted: two people stay the same two in whichever organisation they are to be paired.
    mentees = select(MenteeEntry.person_id).where(MenteeEntry.programme_id == programme_id)
    rows = work.session.execute(
        select(Avoidance.mentee_person_id, Avoidance.mentor_person_id).where(
            Avoidance.mentee_person_id.in_(mentees)
        )
    )
    return frozenset((str(mentee), str(mentor)) for mentee, mentor in rows)
