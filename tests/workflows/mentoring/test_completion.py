"""The end of a programme: pairs, everybody together, the festival, conclusions, and what is handed on."""

from datetime import date

import pytest
from sqlalchemy import func, select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.journal import JournalEntry
from models.meetings import Meeting, MeetingAttendance, MeetingKind
from models.notices import Notice
from models.pairs import PairStatus
from models.practices import Practice, PracticeStatus
from models.programmes import RoadmapItem
from models.reports import Report
from models.surveys import SurveyRequest
from tests.workflows.mentoring.ends import (
    MENTEE,
    WEIGHED,
    answer,
    answer_exit,
    begin,
    make_pair,
    make_programme,
    mark_all,
    meet,
)
from workflows.operations.full_cycles import carry_over_bases, mark_full_cycle
from workflows.queries.readings import READERS
from workflows.records import full_cycles
from workflows.refusals import Conflict, Invalid, Refusal

TOGETHER = {"came": 4, "inspired": "Успехи"}
PLAN = {"held_on": "2026-12-20", "place": "Актовый зал", "audiences": ["learners"]}
OVER = {"guests": 80, "story": "Было тепло."}


def _summed_up_pair(play, college, wish="as_mentor"):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    meet(play, pair, college, "working", "final")
    case_id = begin(play, college, programme, "completion")
    answer_exit(play, wish)
    play.do("weigh_up", case_id, **WEIGHED)
    return programme, pair, case_id


def test_whole_programme_is_completed_on_three_levels(play, college):
    programme = make_programme(play, college)
    for n in range(2):
        meet(play, make_pair(play, college, programme, n), college, "working", "final")
    case_id = begin(play, college, programme, "completion")
    answer_exit(play, "as_mentor")
    play.do("weigh_up", case_id, **WEIGHED)
    wishing = play.session.scalars(select(MentorEntry.id).order_by(MentorEntry.id)).all()
    play.do("decide_mentors", case_id, mentors=[str(wishing[0])])
    mark_all(play, case_id, programme)
    play.do("plan_meeting", case_id, held_on="2026-09-10", place="Библиотека")
    play.pass_days(10)
    play.do("record_reflection", case_id, **TOGETHER)
    play.do("plan_festival", case_id, **PLAN, pairs=[], jury=[])
    play.do("grant_awards", case_id, awards=[])
    play.do("record_festival", case_id, **OVER)
    play.do("pack_practice", case_id, title="Пара на год", summary="Как мы это делаем")
    assert play.is_over(case_id)
    told = play.session.scalars(
        select(Notice.text).where(Notice.values["place"].astext == "Библиотека")
    ).all()
    assert len(told) == 4


def test_a_programme_in_which_nobody_completed_comes_to_its_end_too(play, college):
    programme = make_programme(play, college)
    case_id = begin(play, college, programme, "completion")
    play.do("revise_roadmap", case_id, reasons="Мало людей", roadmap_changes="Начать раньше")
    assert play.is_over(case_id)


def test_participants_and_evaluation_stand_beside_each_other(play, college):
    _, pair, case_id = _summed_up_pair(play, college)
    row = READERS["completion.comparison"].read(play.work(), case_id)["comparison"][0]
    assert (row["pair"], float(row["mentee"]), float(row["curator"])) == (pair.pair.title, 8, 8)
    assert (
        play.session.scalars(select(Report).where(Report.kind == "comparison")).one().answers.items()
        >= WEIGHED.items()
    )


def test_nobody_answers_at_the_end_and_the_pairs_are_summed_up_all_the_same(play, college):
    programme = make_programme(play, college)
    make_pair(play, college, programme)
    case_id = begin(play, college, programme, "completion")
    play.pass_days(30)
    play.do("weigh_up", case_id, **WEIGHED)
    mark_all(play, case_id, programme)
    assert play.waits(case_id) == {"plan_meeting"}
    assert play.session.scalar(select(func.count()).select_from(SurveyRequest)) == 3


def test_rule_29_a_mentor_goes_on_only_by_the_decision_of_the_organisation(play, college):
    _, pair, case_id = _summed_up_pair(play, college)
    assert pair.mentor_entry.retained_at is None
    assert play.find("decide_mentors", case_id).role == "head"
    play.do("decide_mentors", case_id, mentors=[str(pair.mentor_entry.id)], order_number="17")
    play.session.refresh(pair.mentor_entry)
    assert pair.mentor_entry.retained_at is not None


