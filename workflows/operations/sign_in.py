"""Sign in, and slow down whoever guesses.

Attempts are counted for the name that was typed, whether it exists or not, and for the address they
came from. An unknown name gets the same answer after the same time as a wrong password. Attempts from
a browser in which this account signed in before are counted apart from all others, so that nobody can
lock others out by guessing at their names.
"""

import uuid
from dataclasses import dataclass
from ipaddress import IPv6Network, ip_address

from sqlalchemy import delete, select

from models.people import Person, SignInFailure, User
from workflows import journal
from workflows.passwords import normalise_name, passwords
from workflows.records.attempts import COUNTED_FOR, refuse_if_simultaneous, refuse_if_too_many
from workflows.refusals import Forbidden, WrongSignIn
from workflows.work import Actor, Work

FREE_FOR_NAME, FREE_FOR_ADDRESS = 3, 30

KNOWN_BROWSER = "known browser"
"""Stands for the address of whoever has signed in to the account from the same browser before."""

_LONGEST_KEPT = 200


@dataclass(frozen=True)
class SignedIn:
    """Who signed in, and which generation of sessions this one belongs to."""

    user_id: uuid.UUID
    person_id: uuid.UUID
    session_generation: int
    language: str


def sign_in(
    work: Work, sign_in_name: str, password: str, address: str, *, known_user_id: uuid.UUID | None = None
) -> SignedIn:
    """Check a name and a password; refuse, and say until when, if too many were wrong before.

    `known_user_id` is the account that signed in last from the same browser, if that can be proved.
    """
    name = normalise_name(sign_in_name)[:_LONGEST_KEPT]
    user = work.session.scalar(select(User).where(User.sign_in_name == name))
    is_known = user is not None and user.id == known_user_id
    address = KNOWN_BROWSER if is_known else place_of(address)
    refuse_if_simultaneous(work, f"{name} {is_known}")
    named, from_there = SignInFailure.sign_in_name == name, SignInFailure.address == address
    refuse_if_too_many(work, named & from_there if is_known else named, FREE_FOR_NAME)
    if not is_known:
        refuse_if_too_many(work, from_there, FREE_FOR_ADDRESS)
    is_right = passwords.is_right(user.password_hash if user else None, password)
    if not is_right or user is None or _has_new_password(work, user):
        note_failure(work, name, address)
        raise WrongSignIn(name=name, address=address)
    if user.is_blocked:
        raise Forbidden("user_blocked")
    return _let_in(work, user, password)


def _has_new_password(work: Work, user: User) -> bool:
    """Look at an account once more and hold it, so that nobody closes it while its session begins."""
    checked = user.password_hash
    work.session.refresh(user, with_for_update={"key_share": True})
    return user.password_hash != checked


def place_of(address: str) -> str:
    """Return what stands for an address: who has one of IPv6 has the whole network around it."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:_LONGEST_KEPT]
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((int(found), 64), strict=False))


def note_failure(work: Work, sign_in_name: str, address: str) -> None:
    """Remember a wrong attempt."""
    work.session.add(SignInFailure(sign_in_name=sign_in_name, address=address, failed_at=work.now()))
    work.session.flush()


def forget_failures(work: Work) -> int:
    """Forget the wrong attempts that count no more; return how many there were."""
    forgotten = work.session.execute(
        delete(SignInFailure)
        .where(SignInFailure.failed_at < work.now() - COUNTED_FOR)
        .returning(SignInFailure.id)
    )
    return len(forgotten.all())


def _let_in(work: Work, user: User, password: str) -> SignedIn:
    work.session.execute(delete(SignInFailure).where(SignInFailure.sign_in_name == user.sign_in_name))
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.hash(password)
    person = work.session.get_one(Person, user.person_id)
    signed_in = Work(work.session, Actor(person.id, person.full_name, person.language), work.clock)
    journal.record(
        signed_in,
        "user.signed_in",
        f"user:{user.id}",
        organisation_id=person.organisation_id,
        role="self",
    )
    return SignedIn(user.id, person.id, user.session_generation, person.language)
