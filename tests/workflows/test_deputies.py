"""A deputy for some days: does what is another's, and it ends by itself."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.journal import JournalEntry
from workflows.operations import people
from workflows.operations.deputies import end_deputyship, name_deputy
from workflows.operations.tasks import claim_task, complete_task
from workflows.queries.deputies import list_possible_deputies, list_standing_in
from workflows.queries.inbox import Whose, list_inbox
from workflows.queries.people import get_actor_of_person
from workflows.queries.task_reasons import why_mine
from workflows.queries.tasks import get_task
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound

MEETING = {"topic": "Знакомство", "is_last": False}
FIRST, LAST = date(2026, 9, 3), date(2026, 9, 16)


@pytest.fixture
def now_as(session, clock, as_):
    """Sit somebody down as who they are at this moment, deputyships included."""
    return lambda actor: as_(get_actor_of_person(session, actor.person_id, clock()))


@pytest.fixture
def named(as_, town):
    """The second mentor stands in for the mentor from the third to the sixteenth."""
    return name_deputy(as_(town.mentor), town.mentor.person_id, town.second_mentor.person_id, FIRST, LAST)


def seen_by(work, whose=Whose.ALL):
    return [row.id for row in list_inbox(work, whose).rows]


def test_a_deputy_sees_and_does_the_tasks_from_the_first_day_to_the_last(
    named, now_as, town, start_pair, clock
):
    """Days begin at midnight in Moscow, which is nine in the evening in UTC."""
    task_id = start_pair().opened[0]
    clock.at = clock.at.replace(day=2, hour=20, minute=59)
    assert seen_by(now_as(town.second_mentor)) == []
    clock.advance(minutes=1)
    assert seen_by(now_as(town.second_mentor)) == seen_by(now_as(town.second_mentor), Whose.MINE) == [task_id]
    clock.at = clock.at.replace(day=16, hour=20, minute=59)
    assert seen_by(now_as(town.second_mentor)) == [task_id]
    clock.advance(minutes=1)
    deputy = now_as(town.second_mentor)
    assert seen_by(deputy) == []
    with pytest.raises(NotFound):
        complete_task(deputy, task_id, MEETING)
    assert seen_by(now_as(town.mentor)) == [task_id], "it never left the person"


def test_the_journal_names_both(named, now_as, town, start_pair, clock, session):
    task_id = start_pair().opened[0]
    clock.advance(days=3)
    complete_task(now_as(town.second_mentor), task_id, MEETING)
    entry = session.scalars(
        select(JournalEntry).where(
            JournalEntry.subject == f"task:{task_id}", JournalEntry.act == "task.completed"
        )
    ).one()
    assert entry.actor_id == town.second_mentor.person_id
    assert entry.details["in_place_of"] == str(town.mentor.person_id)


def test_the_deputy_is_told_for_whom_and_the_person_who_stands_in(named, now_as, town, start_pair, clock):
    task_id = start_pair().opened[0]
    clock.advance(days=3)
    deputy = now_as(town.second_mentor)
    reason = why_mine(deputy, get_task(deputy, task_id))
    assert (reason.kind, reason.who) == ("stands_in", town.mentor.name)
    for reader in (deputy, now_as(town.mentor)):
        (one,) = list_standing_in(reader)
        assert (one.person_name, one.deputy_name) == (town.mentor.name, town.second_mentor.name)


def test_what_a_deputy_takes_is_the_persons_and_stays_there(named, now_as, town, start_pair, clock, as_):
    offered = start_pair("Группа", mentor=[town.mentor, town.head]).opened[0]
    clock.advance(days=3)
    deputy = now_as(town.second_mentor)
    assert seen_by(deputy, Whose.ROLES) == [offered]
    claim_task(deputy, offered)
    assert seen_by(now_as(town.mentor), Whose.MINE) == [offered]
    clock.advance(days=30)
    assert seen_by(now_as(town.second_mentor)) == []


def test_nothing_is_listed_twice_when_both_are_asked(named, now_as, town, start_pair, clock):
    offered = start_pair("Группа", mentor=[town.mentor, town.second_mentor]).opened[0]
    clock.advance(days=3)
    page = list_inbox(now_as(town.second_mentor))
    assert [row.id for row in page.rows] == [offered]


def test_it_can_be_ended_early(named, now_as, town, start_pair, clock):
    start_pair()
    clock.advance(days=3)
    end_deputyship(now_as(town.mentor), named)
    assert seen_by(now_as(town.second_mentor)) == []
    with pytest.raises(Conflict):
        end_deputyship(now_as(town.mentor), named)


def test_a_leader_names_a_deputy_of_the_same_role_only(as_, town):
    curator, mentor = as_(town.curator), town.mentor.person_id
    assert [name for _, name in list_possible_deputies(curator, mentor)] == [town.second_mentor.name]
    with pytest.raises(Invalid):
        name_deputy(curator, mentor, town.curator.person_id, FIRST, LAST)
    name_deputy(curator, mentor, town.second_mentor.person_id, FIRST, LAST)


def test_nobody_becomes_the_deputy_of_a_psychologist_by_a_curators_hand(as_, work, town):
    person_id = people.add_person(work, town.school.id, "Ева Осинина")
    people.grant_membership(work, person_id, town.school.id, "psychologist")
    with pytest.raises(Invalid):
        name_deputy(as_(town.curator), person_id, town.curator.person_id, FIRST, LAST)


@pytest.mark.parametrize(
    ("who", "refusal"), [("second_mentor", NotFound), ("stranger", NotFound), ("auditor", Forbidden)]
)
def test_who_may_not_name_a_deputy_for_another(as_, town, who, refusal):
    with pytest.raises(refusal):
        name_deputy(as_(getattr(town, who)), town.mentor.person_id, town.second_mentor.person_id, FIRST, LAST)


def test_a_curator_names_nobody_for_the_head(as_, town):
    with pytest.raises(Forbidden):
        name_deputy(as_(town.curator), town.head.person_id, town.curator.person_id, FIRST, LAST)


def test_nobody_stands_in_for_a_child(as_, town):
    assert list_possible_deputies(as_(town.mentee), town.mentee.person_id) == []
    with pytest.raises(Invalid):
        name_deputy(as_(town.mentee), town.mentee.person_id, town.curator.person_id, FIRST, LAST)


@pytest.mark.parametrize(
    ("since_on", "until_on"),
    [(date(2026, 8, 31), LAST), (LAST, FIRST), (FIRST, FIRST + timedelta(days=367))],
)
def test_days_that_cannot_be_are_refused(as_, town, since_on, until_on):
    with pytest.raises(Invalid):
        name_deputy(as_(town.mentor), town.mentor.person_id, town.second_mentor.person_id, since_on, until_on)


def test_the_same_deputy_is_not_named_twice_for_a_day(named, as_, town):
    with pytest.raises(Conflict):
        name_deputy(as_(town.mentor), town.mentor.person_id, town.second_mentor.person_id, LAST, LAST)
