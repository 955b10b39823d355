"""The working calendar: what is due in a vacation is due after it."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models.calendars import BreakKind
from models.tasks import Task, TaskOffer
from models.waiting import Timer
from workflows.operations.calendars import add_break, remove_break
from workflows.operations.cases import resume_case, suspend_case
from workflows.operations.tasks import complete_task
from workflows.process import working_days
from workflows.queries.calendars import list_breaks
from workflows.refusals import Forbidden, Invalid, NotFound

MEETING = {"topic": "Знакомство", "is_last": False}
AUTUMN = (date(2026, 9, 7), date(2026, 9, 13))
DAY = timedelta(days=1)

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
breaks = st.lists(
    st.tuples(days, st.integers(0, 40)).map(lambda one: (one[0], one[0] + one[1] * DAY)), max_size=6
)
bounds = {"min_value": datetime(2026, 1, 1), "max_value": datetime(2027, 6, 1)}  # noqa: DTZ001
moments = st.datetimes(**bounds, timezones=st.just(UTC))
waits = st.timedeltas(timedelta(days=1, seconds=1), timedelta(days=200))


def is_off(day, off):
    return any(since <= day <= until for since, until in off)


def working_between(since, until, off):
    """Count one by one the days after `since` up to `until` that are in no break."""
    span = (until.date() - since.date()).days
    return sum(not is_off(since.date() + number * DAY, off) for number in range(1, span + 1))


@given(moments, waits, breaks)
def test_a_stretched_wait_has_as_many_days_without_breaks_as_the_diagram_says(since, wait, off):
    until = since + wait
    due = working_days.stretched(since, until, off)
    assert due >= until
    assert due.timetz() == until.timetz()
    assert working_between(since, due, off) == (until.date() - since.date()).days
    assert not is_off(due.date(), off)


@given(moments, waits, breaks, breaks)
def test_more_days_off_never_bring_a_date_forward(since, wait, off, more):
    until = since + wait
    assert working_days.stretched(since, until, off + more) >= working_days.stretched(since, until, off)


@given(moments, waits)
def test_without_days_off_nothing_is_stretched(since, wait):
    assert working_days.stretched(since, since + wait, []) == since + wait


@given(moments, breaks)
def test_a_day_of_work_is_found_and_none_is_skipped(moment, off):
    found = working_days.on_working_day(moment, off)
    assert found.weekday() < 5
    assert not is_off(found.date(), off)
    between = (moment.date() + number * DAY for number in range((found.date() - moment.date()).days))
    assert all(day.weekday() >= 5 or is_off(day, off) for day in between)


@given(moments, waits, breaks, st.floats(0, 1))
def test_what_was_left_when_a_case_stood_still_leads_to_the_same_day(since, wait, off, share):
    due = working_days.stretched(since, since + wait, off)
    stopped = since + (due - since) * share
    left = working_days.left(since, since + wait, stopped, off)
    if left is not None and left > timedelta():
        assert working_between(stopped, due, off) == (stopped + left).date().toordinal() - stopped.toordinal()
        assert working_days.stretched(stopped, stopped + left, off) <= due


@given(breaks)
def test_merged_days_off_are_the_same_days(off):
    apart = working_days.merged(off)
    assert all(one[1] < other[0] for one, other in pairwise(apart))
    assert all(is_off(since, apart) and is_off(until, apart) for since, until in off)


@pytest.fixture
def due(session):
    """Say on which days the open task and the timer of a case are due."""

    def due(case_id):
        session.expire_all()
        task = session.scalars(select(Task).where(Task.case_id == case_id, Task.status == "open")).one()
        timer = session.scalars(select(Timer).where(Timer.case_id == case_id)).one()
        return task.due_at.date(), timer.due_at.date()

    return due


@pytest.fixture
def close_school(as_, town):
    def close(since_on, until_on, organisation=town.school, work=None):
        actor = work or as_(town.head)
        return add_break(actor, organisation.id, BreakKind.VACATION, "Каникулы", since_on, until_on)

    return close


def test_a_vacation_between_now_and_then_does_not_count(close_school, start_pair, due):
    close_school(*AUTUMN)
    case = start_pair()
    # The task is due within three days, before the vacation; the reminder comes after fourteen.
    assert due(case.id) == (date(2026, 9, 4), date(2026, 9, 22))


def test_a_task_that_would_be_due_on_a_day_off_is_due_at_the_end_of_the_next_working_day(
    clock, start_pair, session
):
    clock.advance(days=3)
    case = start_pair()
    task = session.get_one(Task, case.opened[0])
    # Friday and three days are a Monday; Thursday and three days would be a Sunday.
    assert task.due_at == datetime(2026, 9, 7, 9, tzinfo=UTC)
    clock.advance(days=-1)
    sunday = session.get_one(Task, start_pair("Вторая").opened[0])
    assert sunday.due_at == datetime(2026, 9, 7, 20, 59, tzinfo=UTC)
    assert sunday.waits_until_at == datetime(2026, 9, 6, 9, tzinfo=UTC)


def test_the_vacation_of_the_region_counts_in_its_schools_and_not_beside_them(
    work, town, close_school, start_pair, due
):
    close_school(*AUTUMN, organisation=town.region, work=work)
    close_school(date(2026, 9, 14), date(2026, 9, 30), organisation=town.other, work=work)
    assert due(start_pair().id)[1] == date(2026, 9, 22)


def test_a_vacation_that_is_added_later_moves_what_is_open_and_comes_back(
    as_, town, close_school, start_pair, due
):
    case = start_pair()
    before = due(case.id)
    autumn = close_school(*AUTUMN)
    assert due(case.id) == (date(2026, 9, 4), date(2026, 9, 22))
    remove_break(as_(town.head), autumn)
    assert due(case.id) == before


def test_what_is_offered_to_a_group_moves_with_its_task(as_, town, close_school, start_pair, session):
    group = start_pair("Группа", mentor=[town.mentor, town.second_mentor], curator=[town.curator])
    close_school(date(2026, 9, 3), date(2026, 9, 9))
    session.expire_all()
    task = session.get_one(Task, group.opened[0])
    offers = session.scalars(select(TaskOffer.due_at).where(TaskOffer.task_id == task.id)).all()
    assert task.due_at.date() == date(2026, 9, 11)
    assert offers == [task.due_at] * 2


def test_the_next_step_counts_the_vacation_too(as_, town, close_school, start_pair, due):
    case = start_pair()
    close_school(*AUTUMN)
    complete_task(as_(town.mentor), case.opened[0], MEETING)
    assert due(case.id) == (date(2026, 9, 4), date(2026, 9, 22))


def test_a_case_that_stood_still_goes_on_with_the_days_that_were_left(
    as_, town, clock, close_school, start_pair, due
):
    close_school(date(2026, 9, 10), date(2026, 9, 19))
    case = start_pair()
    assert due(case.id)[1] == date(2026, 9, 25)
    clock.advance(days=3)
    suspend_case(as_(town.curator), case.id)
    clock.advance(days=20)
    resume_case(as_(town.curator), case.id)
    # Eleven days were left on 4 September; since the 24th no day is off.
    assert due(case.id)[1] == date(2026, 10, 5)


def test_a_break_costs_no_statement_when_a_case_moves(as_, town, close_school, start_pair, statements):
    case = start_pair()
    close_school(*AUTUMN)
    with statements() as heard:
        complete_task(as_(town.mentor), case.opened[0], MEETING)
    assert len(heard.other) == 3


def test_everybody_of_the_school_sees_its_calendar_and_only_leaders_change_it(
    as_, town, close_school, start_pair
):
    autumn = close_school(*AUTUMN)
    (row,) = list_breaks(as_(town.mentee), town.school.id)
    assert (row.id, row.title, row.organisation) == (autumn, "Каникулы", "Школа")
    assert list_breaks(as_(town.mentee), town.school.id, from_on=date(2026, 9, 14)) == []
    with pytest.raises(Forbidden):
        remove_break(as_(town.mentor), autumn)
    with pytest.raises(NotFound):
        list_breaks(as_(town.stranger), town.school.id)


@pytest.mark.parametrize(
    ("title", "since_on", "until_on", "field"),
    [
        ("", *AUTUMN, "title"),
        ("Каникулы", AUTUMN[1], AUTUMN[0], "until_on"),
        ("Каникулы", date(2026, 1, 1), date(2027, 1, 1), "until_on"),
    ],
)
def test_a_break_that_cannot_be_is_refused(as_, town, title, since_on, until_on, field):
    with pytest.raises(Invalid) as refused:
        add_break(as_(town.head), town.school.id, BreakKind.EXAMS, title, since_on, until_on)
    assert list(refused.value.problems) == [field]
