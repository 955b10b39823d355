"""What people are told by letter: the daily letter, reminders, what each has chosen; who may read letters."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.journal import JournalEntry
from models.letters import Letter, LetterKind, Way
from models.notices import Notice
from models.people import Person, User
from models.tasks import Task, TaskStatus
from tests.conftest import Clock
from tests.mail_servers import ADDRESS, Letterbox, mail_server
from tests.webapp.readers import parsed
from webapp.letters import Writer
from workflows.mailing import Mailing
from workflows.operations.letters import claim_letter
from workflows.operations.notifications import choose_notifications
from workflows.operations.remarks import comment_task
from workflows.operations.reminders import remind_of_meetings, remind_of_overdue, write_digests
from workflows.operations.tasks import complete_task
from workflows.post import SmtpPost
from workflows.queries.digests import list_mornings
from workflows.transaction import carry_out
from workflows.work import SYSTEM

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def clock(college):
    """The next morning at half past seven."""
    clock = Clock()
    clock.at = datetime(2026, 9, 2, 7, 30, tzinfo=MOSCOW)
    assert clock.at > college.at
    return clock


@pytest.fixture
def choose(as_, work):
    def choose(actor, kind, way):
        choose_notifications(as_(actor), {kind: way})
        work.session.commit()

    return choose


@pytest.fixture
def say(app):
    return Writer(app, ADDRESS)


@pytest.fixture
def letters(work):
    def read(kind=None):
        wanted = select(Letter, Person.full_name).join(Person).where(Letter.way == Way.AT_ONCE)
        found = work.session.execute(wanted.order_by(Person.full_name)).all()
        return {name: letter for letter, name in found if kind in (None, letter.kind)}

    return read


def open_task(work, actor):
    mine = select(Task).where(Task.assignee_id == actor.person_id, Task.status == TaskStatus.OPEN)
    return work.session.scalars(mine.order_by(Task.due_at)).first()


def test_the_daily_letter_says_what_to_do_and_names_nobody(college, work, say, letters) -> None:
    write_digests(work, college.id)
    written = letters(LetterKind.DIGEST)
    assert set(written) == {college.mentor.name, college.mentee.name}, "nobody gets an empty one"
    said = say(work, written[college.mentor.name])
    assert said.subject == "Ваш день в Tandem: 2 сентября"
    task = open_task(work, college.mentor)
    assert f"{ADDRESS}tasks/{task.id}" in said.plain
    assert "Новые задачи\n– " in said.plain
    assert f"{ADDRESS}me/notifications" in said.plain
    for text in (said.plain, said.html):
        assert not any(word in text for one in (college.mentor, college.mentee) for word in one.name.split())


def test_it_is_written_once_a_day_whoever_asks_again(college, work, clock, letters) -> None:
    assert college.id in list_mornings(work)
    assert write_digests(work, college.id) == 2
    assert college.id not in list_mornings(work)
    clock.advance(hours=2)
    assert write_digests(work, college.id) == 0
    clock.advance(hours=22)
    assert college.id in list_mornings(work)
    assert write_digests(work, college.id) <= 2


def test_it_is_written_in_the_morning_of_the_organisation(college, work, clock) -> None:
    clock.at = datetime(2026, 9, 2, 6, 50, tzinfo=MOSCOW)
    assert college.id not in list_mornings(work)
    clock.at = datetime(2026, 9, 2, 12, 10, tzinfo=MOSCOW)
    assert college.id not in list_mornings(work)
    clock.at = datetime(2026, 9, 2, 11, 50, tzinfo=MOSCOW)
    assert college.id in list_mornings(work)


def test_what_is_due_and_what_is_overdue_stands_first(college, work, clock, say, letters) -> None:
    task = open_task(work, college.mentor)
    clock.at = (task.due_at + timedelta(days=1)).astimezone(MOSCOW).replace(hour=7, minute=30)
    write_digests(work, college.id)
    said = say(work, letters(LetterKind.DIGEST)[college.mentor.name])
    assert "Срок сегодня или уже прошёл" in said.plain
    assert "просрочено с" in said.plain


def test_what_is_done_by_then_is_not_told(college, work, as_, say, letters) -> None:
    write_digests(work, college.id)
    letter = letters(LetterKind.DIGEST)[college.mentor.name]
    task = open_task(work, college.mentor)
    complete_task(as_(college.mentor), task.id, {"readiness": "ready", "accepts_rules": True})
    assert say(work, letter) is None


def test_each_kind_can_be_switched_off(college, work, choose, letters) -> None:
    choose(college.mentor, LetterKind.TASK_NEW, Way.HERE)
    choose(college.mentor, LetterKind.TASK_OVERDUE, Way.HERE)
    write_digests(work, college.id)
    assert college.mentor.name not in letters(LetterKind.DIGEST)


def test_a_remark_for_the_daily_letter_waits_for_it(college, work, as_, choose, say, letters) -> None:
    for kind in (LetterKind.TASK_NEW, LetterKind.TASK_OVERDUE):
        choose(college.mentor, kind, Way.HERE)
    choose(college.mentor, LetterKind.COMMENT, Way.DAILY)
    comment_task(as_(college.curator), open_task(work, college.mentor).id, "Мама Сони просила позвонить")
    assert letters() == {}
    write_digests(work, college.id)
    said = say(work, letters(LetterKind.DIGEST)[college.mentor.name])
    assert "Новые записи под задачами" in said.plain
    assert "позвонить" not in said.plain + said.html


def test_a_remark_is_told_at_once_without_what_it_says(college, work, as_, say, letters) -> None:
    comment_task(as_(college.curator), open_task(work, college.mentor).id, "Мама Сони просила позвонить")
    letter = letters(LetterKind.COMMENT)[college.mentor.name]
    said = say(work, letter)
    assert said.subject.startswith("Новая запись: ")
    assert "позвонить" not in said.plain + said.html + str(letter.about)


def test_whoever_wants_no_news_of_cases_finds_them_read(
    college, work, choose, clock, sessions, letters
) -> None:
    from workflows.service_tasks.notices import tell
    from workflows.service_tasks.place import Place

    choose(college.curator, LetterKind.NOTICE, Way.NOT)
    choose(college.mentor, LetterKind.NOTICE, Way.AT_ONCE)
    task = open_task(work, college.mentor)
    version = work.session.get_one(Task, task.id).case.pack_version_id
    place = Place(task.case_id, college.id, version, "Пара", ())
    people = [college.curator.person_id, college.mentor.person_id]
    tell(work, place, people, "Пара молчит", {})
    found = select(Notice.person_id, Notice.read_at).where(Notice.text == "Пара молчит")
    assert dict(work.session.execute(found).tuples().all()) == {
        college.curator.person_id: clock(),
        college.mentor.person_id: None,
    }
    assert set(letters(LetterKind.NOTICE)) == {college.mentor.name}


def test_a_meeting_is_told_the_day_before_and_once(college, work, clock, say, letters) -> None:
    assert remind_of_meetings(work) == 0
    clock.at = datetime(2026, 9, 7, 6, 0, tzinfo=MOSCOW)
    assert remind_of_meetings(work) == 0, "it is night"
    clock.advance(hours=3)
    assert remind_of_meetings(work) == 2
    assert remind_of_meetings(work) == 0
    said = say(work, letters(LetterKind.MEETING)[college.mentee.name])
    assert said.subject == "У вас встреча 8 сентября"
    assert "вторник, 8 сентября" in said.plain
    assert f"{ADDRESS}pairs/{college.pair_id}" in said.plain
    clock.advance(days=3)
    assert say(work, letters(LetterKind.MEETING)[college.mentee.name]) is None


def test_what_is_overdue_is_told_by_day_to_whoever_wants_it_at_once(
    college, work, clock, choose, say, letters
) -> None:
    choose(college.mentor, LetterKind.TASK_OVERDUE, Way.AT_ONCE)
    due_at = open_task(work, college.mentor).due_at
    clock.at = due_at.astimezone(MOSCOW).replace(hour=23, minute=30)
    assert remind_of_overdue(work) == 0
    clock.at = (due_at + timedelta(days=1)).astimezone(MOSCOW).replace(hour=9, minute=0)
    assert remind_of_overdue(work) == 1
    assert remind_of_overdue(work) == 0
    assert say(work, letters(LetterKind.TASK_OVERDUE)[college.mentor.name]).subject.startswith("Просрочено: ")


def test_whoever_is_blocked_or_has_no_address_gets_nothing(college, work) -> None:
    for actor in (college.mentor, college.mentee):
        if actor is college.mentor:
            work.session.scalars(
                select(User).where(User.person_id == actor.person_id)
            ).one().is_blocked = True
        else:
            work.session.get_one(Person, actor.person_id).email = None
    work.session.flush()
    assert write_digests(work, college.id) == 0


def test_the_letters_of_a_morning_cost_few_statements(college, work, statements, say, letters) -> None:
    with statements() as heard:
        write_digests(work, college.id)
    assert len(heard.other) <= 6
    letter = letters(LetterKind.DIGEST)[college.mentor.name]
    with statements() as heard:
        say(work, letter)
    assert len(heard.other) <= 9


def test_from_the_morning_to_the_mail_server(college, work, sessions, clock, say) -> None:
    write_digests(work, college.id)
    work.session.commit()
    box = Letterbox()
    with mail_server(box) as server:
        act = lambda do: carry_out(sessions, SYSTEM, do, clock=clock)  # noqa: E731
        assert Mailing(act, SmtpPost(server), say).send_letters() == 2
    assert sorted(box.to) == ["mentee@college.example", "mentor@college.example"]
    html = box.letters[0].get_body(("html",)).get_content()
    assert 'lang="ru"' in html
    assert f"{ADDRESS}me/notifications" in html


def test_the_administrator_reads_the_letters_and_the_journal_says_so(
    college, work, sit, letters, session
) -> None:
    write_digests(work, college.id)
    work.session.commit()
    letter = letters(LetterKind.DIGEST)[college.mentor.name]
    administrator = sit("administrator")
    page = administrator.get("/letters")
    parsed(page)
    assert "mentor@college.example" in page.text
    assert "не настроена" in page.text
    shown = administrator.get(f"/letters/{letter.id}")
    parsed(shown)
    assert "Ваш день в Tandem" in shown.text
    read = session.scalars(select(JournalEntry).where(JournalEntry.act == "letter.read")).one()
    assert (read.subject, read.actor_id) == (f"letter:{letter.id}", college.administrator.person_id)
    table = administrator.get("/letters.csv")
    assert "mentor@college.example" in table.text


def test_letters_are_for_nobody_else(college, work, sit, letters, reader, town) -> None:
    write_digests(work, college.id)
    work.session.commit()
    letter = letters(LetterKind.DIGEST)[college.mentor.name]
    for name in ("mentor", "curator", "methodist"):
        sitting = sit(name)
        for address in ("/letters", "/letters.csv", f"/letters/{letter.id}"):
            assert sitting.get(address).status_code == 404
    elsewhere = reader(town.administrator)
    assert elsewhere.get("/letters").status_code == 200
    assert "college.example" not in elsewhere.get("/letters").text
    assert elsewhere.get(f"/letters/{letter.id}").status_code == 404


def test_letters_are_found_by_state_and_name(college, work, sit, as_, letters) -> None:
    write_digests(work, college.id)
    claim_letter(work, lambda _work, _letter: None)
    work.session.commit()
    administrator = sit("administrator")
    assert "Таких писем нет" in administrator.get("/letters?state=waiting").text
    assert "сообщать стало не о чем" in administrator.get("/letters?state=given_up").text
    assert "mentee@" not in administrator.get("/letters?search=mentor@college").text


def test_the_list_of_letters_costs_the_same_however_long_it_is(college, work, sit, statements, as_) -> None:
    administrator = sit("administrator")
    write_digests(work, college.id)
    work.session.commit()
    with statements() as few:
        administrator.get("/letters")
    for number in range(5):
        comment_task(as_(college.curator), open_task(work, college.mentor).id, f"Запись {number}")
    work.session.commit()
    with statements() as many:
        administrator.get("/letters")
    assert len(many.other) == len(few.other) <= 8


def test_everybody_chooses_on_their_own_page(college, sit, session) -> None:
    mentor = sit("mentor")
    page = mentor.get("/me/notifications")
    parsed(page)
    assert "mentor@college.example" in page.text
    answer = mentor.post("/me/notifications", {"comment": "daily", "notice": "not"})
    assert answer.status_code == 303
    page = mentor.get("/me/notifications")
    assert '<option value="not" selected>' in page.text
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "notification.chosen")).one()
    assert entry.details == {"comment": ["at_once", "daily"], "notice": ["daily", "not"]}


@pytest.mark.parametrize(("kind", "way"), [("comment", "by_pigeon"), ("task_new", "not")])
def test_a_way_that_there_is_not_is_complained_about(sit, kind, way) -> None:
    answer = sit("mentor").post("/me/notifications", {kind: way})
    parsed(answer)
    assert answer.status_code == 422
    assert "Выберите один из способов." in answer.text


def test_whoever_has_no_address_is_told_so(college, work, sit) -> None:
    work.session.get_one(Person, college.mentor.person_id).email = None
    work.session.commit()
    assert "не знает вашей почты" in sit("mentor").get("/me/notifications").text


def test_a_letter_in_english_for_whoever_reads_english(college, work, say, letters) -> None:
    work.session.get_one(Person, college.mentor.person_id).language = "en"
    work.session.flush()
    write_digests(work, college.id)
    said = say(work, letters(LetterKind.DIGEST)[college.mentor.name])
    assert said.subject == "Your day in Tandem: 2 September"
    assert 'lang="en"' in said.html
