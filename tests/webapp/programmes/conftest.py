"""A college whose programme has come through four stages and has formed its first pair."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.database import Database
from models.people import Person
from tests.workflows.mentoring.conftest import build_college
from tests.workflows.mentoring.plays import Play
from tests.workflows.mentoring.programme_way import Way
from workflows.operations import people
from workflows.queries.people import get_actor_of_person
from workflows.records.pairs import form_pair
from workflows.work import SYSTEM, Actor, Work

FORM = "learner_learner"


def play_programme(play: Play) -> SimpleNamespace:
    """Let a programme come to its fifth stage, with one pair in it."""
    way = Way(play)
    for stage in (way.stage_1, way.stage_2, way.stage_3, way.stage_4):
        stage()
    return SimpleNamespace(id=way.id, case_id=way.case_id, pair_id=way.form_pair())


@pytest.fixture(scope="session")
def played(templates: Any) -> tuple[str, SimpleNamespace, SimpleNamespace]:
    """The template database, the college in it, and its programme."""
    name, college = templates.furnish(build_college)
    made, programme = templates.play_in(name, lambda *own: play_programme(Play(college, *own)))
    return made, college, programme


@pytest.fixture(scope="session")
def database(templates: Any, played: Any) -> Iterator[Database]:
    """A database with the programme in it, in which nothing more is ever committed."""
    with templates.lent(played[0]) as made:
        yield made


@pytest.fixture
def college(played: Any) -> SimpleNamespace:
    college: SimpleNamespace = played[1]
    return college


@pytest.fixture
def programme(played: Any) -> SimpleNamespace:
    programme: SimpleNamespace = played[2]
    return programme


@pytest.fixture
def add_somebody(work: Work, college: SimpleNamespace) -> Callable[[str, str], Actor]:
    """Add somebody who holds a role in the college."""

    def add(role: str, name: str) -> Actor:
        person_id = people.add_person(work, college.id, name)
        people.grant_membership(work, person_id, college.id, role)
        work.session.commit()
        return get_actor_of_person(work.session, person_id, work.now())

    return add


@pytest.fixture
def form_pairs(
    session: Session, clock: Any, college: SimpleNamespace, programme: Any
) -> Callable[[int], Any]:
    """Form so many further pairs, each of people of its own."""

    def form(number: int) -> list[uuid.UUID]:
        work = Work(session, SYSTEM, clock)
        made = []
        for n in range(number):
            entries = [_entry(session, college, programme, kind, n) for kind in (MentorEntry, MenteeEntry)]
            session.flush()
            made.append(
                form_pair(
                    work,
                    programme.id,
                    form=FORM,
                    type="pair",
                    mentor_entry_ids=[entries[0].id],
                    mentee_entry_ids=[entries[1].id],
                    curator_id=college.curator.person_id,
                )
            )
        session.commit()
        return made

    return form


def _entry(session: Session, college: Any, programme: Any, kind: Any, number: int) -> Any:
    person = Person(
        id=uuid.uuid4(), organisation_id=college.id, full_name=f"Гай Снегирёв {kind.__name__} {number}"
    )
    session.add(person)
    session.flush()
    own = {"source": "learner", "forms": [FORM]} if kind is MentorEntry else {"form": FORM}
    entry = kind(
        id=uuid.uuid4(),
        organisation_id=college.id,
        programme_id=programme.id,
        person_id=person.id,
        status=EntryStatus.READY,
        applied_at=datetime(2026, 9, 1, 9, tzinfo=UTC),
        **own,
    )
    session.add(entry)
    return entry