def test_rule_29_the_wish_of_a_mentor_alone_is_not_enough(play, college):
    _, pair, case_id = _summed_up_pair(play, college)
    play.do("decide_mentors", case_id, mentors=[])
    play.session.refresh(pair.mentor_entry)
    assert pair.mentor_entry.retained_at is None


def test_rule_29_nobody_is_asked_about_mentors_who_do_not_wish(play, college):
    _, _, case_id = _summed_up_pair(play, college, "enough")
    assert play.waits(case_id) == {"mark_full_cycles"}


def test_rule_22_every_mentee_of_a_completed_pair_gets_a_mark(play, college):
    _, pair, case_id = _summed_up_pair(play, college, "enough")
    entry = str(pair.mentee_entry.id)
    with pytest.raises(Invalid):
        play.do("mark_full_cycles", case_id, passed=[], not_passed=[])
    with pytest.raises(Invalid):
        play.do("mark_full_cycles", case_id, passed=[entry], not_passed=[entry])
    play.do("mark_full_cycles", case_id, passed=[entry], not_passed=[])
    play.session.refresh(pair.mentee_entry)
    assert pair.mentee_entry.has_full_cycle is True
    assert pair.mentee_entry.full_cycle_marked_by_id == college.curator.person_id
    assert play.waits(case_id) == {"plan_meeting"}


def test_rule_22_a_long_list_of_marks_comes_piece_by_piece(play, college, monkeypatch):
    monkeypatch.setattr(full_cycles, "MOST_AT_ONCE", 2)
    programme = make_programme(play, college)
    for n in range(3):
        make_pair(play, college, programme, n)
    case_id = begin(play, college, programme, "completion")
    answer_exit(play)
    play.do("weigh_up", case_id, **WEIGHED)
    for shown, later in ((2, 1), (1, 0)):
        facts = READERS["completion.full_cycle"].read(play.work(), case_id)
        assert (len(facts["unmarked"]), facts["unmarked_later"]) == (shown, later)
        play.do(
            "mark_full_cycles", case_id, passed=[one["value"] for one in facts["unmarked"]], not_passed=[]
        )
    assert play.waits(case_id) == {"plan_meeting"}
    assert all(play.session.scalars(select(MenteeEntry.has_full_cycle)))


