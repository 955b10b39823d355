"""What goes wrong at the wrong moment: a worker that is late, a place that is taken, a word taken back."""

from datetime import date

import pytest
from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.cases import Case
from models.journal import JournalEntry
from models.pairing import ProposalStatus
from models.pairs import PairStatus
from models.practices import Practice
from tests.workflows.mentoring.bases import REQUEST, YES, apply, open_programme
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.test_approval import DAY, submitted
from workflows.operations import awards, pairing
from workflows.operations.consents import give_consent, withdraw_consent
from workflows.operations.mentees import apply_as_mentee, leave_base
from workflows.operations.pairs import leave_pair
from workflows.operations.practices import publish_practice, withdraw_practice
from workflows.operations.programmes import start_programme, stop_programme
from workflows.queries.pairing import get_pairing
from workflows.records import mentors, practices
from workflows.records.pairs import form_pair
from workflows.refusals import Conflict, Invalid

YEAR = {"title": "Год", "variant": "college"}


def form(pair):
    """Form a pair whose case no worker has begun yet."""
    return form_pair(
        pair.play.work(),
        pair.programme_id,
        form=pair.form,
        type="pair",
        mentor_entry_ids=pair.mentor_entries,
        mentee_entry_ids=pair.mentee_entries,
        curator_id=pair.college.curator.person_id,
    )


@pytest.fixture
def late(play, college, monkeypatch):
    """A pair of which only the rows are there: the worker was killed before it began the case."""
    monkeypatch.setattr(PairPlay, "make_pair", lambda self, **_more: form(self))
    return PairPlay(play, college)


def has_begun(play, case_id):
    return play.session.scalar(select(Case.id).where(Case.id == case_id)) is not None


def test_a_pair_whose_consent_is_withdrawn_before_its_case_began_does_not_begin(play, late, college):
    mentee = college.mentees[0]
    give_consent(play.work(mentee), late.programme_id, mentee.person_id, "participation")
    withdraw_consent(play.work(mentee), late.programme_id, mentee.person_id, "participation")
    assert late.pair.status is PairStatus.ENDED_EARLY
    play.settle()
    assert not has_begun(play, late.case_id)
    assert late.status_of(late.mentor_entries[0]) == "ready"


def test_a_pair_of_a_programme_that_was_stopped_before_its_case_began_does_not_begin(play, late, college):
    stop_programme(play.work(college.head), late.programme_id, "Нет средств")
    play.settle()
    assert late.pair.status is PairStatus.ENDED_EARLY
    assert not has_begun(play, late.case_id)


def test_whoever_left_before_the_worker_came_is_asked_nothing(play, college):
    programme, mentee = open_programme(play), college.mentees[0]
    entry_id = apply_as_mentee(play.work(mentee), programme.id, mentee.person_id, "learner_learner")
    leave_base(play.work(mentee), entry_id, "Передумала")
    again = apply_as_mentee(play.work(mentee), programme.id, mentee.person_id, "learner_learner")
    assert again == entry_id
    play.settle()
    cases = play.session.scalars(select(Case.id).where(Case.process == "mentee_intake")).all()
    assert cases == [play.session.get_one(MenteeEntry, entry_id).case_id]


def test_a_mentor_who_left_while_others_decided_gets_no_pair(play):
    made, case_id = submitted(play, "learner_learner", "college")
    mentors.set_status(play.work(), made.theirs[0].id, EntryStatus.LEFT, "consent_withdrawn")
    play.do("decide_as_curator", case_id, decided_on=DAY)
    assert len(made.pairs()) == 1
    assert made.status(made.theirs[0]) is EntryStatus.LEFT
    assert made.status(made.own[0]) is EntryStatus.SEARCHING


def test_the_last_place_of_a_mentor_is_given_once(play):
    made, case_id = submitted(play, "learner_learner", "college")
    form_pair(
        play.work(),
        made.programme.id,
        form="learner_learner",
        type="pair",
        mentor_entry_ids=[made.theirs[0].id],
        mentee_entry_ids=[made.mentee(2, "learner_learner").id],
        curator_id=play.college.curator.person_id,
    )
    play.do("decide_as_curator", case_id, decided_on=DAY)
    assert len(made.pairs()) == 2
    assert made.status(made.own[0]) is EntryStatus.SEARCHING


def test_what_could_not_be_formed_does_not_keep_others_from_being_proposed(play):
    made, case_id = submitted(play, "learner_learner", "college")
    mentors.set_status(play.work(), made.theirs[0].id, EntryStatus.LEFT, "consent_withdrawn")
    play.do("decide_as_curator", case_id, decided_on=DAY)
    statuses = {one.status for one in get_pairing(made.work(), made.programme.id).proposals}
    assert statuses == {ProposalStatus.APPROVED, ProposalStatus.REFUSED}
    assert pairing.propose_pairs(made.work(), made.programme.id)


