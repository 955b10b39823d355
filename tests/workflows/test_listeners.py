"""What a person answers is written into rows before the case moves, or refused beside the fields."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.notices import Notice
from models.tasks import Task, TaskStatus
from models.waiting import Incident
from tests.workflows.changing import listened_to, redrawn
from workflows.operations.incidents import Retried, retry_incident
from workflows.operations.packs import install_pack
from workflows.operations.tasks import complete_task
from workflows.queries.tasks import get_task
from workflows.refusals import Complaint, Conflict, Invalid, Stalled
from workflows.service_tasks import LISTENERS, OperatorFailed, notices
from workflows.transaction import carry_out

MEETING = {"topic": "Знакомство", "minutes": 5, "notes": "Долго говорили. " * 100}
ASKS_THE_LISTENER = ("=record_meeting.is_last = true", "=record_meeting.was_short = true")


@pytest.fixture
def listen(monkeypatch, as_, town, pack_files, start_pair):
    """Start a pair in whose first task somebody listens."""

    def listen(listener, *changes):
        monkeypatch.setitem(LISTENERS, "meetings.record", listener)
        files = redrawn(pack_files, listened_to("meetings.record"), *changes)
        install_pack(as_(town.administrator), town.school.id, files)
        return start_pair()

    return listen


@pytest.fixture
def told(session):
    return lambda: session.scalars(select(Notice.text)).all()


def tell(work, place, done):
    """Write a row, as a listener does."""
    notices.tell_curator(work, place, text=done.answers["notes"])


def test_a_listener_gets_all_answers_and_who_gave_them_where(listen, as_, town, clock):
    heard = []
    case = listen(lambda work, place, done: heard.append((work, place, done)))
    complete_task(as_(town.mentor), case.opened[0], MEETING)
    ((work, place, done),) = heard
    assert (place.case_id, place.organisation_id) == (case.id, town.school.id)
    assert (done.task_id, done.element, done.by_id) == (
        case.opened[0],
        "record_meeting",
        town.mentor.person_id,
    )
    assert done.answers["notes"] == MEETING["notes"].strip()
    assert done.known["case_id"] == str(case.id)
    assert done.now == clock()
    assert done.now.utcoffset() != timedelta()
    assert work.actor == town.mentor


def test_what_a_listener_writes_is_kept_with_the_completion(listen, as_, town, told):
    case = listen(tell)
    complete_task(as_(town.mentor), case.opened[0], MEETING)
    assert told() == [MEETING["notes"].strip()]


def test_a_gateway_may_ask_for_what_a_listener_gives_and_the_task_keeps_the_answers_alone(
    listen, as_, town, session
):
    def judge(work, place, done):
        return {"was_short": done.answers["minutes"] < 10, "long": "ы" * 1000}

    case = listen(judge, ASKS_THE_LISTENER)
    done = complete_task(as_(town.mentor), case.opened[0], MEETING)
    assert session.get_one(Task, done.opened[0]).element == "confirm_end"
    assert "was_short" not in session.get_one(Task, case.opened[0], populate_existing=True).answers


def test_what_a_listener_refuses_is_said_beside_the_field_and_nothing_has_moved(
    listen, as_, town, session, sessions, clock, told
):
    def refuse(work, place, done):
        tell(work, place, done)
        raise Invalid({"minutes": [Complaint("too_small", minimum=10)]})

    case = listen(refuse)
    session.commit()
    with pytest.raises(Invalid) as refusal:
        carry_out(
            sessions, town.mentor, lambda work: complete_task(work, case.opened[0], MEETING), clock=clock
        )
    assert refusal.value.problems == {"minutes": [Complaint("too_small", minimum=10)]}
    assert session.get_one(Task, case.opened[0], populate_existing=True).status is TaskStatus.OPEN
    assert (told(), session.scalar(select(func.count()).select_from(Incident))) == ([], 0)


def test_any_other_refusal_of_a_listener_is_meant_for_the_person_too(listen, as_, town):
    def refuse(work, place, done):
        raise Conflict("case_moved_on")

    case = listen(refuse)
    with pytest.raises(Conflict, match="case_moved_on"):
        complete_task(as_(town.mentor), case.opened[0], MEETING)


def out_of_order(work, place, done):
    tell(work, place, done)
    raise OperatorFailed("nobody_to_tell")


def broken(work, place, done):
    tell(work, place, done)
    return {"share": 1 / 0}


@pytest.mark.parametrize(
    ("listener", "code", "reason"),
    [
        (out_of_order, "service_refused", "there is nobody to tell: name a participant or a curator"),
        (broken, "service_broken", "division by zero"),
    ],
)
def test_a_listener_that_cannot_do_its_work_opens_an_incident_which_calls_it_again(
    listen, as_, town, session, sessions, clock, told, monkeypatch, listener, code, reason
):
    case = listen(listener)
    session.commit()
    with pytest.raises(Stalled):
        carry_out(
            sessions, town.mentor, lambda work: complete_task(work, case.opened[0], MEETING), clock=clock
        )
    incident = session.scalars(select(Incident)).one()
    assert (incident.element, incident.element_name) == ("record_meeting", "Записать встречу")
    assert (incident.explanation["code"], incident.reason) == (code, reason)
    assert (incident.arguments["answers"]["topic"], told()) == ("Знакомство", [])
    monkeypatch.setitem(LISTENERS, "meetings.record", tell)
    assert retry_incident(as_(town.administrator), incident.id) is Retried.WORKED
    assert told() == [MEETING["notes"].strip()]
    task = session.get_one(Task, case.opened[0], populate_existing=True)
    assert (task.status, task.completed_by_id) == (TaskStatus.COMPLETED, town.mentor.person_id)


def test_a_listener_that_the_house_no_longer_has_opens_an_incident(listen, as_, town, monkeypatch):
    case = listen(tell)
    monkeypatch.delitem(LISTENERS, "meetings.record")
    with pytest.raises(Stalled, match="there is no listener named"):
        complete_task(as_(town.mentor), case.opened[0], MEETING)


def test_a_task_that_was_sent_twice_is_heard_once(listen, as_, town, told):
    case = listen(tell)
    for _ in range(2):
        complete_task(as_(town.mentor), case.opened[0], MEETING)
    assert len(told()) == 1


def test_a_task_without_listeners_is_done_as_ever(start_pair, as_, town):
    case = start_pair()
    complete_task(as_(town.mentor), case.opened[0], MEETING)
    assert get_task(as_(town.mentor), case.opened[0]).status is TaskStatus.COMPLETED
