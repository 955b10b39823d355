"""Operations on people and the roles they hold."""

import re
import uuid
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_, select

from models.organisations import Organisation
from models.people import Membership, Person, User
from workflows import journal
from workflows.access import Permission, Subject, require, require_above
from workflows.queries.invitations import PARTICIPANTS
from workflows.queries.organisations import hold_organisation
from workflows.queries.people import hold_person, list_held
from workflows.records import addresses, days
from workflows.records.addresses import LONGEST_NAME
from workflows.records.person_facts import facts_of
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

LANGUAGES = ("ru", "en")

_ROLE = re.compile(r"[a-z][a-z0-9_]{0,47}")


def add_person(
    work: Work,
    organisation_id: uuid.UUID,
    full_name: str,
    *,
    email: str | None = None,
    language: str = "ru",
    born_on: date | None = None,
    study_group: str | None = None,
    phone: str | None = None,
    position: str | None = None,
) -> uuid.UUID:
    """Add a person to an organisation; a role and an account are given separately."""
    organisation = hold_organisation(work, organisation_id)
    role = require(work, Permission.PERSON_ADD, Subject.of(organisation))
    values = _checked(full_name, email, language)
    values |= facts_of(
        work, organisation_id, born_on=born_on, study_group=study_group, phone=phone, position=position
    )
    person = Person(id=uuid.uuid4(), organisation_id=organisation_id, **values)
    work.session.add(person)
    work.session.flush()
    _record(work, "person.added", person, role, values)
    return person.id


def change_person(
    work: Work, person_id: uuid.UUID, *, full_name: str, email: str | None, language: str
) -> None:
    """Change what is known of a person."""
    person, subject = hold_person(work, person_id)
    role = require(work, Permission.PERSON_CHANGE, subject)
    if person_id != work.actor.person_id:
        require_above(work, list_held(work, person_id))
    new = _checked(full_name, email, language)
    changed = {field: [getattr(person, field), value] for field, value in new.items()}
    changed = {field: pair for field, pair in changed.items() if pair[0] != pair[1]}
    if not changed:
        return
    for field, (_, value) in changed.items():
        setattr(person, field, value)
    work.session.flush()
    _record(work, "person.changed", person, role, changed)


def grant_membership(
    work: Work,
    person_id: uuid.UUID,
    organisation_id: uuid.UUID,
    role: str,
    *,
    since_on: date | None = None,
    until_on: date | None = None,
) -> uuid.UUID:
    """Give a person a role in an organisation, from a day, and to a day if one is known."""
    organisation = hold_organisation(work, organisation_id)
    permission = Permission.MEMBERSHIP_ENROL if role in PARTICIPANTS else Permission.MEMBERSHIP_CHANGE
    by_role = require(work, permission, Subject(organisation.id, organisation.path, person_id=person_id))
    person, theirs = hold_person(work, person_id)
    require(work, Permission.PERSON_READ, theirs)
    require_above(work, [(role, organisation.path)])
    since_on = since_on or days.today(work, organisation.id)
    _refuse_if_wrong(role, since_on, until_on)
    _refuse_if_held(work, person, organisation, role, since_on, until_on)
    membership = Membership(
        id=uuid.uuid4(),
        person_id=person.id,
        organisation_id=organisation.id,
        role=role,
        since_on=since_on,
        until_on=until_on,
    )
    work.session.add(membership)
    work.session.flush()
    details = {"role": role, "since_on": since_on, "until_on": until_on}
    _record(work, "membership.granted", person, by_role, details, organisation.id)
    return membership.id


