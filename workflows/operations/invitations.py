"""Operations on links by which people open their account or choose a new password."""

import secrets
import uuid
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select

from models.account_links import AccountLink
from models.people import Person, SignInFailure, User
from workflows import journal
from workflows.access import Permission, Subject, require, require_above
from workflows.queries.invitations import permission_to_invite, stands
from workflows.queries.people import hold_person, list_held
from workflows.queries.task_links import digest_of
from workflows.records import accounts
from workflows.records.attempts import refuse_if_too_many
from workflows.refusals import Complaint, Conflict, Invalid, NotFound, WrongGuess
from workflows.work import Work

LASTS = timedelta(days=14)
FREE_NAMES = 10
"""How many names somebody invited may find taken before each try has to wait."""


class MadeInvitation(NamedTuple):
    """A new link: its secret, which is shown once and kept nowhere, how long it lasts, and for what it is."""

    secret: str
    until_at: datetime
    is_for_password: bool


class Accepted(NamedTuple):
    """The account to which a link has led, and which generation of sessions begins."""

    user_id: uuid.UUID
    session_generation: int


def invite(work: Work, person_id: uuid.UUID) -> MadeInvitation:
    """Make a link to a person's account; an earlier one does not count any more.

    Where there is no account yet the link opens one, else it leads to a new password.
    """
    person, subject, role = _hold(work, person_id)
    if person_id == work.actor.person_id:
        raise Conflict("own_account")
    user = accounts.find_account(work, person_id)
    if user and user.is_blocked:
        raise Conflict("account_is_blocked", person=person.full_name)
    accounts.withdraw_links(work, person_id)
    made = MadeInvitation(secrets.token_urlsafe(24), work.now() + LASTS, user is not None)
    row = AccountLink(
        id=uuid.uuid4(),
        person_id=person_id,
        user_id=user.id if user else None,
        digest=digest_of(made.secret),
        made_by_id=work.actor.person_id,
        made_at=work.now(),
        until_at=made.until_at,
    )
    work.session.add(row)
    work.session.flush()
    act = "user.password_offered" if user else "user.invited"
    _record(work, act, person_id, subject, role, {"until_at": made.until_at})
    return made


def withdraw_invitation(work: Work, person_id: uuid.UUID) -> None:
    """Take the link to a person's account back; where none stands nothing changes."""
    _, subject, role = _hold(work, person_id)
    if accounts.withdraw_links(work, person_id):
        _record(work, "user.uninvited", person_id, subject, role, {})


def accept_invitation(work: Work, secret: str, sign_in_name: str, password: str) -> Accepted:
    """Open the account to which a link leads, or give it the new password; the link counts no more."""
    owner = select(AccountLink.person_id).where(AccountLink.digest == digest_of(secret))
    person_id = work.session.scalar(owner)
    if person_id is None:
        raise NotFound(noun="invitation")
    # Whoever makes a link holds the person first: in another order the two could wait for each other.
    person, subject = hold_person(work, person_id)
    role = require(work, Permission.USER_ACCEPT, subject)
    invitation = _take(work, secret)
    if invitation.user_id is None:
        user = _open(work, invitation, person, sign_in_name, password)
        act = "user.added"
    else:
        user = work.session.get_one(User, invitation.user_id, with_for_update=True, populate_existing=True)
        accounts.give_password(work, user, password)
        act = "user.password_set"
    details = {"sign_in_name": user.sign_in_name, "invitation": invitation.id}
    _record(work, act, person_id, subject, role, details)
    return Accepted(user.id, user.session_generation)


def _open(work: Work, invitation: AccountLink, person: Person, sign_in_name: str, password: str) -> User:
    """Open the account; that a name is taken tells of others, so that it is not told without end."""
    name = f"invitation {invitation.id}"
    refuse_if_too_many(work, SignInFailure.sign_in_name == name, FREE_NAMES)
    try:
        return accounts.open_account(work, person, sign_in_name, password)
    except Invalid as refusal:
        if _is_taken(refusal):
            raise WrongGuess(refusal.problems, name=name) from refusal
        raise


def _is_taken(refusal: Invalid) -> bool:
    found: list[Complaint] = refusal.problems.get("sign_in_name", [])
    return any(complaint.key == "sign_in_name_taken" for complaint in found)


def _take(work: Work, secret: str) -> AccountLink:
    """Use a link up; whoever comes by it at the same moment finds it used."""
    wanted = select(AccountLink).where(AccountLink.digest == digest_of(secret), stands(work.now()))
    invitation = work.session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if invitation is None:
        raise NotFound(noun="invitation")
    invitation.used_at = work.now()
    work.session.flush()
    return invitation


def _hold(work: Work, person_id: uuid.UUID) -> tuple[Person, Subject, str]:
    person, subject = hold_person(work, person_id)
    role = require(work, permission_to_invite(work, person_id), subject)
    require_above(work, list_held(work, person_id))
    return person, subject, role


def _record(
    work: Work, act: str, person_id: uuid.UUID, subject: Subject, role: str, details: dict[str, object]
) -> None:
    journal.record(
        work,
        act,
        f"person:{person_id}",
        organisation_id=subject.organisation_id,
        role=role,
        details=details,
    )
