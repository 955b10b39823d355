"""Sign in, and slow down whoever guesses.

Attempts are counted for the name that was typed, whether it exists or not, and for the address they
came from. An unknown name gets the same answer after the same time as a wrong password.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select

from models.people import Person, SignInFailure, User
from workflows import journal
from workflows.passwords import normalise_name, passwords
from workflows.refusals import Forbidden, TooManyAttempts, WrongSignIn
from workflows.work import Actor, Work

COUNTED_FOR = timedelta(hours=1)
LONGEST_DELAY = timedelta(minutes=5)
FREE_FOR_NAME, FREE_FOR_ADDRESS = 3, 30

_LONGEST_KEPT = 200


@dataclass(frozen=True)
class SignedIn:
    """Who signed in, and which generation of sessions this one belongs to."""

    user_id: uuid.UUID
    person_id: uuid.UUID
    session_generation: int
    language: str


def sign_in(work: Work, sign_in_name: str, password: str, address: str) -> SignedIn:
    """Check a name and a password; refuse, and say until when, if too many were wrong before."""
    name = normalise_name(sign_in_name)[:_LONGEST_KEPT]
    _refuse_if_simultaneous(work, name)
    _refuse_if_too_many(work, SignInFailure.sign_in_name == name, FREE_FOR_NAME)
    _refuse_if_too_many(work, SignInFailure.address == address, FREE_FOR_ADDRESS)
    user = work.session.scalar(select(User).where(User.sign_in_name == name))
    if not passwords.is_right(user.password_hash if user else None, password) or user is None:
        note_failure(work, name, address)
        raise WrongSignIn(name=name, address=address)
    if user.is_blocked:
        raise Forbidden("user_blocked")
    return _let_in(work, user, password)


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


def delay_after(failures: int, free: int) -> timedelta:
    """Return how long the next attempt has to wait after so many wrong ones."""
    if failures < free:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - free, 20)), LONGEST_DELAY)


def _refuse_if_simultaneous(work: Work, name: str) -> None:
    """Let one attempt at a time through for a name, so that many at once are not all counted late."""
    lock = func.pg_try_advisory_xact_lock(func.hashtextextended(f"sign-in {name}", 0))
    if not work.session.scalar(select(lock)):
        raise TooManyAttempts(until=work.now() + timedelta(seconds=1), seconds=1)


def _refuse_if_too_many(work: Work, which: ColumnElement[bool], free: int) -> None:
    now = work.now()
    counted = select(func.count(), func.max(SignInFailure.failed_at)).where(
        which, SignInFailure.failed_at > now - COUNTED_FOR
    )
    failures, last = work.session.execute(counted).one()
    until: datetime = (last or now) + delay_after(failures, free)
    if failures and until > now:
        raise TooManyAttempts(until=until, seconds=max(1, round((until - now).total_seconds())))


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
