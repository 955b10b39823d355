"""Today: what everybody finds at home, by what they look after and take part in."""

import uuid
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry
from models.cases import Case, CaseParticipant
from models.concerns import Concern
from models.goals import Goal, GoalProgress
from models.meetings import Meeting
from models.pairs import Pair, PairMember
from models.tasks import Task, TaskStatus
from tests.programmes import add_programme
from tests.webapp.readers import parsed
from tests.workflows.mentoring.conftest import build_college
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play
from workflows.operations.people import add_person, grant_membership
from workflows.operations.programmes import start_programme
from workflows.queries.people import get_actor_of_person

TITLE = "Наставничество в колледже"


def play_autumn(college, *own):
    """Let a programme begin, one pair fall silent, another meet, a third wait for the curator."""
    play = Play(college, *own)
    first = play.clock().date()
    last = first.replace(year=first.year + 1)
    start_programme(play.work(college.head), college.id, TITLE, "college", first, last)
    play.settle()
    silent, meeting, deciding = (PairPlay(play, people(college, place)) for place in range(3))
    silent.start_working()
    play.pass_days(16)
    meeting.start_working()
    meeting.meet()
    deciding.get_acquainted()
    deciding.do("record_trial", deciding.mentor_actors[0], **trial(deciding))
    for role, actor in (("mentor", deciding.mentor_actors[0]), ("mentee", deciding.mentee_actors[0])):
        deciding.each(
            f"reflect_as_{role}", actor, worked="Разговор", fits="yes", feeling="good", goes_on="yes"
        )
    answer_all(play, meeting.mentee_actors[0])
    pairs = {"silent": silent, "meeting": meeting, "deciding": deciding}
    return SimpleNamespace(at=play.clock.at, **{name: one.pair_id for name, one in pairs.items()})


def answer_all(play, actor):
    """Let somebody do whatever waits for them."""
    mine = select(Task).where(Task.assignee_id == actor.person_id, Task.status == TaskStatus.OPEN)
    for task in play.session.scalars(mine).all():
        play.fill(task.element, task.case_id, actor)


def people(college, place):
    """Return the college with one mentor and one mentee of it in front."""
    return SimpleNamespace(
        **vars(college) | {"mentors": college.mentors[place:], "mentees": college.mentees[place:]}
    )


def trial(pair):
    return pair.held(activity="task", task="Составить резюме", summary="Составили")


@pytest.fixture(scope="module")
def furnished(templates):
    """The template database with a college in which an autumn has been played."""
    name, college = templates.furnish(build_college)
    played, autumn = templates.play_in(name, lambda *own: play_autumn(college, *own))
    return played, college, autumn


@pytest.fixture(scope="module")
def database(templates, furnished):
    """A database of its own, in which nothing more is ever committed."""
    with templates.lent(furnished[0]) as made:
        yield made


@pytest.fixture
def college(furnished, clock):
    clock.at = furnished[2].at
    return furnished[1]


@pytest.fixture
def autumn(furnished):
    return furnished[2]


@pytest.fixture
def add(college, work):
    """Let somebody new hold roles in the college."""

    def add(*roles):
        person_id = add_person(work, college.id, "Ия Незабудкина")
        for role in roles:
            grant_membership(work, person_id, college.id, role)
        work.session.commit()
        return get_actor_of_person(work.session, person_id, work.now())

    return add


def words(page, part):
    """Read what a part of the page says."""
    found = page.find(f".//*[@aria-labelledby='{part}']")
    return " ".join(" ".join(found.itertext()).split()) if found is not None else ""


def numbers(page):
    """Map the words of the figures on top to their numbers and addresses."""
    figures = page.find(".//ul[@class='figures']")
    found = {}
    for one in figures:
        number, said = (part.text for part in one[0])
        found[said] = (number, one[0].get("href"))
    return found


def test_a_curator_sees_the_day_in_numbers_each_leading_to_what_it_counts(college, reader):
    page = parsed(reader(college.curator).get("/today"))
    found = numbers(page)
    assert found["пара молчит"] == ("1", "#silent")
    decisions, where = found["решение ждёт вас"]
    assert decisions == "1"
    assert "Подвести итог пробы" in words(page, where.removeprefix("#"))
    (unread,) = (where for said, (_number, where) in found.items() if "непрочитанн" in said)
    assert unread == "/notices"
    assert {"silent", "first"} <= {one.get("id") for one in page.iter()}


def test_the_pair_that_has_not_met_for_longer_than_its_rule_is_named(college, reader):
    said = words(parsed(reader(college.curator).get("/today")), "silent")
    assert "Артём Стрижов – Соня Ромашкина" in said
    assert "16 дней тишины" in said
    assert "Дарья Голубкина" not in said


def test_nobody_is_silent_the_day_before_the_rule_is_broken(college, reader, clock):
    clock.at -= timedelta(days=2)
    assert "Все пары встречаются так часто" in reader(college.curator).get("/today").text
    clock.at += timedelta(days=1)
    assert "15 дней тишины" in reader(college.curator).get("/today").text


