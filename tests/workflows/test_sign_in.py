"""Sign in, and what happens to those who guess."""

import time
import unicodedata
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from models.database import Database
from models.people import SignInFailure, User
from workflows.operations.organisations import add_organisation
from workflows.operations.people import add_person
from workflows.operations.sign_in import forget_failures, place_of, sign_in
from workflows.operations.users import add_user, block_user
from workflows.passwords import Passwords
from workflows.passwords import passwords as house_passwords
from workflows.records.attempts import LONGEST_DELAY, delay_after
from workflows.refusals import Forbidden, TooManyAttempts, WrongSignIn
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Work

PASSWORD = "четыре слова и запятая"
HOME = "203.0.113.7"


class Door:
    """Sign in as the web does: each attempt in a transaction of its own."""

    def __init__(self, sessions: sessionmaker[Session], clock: object) -> None:
        self.sessions, self.clock = sessions, clock

    def __call__(
        self, name: str, password: str, address: str = HOME, known_user_id: uuid.UUID | None = None
    ) -> object:
        return carry_out(
            self.sessions,
            SYSTEM,
            lambda work: sign_in(work, name, password, address, known_user_id=known_user_id),
            clock=self.clock,  # type: ignore[arg-type]
        )

    def fail(self, times: int, name: str = "sinitsyna", address: str = HOME) -> None:
        for _ in range(times):
            with pytest.raises(WrongSignIn):
                self(name, "wrong", address)


@pytest.fixture
def door(sessions: sessionmaker[Session], clock: object) -> Door:
    return Door(sessions, clock)


@pytest.fixture
def user(work: Work) -> uuid.UUID:
    person = add_person(work, add_organisation(work, "Школа № 7"), "Мария Синицына")
    user = add_user(work, person, "sinitsyna", PASSWORD)
    work.session.commit()
    return user


def test_the_right_password_signs_in(door: Door, user: uuid.UUID) -> None:
    assert door(" Sinitsyna ", PASSWORD).user_id == user  # type: ignore[attr-defined]


def test_letters_composed_differently_are_the_same_password(door: Door, work: Work, user: uuid.UUID) -> None:
    person = add_person(work, add_organisation(work, "Лицей"), "Андрей")
    password = "Мой ёжик йод не пил"
    add_user(work, person, "andrey", unicodedata.normalize("NFD", password))
    work.session.commit()
    assert door("andrey", unicodedata.normalize("NFC", password))


def test_a_wrong_attempt_is_remembered_although_it_is_refused(
    door: Door, work: Work, user: uuid.UUID
) -> None:
    door.fail(2)
    assert work.session.scalar(select(func.count()).select_from(SignInFailure)) == 2


def test_an_unknown_name_gets_the_same_answer(door: Door, user: uuid.UUID) -> None:
    answers = []
    for name in ("sinitsyna", "nobody"):
        with pytest.raises(WrongSignIn) as refusal:
            door(name, "wrong")
        answers.append((refusal.value.key, dict(refusal.value.values)))
    assert answers[0] == answers[1]


def test_an_unknown_name_takes_the_same_time() -> None:
    real = Passwords()
    kept = real.hash(PASSWORD)
    assert not real.is_right(None, PASSWORD)

    def seconds(kept: str | None) -> float:
        begun = time.perf_counter()
        real.is_right(kept, "wrong")
        return time.perf_counter() - begun

    known, unknown = (median(seconds(one) for _ in range(3)) for one in (kept, None))
    assert 0.4 < known / unknown < 2.5


def test_a_few_slips_cost_nothing_and_guessing_costs_more_each_time(
    door: Door, clock: object, user: uuid.UUID
) -> None:
    door.fail(3)
    waits = []
    for _ in range(4):
        with pytest.raises(TooManyAttempts) as refusal:
            door("sinitsyna", PASSWORD)
        waits.append(refusal.value.values["seconds"])
        clock.advance(seconds=waits[-1])  # type: ignore[attr-defined]
        door.fail(1)
    assert waits == [1, 2, 4, 8]
    assert delay_after(100, 3) == LONGEST_DELAY


def test_the_refusal_says_when_to_try_again_and_keeps_its_word(
    door: Door, clock: object, user: uuid.UUID
) -> None:
    door.fail(3)
    with pytest.raises(TooManyAttempts) as refusal:
        door("sinitsyna", PASSWORD)
    assert refusal.value.values["until"] == clock.at + timedelta(seconds=1)  # type: ignore[attr-defined]
    clock.advance(seconds=1)  # type: ignore[attr-defined]
    assert door("sinitsyna", PASSWORD)


