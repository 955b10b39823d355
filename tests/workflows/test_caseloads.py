"""A whole caseload goes over to a colleague, and comes back."""

import pytest
from sqlalchemy import select

from models.cases import CaseParticipant
from models.pairs import PairMember
from workflows.operations import people
from workflows.operations.caseloads import hand_over_caseload, take_caseload_back
from workflows.operations.cases import start_case
from workflows.operations.tasks import assign_task, claim_task
from workflows.queries.caseloads import count_caseload
from workflows.queries.inbox import Whose, list_inbox
from workflows.queries.people import get_actor_of_person
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound


@pytest.fixture
def colleague(work, town, clock):
    """A second curator of the school."""
    person_id = people.add_person(work, town.school.id, "Рита Гвоздикина")
    people.grant_membership(work, person_id, town.school.id, "curator")
    return get_actor_of_person(work.session, person_id, clock())


@pytest.fixture
def own_task(as_, town):
    """A task that the curator has taken, in a case in which the curator has no seat."""
    task_id = start_case(as_(town.curator), town.school.id, "programme", "Программа").opened[0]
    claim_task(as_(town.curator), task_id)
    return task_id


def curators(session, case_id):
    seated = select(CaseParticipant.person_id).where(
        CaseParticipant.case_id == case_id,
        CaseParticipant.role == "curator",
        CaseParticipant.until_at.is_(None),
    )
    return set(session.scalars(seated))


def mine(work):
    return {row.id for row in list_inbox(work, Whose.MINE).rows}


def test_seats_and_tasks_go_over_and_come_back(as_, town, start_pair, own_task, colleague, session):
    pairs = [start_pair("Пара Ромашкиной"), start_pair("Пара Синичкиной")]
    curator, new = as_(town.curator), colleague.person_id
    load = count_caseload(curator, town.curator.person_id)
    assert (load.seats, load.tasks) == (2, 1)
    hand_over_id, moved = hand_over_caseload(curator, town.curator.person_id, new)
    assert [one.refusal for one in moved] == [None] * 3
    assert all(curators(session, pair.id) == {new} for pair in pairs)
    assert mine(as_(colleague)) == {own_task}
    assert mine(curator) == set()
    assert [one.refusal for one in take_caseload_back(curator, hand_over_id)] == [None] * 3
    assert all(curators(session, pair.id) == {town.curator.person_id} for pair in pairs)
    assert mine(curator) == {own_task}
    with pytest.raises(Conflict):
        take_caseload_back(curator, hand_over_id)


def test_what_cannot_go_over_stays_and_keeps_nothing_else(as_, work, town, start_pair, session):
    """Whoever is the mentor of a pair cannot be its curator too."""
    people.grant_membership(work, town.mentor.person_id, town.school.id, "curator")
    theirs = start_pair("Пара самого наставника")
    other = start_pair("Другая пара", mentor=[town.second_mentor], curator=[town.curator])
    _, moved = hand_over_caseload(as_(town.curator), town.curator.person_id, town.mentor.person_id)
    refused = {one.case_id: one.refusal for one in moved}
    assert refused[other.id] is None
    assert refused[theirs.id].key == "person_in_two_roles"
    assert curators(session, theirs.id) == {town.curator.person_id}
    assert curators(session, other.id) == {town.mentor.person_id}


def test_what_went_on_from_there_stays_there(as_, town, own_task, colleague, start_pair):
    start_pair()
    curator = as_(town.curator)
    hand_over_id, _ = hand_over_caseload(curator, town.curator.person_id, colleague.person_id)
    assign_task(as_(colleague), own_task, town.head.person_id)
    moved = take_caseload_back(curator, hand_over_id)
    assert [one.refusal.key if one.refusal else None for one in moved if one.is_task] == [
        "went_on_from_there"
    ]
    assert mine(as_(town.head)) == {own_task}


def test_who_sat_there_already_stays_when_it_comes_back(as_, town, colleague, start_pair, session):
    pair = start_pair("Вдвоём", mentor=[town.mentor], curator=[town.curator, colleague])
    hand_over_id, _ = hand_over_caseload(as_(town.curator), town.curator.person_id, colleague.person_id)
    assert curators(session, pair.id) == {colleague.person_id}
    take_caseload_back(as_(town.curator), hand_over_id)
    assert curators(session, pair.id) == {colleague.person_id, town.curator.person_id}


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("mentor", NotFound), ("stranger", NotFound), ("auditor", Forbidden), ("administrator", None)],
)
def test_who_may_hand_over_what_is_anothers(as_, town, colleague, start_pair, who, refusal):
    start_pair()
    given = as_(getattr(town, who)), town.curator.person_id, colleague.person_id
    if refusal is None:
        hand_over_caseload(*given)
        return
    with pytest.raises(refusal):
        hand_over_caseload(*given)


def test_it_goes_to_a_colleague_of_the_same_role_only(as_, town, start_pair):
    start_pair()
    with pytest.raises(Invalid):
        hand_over_caseload(as_(town.curator), town.curator.person_id, town.mentor.person_id)


def test_nothing_is_nothing_to_hand_over(as_, town, colleague):
    with pytest.raises(Conflict):
        hand_over_caseload(as_(town.curator), town.curator.person_id, colleague.person_id)


def test_a_pair_has_its_new_curator_among_its_members(as_, town, colleague, start_pair, session, work):
    from datetime import date

    from models.pairs import Pair, PairStatus
    from tests.programmes import add_programme

    case = start_pair()
    pair = Pair(
        organisation_id=town.school.id,
        programme_id=add_programme(session, town.school.id).id,
        case_id=case.id,
        title="Пара",
        status=PairStatus.WORKING,
        form="learner_learner",
        type="pair",
        formed_on=date(2026, 9, 1),
    )
    session.add(pair)
    session.flush()
    member = {"pair_id": pair.id, "role": "curator", "since_on": date(2026, 9, 1)}
    session.add(PairMember(person_id=town.curator.person_id, **member))
    session.flush()
    hand_over_id, _ = hand_over_caseload(as_(town.curator), town.curator.person_id, colleague.person_id)
    now = select(PairMember.person_id).where(PairMember.pair_id == pair.id, PairMember.until_on.is_(None))
    assert list(session.scalars(now)) == [colleague.person_id]
    take_caseload_back(as_(town.curator), hand_over_id)
    assert list(session.scalars(now)) == [town.curator.person_id]
