"""Timers fire when they are due, and what follows is written down."""

import pytest
from sqlalchemy import select

from models.journal import JournalEntry
from models.notices import Notice
from models.tasks import Task
from models.waiting import Timer
from workflows.operations.notices import read_notice
from workflows.operations.tasks import complete_task
from workflows.operations.timers import fire_next_timer, fire_timer
from workflows.queries.notices import list_news, list_notices
from workflows.refusals import Forbidden, NotFound, NotWaiting

MEETING = {"topic": "Знакомство", "is_last": False}


def test_after_fourteen_silent_days_the_curator_is_told(start_pair, work, as_, town, session, clock):
    case = start_pair()
    clock.advance(days=13)
    assert fire_next_timer(work) is None
    clock.advance(days=1)
    timer_id = fire_next_timer(work)
    assert timer_id is not None
    assert fire_next_timer(work) is None
    notice = list_news(as_(town.curator))[0]
    assert (notice.text, notice.case_id) == ("Пара молчит четырнадцать дней", case.id)
    assert list_news(as_(town.mentor)) == []
    assert session.scalars(select(Timer)).all() == []
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "timer.fired")).one()
    assert entry.details["passed"] == ["silent", "tell_curator", "told"]


def test_a_fired_reminder_leaves_the_task_open(start_pair, work, as_, town, clock):
    task_id = start_pair().opened[0]
    clock.advance(days=20)
    fire_next_timer(work)
    assert complete_task(as_(town.mentor), task_id, MEETING).opened


def test_the_timer_that_is_due_the_longest_fires_first(start_pair, work, session, clock):
    for number in range(3):
        start_pair(f"Пара {number}")
        clock.advance(days=1)
    expected = session.scalars(select(Timer.id).order_by(Timer.due_at)).all()
    clock.advance(days=30)
    assert [fire_next_timer(work) for _ in range(3)] == expected


def test_a_timer_that_does_not_run_any_more_does_not_fire(start_pair, work, as_, town, session):
    case = start_pair()
    timer_id = session.scalars(select(Timer.id)).one()
    complete_task(as_(town.mentor), case.opened[0], MEETING)
    with pytest.raises(NotWaiting):
        fire_timer(work, timer_id)


def test_a_person_fires_no_timers(start_pair, as_, town, session):
    start_pair()
    timer_id = session.scalars(select(Timer.id)).one()
    with pytest.raises(Forbidden):
        fire_timer(as_(town.administrator), timer_id)
    with pytest.raises(NotFound):
        fire_timer(as_(town.stranger), timer_id)


def test_without_a_curator_in_the_case_those_of_the_school_are_told(start_pair, work, as_, town, clock):
    start_pair(mentor=[town.mentor])
    clock.advance(days=14)
    fire_next_timer(work)
    assert len(list_news(as_(town.curator))) == 1


def test_a_notice_is_read_by_its_reader_alone(start_pair, work, as_, town, session, clock):
    start_pair()
    clock.advance(days=14)
    fire_next_timer(work)
    notice = session.scalars(select(Notice)).one()
    with pytest.raises(NotFound):
        read_notice(as_(town.head), notice.id)
    read_notice(as_(town.curator), notice.id)
    assert list_news(as_(town.curator)) == []


def test_due_dates_are_those_of_the_tasks(start_pair, session, clock):
    start_pair()
    assert (session.scalars(select(Task)).one().due_at - clock()).days == 3


def test_what_was_told_a_month_ago_is_no_news_but_is_kept(start_pair, work, as_, town, clock):
    start_pair()
    clock.advance(days=14)
    fire_next_timer(work)
    clock.advance(days=31)
    assert list_news(as_(town.curator)) == []
    assert len(list_notices(as_(town.curator))[0]) == 1
