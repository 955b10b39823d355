"""Read links by which people open their account: who comes by one, and which one stands for a person."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from models.account_links import AccountLink
from models.organisations import Organisation
from models.people import Person, User
from workflows.access import Permission
from workflows.queries.people import list_held
from workflows.queries.task_links import digest_of
from workflows.work import Actor, Work

PARTICIPANTS = ("mentee", "mentor", "guardian")
"""Roles that give no power over others."""


@dataclass(frozen=True)
class Invited:
    """Somebody who comes by a link: who it is, where, and the name of the account if there is one."""

    invitation_id: uuid.UUID
    actor: Actor
    organisation: str
    sign_in_name: str | None


def stands(now: datetime) -> ColumnElement[bool]:
    """Say that a link counts."""
    return and_(AccountLink.used_at.is_(None), AccountLink.withdrawn_at.is_(None), AccountLink.until_at > now)


def find_invited(session: Session, secret: str, now: datetime) -> Invited | None:
    """Find who comes by a link, unless it was used, taken back, or is too old."""
    row = session.execute(
        select(
            AccountLink.id,
            Person.id.label("person_id"),
            Person.full_name,
            Person.language,
            Organisation.name,
            User.sign_in_name,
        )
        .select_from(AccountLink)
        .join(Person, Person.id == AccountLink.person_id)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(User, User.id == AccountLink.user_id)
        .where(AccountLink.digest == digest_of(secret), stands(now))
    ).one_or_none()
    if row is None:
        return None
    actor = Actor(person_id=row.person_id, name=row.full_name, language=row.language)
    return Invited(row.id, actor, row.name, row.sign_in_name)


def permission_to_invite(work: Work, person_id: uuid.UUID) -> Permission:
    """Say what is asked of whoever gives this person a link: less for those who only take part."""
    roles = {role for role, _ in list_held(work, person_id)}
    return Permission.USER_ENROL if roles and roles <= set(PARTICIPANTS) else Permission.USER_INVITE
