"""What the page of a mentee and that of a mentor have in common."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from models.bases import EntryStatus, EntryStatusChange
from models.consents import Consent
from models.pairs import Pair, PairMember, PairStatus
from models.people import Guardianship, Person
from models.tasks import Task, TaskStatus
from models.views import ProfileView
from workflows.access import Participant, Permission, Subject, can
from workflows.queries.bases.places import BasePlace
from workflows.records import consents, programme_people
from workflows.records.statuses import Entry, noun_of
from workflows.work import Work

MOST_VIEWS = 20


@dataclass(frozen=True)
class GuardianView:
    """Somebody who decides for a child; how to reach them only for whoever may know."""

    name: str
    kin: str
    email: str | None
    phone: str | None


@dataclass(frozen=True)
class ConsentView:
    """A consent that was given or refused, by whom, and whether it still stands."""

    id: uuid.UUID
    purpose: str
    text: str
    text_version: str
    signer: str
    signed_as: str
    way: str
    is_given: bool
    signed_at: datetime
    withdrawn_at: datetime | None
    withdrawn_because: str

    @property
    def stands(self) -> bool:
        """Say whether it was given and not taken back."""
        return self.is_given and self.withdrawn_at is None


@dataclass(frozen=True)
class MissingConsent:
    """What has still to be signed, and by whom; no names where a child has no guardian yet."""

    purpose: str
    signers: Sequence[str]


@dataclass(frozen=True)
class StatusView:
    """A status that somebody came to."""

    status: EntryStatus
    reason: str
    at: datetime
    who: str | None


@dataclass(frozen=True)
class OwnPair:
    """A pair somebody belongs or belonged to."""

    id: uuid.UUID
    case_id: uuid.UUID
    status: PairStatus
    others: Sequence[str]
    since_on: date
    until_on: date | None


@dataclass(frozen=True)
class TaskView:
    """A step of the intake that waits for somebody."""

    id: uuid.UUID
    name: str
    who: str | None
    role: str
    due_at: datetime | None


@dataclass(frozen=True)
class Look:
    """Somebody looked at the profile."""

    who: str
    role: str
    at: datetime


def subject_of_entry(work: Work, place: BasePlace, entry: Entry) -> Subject:
    """Return what rules about somebody in a base look at: the person, guardians, curators."""
    guardians = select(Guardianship.guardian_id).where(Guardianship.child_id == entry.person_id)
    people = [Participant("guardian", one) for one in work.session.scalars(guardians)]
    people += [
        Participant("curator", one) for one in programme_people.list_curators(work, place.programme.id)
    ]
    return Subject(place.organisation.id, place.organisation.path, tuple(people), person_id=entry.person_id)


def list_guardians(work: Work, subject: Subject) -> list[GuardianView]:
    """List those who decide for a child; one parent does not learn here how to reach the other."""
    rows = work.session.execute(
        select(Person, Guardianship.kin)
        .join(Guardianship, Guardianship.guardian_id == Person.id)
        .where(Guardianship.child_id == subject.person_id)
        .order_by(Person.full_name, Person.id)
    )
    return [_guardian(work, subject, person, kin) for person, kin in rows]


def _guardian(work: Work, child: Subject, person: Person, kin: str) -> GuardianView:
    own = Subject(child.organisation_id, child.path, person_id=person.id)
    shows = can(work, Permission.PERSON_READ_CONTACTS, own)
    return GuardianView(
        person.full_name, kin, person.email if shows else None, person.phone if shows else None
    )


def list_consents(work: Work, place: BasePlace, subject: Subject) -> list[ConsentView]:
    """List what was signed or refused in this programme, the newest first."""
    rows = work.session.execute(
        select(Consent, Person.full_name)
        .join(Person, Person.id == Consent.signed_by_id)
        .where(Consent.person_id == subject.person_id, Consent.programme_id == place.programme.id)
        .order_by(Consent.signed_at.desc(), Consent.id)
    )
    return [
        ConsentView(
            one.id,
            one.purpose.value,
            one.text,
            one.text_version,
            name,
            one.signed_as,
            one.way,
            one.is_given,
            one.signed_at,
            one.withdrawn_at,
            one.withdrawn_because,
        )
        for one, name in rows
    ]


def list_missing(
    found: Sequence[ConsentView], name: str, guardians: Sequence[GuardianView], *, is_minor: bool
) -> list[MissingConsent]:
    """List what nobody may do without and who has still to sign it."""
    missing = []
    for purpose in consents.REQUIRED:
        stand = {one.signed_as for one in found if one.stands and one.purpose == purpose}
        signers = [] if consents.AS_ONESELF in stand else [name]
        lacks_guardian = is_minor and consents.AS_GUARDIAN not in stand
        signers += [one.name for one in guardians] if lacks_guardian else []
        if signers or lacks_guardian:
            missing.append(MissingConsent(purpose.value, signers))
    return missing


def list_statuses(work: Work, entry: Entry) -> list[StatusView]:
    """List how somebody came to where they are, the newest first."""
    own = getattr(EntryStatusChange, f"{noun_of(entry)}_entry_id")
    rows = work.session.execute(
        select(EntryStatusChange.status, EntryStatusChange.reason, EntryStatusChange.at, Person.full_name)
        .outerjoin(Person, Person.id == EntryStatusChange.by_id)
        .where(own == entry.id)
        .order_by(EntryStatusChange.at.desc(), EntryStatusChange.id)
    )
    return [StatusView(*row) for row in rows]


def list_own_pairs(work: Work, place: BasePlace, entry: Entry) -> list[OwnPair]:
    """List the pairs of this programme that somebody belongs or belonged to, the newest first."""
    own, other = PairMember, aliased(PairMember)
    rows = work.session.execute(
        select(Pair.id, Pair.case_id, Pair.status, own.since_on, own.until_on, Person.full_name)
        .join(own, own.pair_id == Pair.id)
        .join(other, other.pair_id == Pair.id)
        .join(Person, Person.id == other.person_id)
        .where(
            own.person_id == entry.person_id,
            own.role == noun_of(entry),
            Pair.programme_id == place.programme.id,
            other.role == {"mentee": "mentor", "mentor": "mentee"}[noun_of(entry)],
        )
        .order_by(own.since_on.desc(), Pair.id, Person.full_name)
    )
    found: dict[uuid.UUID, OwnPair] = {}
    for pair_id, case_id, status, since_on, until_on, name in rows:
        before = found[pair_id].others if pair_id in found else ()
        found[pair_id] = OwnPair(pair_id, case_id, status, (*before, name), since_on, until_on)
    return list(found.values())


def list_tasks(work: Work, entry: Entry, *, sees_all: bool) -> list[TaskView]:
    """List what waits in the intake; of others only for those who may read the case."""
    if entry.case_id is None:
        return []
    wanted = (
        select(Task.id, Task.name, Person.full_name, Task.role, Task.due_at)
        .outerjoin(Person, Person.id == Task.assignee_id)
        .where(Task.case_id == entry.case_id, Task.status == TaskStatus.OPEN)
        .order_by(Task.due_at.asc().nulls_last(), Task.id)
    )
    if not sees_all:
        wanted = wanted.where(Task.assignee_id == work.actor.person_id)
    return [TaskView(*row) for row in work.session.execute(wanted)]


def list_looks(work: Work, subject: Subject) -> list[Look] | None:
    """List who looked at the profile of a child last; nothing for whoever may not know."""
    if not can(work, Permission.PROFILE_VIEW_READ, subject):
        return None
    rows = work.session.execute(
        select(Person.full_name, ProfileView.role, ProfileView.at)
        .join(Person, Person.id == ProfileView.viewer_id)
        .where(ProfileView.person_id == subject.person_id)
        .order_by(ProfileView.at.desc(), ProfileView.id)
        .limit(MOST_VIEWS)
    )
    return [Look(*row) for row in rows]