def end_membership(work: Work, membership_id: uuid.UUID, *, until_on: date | None = None) -> None:
    """Let a role end with a day, never later than it ends anyway.

    Without a day it ended yesterday, so that it counts no more today; a role that began only today, or
    is yet to begin, is taken away altogether.
    """
    membership = work.session.get(Membership, membership_id, with_for_update=True, populate_existing=True)
    if membership is None:
        raise NotFound(noun="membership")
    organisation = hold_organisation(work, membership.organisation_id)
    subject = Subject(organisation.id, organisation.path, person_id=membership.person_id)
    by_role = require(work, Permission.MEMBERSHIP_CHANGE, subject)
    require_above(work, [(membership.role, organisation.path)])
    last = until_on or days.today(work, organisation.id) - timedelta(days=1)
    _refuse_end(membership, until_on, last)
    _refuse_without_administrator(work, membership, organisation)
    details = {
        "role": membership.role,
        "since_on": membership.since_on,
        "until_on": [membership.until_on, last],
    }
    person, _ = hold_person(work, membership.person_id)
    if last < membership.since_on:
        work.session.delete(membership)
    else:
        membership.until_on = last
    work.session.flush()
    _record(work, "membership.ended", person, by_role, details, organisation.id)


def _refuse_end(membership: Membership, asked: date | None, last: date) -> None:
    """Refuse to lengthen a role, or to let it end on a day before it begins."""
    complaint = None
    if membership.until_on and last > membership.until_on:
        complaint = Complaint("ends_earlier_already", day=membership.until_on)
    elif asked and asked < membership.since_on:
        complaint = Complaint("ends_before_it_begins")
    if complaint:
        raise Invalid({"until_on": [complaint]})


def _refuse_without_administrator(work: Work, ending: Membership, organisation: Organisation) -> None:
    """Refuse to leave an organisation with nobody who can sign in to give roles and open accounts.

    The others are held, so that two do not take the role from each other at the same moment.
    """
    if ending.role != "administrator" or work.actor.is_system:
        return
    others = (
        select(Membership.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(User, User.person_id == Membership.person_id)
        .where(
            ~User.is_blocked,
            Membership.role == "administrator",
            Membership.id != ending.id,
            Membership.until_on.is_(None),
            Membership.counts_at(work.now()),
            func.starts_with(organisation.path, Organisation.path),
        )
        .with_for_update(of=Membership)
    )
    if not work.session.scalars(others).all():
        raise Conflict("last_administrator", organisation=organisation.name)


def _checked(full_name: str, email: str | None, language: str) -> dict[str, Any]:
    """Return what is kept of what was typed, or refuse it."""
    name, address = " ".join(full_name.split()), (email or "").strip() or None
    problems: dict[str, list[Complaint]] = {}
    if not name:
        problems["full_name"] = [Complaint("required")]
    elif len(name) > LONGEST_NAME:
        problems["full_name"] = [Complaint("too_long", maximum=LONGEST_NAME)]
    if address and (len(address) > LONGEST_NAME or not addresses.is_email(address)):
        problems["email"] = [Complaint("not_an_email")]
    if language not in LANGUAGES:
        problems["language"] = [Complaint("not_a_language")]
    if problems:
        raise Invalid(problems)
    return {"full_name": name, "email": address, "language": language}


def _refuse_if_wrong(role: str, since_on: date, until_on: date | None) -> None:
    problems: dict[str, list[Complaint]] = {}
    if not _ROLE.fullmatch(role):
        problems["role"] = [Complaint("not_a_role")]
    if until_on and until_on < since_on:
        problems["until_on"] = [Complaint("ends_before_it_begins")]
    if problems:
        raise Invalid(problems)


def _refuse_if_held(
    work: Work, person: Person, organisation: Organisation, role: str, since_on: date, until_on: date | None
) -> None:
    """Refuse a role the person already holds there on one of these days. The person's row is locked."""
    overlapping = select(Membership.id).where(
        Membership.person_id == person.id,
        Membership.organisation_id == organisation.id,
        Membership.role == role,
        or_(Membership.until_on.is_(None), Membership.until_on >= since_on),
    )
    if until_on:
        overlapping = overlapping.where(Membership.since_on <= until_on)
    if work.session.scalar(overlapping.limit(1)):
        raise Conflict("role_already_held", person=person.full_name, role=role)


def _record(
    work: Work,
    act: str,
    person: Person,
    role: str,
    details: dict[str, Any],
    organisation_id: uuid.UUID | None = None,
) -> None:
    journal.record(
        work,
        act,
        f"person:{person.id}",
        organisation_id=organisation_id or person.organisation_id,
        role=role,
        details=details,
    )
