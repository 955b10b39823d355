"""Messages between cases, and from people to cases."""

import pytest
from sqlalchemy import select, text

from models.cases import Case, CaseStatus
from models.waiting import AwaitedMessage, Message
from workflows.operations.cases import cancel_case, resume_case, start_case, suspend_case
from workflows.operations.messages import deliver_message, send_message
from workflows.operations.tasks import complete_task
from workflows.process.sending import MOST_HOPS
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound, Stalled


@pytest.fixture
def programme(as_, town):
    """A programme that gathers, and then awaits `pair_ready`."""
    people = {"curator": [town.curator.person_id]}
    return start_case(as_(town.curator), town.school.id, "programme", "2026/27", participants=people)


@pytest.fixture
def pair(start_pair):
    return start_pair()


def asked_for(session):
    """Which messages the worker has been asked to hand over."""
    jobs = text("SELECT args ->> 'message_id' FROM procrastinate_jobs WHERE task_name = 'deliver_message'")
    return session.scalars(jobs).all()


def test_a_message_is_kept_until_the_case_awaits_it(as_, town, programme, pair, work, session):
    message_id = send_message(as_(town.curator), programme.id, "pair_ready", payload={"case": str(pair.id)})
    assert deliver_message(work, message_id) is False
    complete_task(as_(town.curator), programme.opened[0], {})
    assert asked_for(session) == [str(message_id)] * 2
    assert deliver_message(work, message_id) is True
    assert session.get_one(Case, programme.id).status is CaseStatus.COMPLETED


def test_what_a_case_sends_reaches_the_other_case(as_, town, programme, pair, work, session):
    complete_task(as_(town.curator), programme.opened[0], {})
    message_id = send_message(as_(town.curator), programme.id, "pair_ready", payload={"case": str(pair.id)})
    assert deliver_message(work, message_id) is True
    sent = session.scalars(select(Message).where(Message.sender_case_id == programme.id)).one()
    assert (sent.case_id, sent.name, sent.payload, sent.received_at) == (
        pair.id,
        "go",
        {"word": "пора"},
        None,
    )
    assert str(sent.id) in asked_for(session)


def test_a_message_is_handed_over_once(as_, town, programme, pair, work):
    complete_task(as_(town.curator), programme.opened[0], {})
    message_id = send_message(as_(town.curator), programme.id, "pair_ready", payload={"case": str(pair.id)})
    assert [deliver_message(work, message_id) for _ in range(3)] == [True, False, False]


def test_of_several_alike_the_oldest_comes_first(as_, town, programme, pair, work, session, clock):
    ids = []
    for _ in range(2):
        clock.advance(minutes=1)
        payload = {"case": str(pair.id)}
        ids.append(send_message(as_(town.curator), programme.id, "pair_ready", payload=payload))
    complete_task(as_(town.curator), programme.opened[0], {})
    assert deliver_message(work, ids[1]) is True
    received = session.scalars(select(Message.id).where(Message.received_at.is_not(None))).all()
    assert received == [ids[0]]


def test_another_name_or_key_is_not_what_is_awaited(as_, town, programme, pair, work, session):
    complete_task(as_(town.curator), programme.opened[0], {})
    for name, key in (("pair_closed", ""), ("pair_ready", "999")):
        assert deliver_message(work, send_message(as_(town.curator), programme.id, name, key)) is False
    assert session.scalars(select(AwaitedMessage.name)).all() == ["pair_ready"]


def test_a_message_waits_while_its_case_stands_still(as_, town, programme, pair, work, session):
    complete_task(as_(town.curator), programme.opened[0], {})
    suspend_case(as_(town.curator), programme.id)
    message_id = send_message(as_(town.curator), programme.id, "pair_ready", payload={"case": str(pair.id)})
    assert deliver_message(work, message_id) is False
    resume_case(as_(town.curator), programme.id)
    assert asked_for(session) == [str(message_id)] * 2
    assert deliver_message(work, message_id) is True


def test_a_case_that_cannot_be_reached_stops_the_step_with_a_reason(as_, town, programme, work):
    complete_task(as_(town.curator), programme.opened[0], {})
    message_id = send_message(as_(town.curator), programme.id, "pair_ready", payload={"case": "nowhere"})
    with pytest.raises(Stalled) as stalled:
        deliver_message(work, message_id)
    assert "nowhere" in stalled.value.reason
    assert (stalled.value.act, stalled.value.element) == ("deliver_message", "tell_pair")


def test_a_case_of_another_school_cannot_be_spoken_to(as_, town, programme, work, pack_files):
    from workflows.operations.packs import install_pack

    install_pack(work, town.other.id, pack_files)
    foreign = start_case(as_(town.stranger), town.other.id, "pair", "Чужая пара")
    complete_task(as_(town.curator), programme.opened[0], {})
    payload = {"case": str(foreign.id)}
    message_id = send_message(as_(town.curator), programme.id, "pair_ready", payload=payload)
    with pytest.raises(Stalled):
        deliver_message(work, message_id)


def test_who_may_send(as_, town, programme):
    send_message(as_(town.head), programme.id, "pair_ready")
    with pytest.raises(Forbidden):
        send_message(as_(town.auditor), programme.id, "pair_ready")
    with pytest.raises(NotFound):
        send_message(as_(town.stranger), programme.id, "pair_ready")


def test_a_person_does_not_deliver(as_, town, programme):
    message_id = send_message(as_(town.curator), programme.id, "pair_ready")
    with pytest.raises(Forbidden):
        deliver_message(as_(town.curator), message_id)


def test_a_message_needs_a_name_and_a_case_that_goes_on(as_, town, programme):
    with pytest.raises(Invalid):
        send_message(as_(town.curator), programme.id, " ")
    cancel_case(as_(town.curator), programme.id, "Не состоялась")
    with pytest.raises(Conflict):
        send_message(as_(town.curator), programme.id, "pair_ready")


def test_a_message_knows_through_how_many_cases_it_came(as_, town, programme, pair, work, session):
    complete_task(as_(town.curator), programme.opened[0], {})
    message_id = send_message(as_(town.curator), programme.id, "pair_ready", payload={"case": str(pair.id)})
    session.get_one(Message, message_id).hops = 30
    session.flush()
    assert deliver_message(work, message_id) is True
    assert session.scalars(select(Message.hops).where(Message.sender_case_id == programme.id)).all() == [31]


def test_cases_do_not_answer_one_another_for_ever(as_, town, programme, pair, work, session):
    complete_task(as_(town.curator), programme.opened[0], {})
    message_id = send_message(as_(town.curator), programme.id, "pair_ready", payload={"case": str(pair.id)})
    session.get_one(Message, message_id).hops = MOST_HOPS
    session.flush()
    with pytest.raises(Stalled) as stalled:
        deliver_message(work, message_id)
    assert stalled.value.explanation["code"] == "message_storm"
    assert stalled.value.act == "deliver_message"
