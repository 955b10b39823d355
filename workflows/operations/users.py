"""Operations on accounts: add one, set its password, block it."""

import re
import uuid

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models.people import User
from workflows import journal
from workflows.access import Permission, Subject, require, require_above
from workflows.passwords import complaints, normalise_name, passwords
from workflows.queries.people import hold_person, list_held
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

_NAME = re.compile(r"[\w.@+-]{3,64}")


def add_user(work: Work, person_id: uuid.UUID, sign_in_name: str, password: str) -> uuid.UUID:
    """Give a person an account."""
    person, subject = hold_person(work, person_id)
    role = require(work, Permission.USER_ADD, subject)
    require_above(work, list_held(work, person_id))
    name = normalise_name(sign_in_name)
    _refuse_if_wrong(name, password)
    user = User(
        id=uuid.uuid4(), person_id=person_id, sign_in_name=name, password_hash=passwords.hash(password)
    )
    if work.session.scalar(select(User.id).where(User.person_id == person_id)):
        raise Conflict("has_account_already", person=person.full_name)
    try:
        with work.session.begin_nested():
            work.session.add(user)
    except IntegrityError as taken:
        raise Invalid({"sign_in_name": [Complaint("sign_in_name_taken", name=name)]}) from taken
    _record(work, "user.added", user, subject, role, {"sign_in_name": name})
    return user.id


def set_password(work: Work, user_id: uuid.UUID, password: str, *, current: str | None = None) -> None:
    """Set the password of an account and end all its sessions; one's own is needed to change one's own."""
    user, subject, role = _get_user(work, user_id)
    if subject.person_id == work.actor.person_id and not passwords.is_right(
        user.password_hash, current or ""
    ):
        raise Invalid({"current": [Complaint("wrong_password")]})
    if wrong := complaints(password, user.sign_in_name):
        raise Invalid({"password": wrong})
    user.password_hash = passwords.hash(password)
    user.session_generation += 1
    work.session.flush()
    _record(work, "user.password_set", user, subject, role, {})


def end_sessions(work: Work, user_id: uuid.UUID) -> None:
    """Sign an account out everywhere."""
    user, subject, role = _get_user(work, user_id)
    user.session_generation += 1
    work.session.flush()
    _record(work, "user.sessions_ended", user, subject, role, {})


def block_user(work: Work, user_id: uuid.UUID) -> None:
    """Let an account sign in no more, and end its sessions."""
    user, subject, role = _get_user(work, user_id)
    if subject.person_id == work.actor.person_id:
        raise Conflict("cannot_block_oneself")
    if not user.is_blocked:
        user.is_blocked = True
        user.session_generation += 1
        work.session.flush()
        _record(work, "user.blocked", user, subject, role, {})


def unblock_user(work: Work, user_id: uuid.UUID) -> None:
    """Let a blocked account sign in again."""
    user, subject, role = _get_user(work, user_id)
    if user.is_blocked:
        user.is_blocked = False
        work.session.flush()
        _record(work, "user.unblocked", user, subject, role, {})


def _get_user(work: Work, user_id: uuid.UUID) -> tuple[User, Subject, str]:
    user = work.session.get(User, user_id, with_for_update=True, populate_existing=True)
    if user is None:
        raise NotFound(noun="user")
    _, subject = hold_person(work, user.person_id)
    role = require(work, Permission.USER_CHANGE, subject)
    if subject.person_id != work.actor.person_id:
        require_above(work, list_held(work, user.person_id))
    return user, subject, role


def _refuse_if_wrong(name: str, password: str) -> None:
    problems: dict[str, list[Complaint]] = {}
    if not _NAME.fullmatch(name):
        problems["sign_in_name"] = [Complaint("sign_in_name_wrong")]
    if wrong := complaints(password, name):
        problems["password"] = wrong
    if problems:
        raise Invalid(problems)


def _record(
    work: Work, act: str, user: User, subject: Subject, role: str, details: dict[str, object]
) -> None:
    journal.record(
        work, act, f"user:{user.id}", organisation_id=subject.organisation_id, role=role, details=details
    )
