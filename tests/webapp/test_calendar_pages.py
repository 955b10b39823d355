"""The working calendar: a school year with its days off, and what they would move before they do."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.calendars import Break, BreakKind
from models.journal import JournalEntry
from models.tasks import Task
from tests.webapp.readers import parsed
from workflows.operations.calendars import add_break

CALENDAR = "/organisation/calendar"


@pytest.fixture
def due_soon(start_pair, session, clock):
    """A task that waits for ten days by its diagram."""
    task = session.get_one(Task, start_pair().opened[0])
    since = clock()
    task.due_at = task.waits_until_at = since + timedelta(days=10)
    task.waits_since_at = since
    session.commit()
    return task


def wanted(place, **more):
    return {
        "organisation": place.id,
        "kind": "vacation",
        "title": "Осенние каникулы",
        "since_on": "2026-09-07",
        "until_on": "2026-09-11",
        **more,
    }


def test_a_school_year_is_shown_with_its_days_off_and_whose_they_are(reader, town, as_, clock):
    day = clock().date()
    until = day + timedelta(days=3)
    add_break(as_(town.administrator), town.school.id, BreakKind.EXAMS, "Сессия", day, until)
    as_(town.administrator).session.commit()
    page = reader(town.mentor).get(CALENDAR)
    parsed(page)
    assert "Учебный год 2026/2027" in page.text
    assert page.text.count('class="calendar-month"') == 12
    assert page.text.count('title="Сессия"') == 4
    assert "Добавить выходные" not in page.text, "a mentor only reads"
    assert "Сессия" not in reader(town.mentor).get(f"{CALENDAR}?year=2030").text


def test_what_would_move_is_shown_first_and_nothing_is_changed(reader, town, due_soon, session):
    curator, due = reader(town.curator), due_soon.due_at
    before = session.scalar(select(func.count()).select_from(JournalEntry))
    shown = curator.post(CALENDAR, wanted(town.school))
    parsed(shown)
    assert "Записать встречу" in shown.text
    assert "Ближайшие задания" in shown.text
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(Break)) == 0
    assert session.get_one(Task, due_soon.id).due_at == due
    assert session.scalar(select(func.count()).select_from(JournalEntry)) == before


def test_whoever_has_seen_it_adds_it_and_takes_it_away_again(reader, town, due_soon, session):
    curator, due = reader(town.curator), due_soon.due_at
    assert curator.post(CALENDAR, wanted(town.school, seen="on")).status_code == 303
    session.expire_all()
    assert session.get_one(Task, due_soon.id).due_at > due
    added = session.scalars(select(Break)).one()
    place = {"organisation": town.school.id, "year": 2026}
    shown = curator.post(f"{CALENDAR}/{added.id}/remove", place)
    parsed(shown)
    assert "Осенние каникулы" in shown.text
    assert session.scalar(select(func.count()).select_from(Break)) == 1
    assert curator.post(f"{CALENDAR}/{added.id}/remove", place | {"seen": "on"}).status_code == 303
    session.expire_all()
    assert session.get_one(Task, due_soon.id).due_at == due


def test_one_day_needs_no_last_day(reader, town, session):
    one = wanted(town.school, kind="transferred", title="Вместо субботы", until_on="", seen="on")
    assert reader(town.head).post(CALENDAR, one).status_code == 303
    added = session.scalars(select(Break)).one()
    assert (added.kind, added.since_on) == (BreakKind.TRANSFERRED, added.until_on)


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"since_on": "вчера"}, {"until_on": "2026-09-01"}, {"kind": "никакой"}]
)
def test_what_is_wrong_stands_beside_its_field(reader, town, wrong):
    answer = reader(town.curator).post(CALENDAR, wanted(town.school, **wrong))
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    parsed(answer)


def test_the_days_off_of_another_school_are_nobodys_here(reader, town, as_, clock, work):
    theirs = add_break(work, town.other.id, BreakKind.HOLIDAY, "Чужой день", clock().date(), clock().date())
    work.session.commit()
    administrator = reader(town.administrator)
    assert administrator.get(f"{CALENDAR}?organisation={town.other.id}").status_code == 404
    assert administrator.post(CALENDAR, wanted(town.other)).status_code == 404
    for seen in ({}, {"seen": "on"}):
        own = {"organisation": town.school.id, **seen}
        assert administrator.post(f"{CALENDAR}/{theirs}/remove", own).status_code == 404


def test_days_off_from_above_say_so_and_are_not_taken_away_below(reader, town, work, clock):
    above = add_break(work, town.town.id, BreakKind.HOLIDAY, "День города", clock().date(), clock().date())
    work.session.commit()
    page = reader(town.administrator).get(CALENDAR).text
    assert "назначено выше: Город" in page
    assert f"{above}/remove" not in page


@pytest.mark.parametrize("nonsense", ["year=x", "year=99999", "organisation=x"])
def test_an_address_somebody_garbled_still_opens(reader, town, nonsense):
    assert reader(town.curator).get(f"{CALENDAR}?{nonsense}").status_code == 200


@pytest.mark.parametrize("year", ["9" * 5000, "-1", "0", "", "2026²", "x"])
def test_a_school_year_that_is_none_is_this_one(reader, town, year):
    page = reader(town.mentor).get(CALENDAR, query_string={"year": year})
    assert page.status_code == 200
    assert "Учебный год 2026/2027" in page.text


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31"])
def test_days_off_of_another_age_are_refused(reader, town, day, session):
    for seen in ({}, {"seen": "1"}):
        sent = wanted(town.school, since_on=day, until_on=day, **seen)
        assert reader(town.administrator).post(CALENDAR, sent).status_code == 422
    assert session.scalar(select(func.count()).select_from(Break)) == 0
