"""The mentees and mentors of a proposal, by name, with the places that mentors have left."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models.bases import MenteeEntry, MentorEntry
from models.pairing import MarkKind, PairingMark, Proposal
from models.people import Person
from workflows.matching import Cohort
from workflows.work import Work

Two = tuple[uuid.UUID, uuid.UUID]


@dataclass(frozen=True)
class Named:
    """Somebody of one of the bases."""

    id: uuid.UUID
    name: str
    forms: tuple[str, ...]


def list_mentees(work: Work, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Named]:
    """Map mentees to their names and forms."""
    wanted = select(MenteeEntry.id, Person.full_name, MenteeEntry.form).join(
        Person, Person.id == MenteeEntry.person_id
    )
    rows = work.session.execute(wanted.where(MenteeEntry.id.in_(ids))).tuples()
    return {entry_id: Named(entry_id, name, (form,)) for entry_id, name, form in rows}


def list_mentors(work: Work, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Named]:
    """Map mentors to their names and forms."""
    wanted = select(MentorEntry.id, Person.full_name, MentorEntry.forms).join(
        Person, Person.id == MentorEntry.person_id
    )
    rows = work.session.execute(wanted.where(MentorEntry.id.in_(ids))).tuples()
    return {entry_id: Named(entry_id, name, tuple(forms)) for entry_id, name, forms in rows}


@dataclass(frozen=True)
class Places:
    """How many places each mentor has, and how many of them are taken by what is proposed."""

    all: Mapping[uuid.UUID, int]
    taken: Mapping[uuid.UUID, int]

    @classmethod
    def of(cls, cohort: Cohort | None, proposals: Iterable[Proposal]) -> "Places":
        """Count the places as far as they are known: once pairs are decided on, nobody asks any more."""
        mentors = cohort.mentors if cohort else ()
        found = {uuid.UUID(one.key): one.capacity for one in mentors}
        return cls(found, Counter(one.mentor_entry_id for one in proposals))

    def free(self, mentor_id: uuid.UUID) -> int:
        """Count the places of a mentor that nobody is proposed for."""
        return max(0, self.all.get(mentor_id, 0) - self.taken.get(mentor_id, 0))


@dataclass(frozen=True)
class Marks:
    """What the curator said of people of a programme."""

    pinned: frozenset[Two]
    forbidden: frozenset[Two]

    def not_with(self, mentee_id: uuid.UUID) -> list[uuid.UUID]:
        """List the mentors from whom a mentee is kept apart by the curator."""
        return [mentor for mentee, mentor in self.forbidden if mentee == mentee_id]

    def pinned_to(self, mentee_id: uuid.UUID) -> list[uuid.UUID]:
        """List the mentors to whom a mentee is pinned."""
        return [mentor for mentee, mentor in self.pinned if mentee == mentee_id]


def read_marks(work: Work, programme_id: uuid.UUID) -> Marks:
    """Read what the curator said of people of a programme, as it stands."""
    wanted = select(PairingMark.mentee_entry_id, PairingMark.mentor_entry_id, PairingMark.kind).where(
        PairingMark.programme_id == programme_id, PairingMark.removed_at.is_(None)
    )
    rows = work.session.execute(wanted).tuples().all()
    return Marks(_of_kind(rows, MarkKind.PINNED), _of_kind(rows, MarkKind.FORBIDDEN))


def _of_kind(
    rows: Sequence[tuple[uuid.UUID, uuid.UUID, MarkKind]], kind: MarkKind
) -> frozenset[tuple[uuid.UUID, uuid.UUID]]:
    return frozenset((mentee, mentor) for mentee, mentor, found in rows if found is kind)