def test_the_stages_of_a_programme_say_what_holds_the_present_one(college, reader):
    page = parsed(reader(college.curator).get("/today"))
    article = next(one for one in page.iter("article") if TITLE in "".join(one.itertext()))
    present = article.find(".//li[@aria-current='step']")
    assert "Подготовить условия" in "".join(present.itertext())
    said = " ".join("".join(article.itertext()).split())
    assert "Что держит этап «Подготовить условия» Назначить куратора и команду" in said
    assert "чья очередь: Тамара Белозёрова" in said
    assert "просрочено на" in said


def test_the_week_ahead_has_the_meetings_that_are_agreed_on(college, reader):
    said = words(parsed(reader(college.curator).get("/today")), "week")
    assert "Четверг, 24 сентября" in said.replace("четверг", "Четверг")
    assert "Дарья Голубкина – Тимур Ясенев" in said
    assert "Артём Стрижов" not in said.partition("24 сентября")[2].partition("сентября")[0]


def test_the_caseload_is_told_as_bars(college, reader):
    said = words(parsed(reader(college.curator).get("/today")), "caseload")
    assert "План готов 1" in said
    assert "Встречаются 1" in said
    assert "Пробная встреча 1" in said


def test_a_mentor_finds_one_next_thing_and_the_way_of_the_pair(college, reader):
    answer = reader(college.mentors[1]).get("/today")
    page = parsed(answer)
    assert "Ответить как наставник" in words(page, "next")
    assert "до четверга, 24 сентября" in words(page, "next")
    assert "Записать встречу" in words(page, "then")
    assert len(page.findall(".//*[@aria-labelledby='next']//a")) == 1
    said = words(page, "pair-1")
    assert "Ваш наставляемый: Тимур Ясенев" in said
    assert "1 встреча" in said
    assert "Прошлая встреча 17 сентября" in said
    assert "четверг, 24 сентября" in said
    assert "Портфолио" in said
    assert "Молчащие пары" not in answer.text
    assert "/cases" not in [one.get("href") for one in page.iter("a")]


def test_a_mentee_to_whom_nothing_is_left_sees_the_next_meeting(college, reader):
    page = parsed(reader(college.mentees[1]).get("/today"))
    said = words(page, "next")
    assert "Следующая встреча: 24 сентября" in said.replace("\xa0", " ")
    assert "Дарья Голубкина" in said
    assert "Ваш наставник: Дарья Голубкина" in words(page, "pair-1")


def test_a_pair_without_an_agreed_day_is_told_the_rhythm(college, reader, session, autumn, clock):
    session.get_one(Pair, autumn.silent)
    for meeting in session.scalars(select(Meeting).where(Meeting.pair_id == autumn.silent)):
        meeting.next_on = None
    session.commit()
    mentor = reader(college.mentors[0])
    assert "пора встретиться – срок был 15 сентября" in words(parsed(mentor.get("/today")), "pair-1")
    clock.at -= timedelta(days=3)
    assert "не позже 15 сентября" in words(parsed(mentor.get("/today")), "pair-1")


def test_what_one_side_said_of_a_goal_is_not_shown_to_the_other(college, reader, session, autumn, clock):
    goal = session.scalars(select(Goal).where(Goal.pair_id == autumn.meeting)).one()
    mark = {"goal_id": goal.id, "person_id": college.mentors[1].person_id, "noted_at": clock()}
    session.add(GoalProgress(mark="a_little", **mark))
    session.commit()
    assert "стали немного ближе" in reader(college.mentors[1]).get("/today").text
    assert "стали немного ближе" not in reader(college.mentees[1]).get("/today").text


def test_whoever_takes_part_in_nothing_is_told_how_to_join(college, reader, add, session, autumn):
    answer = reader(add("mentee")).get("/today")
    parsed(answer)
    assert "Участвуйте в наставничестве" in answer.text
    assert TITLE in answer.text
    for way in ("mentee", "mentor"):
        assert f"/programmes/{session.get_one(Pair, autumn.meeting).programme_id}/{way}" in answer.text


def test_whoever_waits_in_a_base_is_told_how_that_stands(college, reader, play_entry):
    answer = reader(play_entry).get("/today")
    assert "Вас приняли. Ищем вам наставника." in answer.text
    parsed(answer)


@pytest.fixture
def play_entry(college, add, session, autumn):
    """Somebody who stands in the base of mentees and has no pair."""
    actor = add("mentee")
    session.add(
        MenteeEntry(
            organisation_id=college.id,
            programme_id=session.get_one(Pair, autumn.meeting).programme_id,
            person_id=actor.person_id,
            status=EntryStatus.READY,
            form="teacher_learner",
            applied_at=autumn.at,
        )
    )
    session.commit()
    return actor


def test_a_head_finds_decisions_programmes_indicators_and_risks(college, reader):
    answer = reader(college.head).get("/today")
    page = parsed(answer)
    assert words(page, "decisions")
    indicators = words(page, "indicators")
    assert "3 пары встречаются" in indicators
    assert "целей достигнуто" in indicators
    assert "1 пара молчит дольше, чем можно по правилам" in words(page, "risks")
    assert "Руководитель" in words(page, "late")
    assert TITLE in answer.text


