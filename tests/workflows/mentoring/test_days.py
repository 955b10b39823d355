"""A day begins where the college is: shortly after midnight there it is still yesterday at Greenwich."""

from datetime import UTC, date, datetime

import pytest

from models.people import Person
from tests.programmes import add_programme
from tests.workflows.mentoring.bases import apply, guard
from tests.workflows.mentoring.ends import agree_to_publicity, answer, make_programme
from tests.workflows.mentoring.pair_plays import PairPlay
from workflows.operations.concerns import raise_concern
from workflows.operations.programmes import appoint
from workflows.queries.readings import READERS
from workflows.records import facts, guardians, programme_people, publicity

AFTER_MIDNIGHT = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)
TODAY = date(2026, 10, 1)


def test_whoever_comes_of_age_today_speaks_for_themselves(play, college):
    programme = make_programme(play, college)
    mentee = college.mentees[0].person_id
    guard(play, mentee, college.guardian.person_id)
    person = play.session.get_one(Person, mentee)
    person.born_on = date(2008, 10, 1)
    agree_to_publicity(play, programme, mentee)
    play.clock.at = AFTER_MIDNIGHT
    assert not guardians.is_minor(play.work(), person)
    assert publicity.list_shown(play.work(), programme.id, [mentee]) == {mentee}


def test_a_curator_who_is_appointed_from_today_is_asked_today(play, college):
    programme = add_programme(play.session, college.id)
    order = {"order_number": "14-к", "since_on": TODAY}
    appoint(play.work(college.head), programme.id, college.curator.person_id, "curator", **order)
    assert programme_people.list_curators(play.work(), programme.id) == []
    play.clock.at = AFTER_MIDNIGHT
    assert programme_people.list_curators(play.work(), programme.id) == [college.curator.person_id]


@pytest.mark.parametrize(("met_on", "silent"), [(date(2026, 9, 16), 1), (date(2026, 9, 17), 0)])
def test_a_pair_is_silent_from_the_fifteenth_day_on(play, college, met_on, silent):
    pair = PairPlay(play, college)
    pair.pair.last_met_on = met_on
    play.clock.at = AFTER_MIDNIGHT
    counting = {"counts": "all", "silent_after": 14, "satisfied_from": 7, "partner_forms": []}
    assert facts.facts_of(play.work(), pair.programme_id, **counting)["pairs_silent"] == silent


def test_a_concern_is_dated_as_the_people_there_count_days(play, college):
    pair = PairPlay(play, college)
    play.clock.at = AFTER_MIDNIGHT
    raise_concern(play.work(college.mentees[0]), pair.pair_id, "conflict", "low", "Ссоры")
    play.settle()
    case_id = play.find("look_into").case_id
    assert READERS["concern.text"].read(play.work(), case_id)["raised_on"] == TODAY
    looked = {"talked_to": ["mentor"], "note": "Поговорили", "decision": "measures"}
    play.do("look_into", case_id, **looked, measures=["mediation"])
    (note,) = READERS["concern.notes"].read(play.work(), case_id)["concern_notes"]
    assert note["written_on"] == "01.10.2026"


def test_what_was_seen_at_the_start_is_dated_as_the_people_there_count_days(play, college):
    programme = make_programme(play, college)
    _entry_id, case_id = apply(play, programme)
    mentee = college.mentees[0].person_id
    play.clock.at = AFTER_MIDNIGHT
    answer(play, college, programme, mentee, about_id=mentee, moment="entry")
    (row,) = READERS["bases.baseline"].read(play.work(), case_id)["baseline"]
    assert row["given_on"] == TODAY
