"""Letters leave the house once, by a real mail server, and wait for one that is down."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from models.database import Database
from models.letters import Letter, LetterKind, Way
from models.people import Person
from tests.mail_servers import AUTHORITY, Letterbox, mail_server, settings
from workflows.jobs import Jobs, make_app
from workflows.mailing import Mailing
from workflows.operations.assignments import assign_task
from workflows.operations.cases import start_case
from workflows.operations.letters import (
    OVERTAKEN,
    TOO_OLD,
    UNREACHED,
    Said,
    claim_letter,
    forget_letters,
    note_sent,
)
from workflows.operations.notifications import choose_notifications
from workflows.operations.people import change_person
from workflows.operations.remarks import comment_task
from workflows.operations.tasks import complete_task
from workflows.operations.users import add_user
from workflows.post import SmtpPost
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Work

MENTOR, CURATOR = "mentor@school.example", "curator@school.example"


def say(_work: Work, letter: Letter) -> Said | None:
    return Said(
        f"О чём: {letter.kind.value}", "Откройте Tandem", "<p>Откройте Tandem</p>", "https://off.example"
    )


@pytest.fixture
def act(committed_database: Database, clock) -> Callable:
    return lambda do, actor=SYSTEM: carry_out(committed_database.sessions, actor, do, clock=clock)


@pytest.fixture
def reached(act, town) -> None:
    """The mentor and the curator have an account and an address; the mentee has neither."""
    for who, address in ((town.mentor, MENTOR), (town.curator, CURATOR)):
        act(partial(_reach, actor=who, address=address))


def _reach(work: Work, *, actor, address: str) -> None:
    add_user(work, actor.person_id, address.partition("@")[0], "кукушка кукует в лесу")
    change_person(work, actor.person_id, full_name=actor.name, email=address, language="ru")


@pytest.fixture
def wants_at_once(act, town, reached) -> None:
    at_once = {LetterKind.TASK_NEW: Way.AT_ONCE}
    act(lambda work: choose_notifications(work, at_once), town.mentor)


@pytest.fixture
def task_id(act, town, wants_at_once):
    """A pair has begun: its first task is the mentor's."""
    people = {"mentor": [town.mentor.person_id], "curator": [town.curator.person_id]}
    people["mentee"] = [town.mentee.person_id]
    return act(partial(begin, town=town, people=people), town.curator).opened[0]


def begin(work: Work, *, town: SimpleNamespace, people):
    """Begin a pair of these people."""
    return start_case(work, town.school.id, "pair", "Пара", participants=people)


@pytest.fixture
def box() -> Letterbox:
    return Letterbox()


@pytest.fixture
def mailing(committed_database, clock) -> Callable[..., Mailing]:
    act = Jobs(committed_database, clock).act
    return lambda chosen, words=say: Mailing(act, SmtpPost(chosen, patience=5), words)


@pytest.fixture
def letters(committed_database) -> Iterator[Callable[[], list[Letter]]]:
    def read() -> list[Letter]:
        with committed_database.sessions() as session:
            return list(session.scalars(select(Letter).order_by(Letter.asked_at, Letter.id)))

    return read


def test_a_new_task_is_told_by_a_letter_to_whoever_wants_it_at_once(task_id, mailing, box, letters) -> None:
    with mail_server(box) as server:
        assert mailing(server).send_letters() == 1
        assert mailing(server).send_letters() == 0
    (letter,) = box.letters
    assert (letter["To"], letter["From"]) == (MENTOR, "Tandem <tandem@school.example>")
    assert letter["Subject"] == "О чём: task_new"
    assert letter["List-Unsubscribe"] == "<https://off.example>"
    assert letter.get_body(("plain",)).get_content().strip() == "Откройте Tandem"
    (kept,) = letters()
    assert kept.about == {"task": str(task_id)}
    assert (kept.attempts, kept.next_at, kept.body) == (1, None, "Откройте Tandem")
    assert kept.sent_at is not None
    assert letter["Message-ID"] == f"<{kept.id}@school.example>"


