"""One person, as far as the actor may know: names, contacts, roles, the account, and what it is part of."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, or_, select

from models.account_links import AccountLink
from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.organisations import Organisation
from models.pairs import Pair, PairMember
from models.people import Guardianship, Membership, Person, User
from models.programmes import Programme
from workflows.access import Permission, Subject, can, require
from workflows.access.ranks import is_above
from workflows.queries.invitations import permission_to_invite, stands
from workflows.queries.people import get_subject_of, list_held
from workflows.queries.people_sight import knows_people_of, oversees
from workflows.records import days, guardians
from workflows.work import Work


@dataclass(frozen=True)
class HeldRole:
    """A role of a person, from a day to a day."""

    id: uuid.UUID
    role: str
    organisation: str
    since_on: date
    until_on: date | None
    state: str
    """`now`, `ahead` or `over`."""
    may_end: bool


@dataclass(frozen=True)
class AccountView:
    """How it stands with the account: for those who look after it."""

    user_id: uuid.UUID | None
    sign_in_name: str
    is_blocked: bool
    must_change_password: bool
    invited_at: datetime | None
    invited_until: datetime | None


@dataclass(frozen=True)
class BaseEntry:
    """A place in one of the bases of a programme."""

    id: uuid.UUID
    kind: str
    programme: str
    status: EntryStatus


@dataclass(frozen=True)
class PairView:
    """A pair in which somebody is or was."""

    id: uuid.UUID
    programme: str
    role: str
    since_on: date
    until_on: date | None


@dataclass(frozen=True)
class Kin:
    """A parent or guardian of a child, or a child of theirs."""

    id: uuid.UUID
    name: str
    kin: str
    is_child: bool


@dataclass(frozen=True)
class PersonView:
    """A person's page. What the reader may not know is not in it."""

    person: Person
    organisation: Organisation
    is_self: bool
    is_minor: bool
    shows_contacts: bool
    kin: Sequence[Kin]
    roles: Sequence[HeldRole]
    account: AccountView | None
    entries: Sequence[BaseEntry]
    pairs: Sequence[PairView]
    may: frozenset[str]
    """`change`, `grant`, `invite`, `block`: the acts that are offered."""


def get_person_page(work: Work, person_id: uuid.UUID) -> PersonView:
    """Return what the actor may know of a person."""
    subject = get_subject_of(work, person_id)
    require(work, Permission.PERSON_READ, subject)
    person = work.session.get_one(Person, person_id)
    may = _acts(work, subject, person_id)
    shows_contacts = can(work, Permission.PERSON_READ_CONTACTS, subject)
    return PersonView(
        person=person,
        organisation=work.session.get_one(Organisation, subject.organisation_id),
        is_self=person_id == work.actor.person_id,
        is_minor=guardians.is_minor(work, person),
        shows_contacts=shows_contacts,
        kin=_kin(work, person_id) if shows_contacts else (),
        roles=list_roles(work, person_id),
        account=find_account(work, person_id) if may & {"invite", "block"} else None,
        entries=_entries(work, person_id),
        pairs=_pairs(work, person_id),
        may=may,
    )


def _acts(work: Work, subject: Subject, person_id: uuid.UUID) -> frozenset[str]:
    """Say what is offered: what is allowed to the role, and to its rank among the roles of the person."""
    is_self = person_id == work.actor.person_id
    is_below = all(is_above(work.actor, role, path) for role, path in list_held(work, person_id))
    offered = {
        "change": can(work, Permission.PERSON_KEEP, subject) and (is_below or is_self),
        "grant": can(work, Permission.MEMBERSHIP_ENROL, subject),
        "invite": can(work, permission_to_invite(work, person_id), subject) and is_below and not is_self,
        "block": can(work, Permission.USER_CHANGE, subject) and is_below and not is_self,
    }
    return frozenset(act for act, is_offered in offered.items() if is_offered)


def list_roles(work: Work, person_id: uuid.UUID) -> list[HeldRole]:
    """List the roles of a person, those that go on first; the caller asks for permission."""
    rows = work.session.execute(
        select(Membership, Organisation)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.until_on.desc().nulls_first(), Membership.since_on.desc(), Membership.id)
    )
    return [_role(work, membership, organisation) for membership, organisation in rows]


def _role(work: Work, one: Membership, organisation: Organisation) -> HeldRole:
    today = days.today(work, organisation.id)
    is_over = one.until_on is not None and one.until_on < today
    state = "over" if is_over else "ahead" if one.since_on > today else "now"
    may_end = can(work, Permission.MEMBERSHIP_CHANGE, Subject.of(organisation))
    may_end = may_end and not is_over and is_above(work.actor, one.role, organisation.path)
    return HeldRole(one.id, one.role, organisation.name, one.since_on, one.until_on, state, may_end)


def find_account(work: Work, person_id: uuid.UUID) -> AccountView:
    """Find out how it stands with somebody's account; the caller asks for permission."""
    user = work.session.scalar(select(User).where(User.person_id == person_id))
    link = work.session.execute(
        select(AccountLink.made_at, AccountLink.until_at).where(
            AccountLink.person_id == person_id, stands(work.now())
        )
    ).one_or_none()
    return AccountView(
        user.id if user else None,
        user.sign_in_name if user else "",
        bool(user and user.is_blocked),
        bool(user and user.must_change_password),
        link.made_at if link else None,
        link.until_at if link else None,
    )


def _kin(work: Work, person_id: uuid.UUID) -> list[Kin]:
    """List the guardians of a child and the children of a guardian whom the actor may know."""
    is_child = Guardianship.guardian_id == person_id
    other = case((is_child, Guardianship.child_id), else_=Guardianship.guardian_id)
    wanted = (
        select(Person.id, Person.full_name, Guardianship.kin, is_child)
        .join(Person, Person.id == other)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(or_(Guardianship.child_id == person_id, is_child), knows_people_of(work))
        .order_by(Person.full_name, Person.id)
    )
    return [Kin(*row) for row in work.session.execute(wanted)]


def _entries(work: Work, person_id: uuid.UUID) -> list[BaseEntry]:
    found: list[BaseEntry] = []
    for kind, entry in (("mentee", MenteeEntry), ("mentor", MentorEntry)):
        wanted = (
            select(entry.id, Programme.title, entry.status)
            .join(Programme, Programme.id == entry.programme_id)
            .join(Organisation, Organisation.id == entry.organisation_id)
            .where(entry.person_id == person_id, oversees(work))
            .order_by(entry.applied_at.desc(), entry.id)
        )
        rows = work.session.execute(wanted)
        found += [BaseEntry(row[0], kind, row[1], row[2]) for row in rows]
    return found


def _pairs(work: Work, person_id: uuid.UUID) -> list[PairView]:
    wanted = (
        select(Pair.id, Programme.title, PairMember.role, PairMember.since_on, PairMember.until_on)
        .join(Pair, Pair.id == PairMember.pair_id)
        .join(Programme, Programme.id == Pair.programme_id)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(PairMember.person_id == person_id, oversees(work))
        .order_by(PairMember.since_on.desc(), Pair.id)
    )
    return [PairView(*row) for row in work.session.execute(wanted)]
