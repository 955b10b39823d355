"""Operations on letters: take one to send it, note how that went, look at one, forget old ones."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from models.letters import Letter
from models.people import Person, User
from workflows import journal
from workflows.access import Permission, Subject, require
from workflows.queries.letters import get_letter
from workflows.work import Work

HELD_FOR_SENDING = timedelta(minutes=15)
"""So long a letter is nobody else's: longer than a mail server can keep us waiting."""
LONGEST_PAUSE = timedelta(hours=1)
OF_USE_FOR = timedelta(days=3)
KEPT_FOR = timedelta(days=60)
OVERTAKEN, UNREACHED, TOO_OLD = "overtaken", "unreached", "too_old"
"""Why we ourselves gave a letter up: there is nothing left to say, nobody to say it to, or it is too late."""


@dataclass(frozen=True)
class Said:
    """A letter in words, in both forms."""

    subject: str
    plain: str
    html: str
    off_address: str


Words = Callable[[Work, Letter], Said | None]
"""Puts a letter into words; none if by now there is nothing to say."""


@dataclass(frozen=True)
class Claim:
    """A letter that has been taken to be sent, in this attempt and no other."""

    id: uuid.UUID
    attempt: int
    to: str
    said: Said
    asked_at: datetime


def claim_letter(work: Work, put_into_words: Words) -> Claim | None:
    """Take the next letter that waits, so that nobody else sends it; None if none waits."""
    while letter := _next(work):
        require(work, Permission.LETTER_SEND, Subject(letter.organisation_id, ""))
        letter.attempts += 1
        letter.next_at = work.now() + HELD_FOR_SENDING
        address = _address_of(work, letter.person_id)
        said = put_into_words(work, letter) if address else None
        if address is not None and said is not None:
            letter.address, letter.subject, letter.body = address, said.subject, said.plain
            work.session.flush()
            return Claim(letter.id, letter.attempts, address, said, letter.asked_at)
        _give_up(work, letter, OVERTAKEN if address else UNREACHED)
    return None


def note_sent(work: Work, claim: Claim) -> None:
    """Note that a letter has been handed over."""
    if letter := _claimed(work, claim):
        letter.sent_at, letter.next_at, letter.failure = work.now(), None, ""
        work.session.flush()


def note_failed(work: Work, claim: Claim, reason: str, *, is_final: bool) -> None:
    """Note that a letter was not taken: for good, or to be tried again after a pause that grows."""
    letter = _claimed(work, claim)
    if letter is None:
        return
    if is_final:
        _give_up(work, letter, reason)
        return
    pause = timedelta(minutes=2 ** min(letter.attempts - 1, 10))
    letter.next_at, letter.failure = work.now() + min(pause, LONGEST_PAUSE), reason
    work.session.flush()


def give_up_old_letters(work: Work) -> int:
    """Give up what has waited for so long that nobody has any use for it."""
    too_old = update(Letter).where(Letter.next_at.is_not(None), Letter.asked_at < work.now() - OF_USE_FOR)
    given_up = too_old.values(next_at=None, given_up_at=work.now(), failure=TOO_OLD).returning(Letter.id)
    return len(work.session.execute(given_up).all())


def forget_letters(work: Work) -> int:
    """Forget the letters of long ago; return how many there were."""
    gone = delete(Letter).where(Letter.asked_at < work.now() - KEPT_FOR).returning(Letter.id)
    return len(work.session.execute(gone).all())


def note_reading(work: Work, letter_id: uuid.UUID) -> None:
    """Write into the journal that the actor has read somebody else's letter."""
    letter, subject = get_letter(work, letter_id)
    role = require(work, Permission.LETTER_READ, subject)
    journal.record(
        work,
        "letter.read",
        f"letter:{letter.id}",
        organisation_id=letter.organisation_id,
        role=role,
        details={"to": letter.person_id, "kind": letter.kind.value},
    )


def _next(work: Work) -> Letter | None:
    waiting = select(Letter).where(Letter.next_at <= work.now()).order_by(Letter.next_at, Letter.id)
    return work.session.scalars(waiting.limit(1).with_for_update(skip_locked=True)).first()


def _claimed(work: Work, claim: Claim) -> Letter | None:
    """Hold the letter of a claim, unless the claim has run out and another has taken it up."""
    letter = work.session.get(Letter, claim.id, with_for_update=True, populate_existing=True)
    if letter is None or letter.attempts != claim.attempt or letter.next_at is None:
        return None
    require(work, Permission.LETTER_SEND, Subject(letter.organisation_id, ""))
    return letter


def _address_of(work: Work, person_id: uuid.UUID) -> str | None:
    wanted = select(Person.email).join(User, User.person_id == Person.id)
    return work.session.scalar(wanted.where(Person.id == person_id, ~User.is_blocked))


def _give_up(work: Work, letter: Letter, reason: str) -> None:
    letter.given_up_at, letter.next_at, letter.failure = work.now(), None, reason
    work.session.flush()
