"""A college with two pairs and everything that pages show of them, and everybody who may ask for it."""

import uuid
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from models.bodies import BodyDuty, BodyKind
from models.calendars import BreakKind
from models.goals import Goal, PlanStep
from models.imports import ImportedBase
from models.letters import Letter
from models.notices import Notice
from models.pairs import Pair, PairMember
from models.people import Membership
from models.standing_in import HandOver
from models.tasks import Task, TaskStatus
from tests.webapp.played_college import *  # noqa: F403
from tests.webapp.rights.furnishing import furnish_everything
from workflows.operations.asked_tasks import ask_task
from workflows.operations.bodies import add_body, give_seat
from workflows.operations.calendars import add_break
from workflows.operations.case_remarks import add_case_file, note_case
from workflows.operations.deputies import name_deputy
from workflows.operations.imports import stage_import
from workflows.operations.kept_filters import keep_filter
from workflows.operations.people import add_person, change_person, grant_membership
from workflows.operations.programmes import appoint
from workflows.operations.remarks import add_file, comment_task
from workflows.queries.people import get_actor_of_person


@pytest.fixture(scope="session")
def furnished(templates):
    """The template database in which the pairs have played."""
    return furnish_everything(templates)


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
def things(college, as_, work, clock, reader):
    """What belongs to the first pair or stands around it, by the names that addresses have for it."""
    reader(college.mentees[0], signs_in=False)
    pair = work.session.get_one(Pair, college.pair_id)
    mentor, curator = as_(college.mentors[0]), as_(college.curator)
    own = select(Task.id).where(Task.case_id == pair.case_id, Task.status == TaskStatus.OPEN)
    task_id = work.session.scalars(own.where(Task.assignee_id == college.mentors[0].person_id)).first()
    people = work.session.scalars(select(PairMember).where(PairMember.pair_id == pair.id)).all()
    hand_over = HandOver(
        organisation_id=college.id,
        from_id=college.curator.person_id,
        to_id=college.head.person_id,
        by_id=college.curator.person_id,
        at=clock(),
    )
    work.session.add(hand_over)
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
        item_id=college.item_id,
        hand_over_id=hand_over.id,
        notice_id=work.session.scalars(
            select(Notice.id).where(Notice.person_id == college.mentors[0].person_id)
        ).first(),
        incident_id=uuid.UUID(int=1),
        base="mentees",
        **of_the_case(college, as_, pair.case_id),
        **of_the_house(college, as_, work, today),
        **of_papers(college),
    )
    found.letter_id = letter_about(college, as_, found.asked_id)
    found.step_id = work.session.scalars(
        select(PlanStep.id).join(Goal, Goal.id == PlanStep.goal_id).where(Goal.pair_id == pair.id)
    ).first()
    found.form = filled_in(college, pair, today)
    # One name means another thing in these places.
    found.sent = {
        "calendar.remove": {"seen": "yes"},
        "bodies.seat": {"duty": "member"},
        "pairing.move": {"seen": str(college.board.theirs[1])},
    }
    work.session.commit()
    return found


def of_the_case(college, as_, case_id):
    """What people put to the case of the pair: the mentor for all, the curator for those who lead it."""
    mentor, curator = as_(college.mentors[0]), as_(college.curator)
    return {
        "note_id": note_case(mentor, case_id, "Звонили", is_inner=False),
        "inner_note_id": note_case(curator, case_id, "Присмотреться", is_inner=True),
        "case_file_id": add_case_file(mentor, case_id, "фото.txt", "План".encode(), is_inner=False),
        "inner_file_id": add_case_file(curator, case_id, "мнение.txt", "Мнение".encode(), is_inner=True),
        "asked_id": ask_task(curator, case_id, name="Позвонить", person_id=college.mentees[0].person_id),
    }


def of_the_house(college, as_, work, today):
    """What stands for the whole organisation: a council with a seat, days off, a person, an appointment."""
    head, mentee_id = as_(college.head), college.mentees[0].person_id
    programme_id = work.session.get_one(Pair, college.pair_id).programme_id
    body_id = add_body(head, college.id, BodyKind.COUNCIL, "Совет наставников")
    summer = (BreakKind.VACATION, "Каникулы", date(2027, 7, 1), date(2027, 8, 1))
    return {
        "body_id": body_id,
        "seat_id": give_seat(head, body_id, college.psychologist.person_id, BodyDuty.MEMBER, since_on=today),
        "break_id": add_break(as_(college.curator), college.id, *summer),
        "person_id": mentee_id,
        "membership_id": work.session.scalars(
            select(Membership.id).where(Membership.person_id == mentee_id)
        ).one(),
        "appointment_id": appoint(
            head, programme_id, college.tutor.person_id, "team", order_number="7", since_on=today
        ),
    }


def of_papers(college):
    """The documents of the pair and its programme, and the programmes in which pairs are being formed."""
    kept = {name: getattr(college, name) for name in ("honour_id", "roadmap_id", "scan_id", "papers_id")}
    board = college.board
    kept |= {"document_id": college.plan_id, "organisation": college.id}
    return kept | {"board_id": board.id, "hall_id": board.hall_id, "board_entry": board.own[0]}


def letter_about(college, as_, task_id):
    """Let the mentee be written to, because the curator said something about the mentee's task."""
    mentee, curator = college.mentees[0], as_(college.curator)
    change_person(curator, mentee.person_id, full_name=mentee.name, email="m@college.example", language="ru")
    comment_task(curator, task_id, "Успеваешь?")
    return curator.session.scalars(select(Letter.id).where(Letter.person_id == mentee.person_id)).one()


def filled_in(college, pair, today):
    """Everything that any of the forms asks for, so that nothing but rights is in the way."""
    other = str(college.methodist.person_id)
    answers = {"reason": "Переезд", "sure": "on", "text": "Мы поссорились", "topic": "Знакомство"}
    answers |= {"kind": "conflict", "severity": "serious", "name": "Срочное", "outcome": "Сделано"}
    answers |= {"person_id": other, "to_id": other, "deputy_id": other, "person": other}
    answers |= {"since_on": today.isoformat(), "until_on": today.isoformat(), "done_on": today.isoformat()}
    answers |= {"order_number": "5", "duty": "team", "form": pair.form, "purpose": "personal_data"}
    answers |= {"organisation": str(college.id), "full_name": "Соня Ромашкина", "language": "ru"}
    answers |= {"role": "tutor", "last_on": today.isoformat(), "dated_on": today.isoformat()}
    answers |= {"about": str(college.pair_id), "people": str(college.mentors[2].person_id)}
    answers |= {"whom": str(college.mentors[0].person_id), "at": college.pinned_at.isoformat()}
    answers |= {"mentee": str(college.board.own[0]), "mentor": str(college.board.theirs[1])}
    answers |= {"to": str(college.board.theirs[0])}
    return answers | {"source": "pedagogue", "wants": "Говорить смелее"}
