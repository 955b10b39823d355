"""Today for those who take part: one next thing, and how the pair stands."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry
from models.goals import Goal, GoalProgress
from models.meetings import Meeting
from models.pairs import Pair
from tests.webapp.readers import parsed
from tests.webapp.today.autumn import TITLE
from tests.webapp.today.reading import words


def test_a_mentor_finds_one_next_thing_and_the_way_of_the_pair(college, reader):
    answer = reader(college.mentors[1]).get("/today")
    page = parsed(answer)
    assert "Ответить как наставник" in words(page, "next")
    assert "до четверга, 24 сентября" in words(page, "next")
    assert "Записать встречу" in words(page, "then")
    assert len(page.findall(".//*[@aria-labelledby='next']//a")) == 1
    said = words(page, "pair-1")
    assert "Ваш наставляемый: Тимур Ясенев" in said
    assert "1 встреча" in said
    assert "Прошлая встреча 17 сентября" in said
    assert "четверг, 24 сентября" in said
    assert "Портфолио" in said
    assert "Молчащие пары" not in answer.text
    assert "/cases" not in [one.get("href") for one in page.iter("a")]


def test_a_mentee_to_whom_nothing_is_left_sees_the_next_meeting(college, reader):
    page = parsed(reader(college.mentees[1]).get("/today"))
    said = words(page, "next")
    assert "Следующая встреча: 24 сентября" in said.replace("\xa0", " ")
    assert "Дарья Голубкина" in said
    assert "Ваш наставник: Дарья Голубкина" in words(page, "pair-1")


def test_a_pair_without_an_agreed_day_is_told_the_rhythm(college, reader, session, autumn, clock):
    session.get_one(Pair, autumn.silent)
    for meeting in session.scalars(select(Meeting).where(Meeting.pair_id == autumn.silent)):
        meeting.next_on = None
    session.commit()
    mentor = reader(college.mentors[0])
    assert "пора встретиться – срок был 15 сентября" in words(parsed(mentor.get("/today")), "pair-1")
    clock.at -= timedelta(days=3)
    assert "не позже 15 сентября" in words(parsed(mentor.get("/today")), "pair-1")


def test_what_one_side_said_of_a_goal_is_not_shown_to_the_other(college, reader, session, autumn, clock):
    goal = session.scalars(select(Goal).where(Goal.pair_id == autumn.meeting)).one()
    mark = {"goal_id": goal.id, "person_id": college.mentors[1].person_id, "noted_at": clock()}
    session.add(GoalProgress(mark="a_little", **mark))
    session.commit()
    assert "стали немного ближе" in reader(college.mentors[1]).get("/today").text
    assert "стали немного ближе" not in reader(college.mentees[1]).get("/today").text


def test_whoever_takes_part_in_nothing_is_told_how_to_join(college, reader, add, session, autumn):
    answer = reader(add("mentee")).get("/today")
    parsed(answer)
    assert "Участвуйте в наставничестве" in answer.text
    assert TITLE in answer.text
    for way in ("mentee", "mentor"):
        assert f"/programmes/{session.get_one(Pair, autumn.meeting).programme_id}/{way}" in answer.text


def test_whoever_waits_in_a_base_is_told_how_that_stands(college, reader, play_entry):
    answer = reader(play_entry).get("/today")
    assert "Вас приняли. Ищем вам наставника." in answer.text
    parsed(answer)


@pytest.fixture
def play_entry(college, add, session, autumn):
    """Somebody who stands in the base of mentees and has no pair."""
    actor = add("mentee")
    session.add(
        MenteeEntry(
            organisation_id=college.id,
            programme_id=session.get_one(Pair, autumn.meeting).programme_id,
            person_id=actor.person_id,
            status=EntryStatus.READY,
            form="teacher_learner",
            applied_at=autumn.at,
        )
    )
    session.commit()
    return actor
