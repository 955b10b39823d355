"""Today for those who lead or look on: decisions, programmes, risks, and nothing that is not theirs."""

from datetime import date

from models.concerns import Concern
from models.pairs import Pair
from tests.programmes import add_programme
from tests.webapp.readers import parsed
from tests.webapp.today.autumn import TITLE
from tests.webapp.today.reading import numbers, words
from workflows.operations.people import grant_membership
from workflows.queries.people import get_actor_of_person


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
    assert not [said for said in numbers(page) if "решени" in said]
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