def test_rule_22_marks_decided_before_are_not_asked_again(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    mark_full_cycle(play.work(college.curator), pair.mentee_entry.id, has_passed=False)
    case_id = begin(play, college, programme, "completion")
    answer_exit(play)
    play.do("weigh_up", case_id, **WEIGHED)
    assert play.waits(case_id) == {"plan_meeting"}
    assert pair.mentee_entry.has_full_cycle is False


def test_rule_22_only_the_curator_marks(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    for actor in (college.head, college.mentors[0], college.mentees[0]):
        with pytest.raises(Refusal):
            mark_full_cycle(play.work(actor), pair.mentee_entry.id, has_passed=True)


def _conclude(play, college, *, done):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme, status=PairStatus.WORKING)
    pair.mentee_entry.has_full_cycle = True
    answer(play, college, programme, pair.mentee, moment="exit", answers={"rate_comfort": 9})
    for position, is_done in enumerate(done):
        play.session.add(_measure(programme, position, is_done))
    play.session.flush()
    return begin(play, college, programme, "completion")


def _measure(programme, position, is_done):
    return RoadmapItem(
        programme_id=programme.id,
        position=position,
        stage=1,
        measure=f"Мера {position}",
        responsible="Куратор",
        due_on=date(2026, 10, 1),
        done_on=date(2026, 9, 30) if is_done else None,
    )


def test_rule_28_facts_not_worse_than_the_plan_become_a_good_practice(play, college):
    case_id = _conclude(play, college, done=[True] * 5)
    play.do("pack_practice", case_id, title="Как мы ищем пары", summary="Шаг за шагом")
    assert play.is_over(case_id)
    assert play.session.scalars(select(Practice)).one().status is PracticeStatus.PUBLISHED


def test_rule_28_facts_worse_than_the_plan_revise_the_roadmap(play, college):
    case_id = _conclude(play, college, done=[True, False])
    assert play.waits(case_id) == {"revise_roadmap"}
    play.do("revise_roadmap", case_id, reasons="Не успели", roadmap_changes="Сроки")
    assert play.is_over(case_id)
    kept = play.session.scalars(select(Report).where(Report.kind == "revision")).one()
    assert kept.facts["roadmap_share"] == 50


def test_bases_are_carried_over_to_the_next_programme(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    looking = make_pair(play, college, programme, 1)
    looking.mentee_entry.status = EntryStatus.SEARCHING
    pair.mentor_entry.retained_at = play.clock()
    answer(
        play, college, programme, pair.mentee, moment="exit", pair_id=pair.id, answers={"go_on": "as_mentor"}
    )
    following = make_programme(play, college, previous_id=programme.id)
    carried = carry_over_bases(play.work(college.curator), programme.id)
    assert carried == {"mentors": 2, "mentees": 1}
    assert carry_over_bases(play.work(college.curator), programme.id) == {"mentors": 0, "mentees": 0}
    mentors = select(MentorEntry.person_id).where(MentorEntry.programme_id == following.id)
    assert set(play.session.scalars(mentors)) == {pair.mentor, pair.mentee}
    mentees = select(MenteeEntry.person_id).where(MenteeEntry.programme_id == following.id)
    assert play.session.scalars(mentees).all() == [looking.mentee]
    acts = select(JournalEntry.act).where(JournalEntry.act == "bases.carried")
    assert len(play.session.scalars(acts).all()) == 2


def test_without_a_next_programme_nothing_is_carried(play, college):
    programme = make_programme(play, college)
    with pytest.raises(Conflict):
        carry_over_bases(play.work(college.curator), programme.id)


@pytest.mark.parametrize(
    ("form", "source", "mentors_in"),
    [
        ("learner_learner", "learner", "learner_learner"),
        ("teacher_learner", "learner", "learner_learner"),
        ("teacher_teacher", "pedagogue", "teacher_teacher"),
    ],
)
def test_a_former_mentee_is_carried_over_as_the_mentor_they_can_be(play, college, form, source, mentors_in):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme, form=form)
    answer(
        play, college, programme, pair.mentee, moment="exit", pair_id=pair.id, answers={"go_on": "as_mentor"}
    )
    following = make_programme(play, college, previous_id=programme.id)
    carry_over_bases(play.work(college.curator), programme.id)
    wanted = select(MentorEntry).where(MentorEntry.programme_id == following.id)
    entry = play.session.scalars(wanted).one()
    assert (entry.person_id, entry.source, entry.forms) == (pair.mentee, source, [mentors_in])


def test_the_diagram_carries_a_teacher_over_as_a_pedagogue(play, college):
    programme = make_programme(play, college)
    make_pair(play, college, programme, form="teacher_teacher")
    following = make_programme(play, college, previous_id=programme.id)
    case_id = begin(play, college, programme, "completion")
    answer_exit_as_future_mentor(play)
    play.do("weigh_up", case_id, **WEIGHED)
    mark_all(play, case_id, programme)
    play.do("plan_meeting", case_id, held_on="2026-09-10", place="Библиотека")
    play.pass_days(10)
    play.do("record_reflection", case_id, **TOGETHER)
    play.do("plan_festival", case_id, **PLAN, pairs=[], jury=[])
    play.do("grant_awards", case_id, awards=[])
    play.do("record_festival", case_id, **OVER)
    play.fill(next(iter(play.waits(case_id) & {"pack_practice", "revise_roadmap"})), case_id)
    wanted = select(MentorEntry.source).where(MentorEntry.programme_id == following.id)
    assert play.session.scalars(wanted).all() == ["pedagogue"]


def answer_exit_as_future_mentor(play):
    """Let everybody answer at the end; the mentee would like to be a mentor, the mentor has had enough."""
    play.do("fill_mentee_survey", **MENTEE, go_on="as_mentor")
    answer_exit(play)


def test_only_who_came_to_the_final_meeting_is_proposed_for_the_mark(play, college):
    _programme, pair, case_id = _summed_up_pair(play, college, "enough")
    came = play.session.scalars(
        select(MeetingAttendance)
        .join(Meeting, Meeting.id == MeetingAttendance.meeting_id)
        .where(Meeting.kind == MeetingKind.FINAL, MeetingAttendance.person_id == pair.mentee)
    ).one()
    shown = READERS["completion.full_cycle"]
    assert shown.read(play.work(), case_id)["passed"] == [str(pair.mentee_entry.id)]
    came.has_come = False
    play.session.flush()
    assert shown.read(play.work(), case_id)["passed"] == []
    assert shown.read(play.work(), case_id)["not_passed"] == [str(pair.mentee_entry.id)]
