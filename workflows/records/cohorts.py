"""Everybody of a programme who waits for a pair or has room for one, as matching looks at them."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select

from models.bases import LOOKING, MAY_TAKE_ON, EntryStatus, MenteeEntry, MentorEntry
from models.pairing import Avoidance, Choice, ChosenBy, GeneralMeeting, MarkKind, PairingMark
from models.pairs import PairMember
from models.people import Guardianship, Person
from models.programmes import Programme
from workflows.matching import Cohort, Mentee, Mentor, Wish
from workflows.records import guardians, programmes
from workflows.records.pair_sets import EntryOfMember, others_in_pairs
from workflows.work import Work

LOOKED_FOR = (*LOOKING, EntryStatus.MATCHED)
EQUALS = frozenset({"equal"})
_OF_BOTH = ("id", "person_id", "interests", "times", "subject", "study_level", "experience_years")
_LOOKED_AT: dict[Any, Sequence[str]] = {
    MenteeEntry: (*_OF_BOTH, "form", "problems", "role_model", "priority", "most_mentors"),
    MentorEntry: (
        *(*_OF_BOTH, "forms", "source", "helps_with"),
        *("mentee_age_from", "mentee_age_to", "capacity"),
    ),
}


def gather(work: Work, programme: Programme, groups: Iterable[str] = ()) -> Cohort:
    """Gather everybody who may be proposed to somebody, in the order in which they applied."""
    return _gathered(work, programme, groups, (), ())


def gather_around(work: Work, programme: Programme, mentee: MenteeEntry) -> Cohort:
    """Gather one mentee, if still looked for, and the mentors of the same form who have room."""
    mine = PairMember.mentor_entry_id
    taken = others_in_pairs(mine, "mentee").where(mine == MentorEntry.id).correlate(MentorEntry)
    others = func.coalesce(taken.with_only_columns(func.count()).scalar_subquery(), 0)
    has_room = MentorEntry.capacity > others
    fit = MentorEntry.forms.contains([mentee.form])
    return _gathered(work, programme, (), [MenteeEntry.id == mentee.id], [fit, has_room])


def _gathered(
    work: Work,
    programme: Programme,
    groups: Iterable[str],
    which: Sequence[ColumnElement[bool]],
    with_whom: Sequence[ColumnElement[bool]],
) -> Cohort:
    mentees = _mentees(work, programme, which)
    mentors = _mentors(work, programme, with_whom)
    if which and not (mentees and mentors):
        # Nobody can be proposed to the one who was asked about, whatever was wished.
        return Cohort(mentees, mentors)
    concerned = _Concerned(
        [uuid.UUID(one.key) for one in mentees], [uuid.UUID(one.person) for one in mentees]
    )
    marked = _marked(work, concerned)
    return Cohort(
        mentees=mentees,
        mentors=mentors,
        wishes=_wishes(work, programme.id, concerned),
        pinned=marked[MarkKind.PINNED],
        forbidden=marked[MarkKind.FORBIDDEN],
        apart=_apart(work, concerned),
        groups=frozenset(groups),
    )


class _Concerned(NamedTuple):
    """The mentees whose choices and marks are read: their entries and their persons."""

    entries: Sequence[uuid.UUID]
    people: Sequence[uuid.UUID]


def _mentees(work: Work, programme: Programme, which: Sequence[ColumnElement[bool]]) -> tuple[Mentee, ...]:
    rows = _entries(work, programme, MenteeEntry, LOOKED_FOR, which)
    held = _held(work, PairMember.mentee_entry_id, "mentor", rows)
    parents = _guardians(work, [entry.person_id for entry in rows])
    today = programmes.today_of(work, programme)
    return tuple(
        Mentee(
            key=str(entry.id),
            person=str(entry.person_id),
            form=entry.form,
            problems=tuple(entry.problems),
            interests=tuple(entry.interests),
            times=tuple(entry.times),
            subject=entry.subject,
            study_level=entry.study_level,
            experience_years=entry.experience_years,
            age=guardians.years_between(entry.born_on, today) if entry.born_on else None,
            is_equal=entry.role_model in EQUALS,
            priority=entry.priority,
            guardians=parents.get(entry.person_id, ()),
            most_mentors=entry.most_mentors,
            has_mentors=held.get(entry.id, 0),
        )
        for entry in rows
        if held.get(entry.id, 0) < entry.most_mentors
    )


def _mentors(work: Work, programme: Programme, which: Sequence[ColumnElement[bool]]) -> tuple[Mentor, ...]:
    rows = _entries(work, programme, MentorEntry, MAY_TAKE_ON, which)
    held = _held(work, PairMember.mentor_entry_id, "mentee", rows)
    return tuple(
        Mentor(
            key=str(entry.id),
            person=str(entry.person_id),
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
        for entry in rows
    )


def _entries(
    work: Work,
    programme: Programme,
    table: Any,
    statuses: Sequence[EntryStatus],
    which: Sequence[ColumnElement[bool]],
) -> Sequence[Any]:
    # Only what is looked at: as entries, a cohort takes several times as long to read.
    wanted = (
        select(*(getattr(table, name) for name in _LOOKED_AT[table]), Person.born_on)
        .join(Person, Person.id == table.person_id)
        .where(table.programme_id == programme.id, table.status.in_(statuses), *which)
        .order_by(table.applied_at, table.id)
    )
    return work.session.execute(wanted).all()


def _held(work: Work, entry: EntryOfMember, other_role: str, rows: Sequence[Any]) -> dict[uuid.UUID, int]:
    """Count for each entry with how many of the other side it is in a pair now."""
    ids = [one.id for one in rows]
    counted = others_in_pairs(entry, other_role).where(entry.in_(ids))
    return {row[0]: row[1] for row in work.session.execute(counted)}


def _guardians(work: Work, people: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[str, ...]]:
    rows = work.session.execute(
        select(Guardianship.child_id, Guardianship.guardian_id).where(Guardianship.child_id.in_(people))
    )
    found: dict[uuid.UUID, tuple[str, ...]] = {}
    for child_id, guardian_id in rows:
        found[child_id] = (*found.get(child_id, ()), str(guardian_id))
    return found


def _wishes(work: Work, programme_id: uuid.UUID, concerned: _Concerned) -> dict[tuple[str, str], Wish]:
    """Read with whom people would like to go on; what somebody said last counts."""
    chosen = work.session.execute(
        select(Choice.mentee_entry_id, Choice.mentor_entry_id, Choice.chosen_by, Choice.rank)
        .join(GeneralMeeting, GeneralMeeting.id == Choice.general_meeting_id)
        .where(GeneralMeeting.programme_id == programme_id, Choice.mentee_entry_id.in_(concerned.entries))
        .order_by(Choice.chosen_at, Choice.id)
    )
    ranks: dict[tuple[str, str], dict[ChosenBy, int]] = {}
    for mentee, mentor, by, rank in chosen:
        ranks.setdefault((str(mentee), str(mentor)), {})[by] = rank
    return {two: Wish(own.get(ChosenBy.MENTEE), own.get(ChosenBy.MENTOR)) for two, own in ranks.items()}


def _marked(work: Work, concerned: _Concerned) -> dict[MarkKind, frozenset[tuple[str, str]]]:
    rows = work.session.execute(
        select(PairingMark.kind, PairingMark.mentee_entry_id, PairingMark.mentor_entry_id).where(
            PairingMark.mentee_entry_id.in_(concerned.entries), PairingMark.removed_at.is_(None)
        )
    ).all()
    return {
        kind: frozenset((str(mentee), str(mentor)) for its, mentee, mentor in rows if its is kind)
        for kind in (MarkKind.PINNED, MarkKind.FORBIDDEN)
    }


def _apart(work: Work, concerned: _Concerned) -> frozenset[tuple[str, str]]:
    # Wherever it was noted: two people stay the same two in whichever organisation they are to be paired.
    rows = work.session.execute(
        select(Avoidance.mentee_person_id, Avoidance.mentor_person_id).where(
            Avoidance.mentee_person_id.in_(concerned.people)
        )
    )
    return frozenset((str(mentee), str(mentor)) for mentee, mentor in rows)
