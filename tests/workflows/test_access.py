"""Who may do what."""

import uuid

import pytest

from workflows.access import RULES, Participant, Permission, Subject, can, require
from workflows.access.reach import roles_at
from workflows.access.rules import SEEING
from workflows.refusals import Forbidden, NotFound
from workflows.work import SYSTEM, Actor, Role, Work

REGION, TOWN, SCHOOL, OTHER = (uuid.uuid4() for _ in range(4))
PATHS = {
    REGION: f"/{REGION}/",
    TOWN: f"/{REGION}/{TOWN}/",
    SCHOOL: f"/{REGION}/{TOWN}/{SCHOOL}/",
    OTHER: f"/{REGION}/{TOWN}/{OTHER}/",
}
ME, SOMEBODY = uuid.uuid4(), uuid.uuid4()


def holding(role, place):
    return Actor(ME, "я", roles=(Role(role, place, PATHS[place]),))


def work(actor):
    return Work(session=None, actor=actor)


def in_school(**more):
    return Subject(SCHOOL, PATHS[SCHOOL], **more)


@pytest.mark.parametrize("role", ["administrator", "auditor", "coordinator"])
def test_some_roles_reach_the_branch_below_but_never_up_or_sideways(role):
    for place in (REGION, TOWN, SCHOOL):
        assert roles_at(holding(role, place), PATHS[SCHOOL]) == {role}
    assert roles_at(holding(role, OTHER), PATHS[SCHOOL]) == frozenset()
    assert roles_at(holding(role, SCHOOL), PATHS[TOWN]) == frozenset()


@pytest.mark.parametrize("role", ["curator", "head", "mentor", "methodist"])
def test_other_roles_count_only_where_they_are_held(role):
    assert roles_at(holding(role, SCHOOL), PATHS[SCHOOL]) == {role}
    assert roles_at(holding(role, TOWN), PATHS[SCHOOL]) == frozenset()


def test_every_permission_has_a_rule_and_a_way_to_see_its_noun():
    assert RULES.keys() == set(Permission)
    assert {permission.split(":")[0] for permission in Permission} <= SEEING.keys()


@pytest.mark.parametrize("permission", list(Permission))
def test_without_any_role_or_part_nothing_is_allowed_and_nothing_is_there(permission):
    stranger = work(Actor(ME, "я"))
    subject = in_school(task_role="mentor", participants=(Participant("mentor", SOMEBODY),))
    assert not can(stranger, permission, subject)
    with pytest.raises(NotFound):
        require(stranger, permission, subject)


@pytest.mark.parametrize("permission", list(Permission))
def test_a_role_in_another_school_opens_no_door(permission):
    for role in ("administrator", "curator", "head", "auditor", "coordinator", "methodist"):
        assert not can(work(holding(role, OTHER)), permission, in_school(task_role=role))


@pytest.mark.parametrize("permission", list(Permission))
def test_the_system_may_do_everything_under_its_own_name(permission):
    assert require(work(SYSTEM), permission, in_school()) == "system"


@pytest.mark.parametrize("permission", list(Permission))
def test_an_auditor_changes_nothing(permission):
    harmless = {"read", "read_answers", "read_decision", "export", "verify"}
    allowed = can(work(holding("auditor", SCHOOL)), permission, in_school())
    assert not allowed or permission.split(":")[1] in harmless


def test_who_sees_is_told_that_it_is_forbidden_and_the_role_that_opens_is_told():
    curator = work(holding("curator", SCHOOL))
    with pytest.raises(Forbidden) as refused:
        require(curator, Permission.CASE_MIGRATE, in_school())
    assert refused.value.values["permission"] == "case:migrate"
    assert require(curator, Permission.CASE_CANCEL, in_school()) == "curator"


def test_a_task_of_a_role_is_for_the_participants_in_it_before_all_others():
    pool = in_school(task_role="mentor")
    pair = in_school(task_role="mentor", participants=(Participant("mentor", SOMEBODY),))
    mentor = work(holding("mentor", SCHOOL))
    assert can(mentor, Permission.TASK_COMPLETE, pool)
    assert not can(mentor, Permission.TASK_COMPLETE, pair)


def test_a_task_of_somebody_else_is_not_completed_even_by_its_role():
    taken = in_school(task_role="mentor", assignee_id=SOMEBODY)
    mentor = work(holding("mentor", SCHOOL))
    assert not can(mentor, Permission.TASK_COMPLETE, taken)
    assert can(mentor, Permission.TASK_SAVE_DRAFT, taken)


def test_the_curator_of_a_case_leads_it_without_a_role_in_the_school():
    subject = in_school(participants=(Participant("curator", ME),))
    assert can(work(Actor(ME, "я")), Permission.CASE_SUSPEND, subject)
    assert not can(work(Actor(ME, "я")), Permission.CASE_MIGRATE, subject)


def test_nobody_but_the_system_fires_timers_delivers_messages_or_opens_incidents():
    administrator = work(holding("administrator", REGION))
    for permission in (Permission.TIMER_FIRE, Permission.MESSAGE_DELIVER, Permission.INCIDENT_OPEN):
        assert not can(administrator, permission, in_school())
