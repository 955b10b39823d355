"""A step that fails is undone as a whole, opens an incident, and works once its cause is gone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.cases import Case, CaseStatus
from models.journal import JournalEntry
from models.notices import Notice
from models.people import Membership
from models.tasks import Task, TaskStatus
from models.waiting import Incident, Message, Timer
from workflows.operations.cases import cancel_case, resume_case, start_case, suspend_case
from workflows.operations.incidents import Retried, open_incident, retry_incident
from workflows.operations.messages import deliver_message, send_message
from workflows.operations.people import end_membership, grant_membership
from workflows.operations.tasks import assign_task, complete_task
from workflows.operations.timers import fire_next_timer
from workflows.queries.cases import get_case
from workflows.refusals import Conflict, Forbidden, NotFound, Stalled
from workflows.transaction import carry_out
from workflows.work import SYSTEM

LAST = {"topic": "Прощание", "is_last": True}
SUMMARY = {"summary": "Хорошая пара"}


@pytest.fixture
def dismiss_curator(work, session, town):
    """Take the school's only curator away: now there is nobody to tell."""

    def dismiss():
        held = Membership.person_id == town.curator.person_id
        end_membership(work, session.scalars(select(Membership.id).where(held)).one())

    return dismiss


@pytest.fixture
def appoint_curator(work, town):
    return lambda: grant_membership(work, town.head.person_id, town.school.id, "curator")


@pytest.fixture
def stalled_task(start_pair, as_, town, dismiss_curator):
    """The last task of a pair without a curator, assigned to the head of a school without one."""
    case = start_pair(mentor=[town.mentor])
    task_id = complete_task(as_(town.mentor), case.opened[0], LAST).opened[0]
    assign_task(as_(town.head), task_id, town.head.person_id)
    dismiss_curator()
    return task_id


@pytest.fixture
def fail(as_, town, sessions, clock):
    """Complete the task as a door does, and return the incident that it opens."""

    def fail(task_id, answers=SUMMARY):
        with pytest.raises(Stalled):
            carry_out(sessions, town.head, lambda work: complete_task(work, task_id, answers), clock=clock)
        with sessions() as session:
            return session.scalars(select(Incident).where(Incident.resolved_at.is_(None))).one()

    return fail


def test_a_failing_service_task_undoes_the_step_and_opens_an_incident(stalled_task, fail, session, as_, town):
    incident = fail(stalled_task)
    assert (incident.element, incident.element_name) == ("tell_end", "Сообщить итог")
    assert incident.reason == "there is nobody to tell: name a participant or a curator"
    assert (incident.actor_id, incident.attempts) == (town.head.person_id, 1)
    assert incident.arguments["answers"] == SUMMARY
    task = session.get_one(Task, stalled_task)
    assert (task.status, task.answers) == (TaskStatus.OPEN, None)
    assert session.scalar(select(func.count()).select_from(Notice)) == 0
    view = get_case(as_(town.head), incident.case_id)
    assert (view.case.status, [one.id for one in view.incidents]) == (CaseStatus.RUNNING, [incident.id])


def test_a_retry_works_once_the_cause_is_gone_and_the_answers_are_still_those_of_the_person(
    stalled_task, fail, session, as_, town, appoint_curator
):
    incident = fail(stalled_task)
    appoint_curator()
    assert retry_incident(as_(town.administrator), incident.id) is Retried.WORKED
    task = session.get_one(Task, stalled_task, populate_existing=True)
    assert (task.status, task.answers, task.completed_by_id) == (
        TaskStatus.COMPLETED,
        SUMMARY,
        town.head.person_id,
    )
    assert session.get_one(Case, incident.case_id, populate_existing=True).status is CaseStatus.COMPLETED
    assert session.get_one(Incident, incident.id, populate_existing=True).resolved_at is not None
    entries = select(JournalEntry.act).where(JournalEntry.case_id == incident.case_id)
    acts = session.scalars(entries.order_by(JournalEntry.id)).all()
    assert acts[-4:] == ["notice.written", "task.completed", "case.completed", "incident.retried"]


def test_failing_again_is_one_more_attempt_of_the_same_incident(
    stalled_task, fail, session, sessions, town, clock
):
    first = fail(stalled_task)
    again = fail(stalled_task, {"summary": "Другими словами"})
    assert (again.id, again.attempts, again.arguments["answers"]) == (
        first.id,
        2,
        {"summary": "Другими словами"},
    )
    with pytest.raises(Stalled):
        carry_out(sessions, town.administrator, lambda work: retry_incident(work, first.id), clock=clock)
    assert session.get_one(Incident, first.id).attempts == 3