def test_a_long_subject_arrives_as_it_was_written(task_id, mailing, box) -> None:
    subject = (
        "Просрочено: выяснить, что с парой, и рассказать родителям, педагогам и наставнику, как быть дальше"
    )
    with mail_server(box) as server:
        mailing(server, lambda *_one: Said(subject, "Да", "<p>Да</p>", "https://off.example")).send_letters()
    assert box.letters[0]["Subject"] == subject


def test_encrypted_and_with_a_password(task_id, mailing, box, monkeypatch, letters, tmp_path) -> None:
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with mail_server(box, is_strict=True) as server:
        assert mailing(replace(server, password="a crow")).send_letters() == 0
        assert "535" in letters()[0].failure
        assert not box.letters
        with_time(letters, mailing(server))
    assert box.were_encrypted == [True]


def with_time(letters, sending: Mailing) -> None:
    """Send once what waits after a failure has waited for long enough."""
    sending._act(
        lambda work: [setattr(one, "next_at", work.now()) for one in work.session.scalars(select(Letter))]
    )
    assert sending.send_letters() == 1


def test_a_certificate_that_nobody_vouches_for_is_not_believed(task_id, mailing, box, letters) -> None:
    with mail_server(box, is_strict=True) as server:
        assert mailing(server).send_letters() == 0
    assert "certificate" in letters()[0].failure
    assert not box.letters


def test_where_encryption_was_asked_for_nothing_goes_without_it(task_id, mailing, box, letters) -> None:
    with mail_server(box) as server:
        strict = replace(settings(server.port, is_strict=True), user="", password="")
        assert mailing(strict).send_letters() == 0
    assert not box.letters
    assert letters()[0].sent_at is None


def test_an_address_that_is_refused_for_good_is_given_up(task_id, mailing, box, letters, clock) -> None:
    box.answers[MENTOR] = "550 nobody of this name"
    with mail_server(box) as server:
        mailing(server).send_letters()
        clock.advance(days=1)
        assert mailing(server).send_letters() == 0
    (kept,) = letters()
    assert (kept.attempts, kept.sent_at, kept.next_at) == (1, None, None)
    assert kept.given_up_at is not None
    assert kept.failure == "550 nobody of this name"


def test_whoever_is_only_busy_is_asked_again_after_pauses_that_grow(
    task_id, mailing, box, letters, clock
) -> None:
    box.answers[MENTOR] = "451 try again later"
    pauses = []
    with mail_server(box) as server:
        for _ in range(4):
            mailing(server).send_letters()
            pauses.append((letters()[0].next_at - clock()).total_seconds() / 60)
            assert mailing(server).send_letters() == 0
            clock.at = letters()[0].next_at
        box.answers.clear()
        assert mailing(server).send_letters() == 1
    assert pauses == [1, 2, 4, 8]
    assert box.to == [MENTOR]


def test_a_server_that_was_down_gets_the_letters_when_it_is_up(
    task_id, mailing, box, letters, clock, act, town
) -> None:
    act(lambda work: comment_task(work, task_id, "Как успехи?"), town.curator)
    with mail_server(box) as server:
        port = server.port
    assert mailing(settings(port)).send_letters() == 0
    assert sorted(one.attempts for one in letters()) == [0, 1]
    clock.advance(minutes=2)
    with mail_server(box, port=port) as server:
        assert mailing(server).send_letters() == 2
    assert box.to == [MENTOR, MENTOR]


def test_two_workers_never_send_the_same_letter(mailing, box, act, town, task_id) -> None:
    for number in range(12):
        act(lambda work, number=number: comment_task(work, task_id, f"Запись {number}"), town.curator)
    with mail_server(box) as server:
        start = threading.Barrier(3)

        def send() -> None:
            start.wait()
            mailing(server).send_letters()

        workers = [threading.Thread(target=send) for _ in range(3)]
        for one in workers:
            one.start()
        for one in workers:
            one.join()
    ids = [letter["Message-ID"] for letter in box.letters]
    assert len(ids) == len(set(ids)) == 13


