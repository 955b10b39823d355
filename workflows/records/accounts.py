"""Accounts, their passwords, and the links by which people get to them."""

import re
import uuid

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from models.account_links import AccountLink
from models.people import Person, User
from workflows.passwords import complaints, normalise_name, passwords
from workflows.refusals import Complaint, Conflict, Invalid
from workflows.work import Work

_NAME = re.compile(r"[\w.@+-]{3,64}")


def open_account(
    work: Work, person: Person, sign_in_name: str, password: str, *, must_change: bool = False
) -> User:
    """Open an account for a person, whose row the caller holds."""
    name = normalise_name(sign_in_name)
    _refuse_if_wrong(name, password)
    if find_account(work, person.id):
        raise Conflict("has_account_already", person=person.full_name)
    user = User(
        id=uuid.uuid4(),
        person_id=person.id,
        sign_in_name=name,
        password_hash=passwords.hash(password),
        must_change_password=must_change,
    )
    try:
        with work.session.begin_nested():
            work.session.add(user)
    except IntegrityError as taken:
        raise Invalid({"sign_in_name": [Complaint("sign_in_name_taken", name=name)]}) from taken
    return user


def give_password(work: Work, user: User, password: str, *, must_change: bool = False) -> None:
    """Give an account another password; all its sessions and links end."""
    if wrong := complaints(password, user.sign_in_name):
        raise Invalid({"password": wrong})
    user.password_hash = passwords.hash(password)
    user.session_generation += 1
    user.must_change_password = must_change
    withdraw_links(work, user.person_id)
    work.session.flush()


def find_account(work: Work, person_id: uuid.UUID) -> User | None:
    """Find the account of a person."""
    return work.session.scalar(select(User).where(User.person_id == person_id))


def withdraw_links(work: Work, person_id: uuid.UUID) -> int:
    """Take back the link that stands for a person; return how many did."""
    standing = update(AccountLink).where(
        AccountLink.person_id == person_id, AccountLink.used_at.is_(None), AccountLink.withdrawn_at.is_(None)
    )
    return len(work.session.scalars(standing.values(withdrawn_at=work.now()).returning(AccountLink.id)).all())


def _refuse_if_wrong(name: str, password: str) -> None:
    problems: dict[str, list[Complaint]] = {}
    if not _NAME.fullmatch(name):
        problems["sign_in_name"] = [Complaint("sign_in_name_wrong")]
    if wrong := complaints(password, name):
        problems["password"] = wrong
    if problems:
        raise Invalid(problems)