def test_an_incident_is_over_when_the_person_succeeds_in_the_meantime(
    stalled_task, fail, session, as_, town, appoint_curator
):
    incident = fail(stalled_task)
    appoint_curator()
    complete_task(as_(town.head), stalled_task, SUMMARY)
    assert session.get_one(Incident, incident.id, populate_existing=True).resolved_at is not None
    entries = select(func.count()).where(JournalEntry.act == "task.completed")
    before = session.scalar(entries)
    assert retry_incident(as_(town.administrator), incident.id) is Retried.OVER_BEFORE
    assert session.scalar(entries) == before


def test_a_timer_that_fails_stops_until_it_is_retried(
    start_pair, town, session, sessions, clock, as_, work, dismiss_curator, appoint_curator
):
    start_pair(mentor=[town.mentor])
    dismiss_curator()
    clock.advance(days=14)
    with pytest.raises(Stalled):
        carry_out(sessions, SYSTEM, fire_next_timer, clock=clock)
    assert fire_next_timer(work) is None
    timer = session.scalars(select(Timer)).one()
    incident = session.scalars(select(Incident)).one()
    assert (timer.is_paused, incident.subject) == (True, str(timer.id))
    appoint_curator()
    retry_incident(as_(town.head), incident.id)
    assert session.scalars(select(Timer)).all() == []
    assert session.get_one(Incident, incident.id, populate_existing=True).resolved_at == clock()


def test_a_timer_with_an_incident_stays_stopped_when_its_case_goes_on(
    start_pair, town, session, sessions, clock, as_, dismiss_curator
):
    case = start_pair(mentor=[town.mentor])
    dismiss_curator()
    clock.advance(days=14)
    with pytest.raises(Stalled):
        carry_out(sessions, SYSTEM, fire_next_timer, clock=clock)
    suspend_case(as_(town.head), case.id)
    resume_case(as_(town.head), case.id)
    assert session.scalars(select(Timer.is_paused)).all() == [True]


def test_a_cancelled_case_has_no_incidents(stalled_task, fail, as_, town, session):
    incident = fail(stalled_task)
    cancel_case(as_(town.head), incident.case_id, "Не нужна")
    assert session.get_one(Incident, incident.id, populate_existing=True).resolved_at is not None
    retry_incident(as_(town.head), incident.id)


def test_an_incident_of_a_case_that_stands_still_waits_until_it_goes_on(stalled_task, fail, as_, town):
    incident = fail(stalled_task)
    suspend_case(as_(town.head), incident.case_id)
    with pytest.raises(Conflict) as refused:
        retry_incident(as_(town.head), incident.id)
    assert refused.value.key == "case_suspended"


def test_a_message_that_fails_is_handed_over_by_a_retry(start_pair, as_, town, session, sessions, clock):
    pair = start_pair()
    people = {"curator": [town.curator.person_id]}
    programme = start_case(as_(town.curator), town.school.id, "programme", "2026/27", participants=people)
    complete_task(as_(town.curator), programme.opened[0], {})
    message_id = send_message(as_(town.curator), programme.id, "pair_ready", "", {"case": "nowhere"})
    with pytest.raises(Stalled):
        carry_out(sessions, SYSTEM, lambda work: deliver_message(work, message_id), clock=clock)
    incident = session.scalars(select(Incident)).one()
    assert (incident.element_name, incident.subject) == ("Сказать паре", str(message_id))
    session.get_one(Message, message_id).payload = {"case": str(pair.id)}
    session.flush()
    retry_incident(as_(town.head), incident.id)
    assert session.get_one(Incident, incident.id, populate_existing=True).resolved_at == clock()
    assert session.get_one(Message, message_id, populate_existing=True).received_at == clock()


def test_an_incident_is_found_only_under_its_own_case(stalled_task, fail, as_, town, start_pair):
    incident, other = fail(stalled_task), start_pair("Другая пара", mentor=[town.mentor])
    with pytest.raises(NotFound):
        retry_incident(as_(town.head), incident.id, case_id=other.id)


def test_who_may_retry_and_that_nobody_opens_one_by_hand(stalled_task, fail, as_, town):
    incident = fail(stalled_task)
    with pytest.raises(Forbidden):
        retry_incident(as_(town.mentor), incident.id)
    with pytest.raises(NotFound):
        retry_incident(as_(town.stranger), incident.id)
    failure = Stalled(
        case_id=str(incident.case_id),
        act="complete_task",
        arguments={"task_id": str(stalled_task), "answers": {}},
        element="tell_end",
        element_name="",
        reason="",
    )
    with pytest.raises(Forbidden):
        open_incident(as_(town.administrator), failure)


def test_an_incident_says_when_it_was_opened(stalled_task, fail, clock):
    assert clock() - fail(stalled_task).opened_at < timedelta(seconds=1)
