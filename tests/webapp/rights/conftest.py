"""A college with two pairs and everything that pages show of them, and everybody who may ask for it."""

import uuid
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from models.imports import ImportedBase
from models.notices import Notice
from models.pairs import Pair, PairMember
from models.programmes import MentoringForm, RoadmapItem
from models.standing_in import HandOver
from models.tasks import Task, TaskStatus
from tests.conftest import Clock
from tests.webapp.pair_college import furnish
from workflows.operations.deputies import name_deputy
from workflows.operations.imports import stage_import
from workflows.operations.kept_filters import keep_filter
from workflows.operations.people import add_person, grant_membership
from workflows.operations.remarks import add_file, comment_task
from workflows.queries.people import get_actor_of_person


@pytest.fixture(scope="session")
def furnished(templates):
    """The template database in which the pairs have played."""
    return furnish(templates)


@pytest.fixture(scope="session")
def database(templates, furnished):
    """A database with the pairs in it, in which nothing more is ever committed."""
    with templates.lent(furnished[0]) as made:
        yield made


@pytest.fixture
def college(furnished):
    return furnished[1]


@pytest.fixture
def clock(college):
    """The clock as it stood when the pairs had played."""
    clock = Clock()
    clock.at = college.at
    return clock


@pytest.fixture
def readers(college, work):
    """Everybody of the college by what they are to the first pair."""

    def add(role):
        person_id = add_person(work, college.id, f"{role} колледжа")
        grant_membership(work, person_id, college.id, role)
        work.session.commit()
        return get_actor_of_person(work.session, person_id, work.now())

    found = {role: getattr(college, role) for role in ("administrator", "head", "curator", "methodist")}
    found |= {role: getattr(college, role) for role in ("psychologist", "secretary", "auditor")}
    found |= {"coordinator": add("coordinator"), "partner": add("partner")}
    found |= {"mentor": college.mentors[0], "mentee": college.mentees[0], "guardian": college.guardian}
    return found | {"other_mentor": college.mentors[1], "other_mentee": college.mentees[1]}


@pytest.fixture
def things(college, as_, work, clock):
    """What belongs to the first pair or stands around it, by the names that addresses have for it."""
    pair = work.session.get_one(Pair, college.pair_id)
    work.session.add(MentoringForm(programme_id=pair.programme_id, code=pair.form, title="Педагог – студент"))
    mentor, curator = as_(college.mentors[0]), as_(college.curator)
    own = select(Task.id).where(Task.case_id == pair.case_id, Task.status == TaskStatus.OPEN)
    task_id = work.session.scalars(own.where(Task.assignee_id == college.mentors[0].person_id)).first()
    people = work.session.scalars(select(PairMember).where(PairMember.pair_id == pair.id)).all()
    item = RoadmapItem(
        programme_id=pair.programme_id,
        position=1,
        stage=1,
        measure="Приказ",
        responsible="Руководитель",
        due_on=date(2026, 10, 1),
    )
    hand_over = HandOver(
        organisation_id=college.id,
        from_id=college.curator.person_id,
        to_id=college.head.person_id,
        by_id=college.curator.person_id,
        at=clock(),
    )
    work.session.add_all([item, hand_over])
    work.session.flush()
    rows = [{"row": 2, "cells": {"full_name": "Ева Осинина", "born_on": "2001-03-04", "form": pair.form}}]
    today = clock().date()
    deputy = name_deputy(
        curator, college.curator.person_id, college.head.person_id, today, today + timedelta(days=3)
    )
    found = SimpleNamespace(
        pair_id=pair.id,
        programme_id=pair.programme_id,
        case_id=pair.case_id,
        task_id=task_id,
        mentee_entry=next(one.mentee_entry_id for one in people if one.mentee_entry_id),
        mentor_entry=next(one.mentor_entry_id for one in people if one.mentor_entry_id),
        file_id=add_file(mentor, task_id, "план.txt", "План".encode()),
        comment_id=comment_task(mentor, task_id, "Позвоню завтра"),
        batch_id=stage_import(curator, pair.programme_id, ImportedBase.MENTEES, "база.xlsx", rows),
        filter_id=keep_filter(curator, "Мои", {"whose": "mine"}),
        deputyship_id=deputy,
        item_id=item.id,
        hand_over_id=hand_over.id,
        notice_id=work.session.scalars(
            select(Notice.id).where(Notice.person_id == college.mentors[0].person_id)
        ).first(),
        incident_id=uuid.UUID(int=1),
        base="mentees",
        form=filled_in(college, pair, today),
    )
    work.session.commit()
    return found


def filled_in(college, pair, today):
    """Everything that any of the forms asks for, so that nothing but rights is in the way."""
    other = str(college.methodist.person_id)
    answers = {"reason": "Переезд", "sure": "on", "text": "Мы поссорились", "topic": "Знакомство"}
    answers |= {"kind": "conflict", "severity": "serious", "name": "Срочное", "outcome": "Сделано"}
    answers |= {"person_id": other, "to_id": other, "deputy_id": other, "person": other}
    answers |= {"since_on": today.isoformat(), "until_on": today.isoformat(), "done_on": today.isoformat()}
    answers |= {"order_number": "5", "duty": "team", "form": pair.form, "purpose": "personal_data"}
    return answers | {"source": "pedagogue", "wants": "Говорить смелее"}