def test_a_letter_of_a_worker_that_died_is_sent_by_another_under_the_same_id(
    task_id, mailing, box, act, clock, letters
) -> None:
    lost = act(lambda work: claim_letter(work, say))
    with mail_server(box) as server:
        assert mailing(server).send_letters() == 0
        clock.advance(minutes=16)
        assert mailing(server).send_letters() == 1
    assert box.letters[0]["Message-ID"] == f"<{lost.id}@school.example>"
    before = letters()[0].sent_at
    clock.advance(minutes=1)
    act(lambda work: note_sent(work, lost))
    assert letters()[0].sent_at == before, "what the dead one would have noted counts no more"


def test_what_was_overtaken_is_not_sent(task_id, mailing, box, letters) -> None:
    with mail_server(box) as server:
        assert mailing(server, lambda _work, _letter: None).send_letters() == 0
    assert (letters()[0].failure, letters()[0].sent_at) == (OVERTAKEN, None)


def test_whoever_has_no_address_any_more_is_not_written_to(task_id, mailing, box, letters, act, town) -> None:
    act(lambda work: setattr(work.session.get_one(Person, town.mentor.person_id), "email", None))
    with mail_server(box) as server:
        assert mailing(server).send_letters() == 0
    assert letters()[0].failure == UNREACHED


def test_what_has_waited_for_days_is_of_no_use(task_id, mailing, box, letters, clock, act) -> None:
    clock.advance(days=4)
    with mail_server(box) as server:
        assert mailing(server).send_letters() == 0
    assert letters()[0].failure == TOO_OLD
    clock.advance(days=60)
    assert act(forget_letters) == 1
    assert letters() == []


def test_nobody_is_told_of_what_they_do_themselves(act, town, reached, letters) -> None:
    act(lambda work: choose_notifications(work, {LetterKind.TASK_NEW: Way.AT_ONCE}), town.mentor)
    people = {"mentor": [town.mentor.person_id], "curator": [town.curator.person_id]}
    opened = act(partial(begin, town=town, people=people), town.curator).opened[0]
    answers = {"topic": "Знакомство", "is_last": False}
    act(lambda work: complete_task(work, opened, answers), town.mentor)
    assert [one.about["task"] for one in letters()] == [str(opened)]


def test_an_act_that_is_undone_leaves_no_letter(
    act, town, task_id, letters, committed_database, clock
) -> None:
    before = len(letters())
    with committed_database.sessions() as session:
        comment_task(Work(session, town.curator, clock), task_id, "Передумаю")
        session.rollback()
    assert len(letters()) == before


def test_a_task_that_a_colleague_gives_is_told_at_once(act, town, task_id, letters) -> None:
    act(partial(_reach, actor=town.second_mentor, address="second@school.example"))
    act(lambda work: add_second(work, town, task_id), SYSTEM)
    given = [one.address for one in letters() if one.kind is LetterKind.TASK_GIVEN]
    assert given == ["second@school.example"]


def add_second(work: Work, town: SimpleNamespace, task_id) -> None:
    from models.tasks import Task
    from workflows.records.participants import replace as put_in_place

    case_id = work.session.get_one(Task, task_id).case_id
    put_in_place(work, case_id, "mentor", town.mentor.person_id, town.second_mentor.person_id)
    assign_task(work, task_id, town.second_mentor.person_id)


def test_two_workers_write_the_daily_letters_once(committed_database, task_id, clock, letters) -> None:
    clock.at = clock().replace(hour=5) + timedelta(days=3)
    start, written = threading.Barrier(2), []

    def write() -> None:
        start.wait()
        written.append(Jobs(committed_database, clock).write_digests())

    workers = [threading.Thread(target=write) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(written) == [0, 1]
    assert Jobs(committed_database, clock).write_digests() == 0, "nor after a worker was started anew"
    digests = [one.address for one in letters() if one.kind is LetterKind.DIGEST]
    assert digests == [MENTOR]


def test_the_worker_knows_the_jobs_of_mail(committed_database) -> None:
    known = set(make_app(committed_database).tasks)
    assert {"write_digests", "remind", "forget_letters"} <= known
    assert "send_letters" not in known, "without a mail server letters wait"
    way_out = (SmtpPost(settings(1)), say)
    assert "send_letters" in make_app(committed_database, way_out=way_out).tasks
