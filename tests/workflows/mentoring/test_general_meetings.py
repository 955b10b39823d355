"""The general meeting: everybody talks with everybody, and then says with whom to go on."""

import pytest
from sqlalchemy import func, select

from models.bases import EntryStatus
from models.notices import Notice
from models.pairing import Choice, GeneralMeeting, GeneralMeetingGuest
from tests.workflows.mentoring.waiting import Cohort
from workflows.operations.timers import fire_next_timer
from workflows.queries.pairing import get_rounds
from workflows.queries.readings import read_facts
from workflows.records import general_meetings, halls
from workflows.refusals import Invalid, NotFound

MEETING = {
    "held_at": "2026-09-01T15:00",
    "format": "in_person",
    "place": "Актовый зал",
    "minutes_per_round": 7,
    "tables": 5,
}


@pytest.fixture
def cohort(play):
    made = Cohort(play)
    made.own = [made.mentee(n) for n in range(3)]
    made.theirs = [made.mentor(n) for n in range(2)]
    return made


def hold_meeting(cohort, absent=(), **changes):
    case_id = cohort.begin()
    cohort.play.do("plan_general_meeting", case_id, **(MEETING | changes))
    away = [str(guest_of(cohort, one).id) for one in absent]
    cohort.play.do("record_attendance", case_id, absent=away)
    return case_id


def guest_of(cohort, entry):
    wanted = select(GeneralMeetingGuest).where(
        (GeneralMeetingGuest.mentee_entry_id == entry.id) | (GeneralMeetingGuest.mentor_entry_id == entry.id)
    )
    return cohort.session.scalars(wanted.execution_options(populate_existing=True)).one()


def choose(cohort, entry, first=None, *others):
    case_id = guest_of(cohort, entry).case_id
    answers = {"first": str(first.id)} if first else {}
    answers |= {"others": [str(one.id) for one in others]} if others else {}
    return cohort.play.do("choose_partners", case_id, **answers)


def choices(cohort):
    return cohort.session.scalar(select(func.count(Choice.id)))


def test_everybody_who_waits_is_invited_and_talks_with_everybody_once(cohort):
    case_id = cohort.begin()
    assert cohort.play.waits(case_id) == {"plan_general_meeting"}
    cohort.play.do("plan_general_meeting", case_id, **MEETING)
    invited = set(cohort.session.scalars(select(Notice.person_id).where(Notice.case_id == case_id)))
    assert invited == {one.person_id for one in (*cohort.own, *cohort.theirs)}
    meeting = cohort.session.scalars(select(GeneralMeeting)).one()
    _meeting, plan, names = get_rounds(cohort.work(), meeting.id)
    assert plan.rounds == 3
    assert len(plan.talks) == 6
    assert len(names) == 5
    rows = read_facts(cohort.work(), ["general_meetings.rounds"], case_id)["rounds"]
    assert {(row["mentor"], row["mentee"]) for row in rows} == {
        (names[talk.mentor], names[talk.mentee]) for talk in plan.talks
    }


def test_whoever_has_left_is_neither_planned_for_nor_asked_nor_offered(cohort):
    case_id = cohort.begin()
    cohort.play.do("plan_general_meeting", case_id, **MEETING)
    gone, stays, *_others = cohort.own
    gone.status = EntryStatus.LEFT
    cohort.session.flush()
    rows = read_facts(cohort.work(), ["general_meetings.rounds"], case_id)["rounds"]
    assert len({row["mentee"] for row in rows}) == 2
    cohort.play.do("record_attendance", case_id, absent=[])
    assert guest_of(cohort, gone).case_id is None
    assert guest_of(cohort, stays).case_id is not None
    asked = guest_of(cohort, cohort.theirs[0]).case_id
    offered = read_facts(cohort.work(), ["general_meetings.options"], asked)["met"]
    assert {one["value"] for one in offered} == {str(one.id) for one in cohort.own[1:]}


def test_whom_the_list_cannot_hold_nobody_counts_as_having_come(cohort, monkeypatch):
    monkeypatch.setattr(general_meetings, "MOST_MARKED", 4)
    case_id = cohort.begin()
    cohort.play.do("plan_general_meeting", case_id, **MEETING)
    facts = read_facts(cohort.work(), ["general_meetings.guests"], case_id)
    assert (len(facts["guest_choices"]), facts["guests_beyond"]) == (4, 1)
    cohort.play.do("record_attendance", case_id, absent=[facts["guest_choices"][0]["value"]])
    come = [guest_of(cohort, one).has_come for one in (*cohort.own, *cohort.theirs)]
    assert sorted(come, key=str) == [False, None, True, True, True]


