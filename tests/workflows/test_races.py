"""Several people, real connections, one moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from models.cases import Case
from models.journal import JournalEntry
from models.people import Membership
from models.tasks import Task, TaskDraft, TaskStatus
from models.waiting import Incident, Timer
from workflows.operations.cases import start_case, suspend_case
from workflows.operations.incidents import Retried, retry_incident
from workflows.operations.messages import deliver_message, send_message
from workflows.operations.packs import install_pack
from workflows.operations.people import end_membership, grant_membership
from workflows.operations.sign_in import sign_in
from workflows.operations.tasks import claim_task, complete_task
from workflows.operations.timers import fire_next_timer
from workflows.operations.users import add_user, block_user
from workflows.passwords import passwords
from workflows.refusals import Conflict, Forbidden, Refusal, TooLate
from workflows.transaction import carry_out
from workflows.work import SYSTEM

MEETING = {"topic": "Знакомство", "minutes": None, "is_last": False, "notes": ""}


@pytest.fixture
def do(committed_database, clock):
    """Do an act as a door does: a session of its own, one commit."""

    def do(actor, act, *arguments):
        return carry_out(committed_database.sessions, actor, lambda work: act(work, *arguments), clock=clock)

    return do


@pytest.fixture
def at_once(do):
    """Let several actors act at the same moment; return what each got, a refusal among others."""

    def at_once(*acts):
        barrier = Barrier(len(acts))

        def one(act):
            barrier.wait()
            try:
                return do(*act)
            except Refusal as refusal:
                return refusal

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    return at_once


@pytest.fixture
def look(committed_database):
    def look(chosen):
        with committed_database.sessions() as session:
            return session.scalars(chosen).all()

    return look


@pytest.fixture
def task_id(do, town):
    """A task that two mentors may do."""
    mentors = [town.mentor.person_id, town.second_mentor.person_id]
    people = {"mentor": mentors, "curator": [town.curator.person_id]}

    def start(work):
        return start_case(work, town.school.id, "pair", "Группа", participants=people).opened[0]

    return do(town.curator, start)


@pytest.mark.parametrize("_round", range(5))
def test_of_two_people_one_wins_and_the_other_keeps_what_was_typed(
    at_once, look, town, task_id, clock, _round
):
    typed = {
        town.mentor.person_id: {**MEETING, "topic": "Первый"},
        town.second_mentor.person_id: {**MEETING, "topic": "Второй"},
    }
    actors = [town.mentor, town.second_mentor]
    results = at_once(*((actor, complete_task, task_id, typed[actor.person_id]) for actor in actors))
    lost = [result for result in results if isinstance(result, TooLate)]
    winner, loser = actors if isinstance(results[1], TooLate) else actors[::-1]
    assert len(lost) == 1
    assert lost[0].key == "task_completed_by_another"
    assert (lost[0].values["who"], lost[0].values["at"]) == (winner.name, clock())
    (task,) = look(select(Task).where(Task.status == TaskStatus.COMPLETED))
    assert (task.completed_by_id, task.answers) == (winner.person_id, typed[winner.person_id])
    (draft,) = look(select(TaskDraft))
    assert (draft.person_id, draft.answers) == (loser.person_id, typed[loser.person_id])
    assert len(look(select(Task).where(Task.status == TaskStatus.OPEN))) == 1


def test_the_button_pressed_four_times_at_once_counts_once(at_once, look, town, task_id):
    results = at_once(*[(town.mentor, complete_task, task_id, MEETING)] * 4)
    assert sorted(result.was_done_before for result in results) == [False, True, True, True]
    assert len(look(select(JournalEntry).where(JournalEntry.act == "task.completed"))) == 1
    assert look(select(Case.revision)) == [3]
    assert look(select(TaskDraft)) == []


def test_one_of_two_claims(at_once, look, town, task_id):
    results = at_once((town.mentor, claim_task, task_id), (town.second_mentor, claim_task, task_id))
    assert sum(isinstance(result, Conflict) for result in results) == 1
    winner = town.mentor if results[0] is None else town.second_mentor
    assert look(select(Task.assignee_id)) == [winner.person_id]


def test_a_completion_and_the_timer_of_its_task_never_block_each_other(
    at_once, look, do, town, task_id, clock
):
    for _ in range(6):
        clock.advance(days=15)
        (open_id,) = look(select(Task.id).where(Task.status == TaskStatus.OPEN))
        results = at_once((town.mentor, complete_task, open_id, MEETING), (SYSTEM, fire_next_timer))
        assert not any(isinstance(result, Refusal) for result in results)
    clock.advance(days=15)
    do(SYSTEM, fire_next_timer)
    assert len(look(select(Task).where(Task.status == TaskStatus.OPEN))) == 1


def test_two_workers_fire_a_timer_once(at_once, look, town, task_id, clock):
    clock.advance(days=15)
    (timer_id,) = look(select(Timer.id))
    results = at_once((SYSTEM, fire_next_timer), (SYSTEM, fire_next_timer))
    assert sorted(results, key=str) == sorted([timer_id, None], key=str)
    assert len(look(select(JournalEntry).where(JournalEntry.act == "timer.fired"))) == 1


def test_two_workers_hand_a_message_over_once(at_once, look, do, town):
    people = {"curator": [town.curator.person_id]}

    def prepare(work):
        pair = start_case(work, town.school.id, "pair", "Пара", participants=people)
        programme = start_case(work, town.school.id, "programme", "2026/27", participants=people)
        complete_task(work, programme.opened[0], {})
        return send_message(work, programme.id, "pair_ready", "", {"case": str(pair.id)})

    message_id = do(town.curator, prepare)
    results = at_once(*[(SYSTEM, deliver_message, message_id)] * 2)
    assert sorted(results) == [False, True]


def test_a_case_suspended_at_the_moment_of_completion_is_either_before_or_after(at_once, look, town, task_id):
    (case_id,) = look(select(Case.id))
    completed, suspended = at_once(
        (town.mentor, complete_task, task_id, MEETING), (town.curator, suspend_case, case_id)
    )
    assert suspended is None
    done = len(look(select(Task).where(Task.status == TaskStatus.COMPLETED)))
    assert done == (0 if isinstance(completed, TooLate) else 1)


def test_two_installations_give_two_numbers(at_once, town, pack_files):
    changed = [
        {**pack_files, "pair.bpmn": pack_files["pair.bpmn"].replace(b"P14D", days)}
        for days in (b"P10D", b"P11D")
    ]
    results = at_once(*((town.administrator, install_pack, town.school.id, files) for files in changed))
    assert sorted(result.number for result in results) == [2, 3]


def test_an_account_that_is_closed_while_its_password_is_looked_at_lets_nobody_in(do, town, monkeypatch):
    user_id = do(SYSTEM, add_user, town.mentor.person_id, "mentor", "четыре слова и запятая")
    is_right = passwords.is_right

    def close_meanwhile(*given):
        do(SYSTEM, block_user, user_id)
        return is_right(*given)

    monkeypatch.setattr(passwords, "is_right", close_meanwhile)
    with pytest.raises(Forbidden) as refused:
        do(SYSTEM, sign_in, "mentor", "четыре слова и запятая", "203.0.113.7")
    assert refused.value.key == "user_blocked"


def test_an_incident_retried_by_two_is_repeated_once(at_once, look, do, town, committed_database, clock):
    people = {"mentor": [town.mentor.person_id]}
    do(town.curator, lambda work: start_case(work, town.school.id, "pair", "Пара", participants=people))
    (membership_id,) = look(select(Membership.id).where(Membership.person_id == town.curator.person_id))
    do(SYSTEM, end_membership, membership_id)
    clock.advance(days=15)
    with pytest.raises(Refusal):
        do(SYSTEM, fire_next_timer)
    (incident_id,) = look(select(Incident.id))
    do(SYSTEM, grant_membership, town.head.person_id, town.school.id, "curator")
    results = at_once(*[(town.head, retry_incident, incident_id)] * 2)
    assert sorted(results) == [Retried.OVER_BEFORE, Retried.WORKED]
    assert look(select(func.count()).where(JournalEntry.act == "timer.fired")) == [1]
