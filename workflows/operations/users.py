"""Operations on accounts: add one, set its password, block it, end its sessions."""

import uuid
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from models.people import EndedSession, SignInFailure, User
from workflows import journal
from workflows.access import Permission, Subject, require, require_above
from workflows.passwords import passwords
from workflows.queries.people import hold_person, list_held
from workflows.records import accounts
from workflows.records.attempts import refuse_if_simultaneous, refuse_if_too_many
from workflows.refusals import Complaint, Conflict, Invalid, NotFound, WrongGuess
from workflows.work import Work

FREE_FOR_OWN = 5
"""How often somebody signed in may mistype the present password before each try has to wait."""
SESSIONS_KEPT = timedelta(days=40)
"""For longer than any cookie lives."""


def add_user(
    work: Work, person_id: uuid.UUID, sign_in_name: str, password: str, *, must_change: bool = False
) -> uuid.UUID:
    """Give a person an account; a password that somebody else knows has to be changed at once."""
    person, subject = hold_person(work, person_id)
    role = require(work, Permission.USER_ADD, subject)
    require_above(work, list_held(work, person_id))
    user = accounts.open_account(work, person, sign_in_name, password, must_change=must_change)
    accounts.withdraw_links(work, person_id)
    _record(work, "user.added", user, subject, role, {"sign_in_name": user.sign_in_name})
    return user.id


def set_password(
    work: Work,
    user_id: uuid.UUID,
    password: str,
    *,
    current: str | None = None,
    must_change: bool = False,
) -> None:
    """Set the password of an account and end all its sessions; one's own is needed to change one's own."""
    user, subject, role = _get_user(work, user_id)
    if subject.person_id == work.actor.person_id:
        _refuse_if_not_own(work, user, current or "")
        if password == current:
            raise Invalid({"password": [Complaint("password_same_as_before")]})
    accounts.give_password(work, user, password, must_change=must_change)
    _record(work, "user.password_set", user, subject, role, {})


def end_sessions(work: Work, user_id: uuid.UUID) -> None:
    """Sign an account out everywhere."""
    user, subject, role = _get_user(work, user_id)
    user.session_generation += 1
    work.session.flush()
    _record(work, "user.sessions_ended", user, subject, role, {})


def end_session(work: Work, user_id: uuid.UUID, session_id: uuid.UUID) -> None:
    """End one session, so that a copy of its cookie opens nothing any more."""
    user, subject, role = _get_user(work, user_id)
    ended = insert(EndedSession).values(id=session_id, ended_at=work.now())
    work.session.execute(ended.on_conflict_do_nothing())
    _record(work, "user.signed_out", user, subject, role, {})


def forget_sessions(work: Work) -> int:
    """Forget the ended sessions whose cookies are too old for any browser; return how many there were."""
    old = delete(EndedSession).where(EndedSession.ended_at < work.now() - SESSIONS_KEPT)
    return len(work.session.scalars(old.returning(EndedSession.id)).all())


def block_user(work: Work, user_id: uuid.UUID) -> None:
    """Let an account sign in no more, and end its sessions."""
    user, subject, role = _get_user(work, user_id)
    if subject.person_id == work.actor.person_id:
        raise Conflict("cannot_block_oneself")
    if not user.is_blocked:
        user.is_blocked = True
        user.session_generation += 1
        accounts.withdraw_links(work, user.person_id)
        work.session.flush()
        _record(work, "user.blocked", user, subject, role, {})


def unblock_user(work: Work, user_id: uuid.UUID) -> None:
    """Let a blocked account sign in again."""
    user, subject, role = _get_user(work, user_id)
    if user.is_blocked:
        user.is_blocked = False
        work.session.flush()
        _record(work, "user.unblocked", user, subject, role, {})


def _refuse_if_not_own(work: Work, user: User, current: str) -> None:
    """Refuse a wrong present password, so that an open browser alone gives nobody the account."""
    name = f"own password {user.id}"
    refuse_if_simultaneous(work, name)
    refuse_if_too_many(work, SignInFailure.sign_in_name == name, FREE_FOR_OWN)
    if not passwords.is_right(user.password_hash, current):
        raise WrongGuess({"current": [Complaint("wrong_password")]}, name=name)


def _get_user(work: Work, user_id: uuid.UUID) -> tuple[User, Subject, str]:
    person_id = work.session.scalar(select(User.person_id).where(User.id == user_id))
    if person_id is None:
        raise NotFound(noun="user")
    # The person first, as everywhere: in another order two acts could wait for each other.
    _, subject = hold_person(work, person_id)
    user = work.session.get_one(User, user_id, with_for_update=True, populate_existing=True)
    role = require(work, Permission.USER_CHANGE, subject)
    if subject.person_id != work.actor.person_id:
        require_above(work, list_held(work, user.person_id))
    return user, subject, role


def _record(
    work: Work, act: str, user: User, subject: Subject, role: str, details: dict[str, object]
) -> None:
    journal.record(
        work, act, f"user:{user.id}", organisation_id=subject.organisation_id, role=role, details=details
    )