def test_a_meeting_lasts_no_longer_than_people_can_talk(cohort, monkeypatch):
    monkeypatch.setattr(halls, "MINUTES_OF_TALKS", 15)
    case_id = cohort.begin()
    cohort.play.do("plan_general_meeting", case_id, **MEETING)
    facts = read_facts(cohort.work(), ["general_meetings.rounds"], case_id)
    assert {row["round"] for row in facts["rounds"]} == {1, 2}
    assert (len(facts["rounds"]), facts["talks_left_out"]) == (4, 2)


def test_a_meeting_is_planned_for_a_time_to_come(cohort):
    case_id = cohort.begin()
    with pytest.raises(Invalid) as refused:
        cohort.play.do("plan_general_meeting", case_id, **(MEETING | {"held_at": "2026-09-01T08:00"}))
    assert "held_at" in refused.value.problems


@pytest.mark.parametrize("minutes", [4, 11])
def test_a_talk_lasts_from_five_to_ten_minutes(cohort, minutes):
    case_id = cohort.begin()
    with pytest.raises(Invalid) as refused:
        cohort.play.do("plan_general_meeting", case_id, **(MEETING | {"minutes_per_round": minutes}))
    assert "minutes_per_round" in refused.value.problems


def test_nobody_notes_who_came_before_the_day_of_the_meeting(cohort):
    case_id = cohort.begin()
    cohort.play.do("plan_general_meeting", case_id, **(MEETING | {"held_at": "2026-09-03T15:00"}))
    cohort.play.pass_days(1)
    with pytest.raises(Invalid) as refused:
        cohort.play.do("record_attendance", case_id, absent=[])
    assert refused.value.problems["absent"][0].key == "meeting_is_not_held_yet"
    assert guest_of(cohort, cohort.own[0]).has_come is None
    cohort.play.pass_days(1)
    cohort.play.do("record_attendance", case_id, absent=[])
    assert guest_of(cohort, cohort.own[0]).has_come is True


def test_whom_a_guest_likes_best_comes_first_and_nobody_is_ranked_twice(cohort):
    hold_meeting(cohort)
    mentor, (one, other, third) = cohort.theirs[0], cohort.own
    case_id = guest_of(cohort, mentor).case_id
    with pytest.raises(Invalid):
        cohort.play.do("choose_partners", case_id, first=str(one.id), second=str(one.id))
    cohort.play.do(
        "choose_partners", case_id, first=str(third.id), second=str(one.id), others=[str(other.id)]
    )
    ranked = select(Choice.mentee_entry_id).where(Choice.mentor_entry_id == mentor.id)
    assert list(cohort.session.scalars(ranked.order_by(Choice.rank))) == [third.id, one.id, other.id]


def test_only_who_came_is_asked_and_offered(cohort):
    hold_meeting(cohort, absent=[cohort.own[2]])
    assert guest_of(cohort, cohort.own[2]).case_id is None
    case_id = guest_of(cohort, cohort.theirs[0]).case_id
    met = read_facts(cohort.work(), ["general_meetings.options"], case_id)["met"]
    assert {one["value"] for one in met} == {str(cohort.own[0].id), str(cohort.own[1].id)}
    with pytest.raises(Invalid):
        choose(cohort, cohort.theirs[0], cohort.own[2])


def test_choices_of_both_sides_become_pairs_as_soon_as_all_have_answered(cohort):
    case_id = hold_meeting(cohort)
    one, other, third = cohort.own
    first, second = cohort.theirs
    choose(cohort, one, first, second)
    choose(cohort, other, first)
    choose(cohort, third)
    choose(cohort, first, one, other)
    assert "close_choices" in cohort.play.waits(case_id)
    choose(cohort, second, one)
    assert cohort.play.waits(case_id) == {"review_proposals"}
    # The first choice of one is given up, so that the other gets somebody too.
    assert cohort.proposed() == {(one.id, second.id), (other.id, first.id)}
    assert cohort.left()[third.id] == ["all_not_chosen"]


def test_rule_14_an_answer_is_voluntary_and_nobody_need_be_chosen(cohort):
    hold_meeting(cohort)
    choose(cohort, cohort.own[0])
    assert guest_of(cohort, cohort.own[0]).answered_at is not None
    assert choices(cohort) == 0