@pytest.fixture
def left_alone(play, college):
    """A pair whose mentor has left, and another who is asked to take the place."""
    pair = PairPlay(play, college)
    pair.start_working()
    entry_id = pair.add_mentor(college.mentors[1])
    pair.mentor_entries.append(entry_id)
    play.session.get_one(MentorEntry, entry_id).forms = ["teacher_learner"]
    play.session.flush()
    mentor = college.mentors[0]
    leave_pair(play.work(mentor), pair.pair_id, mentor.person_id, "Переезжает")
    play.settle()
    pair.do("choose_mentor", decision="found", mentor_entry_id=str(entry_id), message="Ждём")
    return pair


@pytest.mark.parametrize("status", [EntryStatus.LEFT, EntryStatus.PAUSED])
def test_whoever_is_no_ready_mentor_any_more_takes_no_place(play, left_alone, college, status):
    mentors.set_status(play.work(), left_alone.mentor_entries[1], status, "consent_withdrawn")
    with pytest.raises(Invalid) as refused:
        left_alone.do("agree_to_replace", college.mentors[1], answer="yes")
    assert refused.value.problems["answer"][0].key == "mentor_is_not_free"
    left_alone.do("agree_to_replace", college.mentors[1], answer="no", why="Уже занят")
    assert left_alone.waits == {"choose_mentor"}


def test_a_place_that_was_taken_meanwhile_is_not_taken_again(play, left_alone, college):
    other = PairPlay.__new__(PairPlay)
    other.__dict__ = left_alone.__dict__ | {"mentee_actors": [college.mentees[1]]}
    other.mentee_entries = [other._entry(MenteeEntry, college.mentees[1])]
    other.mentor_entries = [left_alone.mentor_entries[1]]
    form(other)
    with pytest.raises(Invalid):
        left_alone.do("agree_to_replace", college.mentors[1], answer="yes")


def test_a_plan_is_not_made_before_there_was_a_pair(play, college):
    pair = PairPlay(play, college)
    pair.get_acquainted()
    pair.try_together()
    pair.wish()
    with pytest.raises(Invalid) as refused:
        pair.draw_plan(held_on="1900-01-01")
    assert set(refused.value.problems) == {"held_on"}
    with pytest.raises(Invalid) as refused:
        pair.draw_plan(came=[str(college.mentors[0].person_id)])
    assert set(refused.value.problems) == {"came"}


def test_a_story_that_somebody_took_back_is_not_shown_again_unasked(play, college):
    pair = PairPlay(play, college)
    people = (college.mentors[0], college.mentees[0])
    for one in people:
        give_consent(play.work(one), pair.programme_id, one.person_id, "publicity")
    practice = practices.write(
        play.work(), pair.programme_id, college.id, pair_id=pair.pair_id, title="История", summary="Как было"
    )
    for one in people:
        practices.agree(play.work(), practice.id, one.person_id, is_given=True)
    publish_practice(play.work(college.curator), practice.id)
    withdraw_practice(play.work(college.mentees[0]), practice.id)
    with pytest.raises(Conflict) as refused:
        publish_practice(play.work(college.curator), practice.id)
    assert refused.value.key == "practice_without_agreement"
    assert play.session.get_one(Practice, practice.id).published_on is None


def test_how_somebody_feels_does_not_stand_in_the_journal(play, college):
    programme = open_programme(play)
    _entry_id, case_id = apply(play, programme)
    play.do("fill_request", case_id, **REQUEST, needs_help_now=True)
    play.do("sign_consents", case_id, **YES)
    play.do("help_first", case_id, held_on="2026-09-01", state="accompany")
    wanted = select(JournalEntry.details).where(JournalEntry.act == "mentee.supported_first")
    (details,) = play.session.scalars(wanted)
    assert not {"state", "held_on"} & details.keys()


@pytest.mark.parametrize("years", [(9999, 9999), (1900, 9999)])
def test_a_programme_at_the_end_of_the_calendar_is_refused_beside_the_fields(play, college, years):
    first, last = years
    days = {"starts_on": date(first, 1, 1), "ends_on": date(last, 12, 31)}
    with pytest.raises(Invalid) as refused:
        start_programme(play.work(college.head), college.id, **YEAR, **days)
    assert set(refused.value.problems) == {"starts_on", "ends_on"}


@pytest.mark.parametrize("activity", ["", "meeting", "goal_reached", "story", "х" * 1000])
def test_points_are_not_given_for_what_is_none_or_is_counted_anyway(play, college, activity):
    pair = PairPlay(play, college)
    with pytest.raises(Invalid) as refused:
        awards.give_points(play.work(college.curator), pair.pair_id, activity)
    assert set(refused.value.problems) == {"activity"}
