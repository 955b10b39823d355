"""Wrong attempts at what must not be guessed, and how long the next one has to wait."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from models.people import SignInFailure
from workflows.refusals import TooManyAttempts
from workflows.work import Work

COUNTED_FOR = timedelta(hours=1)
LONGEST_DELAY = timedelta(minutes=5)


def delay_after(failures: int, free: int) -> timedelta:
    """Return how long the next attempt has to wait after so many wrong ones."""
    if failures < free:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - free, 20)), LONGEST_DELAY)


def refuse_if_too_many(work: Work, which: ColumnElement[bool], free: int) -> None:
    """Refuse the next attempt until it has waited long enough."""
    now = work.now()
    counted = select(func.count(), func.max(SignInFailure.failed_at)).where(
        which, SignInFailure.failed_at > now - COUNTED_FOR
    )
    failures, last = work.session.execute(counted).one()
    until: datetime = (last or now) + delay_after(failures, free)
    if failures and until > now:
        raise TooManyAttempts(until=until, seconds=max(1, round((until - now).total_seconds())))


def refuse_if_simultaneous(work: Work, name: str) -> None:
    """Let one attempt at a time through for a name, so that many at once are not all counted late."""
    lock = func.pg_try_advisory_xact_lock(func.hashtextextended(f"sign-in {name}", 0))
    if not work.session.scalar(select(lock)):
        raise TooManyAttempts(until=work.now() + timedelta(seconds=1), seconds=1)
