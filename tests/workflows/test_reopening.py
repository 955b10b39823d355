"""A case that was ended by mistake goes on from where it stood, if it can be whole."""

from datetime import timedelta

import pytest

from models.cases import Case, CaseStatus
from models.tasks import Task, TaskStatus
from models.waiting import Timer
from workflows.operations.cases import cancel_case, reopen_case
from workflows.operations.tasks import complete_task
from workflows.queries.inbox import list_inbox
from workflows.records import carried
from workflows.refusals import Conflict, Forbidden


@pytest.fixture
def alone(monkeypatch):
    """Let the processes of the test's pack carry nothing."""
    monkeypatch.setattr(carried, "_ENDS", {})


@pytest.fixture
def ended(start_pair, as_, town, alone, clock):
    case = start_pair()
    clock.advance(days=1)
    cancel_case(as_(town.curator), case.id, "По ошибке")
    return case


def test_everything_waits_again_and_is_due_later_by_as_long(ended, as_, town, work, clock):
    task = work.session.get_one(Task, ended.opened[0])
    due_at = task.due_at
    assert list_inbox(as_(town.mentor)).rows == ()
    clock.advance(days=5)
    reopen_case(as_(town.curator), ended.id)
    work.session.expire_all()
    case = work.session.get_one(Case, ended.id)
    assert (case.status, case.ended_at, case.end_reason) == (CaseStatus.RUNNING, None, None)
    assert [row.id for row in list_inbox(as_(town.mentor)).rows] == [task.id]
    assert task.due_at == due_at + timedelta(days=5)
    timer = work.session.query(Timer).filter_by(case_id=case.id).one()
    assert not timer.is_paused
    assert timer.due_at == clock.at + timedelta(days=13)


def test_it_moves_on_as_if_nothing_had_been(ended, as_, town, work):
    reopen_case(as_(town.curator), ended.id)
    done = complete_task(as_(town.mentor), ended.opened[0], {"topic": "Знакомство"})
    assert len(done.opened) == 1


def test_a_task_whose_doer_has_left_waits_for_the_role(ended, as_, town, work):
    task = work.session.get_one(Task, ended.opened[0])
    task.assignee_id = town.second_mentor.person_id
    work.session.flush()
    reopen_case(as_(town.curator), ended.id)
    work.session.expire_all()
    assert task.status is TaskStatus.OPEN
    assert task.assignee_id == town.mentor.person_id


def test_what_ended_long_ago_or_by_itself_stays_ended(ended, as_, town, clock):
    clock.advance(days=31)
    with pytest.raises(Conflict) as refusal:
        reopen_case(as_(town.curator), ended.id)
    assert refusal.value.key == "case_stays_ended"


def test_a_case_that_carries_something_stays_ended(start_pair, as_, town):
    case = start_pair()
    cancel_case(as_(town.curator), case.id, "Переезд")
    with pytest.raises(Conflict):
        reopen_case(as_(town.curator), case.id)


def test_only_those_who_lead_open_it_again(ended, as_, town):
    with pytest.raises(Forbidden):
        reopen_case(as_(town.mentor), ended.id)
    with pytest.raises(Forbidden):
        reopen_case(as_(town.auditor), ended.id)
