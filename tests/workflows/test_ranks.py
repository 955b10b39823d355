"""Nobody gives more than they hold, and nobody lays hands on those who stand above them."""

import uuid
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from models.people import Membership
from workflows.operations.people import add_person, change_person, end_membership, grant_membership
from workflows.operations.users import add_user, block_user, end_sessions, set_password
from workflows.refusals import Forbidden, NotFound
from workflows.work import Actor, Work

As = Callable[[Actor], Work]
PASSWORD = "четыре слова и запятая"
LEADING = ["administrator", "head", "coordinator", "auditor"]


@pytest.fixture
def newcomer(work: Work, town: SimpleNamespace) -> uuid.UUID:
    return add_person(work, town.school.id, "Новая Сотрудница")


@pytest.mark.parametrize("role", LEADING)
def test_a_head_makes_nobody_a_leader_not_even_himself(town: SimpleNamespace, as_: As, role: str) -> None:
    since = date(2027, 1, 1)
    for person in (town.head, town.mentor):
        with pytest.raises(Forbidden) as refusal:
            grant_membership(as_(town.head), person.person_id, town.school.id, role, since_on=since)
        assert refusal.value.key == "above_you"


@pytest.mark.parametrize("role", ["curator", "mentor", "mentee", "psychologist"])
def test_a_head_gives_the_roles_of_his_school(
    town: SimpleNamespace, as_: As, newcomer: uuid.UUID, role: str
) -> None:
    assert grant_membership(as_(town.head), newcomer, town.school.id, role)


@pytest.mark.parametrize("role", LEADING)
def test_an_administrator_gives_every_role_at_home_and_none_above(
    town: SimpleNamespace, as_: As, newcomer: uuid.UUID, role: str
) -> None:
    assert grant_membership(as_(town.administrator), newcomer, town.school.id, role)
    with pytest.raises(NotFound):
        grant_membership(as_(town.administrator), newcomer, town.town.id, role)


def test_nobody_gives_a_role_to_somebody_of_another_school(town: SimpleNamespace, as_: As) -> None:
    with pytest.raises(NotFound):
        grant_membership(as_(town.head), town.stranger.person_id, town.school.id, "mentor")


def test_a_head_ends_no_administrator(town: SimpleNamespace, as_: As, work: Work) -> None:
    held = select(Membership.id).where(Membership.person_id == town.administrator.person_id)
    with pytest.raises(Forbidden):
        end_membership(as_(town.head), work.session.scalars(held).one())


@pytest.mark.parametrize("target", ["administrator", "head", "auditor", "curator"])
def test_a_curator_gives_no_account_to_those_who_lead(town: SimpleNamespace, as_: As, target: str) -> None:
    with pytest.raises(Forbidden) as refusal:
        add_user(as_(town.curator), getattr(town, target).person_id, "taken.over", PASSWORD)
    assert refusal.value.key == "above_you"


def test_a_curator_gives_accounts_to_mentors_and_mentees(town: SimpleNamespace, as_: As) -> None:
    assert add_user(as_(town.curator), town.mentor.person_id, "mentor.one", PASSWORD)
    assert add_user(as_(town.curator), town.mentee.person_id, "mentee.one", PASSWORD)


def test_a_role_that_begins_tomorrow_protects_already(
    town: SimpleNamespace, as_: As, work: Work, newcomer: uuid.UUID
) -> None:
    grant_membership(work, newcomer, town.school.id, "head", since_on=date(2027, 1, 1))
    with pytest.raises(Forbidden):
        add_user(as_(town.curator), newcomer, "taken.over", PASSWORD)


def test_the_address_of_a_leader_is_changed_by_nobody_below(town: SimpleNamespace, as_: As) -> None:
    theirs = {"full_name": town.head.name, "email": "curator@example.org", "language": "ru"}
    with pytest.raises(Forbidden):
        change_person(as_(town.curator), town.head.person_id, **theirs)
    change_person(as_(town.administrator), town.head.person_id, **theirs)
    change_person(as_(town.head), town.head.person_id, **theirs | {"email": "head@example.org"})


@pytest.mark.parametrize(
    "act", [block_user, end_sessions, lambda work, user: set_password(work, user, PASSWORD)]
)
def test_an_administrator_of_a_school_has_no_hold_on_a_leader_of_the_town_who_works_there(
    town: SimpleNamespace, as_: As, work: Work, act: Callable[[Work, uuid.UUID], None]
) -> None:
    grant_membership(work, town.mentor.person_id, town.town.id, "administrator")
    user = add_user(work, town.mentor.person_id, "leads.the.town", PASSWORD)
    with pytest.raises(Forbidden):
        act(as_(town.administrator), user)