def test_pressing_twice_counts_once(cohort):
    hold_meeting(cohort)
    task = cohort.play.find("choose_partners", guest_of(cohort, cohort.own[0]).case_id)
    choose(cohort, cohort.own[0], cohort.theirs[0])
    from workflows.operations.tasks import complete_task

    again = complete_task(
        cohort.play.work(cohort.college.mentees[0]), task.id, {"first": str(cohort.theirs[0].id)}
    )
    assert again.was_done_before
    assert choices(cohort) == 1


def test_the_curator_closes_the_collection_and_nobody_is_asked_any_more(cohort):
    case_id = hold_meeting(cohort)
    choose(cohort, cohort.own[0], cohort.theirs[0])
    asked = guest_of(cohort, cohort.own[1]).case_id
    cohort.play.do("close_choices", case_id, closes=True)
    assert cohort.play.is_over(asked)
    assert cohort.play.waits(case_id) == {"review_proposals"}


def test_whoever_is_silent_is_reminded_and_then_not_waited_for(cohort):
    case_id = hold_meeting(cohort)
    silent = guest_of(cohort, cohort.own[1])
    cohort.play.pass_days(3)
    reminded = select(func.count(Notice.id)).where(Notice.case_id == silent.case_id)
    assert cohort.session.scalar(reminded) == 1
    cohort.play.pass_days(30)
    assert cohort.play.is_over(silent.case_id)
    assert cohort.play.waits(case_id) == {"review_proposals"}


def test_time_may_be_up_for_a_silent_guest_before_the_collection_says_so(cohort):
    case_id = hold_meeting(cohort)
    asked = [guest_of(cohort, one).case_id for one in (*cohort.own, *cohort.theirs)]
    cohort.play.clock.advance(days=6)
    # The timers of all cases fire before any word from one case reaches another.
    while fire_next_timer(cohort.play.work()) is not None:
        pass
    assert all(cohort.play.is_over(one) for one in asked)
    cohort.play.settle()
    assert cohort.play.waits(case_id) == {"review_proposals"}


def test_cfg_10_quick_meetings_bring_teachers_and_pupils_of_the_school_together(play):
    made = Cohort(play, "school")
    made.mentee(0)
    made.mentor(0)
    assert made.play.waits(made.begin()) == {"plan_general_meeting"}


def test_cfg_10_teachers_of_the_school_find_each_other_in_talks_by_mutual_choice(play):
    made = Cohort(play, "school")
    one = made.mentee(0, "teacher_teacher", experience_years=1)
    first = made.mentor(0, ("teacher_teacher",), experience_years=9)
    case_id = made.begin()
    made.play.do(
        "record_talks", case_id, talks=[{"mentee": str(one.id), "mentor": str(first.id), "said": "mentor"}]
    )
    assert made.proposed() == set()


def test_talks_and_a_meeting_go_on_side_by_side(play):
    made = Cohort(play, "school")
    made.mentee(0)
    made.mentee(1, "learner_learner", study_level=1)
    made.mentor(0, ("teacher_learner", "learner_learner"), study_level=2)
    assert made.play.waits(made.begin()) == {"plan_general_meeting", "record_talks"}


def test_everybody_is_told_the_outcome(cohort):
    case_id = hold_meeting(cohort)
    choose(cohort, cohort.own[0], cohort.theirs[0])
    choose(cohort, cohort.theirs[0], cohort.own[0])
    cohort.play.do("close_choices", case_id, closes=True)
    cohort.play.do("review_proposals", case_id, decision="approve")
    cohort.play.do("decide_as_curator", case_id, decided_on="2026-09-01")
    assert cohort.play.is_over(case_id)
    counted = select(Notice.person_id, func.count(Notice.id)).where(Notice.case_id == case_id)
    told = dict(cohort.session.execute(counted.group_by(Notice.person_id)).tuples().all())
    # Each of the five was invited, and then told what came of it.
    assert {told[one.person_id] for one in (*cohort.own, *cohort.theirs)} == {2}
    assert cohort.status(cohort.own[0]) is EntryStatus.MATCHED
    assert cohort.status(cohort.own[1]) is EntryStatus.SEARCHING


def test_a_mentee_does_not_see_the_plan_of_all(cohort):
    case_id = cohort.begin()
    cohort.play.do("plan_general_meeting", case_id, **MEETING)
    meeting = cohort.session.scalars(select(GeneralMeeting)).one()
    with pytest.raises(NotFound):
        get_rounds(cohort.play.work(cohort.college.mentees[0]), meeting.id)