def test_an_unknown_name_is_slowed_down_alike(door: Door, user: uuid.UUID) -> None:
    door.fail(3, name="nobody")
    with pytest.raises(TooManyAttempts):
        door("Nobody", "wrong")


def test_signing_in_clears_the_slips_of_the_name(door: Door, user: uuid.UUID) -> None:
    door.fail(2)
    door("sinitsyna", PASSWORD)
    door.fail(3)


def test_an_address_that_tries_many_names_is_slowed_down(door: Door, user: uuid.UUID) -> None:
    for number in range(30):
        door.fail(1, name=f"guess{number}")
    with pytest.raises(TooManyAttempts):
        door("sinitsyna", PASSWORD)
    assert door("sinitsyna", PASSWORD, "198.51.100.1")


def test_nobody_locks_another_out_of_the_browser_in_which_they_signed_in_before(
    door: Door, user: uuid.UUID
) -> None:
    door.fail(3)
    for number in range(27):
        door.fail(1, name=f"guess{number}")
    with pytest.raises(TooManyAttempts):
        door("sinitsyna", PASSWORD)
    with pytest.raises(TooManyAttempts):
        door("sinitsyna", PASSWORD, known_user_id=uuid.uuid4())
    assert door("sinitsyna", PASSWORD, known_user_id=user)


def test_whoever_guesses_in_a_known_browser_is_slowed_down_too(door: Door, user: uuid.UUID) -> None:
    for number in range(3):
        with pytest.raises(WrongSignIn):
            door("sinitsyna", "wrong", f"203.0.113.{number}", user)
    with pytest.raises(TooManyAttempts):
        door("sinitsyna", PASSWORD, "203.0.113.9", user)


def test_the_addresses_of_one_network_count_as_one(door: Door, user: uuid.UUID) -> None:
    for number in range(30):
        door.fail(1, name=f"guess{number}", address=f"2001:db8:1:2:{number:x}::1")
    with pytest.raises(TooManyAttempts):
        door("sinitsyna", PASSWORD, "2001:db8:1:2:ffff::1")
    assert door("sinitsyna", PASSWORD, "2001:db8:1:3::1")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("x" * 5000, "x" * 200),
    ],
)
def test_whatever_stands_for_an_address_is_short(address: str, place: str) -> None:
    assert place_of(address) == place


def test_old_attempts_count_no_more_and_are_forgotten(
    door: Door, clock: object, work: Work, user: uuid.UUID
) -> None:
    door.fail(3)
    clock.advance(hours=1, seconds=1)  # type: ignore[attr-defined]
    door.fail(1)
    assert forget_failures(work) == 3
    assert work.session.scalar(select(func.count()).select_from(SignInFailure)) == 1


def test_a_blocked_account_is_told_so_only_with_its_password(door: Door, work: Work, user: uuid.UUID) -> None:
    block_user(work, user)
    work.session.commit()
    with pytest.raises(WrongSignIn):
        door("sinitsyna", "wrong")
    with pytest.raises(Forbidden) as refusal:
        door("sinitsyna", PASSWORD)
    assert refusal.value.key == "user_blocked"


def test_a_hash_of_another_cost_is_renewed(door: Door, work: Work, user: uuid.UUID) -> None:
    kept = work.session.get_one(User, user)
    kept.password_hash = Passwords().hash(PASSWORD)
    work.session.commit()
    door("sinitsyna", PASSWORD)
    work.session.refresh(kept)
    assert not house_passwords.is_outdated(kept.password_hash)


def test_many_attempts_at_once_do_not_slip_through(committed_database: Database) -> None:
    sessions = committed_database.sessions

    def make(work: Work) -> uuid.UUID:
        person = add_person(work, add_organisation(work, "Школа"), "Мария Синицына")
        return add_user(work, person, "sinitsyna", PASSWORD)

    carry_out(sessions, SYSTEM, make)

    def attempt(_: int) -> type[BaseException]:
        try:
            carry_out(sessions, SYSTEM, lambda work: sign_in(work, "sinitsyna", "wrong", HOME))
        except (WrongSignIn, TooManyAttempts) as refusal:
            return type(refusal)
        raise AssertionError("a wrong password signed in")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, range(24)))
    # One that slips in between a refusal and its note is possible, a flood is not.
    assert answers.count(WrongSignIn) <= 5
