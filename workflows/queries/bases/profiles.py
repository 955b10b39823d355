"""One person's page in a base: what is known, as far as the reader may know it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from models.bases import Interview, MenteeCategory, MenteeEntry, MentorCheck, MentorEntry, MentorTraining
from models.partners import Partner
from models.people import Person
from workflows.access import Permission, Subject, can, require
from workflows.queries.bases.conditions import GONE
from workflows.queries.bases.people import (
    ConsentView,
    GuardianView,
    Look,
    MissingConsent,
    OwnPair,
    StatusView,
    TaskView,
    list_consents,
    list_guardians,
    list_looks,
    list_missing,
    list_own_pairs,
    list_statuses,
    list_tasks,
    subject_of_entry,
)
from workflows.queries.bases.places import BasePlace, find_place
from workflows.records import guardians
from workflows.records.consent_effects import OVER
from workflows.records.statuses import Entry
from workflows.refusals import NotFound
from workflows.work import Work

_ACTS = (Permission.CONSENT_WITHDRAW, Permission.MENTEE_LEAVE, Permission.MENTOR_LEAVE)


@dataclass(frozen=True)
class Known:
    """What is known of somebody in either base, as far as the reader may know it."""

    place: BasePlace
    person: Person
    is_staff: bool
    age: int | None
    is_minor: bool
    shows_contacts: bool
    guardians: Sequence[GuardianView]
    consents: Sequence[ConsentView] | None
    """Nothing for whoever may not read them."""
    missing: Sequence[MissingConsent]
    statuses: Sequence[StatusView]
    pairs: Sequence[OwnPair]
    tasks: Sequence[TaskView]
    looks: Sequence[Look] | None
    may: frozenset[Permission]

    @property
    def is_in_pair(self) -> bool:
        """Say whether this person is in a pair today."""
        return any(one.until_on is None and one.status not in OVER for one in self.pairs)


@dataclass(frozen=True)
class InterviewView:
    """A talk with a candidate: the decision, and by whom."""

    held_on: date
    interviewer: str
    decision: str


@dataclass(frozen=True)
class MenteeProfile:
    """A mentee; the categories only for those who need them."""

    entry: MenteeEntry
    known: Known
    categories: Sequence[str] | None


@dataclass(frozen=True)
class MentorProfile:
    """A mentor, with what was checked."""

    entry: MentorEntry
    known: Known
    partner: str | None
    checks: Sequence[MentorCheck]
    trainings: Sequence[MentorTraining]
    interviews: Sequence[InterviewView]


def get_mentee_profile(work: Work, entry_id: uuid.UUID) -> MenteeProfile:
    """Return the page of a mentee."""
    entry = work.session.get(MenteeEntry, entry_id)
    if entry is None:
        raise NotFound(noun="mentee")
    place = find_place(work, entry.programme_id)
    subject = subject_of_entry(work, place, entry)
    require(work, Permission.MENTEE_READ, subject)
    known = _known(work, place, entry, subject, Permission.MENTEE_READ)
    return MenteeProfile(entry, known, _categories(work, entry, subject))


def get_mentor_profile(work: Work, entry_id: uuid.UUID) -> MentorProfile:
    """Return the page of a mentor."""
    entry = work.session.get(MentorEntry, entry_id)
    if entry is None:
        raise NotFound(noun="mentor")
    place = find_place(work, entry.programme_id)
    subject = subject_of_entry(work, place, entry)
    require(work, Permission.MENTOR_READ, subject)
    known = _known(work, place, entry, subject, Permission.MENTOR_READ)
    partner = work.session.get(Partner, entry.partner_id) if entry.partner_id else None
    checks = select(MentorCheck).where(MentorCheck.mentor_entry_id == entry.id)
    trainings = select(MentorTraining).where(MentorTraining.mentor_entry_id == entry.id)
    return MentorProfile(
        entry,
        known,
        partner.name if partner else None,
        work.session.scalars(checks.order_by(MentorCheck.accepted_at.desc(), MentorCheck.id)).all(),
        work.session.scalars(trainings.order_by(MentorTraining.held_on.desc(), MentorTraining.id)).all(),
        _interviews(work, entry) if known.is_staff else (),
    )


def _known(work: Work, place: BasePlace, entry: Entry, subject: Subject, reading: Permission) -> Known:
    person = work.session.get_one(Person, entry.person_id)
    age = None if person.born_on is None else guardians.years_between(person.born_on, place.today)
    own_guardians = list_guardians(work, subject)
    is_minor = bool(own_guardians) if age is None else age < guardians.GROWN_UP_AT
    reads = can(work, Permission.CONSENT_READ, subject)
    signed = list_consents(work, place, subject) if reads else []
    missing = list_missing(signed, person.full_name, own_guardians, is_minor=is_minor)
    return Known(
        place=place,
        person=person,
        is_staff=can(work, reading, place.subject),
        age=age,
        is_minor=is_minor,
        shows_contacts=can(work, Permission.PERSON_READ_CONTACTS, subject),
        guardians=own_guardians,
        consents=signed if reads else None,
        missing=missing if reads and entry.status not in GONE else (),
        statuses=list_statuses(work, entry),
        pairs=list_own_pairs(work, place, entry),
        tasks=list_tasks(work, entry, sees_all=can(work, Permission.CASE_READ, place.subject)),
        looks=list_looks(work, subject),
        may=frozenset(act for act in _ACTS if can(work, act, subject)),
    )


def _categories(work: Work, entry: MenteeEntry, subject: Subject) -> list[str] | None:
    if not can(work, Permission.MENTEE_READ_RESTRICTED, subject):
        return None
    wanted = select(MenteeCategory.category).where(MenteeCategory.mentee_entry_id == entry.id)
    return list(work.session.scalars(wanted.order_by(MenteeCategory.category)))


def _interviews(work: Work, entry: MentorEntry) -> list[InterviewView]:
    wanted = (
        select(Interview.held_on, Person.full_name, Interview.decision)
        .join(Person, Person.id == Interview.interviewer_id)
        .where(Interview.mentor_entry_id == entry.id)
        .order_by(Interview.held_on.desc(), Interview.id)
    )
    return [InterviewView(*row) for row in work.session.execute(wanted)]


def find_own_entry(work: Work, programme_id: uuid.UUID) -> Entry | None:
    """Find the actor in the bases of a programme; whoever is in both is a mentor first."""
    own = {"programme_id": programme_id, "person_id": work.actor.person_id}
    mentor = work.session.scalars(select(MentorEntry).filter_by(**own)).one_or_none()
    return mentor or work.session.scalars(select(MenteeEntry).filter_by(**own)).one_or_none()