def test_an_auditor_sees_how_all_stands_and_is_asked_for_nothing(college, reader, add):
    page = parsed(reader(add("auditor")).get("/today"))
    assert words(page, "programmes")
    assert words(page, "indicators")
    assert words(page, "decisions") == ""
    assert page.findall(".//main//form") == []


def test_only_the_head_is_told_how_many_concerns_are_open(college, reader, add, session, autumn, clock):
    session.add(
        Concern(
            organisation_id=college.id,
            programme_id=session.get_one(Pair, autumn.meeting).programme_id,
            kind="other",
            severity="serious",
            text="Плачет после занятий",
            raised_at=clock(),
        )
    )
    session.commit()
    assert "Открыт 1 тревожный сигнал" in reader(college.head).get("/today").text
    said = reader(add("auditor")).get("/today").text
    assert "тревожный сигнал" not in said
    assert "Плачет" not in said


def test_a_psychologist_finds_their_tasks_and_no_programmes(college, reader):
    answer = reader(college.psychologist).get("/today")
    page = parsed(answer)
    assert words(page, "first")
    assert words(page, "programmes") == ""


def test_who_is_curator_and_mentor_sees_both_the_daily_part_first(college, reader, work):
    grant_membership(work, college.mentors[1].person_id, college.id, "curator")
    work.session.commit()
    answer = reader(get_actor_of_person(work.session, college.mentors[1].person_id, work.now())).get("/today")
    page = parsed(answer)
    assert words(page, "programmes")
    assert "Ваш наставляемый: Тимур Ясенев" in words(page, "pair-1")
    assert answer.text.index('id="first"') < answer.text.index('id="pair-1"')


def test_a_curator_is_told_of_their_own_pairs_only(college, reader, add):
    said = reader(add("curator")).get("/today").text
    assert "Артём Стрижов" not in said
    assert TITLE in said


def test_only_the_newest_programmes_fill_the_page(college, reader, session):
    for number in range(7):
        add_programme(session, college.id, title=f"Цикл {number}", starts_on=date(2026, 9, 10 + number))
    session.commit()
    page = parsed(reader(college.curator).get("/today"))
    said = words(page, "programmes")
    assert [f"Цикл {number}" in said for number in range(7)] == [False, *[True] * 6]
    assert "Все программы" in said


def test_nothing_of_a_college_is_told_elsewhere(college, reader, town):
    said = reader(town.stranger).get("/today").text
    assert TITLE not in said
    assert "Ни одна программа не идёт" in said


def test_signing_in_leads_home_unless_one_wanted_to_go_elsewhere(college, reader, anonymous):
    curator = reader(college.curator, signs_in=False)
    assert curator.sign_in().headers["Location"] == "/today"
    assert anonymous.get("/").headers["Location"] == "/sign-in"
    assert anonymous.get("/cases").headers["Location"].endswith("next=/cases")


def test_the_day_is_told_in_english_too(college, reader):
    curator = reader(college.curator)
    curator.post("/language", {"language": "en"})
    page = parsed(curator.get("/today"))
    assert "16 days of silence" in words(page, "silent")
    assert "Prepare" in "".join(page.find(".//li[@aria-current='step']").itertext())


@pytest.mark.parametrize("who", ["curator", "head", "administrator", "mentor"])
def test_the_day_costs_the_same_with_three_pairs_and_with_sixty(
    college, reader, session, autumn, statements, who
):
    sitting = reader(college.mentors[1] if who == "mentor" else getattr(college, who))
    sitting.get("/today")
    with statements() as few:
        sitting.get("/today")
    for number in range(57):
        multiply(session, autumn.meeting, number)
    session.commit()
    with statements() as many:
        page = sitting.get("/today")
    assert len(few) == len(many) <= 24
    assert who == "mentor" or "Встречаются 58" in words(parsed(page), "caseload")


def multiply(session, pair_id, number):
    """Put a pair like this one beside it, with its case, its people and its meetings."""
    pair = session.get_one(Pair, pair_id)
    case = session.get_one(Case, pair.case_id)
    case_id, own_id = uuid.uuid4(), uuid.uuid4()
    put(session, case, id=case_id, title=f"Пара {number}")
    put(session, pair, id=own_id, case_id=case_id, support_case_id=None, title=f"Пара {number}")
    for kind, link, new in (
        (CaseParticipant, CaseParticipant.case_id == pair.case_id, {"case_id": case_id}),
        (PairMember, PairMember.pair_id == pair_id, {"pair_id": own_id}),
        (Meeting, Meeting.pair_id == pair_id, {"pair_id": own_id}),
        (Goal, Goal.pair_id == pair_id, {"pair_id": own_id}),
    ):
        for row in session.scalars(select(kind).where(link)).all():
            put(session, row, id=uuid.uuid4(), **new)


def put(session, row, **changed):
    """Add a row like this one, with some columns changed."""
    kind = type(row)
    known = {one.key: getattr(row, one.key) for one in kind.__table__.columns}
    session.add(kind(**known | changed))
    session.flush()
