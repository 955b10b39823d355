"""A pair from the day it is formed to every way it may end."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from models.bases import MenteeEntry, MentorEntry
from models.pairing import Avoidance
from models.pairs import PairStatusChange
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play
from workflows.records import goals
from workflows.records.messages import send
from workflows.refusals import Conflict


@pytest.fixture
def form(play: Play, college: SimpleNamespace) -> Callable[..., PairPlay]:
    """Form a pair: `form(type="group", mentees=3)`."""
    return lambda **formed: PairPlay(play, college, **formed)


def test_a_pair_goes_the_whole_way(form, play):
    pair = form()
    pair.start_working()
    pair.finish_working()
    pair.look_back()
    pair.conclude()
    assert pair.pair.status == "completed"
    assert play.is_over(pair.case_id)
    assert pair.pair.ended_on == pair.today
    assert {one.until_on for one in pair.members()} == {pair.today}
    assert pair.status_of(pair.mentee_entries[0]) == "completed"
    assert pair.status_of(pair.mentor_entries[0]) == "completed"


def test_each_status_is_added_and_none_is_lost(form, play):
    pair = form()
    pair.start_working()
    pair.finish_working()
    pair.look_back()
    pair.conclude()
    wanted = select(PairStatusChange.status).where(PairStatusChange.pair_id == pair.pair_id)
    assert list(play.session.scalars(wanted.order_by(PairStatusChange.at))) == [
        "approved",
        "acquainted",
        "tried",
        "planned",
        "working",
        "concluding",
        "completed",
    ]


def test_cfg_11_people_get_acquainted_before_anything_else(form):
    pair = form()
    assert pair.waits == {"record_acquaintance"}


def test_rule_15_nothing_goes_on_until_both_have_said_that_they_are_ready(form):
    pair = form()
    pair.meet_first()
    pair.answer(pair.mentor_actors[0])
    assert pair.waits == {"answer_as_mentee"}
    pair.answer(pair.mentee_actors[0])
    assert pair.waits == {"record_trial"}


@pytest.mark.parametrize("side", ["mentor_actors", "mentee_actors"])
def test_rule_14_either_side_may_refuse_at_the_acquaintance(form, play, side):
    pair = form()
    pair.meet_first()
    for actor in (*pair.mentor_actors, *pair.mentee_actors):
        pair.answer(actor, "not_ready" if actor in getattr(pair, side) else "ready")
    assert pair.pair.status == "refused"
    assert play.is_over(pair.case_id)
    assert pair.status_of(pair.mentee_entries[0]) == "searching"
    assert pair.status_of(pair.mentor_entries[0]) == "ready"


def test_a_pair_that_does_not_fit_parts_after_the_trial_and_is_not_paired_again(form, play):
    pair = form()
    pair.get_acquainted()
    pair.try_together("part")
    assert pair.pair.status == "parted"
    assert play.is_over(pair.case_id)
    assert pair.status_of(pair.mentee_entries[0]) == "searching"
    kept = play.session.scalars(select(Avoidance)).one()
    assert kept.mentor_person_id == pair.mentor_actors[0].person_id
    assert kept.mentee_person_id == pair.mentee_actors[0].person_id


def test_a_silent_pair_may_end_early(form, play):
    pair = form()
    pair.start_working()
    play.pass_days(22)
    pair.do("check_on_pair", talked_to=["mentor"], cause="no_interest", decision="stop", notes="Не нужно")
    assert pair.pair.status == "ended_early"
    assert play.is_over(pair.case_id)
    assert pair.status_of(pair.mentee_entries[0]) == "searching"


def test_without_consent_a_pair_stops_at_once_and_everybody_is_told(form, play):
    pair = form()
    pair.start_working()
    gone = pair.mentee_actors[0].person_id
    send(play.work(), pair.case_id, "consent_withdrawn", payload={"person_id": gone})
    play.settle()
    assert pair.pair.status == "ended_early"
    assert play.is_over(pair.case_id)
    assert any("Согласие отозвано" in text for text in pair.told(pair.mentor_actors[0]))


def _mentor_leaves(play: Play, pair: PairPlay) -> None:
    mentor = {"role": "mentor", "person_id": pair.mentor_actors[0].person_id, "reason": "moved"}
    send(play.work(), pair.case_id, "member_left", payload=mentor)
    play.settle()


def test_a_pair_whose_mentor_left_and_was_not_replaced_ends(form, play):
    pair = form()
    pair.start_working()
    _mentor_leaves(play, pair)
    pair.do("choose_mentor", decision="nobody")
    assert pair.pair.status == "ended_early"
    assert play.is_over(pair.case_id)
    assert pair.status_of(pair.mentee_entries[0]) == "searching"


def test_a_new_mentor_gets_acquainted_and_the_goals_of_the_pair_stay(form, play, college):
    pair = form()
    pair.start_working()
    newcomer = college.mentors[1]
    entry_id = pair.add_mentor(newcomer)
    _mentor_leaves(play, pair)
    pair.do("choose_mentor", decision="found", mentor_entry_id=str(entry_id))
    pair.do("agree_to_replace", newcomer, answer="yes")
    assert pair.waits == {"record_acquaintance"}
    assert len(goals.list_goals(play.work(), pair.pair)) == 1
    pair.mentor_actors = [newcomer]
    pair.start_working()
    assert pair.waits == {"record_meeting"}


def test_a_new_cycle_begins_with_planning_and_keeps_the_goals_of_the_last(form, play):
    pair = form()
    pair.start_working()
    pair.finish_working()
    pair.look_back()
    pair.conclude("new_cycle")
    assert pair.pair.cycle == 2
    assert pair.waits == {"list_wishes"}
    assert [one.result for one in goals.list_earlier_goals(play.work(), pair.pair)] == ["Портфолио"]
    pair.plan()
    pair.meet()
    assert pair.pair.status == "working"


def test_rule_22_the_curator_marks_who_went_through_the_full_cycle(form, play, college):
    pair = form(type="group", mentees=2)
    pair.start_working()
    pair.finish_working()
    pair.look_back()
    pair.conclude(full_cycle=[str(pair.mentee_actors[0].person_id)])
    first, second = (
        play.session.get_one(MenteeEntry, one, populate_existing=True) for one in pair.mentee_entries
    )
    assert (first.has_full_cycle, second.has_full_cycle) == (True, False)
    assert first.full_cycle_marked_by_id == college.curator.person_id


def _mentor_entry(play: Play, actor: Any) -> MentorEntry | None:
    wanted = select(MentorEntry).where(MentorEntry.person_id == actor.person_id)
    return play.session.scalars(wanted).one_or_none()


def test_a_mentee_who_wishes_it_is_proposed_as_a_mentor(form, play):
    pair = form()
    pair.start_working()
    pair.finish_working()
    pair.look_back(wants_to_mentor="yes")
    pair.conclude()
    entry = _mentor_entry(play, pair.mentee_actors[0])
    assert entry is not None
    assert (entry.status, entry.source, entry.forms) == ("applied", "learner", ["learner_learner"])


def test_rule_29_the_wish_of_a_mentor_to_stay_is_only_noted(form, play):
    pair = form()
    pair.start_working()
    pair.finish_working()
    pair.look_back(by_mentor={"wants_to_mentor": "yes"})
    pair.conclude()
    entry = _mentor_entry(play, pair.mentor_actors[0])
    assert entry is not None
    assert (entry.status, entry.retained_at) == ("completed", None)


def test_contacts_are_hidden_until_they_are_exchanged(form, play):
    from workflows.queries.readings import read_facts

    pair = form()
    before = read_facts(play.work(), ["pair.members"], pair.case_id)
    assert [one["contacts"] for one in before["mentors"]] == [""]
    assert pair.pair.contacts_shared_at is None
    pair.meet_first()
    assert pair.pair.contacts_shared_at == play.clock.at


def test_nobody_is_in_a_pair_with_nobody(form):
    with pytest.raises(Conflict, match="pair_lacks_somebody"):
        form(mentors=0)
