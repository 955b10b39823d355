"""A task may be meant for one person, whoever else holds its role."""

import pytest
from sqlalchemy import select

from models.tasks import Task, TaskOffer
from tests.workflows.changing import redrawn
from workflows.access import Permission
from workflows.operations.cases import start_case
from workflows.operations.packs import install_pack
from workflows.operations.tasks import complete_task
from workflows.queries.tasks import get_task
from workflows.refusals import Conflict, Stalled, TooLate

ROLE = '<zeebe:assignmentDefinition candidateGroups="mentor"/>'
MEETING = {"topic": "Знакомство"}


@pytest.fixture
def start(as_, town, pack_files):
    """Start a pair with two mentors, whose meetings are recorded by the one that is named."""

    def start(named, expression="=person"):
        one = f'<zeebe:assignmentDefinition candidateGroups="mentor" assignee="{expression}"/>'
        install_pack(as_(town.administrator), town.school.id, redrawn(pack_files, (ROLE, one)))
        people = {
            "mentor": [town.mentor.person_id, town.second_mentor.person_id],
            "curator": [town.curator.person_id],
        }
        return start_case(
            as_(town.curator),
            town.school.id,
            "pair",
            "Пара",
            participants=people,
            variables={"person": named},
        )

    return start


def test_a_task_of_one_person_is_that_persons_though_others_hold_the_role(start, as_, town, session):
    case = start(str(town.second_mentor.person_id))
    task = session.scalars(select(Task).where(Task.case_id == case.id)).one()
    assert (task.assignee_id, task.pool_role, task.role) == (town.second_mentor.person_id, None, "mentor")
    assert session.scalars(select(TaskOffer).where(TaskOffer.task_id == task.id)).all() == []
    assert Permission.TASK_COMPLETE in get_task(as_(town.second_mentor), task.id).may
    with pytest.raises(TooLate):
        complete_task(as_(town.mentor), task.id, MEETING)
    complete_task(as_(town.second_mentor), task.id, MEETING)


def test_it_may_be_somebody_of_the_organisation_who_takes_no_part(start, as_, town, session):
    case = start(str(town.coordinator.person_id))
    assert session.get_one(Task, case.opened[0]).assignee_id == town.coordinator.person_id
    complete_task(as_(town.coordinator), case.opened[0], MEETING)


@pytest.mark.parametrize("nobody", [None, ""])
def test_where_nobody_is_named_the_task_is_for_the_role(start, town, session, nobody):
    case = start(nobody)
    task = session.get_one(Task, case.opened[0])
    assert task.assignee_id is None
    offered = session.scalars(select(TaskOffer.person_id).where(TaskOffer.task_id == task.id)).all()
    assert set(offered) == {town.mentor.person_id, town.second_mentor.person_id}


@pytest.mark.parametrize("wrong", ["6f1d2c3b-0a5e-4f7d-9b8c-1e2d3f4a5b6c", "наставник", 7])
def test_a_case_does_not_begin_for_somebody_whom_nobody_knows(start, wrong):
    with pytest.raises(Conflict) as refusal:
        start(wrong)
    assert refusal.value.values["explanation"]["code"] == "assignee_unknown"


def test_who_is_known_elsewhere_only_is_not_known_here(start, town):
    with pytest.raises(Conflict):
        start(str(town.stranger.person_id))


def test_a_step_that_leads_to_nobody_opens_an_incident(start, as_, town):
    case = start(
        str(town.mentor.person_id),
        "=if record_meeting = null then person else &quot;никто&quot;",
    )
    with pytest.raises(Stalled) as stalled:
        complete_task(as_(town.mentor), case.opened[0], MEETING)
    assert stalled.value.explanation["code"] == "assignee_unknown"
    assert stalled.value.element == "record_meeting"
