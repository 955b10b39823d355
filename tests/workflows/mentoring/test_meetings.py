"""The rhythm of meetings, their length, what is written down of them, and what happens in silence."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from models.concerns import Concern
from models.goals import GoalProgress
from models.meetings import Meeting, MeetingAnswer, MeetingAttendance, MeetingKind
from tests.workflows.mentoring.conftest import PACK
from tests.workflows.mentoring.pair_plays import REFLECTION, PairPlay
from tests.workflows.mentoring.plays import Play
from workflows.operations import packs
from workflows.pack_files import read_source
from workflows.queries.readings import READERS, read_facts
from workflows.records import awards, facts
from workflows.refusals import Invalid

COUNTING: dict[str, Any] = {"counts": "all", "silent_after": 14, "satisfied_from": 7, "partner_forms": []}
MEETING_POINTS = [{"activity": "meeting", "points": 1, "most": 100}]


@pytest.fixture
def form(play: Play, college: SimpleNamespace) -> Callable[..., PairPlay]:
    return lambda **formed: PairPlay(play, college, **formed)


def complaints(refused: pytest.ExceptionInfo[Invalid]) -> dict[str, list[str]]:
    return {field: [one.key for one in found] for field, found in refused.value.problems.items()}


def kinds(play: Play, pair: PairPlay) -> list[str]:
    wanted = select(Meeting.kind).where(Meeting.pair_id == pair.pair_id)
    return [one.value for one in play.session.scalars(wanted.order_by(Meeting.recorded_at))]


def test_rule_05_a_pair_is_reminded_after_two_weeks_of_silence(form, play):
    pair = form()
    pair.start_working()
    play.pass_days(13)
    assert not any("Давно нет записей" in text for text in pair.told(pair.mentor_actors[0]))
    play.pass_days(2)
    assert any("Давно нет записей" in text for text in pair.told(pair.mentor_actors[0]))
    assert "check_on_pair" not in pair.waits


def test_rule_05_after_three_weeks_of_silence_the_curator_finds_out_what_is_the_matter(form, play):
    pair = form()
    pair.start_working()
    play.pass_days(22)
    pair.do("check_on_pair", talked_to=["mentor"], cause="busy", decision="continue", notes="Встретятся")
    assert pair.waits == {"record_meeting"}
    play.pass_days(21)
    assert "check_on_pair" in pair.waits, "silence that goes on is not forgotten"


def test_rule_05_is_a_number_of_the_table(form, play, with_rules):
    with_rules('"P14D"', '"P5D"')
    pair = form()
    pair.start_working()
    play.pass_days(6)
    assert any("Давно нет записей" in text for text in pair.told(pair.mentor_actors[0]))


@pytest.mark.parametrize(
    ("form_of_pair", "variant", "rhythm"),
    [
        ("learner_learner", "college", "два раза в неделю"),
        ("teacher_teacher", "college", "два раза в неделю"),
        ("learner_learner", "school", "раз в неделю"),
        ("teacher_learner", "college", "не реже одного раза в две недели, по договорённости"),
        ("partner_learner", "college", "раз в неделю, с часом куратора"),
    ],
)
def test_cfg_14_the_rhythm_depends_on_the_form(form, play, form_of_pair, variant, rhythm):
    pair = form(form=form_of_pair, variant=variant)
    pair.start_working()
    play.pass_days(15)
    assert any(f"ваш ритм – {rhythm}." in text for text in pair.told(pair.mentor_actors[0]))


def test_rule_06_a_working_meeting_in_person_is_not_shorter_than_an_hour(form):
    pair = form()
    pair.start_working()
    with pytest.raises(Invalid) as refused:
        pair.record(minutes=59)
    assert complaints(refused) == {"minutes": ["meeting_too_short"]}
    pair.record(minutes=60)


def test_rule_06_is_a_number_of_the_table(form, with_rules):
    with_rules("<text>60</text>", "<text>45</text>")
    pair = form()
    pair.get_acquainted()
    pair.try_together(minutes=40)
    pair.plan()
    pair.record(minutes=45)


def test_cfg_15_the_hour_is_not_asked_of_the_first_meetings(form):
    pair = form()
    pair.meet_first(minutes=30)
    for actor in (*pair.mentor_actors, *pair.mentee_actors):
        pair.answer(actor)
    with pytest.raises(Invalid) as refused:
        pair.do("record_trial", **pair.held(minutes=61, activity="talk", task="Проба", summary="Вышло"))
    assert complaints(refused) == {"minutes": ["too_large"]}
    pair.try_together(minutes=25)


def test_rule_07_remote_contact_has_no_length_but_always_a_result(form, play):
    pair = form()
    pair.start_working()
    with pytest.raises(Invalid) as refused:
        pair.record(contact="chat", summary="")
    assert complaints(refused) == {"summary": ["required"]}
    pair.meet(contact="chat", summary="Разобрали письмо")
    kept = play.session.scalars(select(Meeting).where(Meeting.kind == MeetingKind.WORKING)).one()
    assert (kept.contact, kept.minutes, kept.summary) == ("chat", None, "Разобрали письмо")


def test_rule_08_a_pair_works_together_for_three_months_at_least(form, play):
    pair = form()
    pair.start_working()
    play.pass_days(60)
    with pytest.raises(Invalid) as refused:
        pair.record(outcome="final")
    assert complaints(refused) == {"outcome": ["pair_too_young"]}
    play.pass_days(31)
    pair.meet(outcome="final")
    assert "appoint_final" in pair.waits


@pytest.mark.parametrize("type", ["situational", "short_term"])
def test_rule_08_is_waived_for_short_kinds_of_mentoring(form, type):
    pair = form(type=type)
    pair.get_acquainted()
    if type == "short_term":
        pair.try_together()
        pair.plan()
    pair.meet(outcome="final")
    assert "appoint_final" in pair.waits


def test_rule_26_a_film_at_the_trial_is_warned_of_and_taken(form, play):
    pair = form()
    pair.get_acquainted()
    pair.try_together(activity="film")
    kept = play.session.scalars(select(Meeting).where(Meeting.kind == MeetingKind.TRIAL)).one()
    assert kept.activity == "film"


def test_both_sides_reflect_on_the_trial_before_the_curator_reviews_it(form):
    pair = form()
    pair.get_acquainted()
    pair.do("record_trial", **pair.held(activity="talk", task="Проба", summary="Вышло"))
    pair.each("reflect_as_mentor", pair.mentor_actors[0], **REFLECTION)
    assert pair.waits == {"reflect_as_mentee"}
    pair.each("reflect_as_mentee", pair.mentee_actors[0], **REFLECTION)
    assert pair.waits == {"review_trial"}


def test_confidentiality_and_its_exceptions_are_discussed_at_the_acquaintance(form):
    pair = form()
    with pytest.raises(Invalid) as refused:
        pair.meet_first(rules_discussed=["code", "confidentiality"])
    assert complaints(refused) == {"rules_discussed": ["rules_not_discussed"]}


def test_what_is_discussed_before_a_pair_begins_is_a_matter_of_the_diagram(form, play, college):
    files = dict(read_source(PACK))
    wanted = b"confidentiality, exceptions, honesty, boundaries"
    assert wanted in files["pair_acquaintance.bpmn"]
    files["pair_acquaintance.bpmn"] = files["pair_acquaintance.bpmn"].replace(wanted, b"code")
    packs.install_pack(play.work(college.administrator), college.id, files)
    pair = form()
    with pytest.raises(Invalid) as refused:
        pair.meet_first(rules_discussed=["honesty"])
    assert complaints(refused) == {"rules_discussed": ["rules_not_discussed"]}
    pair.meet_first(rules_discussed=["code"])


def test_the_points_of_the_mentee_are_mandatory_and_those_of_the_mentor_are_not(form):
    pair = form()
    pair.meet_first()
    pair.each("answer_as_mentor", pair.mentor_actors[0], readiness="ready", accepts_rules=True)
    with pytest.raises(Invalid) as refused:
        pair.each("answer_as_mentee", pair.mentee_actors[0], readiness="ready", accepts_rules=True)
    assert set(complaints(refused)) == {"who_am_i", "why", "questions", "expects"}


def test_a_meeting_without_one_of_the_sides_is_none(form):
    pair = form()
    pair.start_working()
    with pytest.raises(Invalid) as refused:
        pair.record(came=[str(pair.mentor_actors[0].person_id)])
    assert complaints(refused) == {"came": ["side_missing"]}


def test_a_meeting_before_the_pair_was_formed_is_refused(form):
    pair = form()
    with pytest.raises(Invalid) as refused:
        pair.meet_first(held_on=str(pair.today - timedelta(days=1)))
    assert complaints(refused) == {"held_on": ["before_pair"]}


def test_each_meeting_leaves_its_progress_towards_each_goal(form, play):
    pair = form()
    pair.start_working()
    goal = _goals(play, pair)[0]
    pair.meet(progress=[{"goal_id": goal["value"], "mark": "a_little"}])
    assert list(play.session.scalars(select(GoalProgress.mark))) == ["a_little"]


def test_the_mentee_says_whether_the_meeting_took_place(form, play):
    pair = form()
    pair.start_working()
    pair.record()
    pair.each("reflect_on_meeting", pair.mentee_actors[0], took_place="no", feeling="so_so")
    mentee = MeetingAttendance.person_id == pair.mentee_actors[0].person_id
    wanted = select(MeetingAttendance).join(Meeting, Meeting.id == MeetingAttendance.meeting_id)
    kept = play.session.scalars(wanted.where(mentee, Meeting.kind == MeetingKind.WORKING)).one()
    assert (kept.has_come, kept.confirmed_at) == (False, play.clock.at)


def test_another_diagram_may_ask_of_the_meeting_under_another_name(form, play, college):
    files = dict(read_source(PACK))
    renamed = files["pair_meetings.bpmn"].replace(b"reflect_on_meeting", b"look_at_meeting")
    form_kept = (b'formId="look_at_meeting"', b'formId="reflect_on_meeting"')
    files["pair_meetings.bpmn"] = renamed.replace(*form_kept)
    packs.install_pack(play.work(college.administrator), college.id, files)
    pair = form()
    pair.start_working()
    pair.record()
    pair.each("look_at_meeting", pair.mentee_actors[0], took_place="no", feeling="so_so")
    said = play.session.scalars(select(MeetingAnswer).where(MeetingAnswer.form == "reflect_on_meeting")).one()
    assert play.session.get_one(Meeting, said.meeting_id).kind is MeetingKind.WORKING


@pytest.mark.parametrize("trouble", ["Меня обижают", None])
def test_a_child_who_feels_bad_does_not_pass_unseen(form, play, trouble):
    pair = form()
    pair.start_working()
    pair.record()
    told = {"trouble": trouble} if trouble else {}
    pair.each(
        "reflect_on_meeting", pair.mentee_actors[0], took_place="yes", closer="no", feeling="bad", **told
    )
    concern = play.session.scalars(select(Concern)).one()
    assert (concern.pair_id, concern.text) == (pair.pair_id, trouble or "")
    answers = play.session.scalars(select(MeetingAnswer).where(MeetingAnswer.form == "reflect_on_meeting"))
    assert "trouble" not in answers.one().answers


def test_a_mentee_who_does_not_answer_holds_nobody_up(form, play):
    pair = form()
    pair.start_working()
    pair.record()
    play.pass_days(8)
    assert pair.waits == {"record_meeting"}


def test_both_look_back_with_all_the_questions_before_the_final_meeting(form, play):
    pair = form()
    pair.start_working()
    pair.finish_working()
    pair.look_back()
    wanted = select(MeetingAnswer.form).where(MeetingAnswer.form.like("look_back%"))
    assert sorted(play.session.scalars(wanted)) == ["look_back_as_mentee", "look_back_as_mentor"]
    pair.conclude(achievements=[{"activity": "contest", "note": "Второе место"}])
    assert kinds(play, pair) == ["acquaintance", "trial", "planning", "working", "final"]


def _goals(play: Play, pair: PairPlay) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_facts(play.work(), ["pair.plan"], pair.case_id)["goals_of_plan"]
    return found


def test_a_final_meeting_that_is_only_agreed_on_has_not_been_held(form, play):
    pair = form()
    pair.start_working()
    pair.finish_working()
    told = READERS["pair.last_meeting"].read(play.work(), pair.case_id)["last_meeting"]
    met = facts.facts_of(play.work(), pair.programme_id, **COUNTING)["meetings"]
    points = awards.count_points(play.work(), pair.programme_id, MEETING_POINTS)
    last_met_on = pair.pair.last_met_on
    pair.do("appoint_final", meet_on=str(pair.today + timedelta(days=20)), place="Кабинет 5")
    assert READERS["pair.last_meeting"].read(play.work(), pair.case_id)["last_meeting"] == told
    assert facts.facts_of(play.work(), pair.programme_id, **COUNTING)["meetings"] == met
    assert awards.count_points(play.work(), pair.programme_id, MEETING_POINTS) == points
    assert awards.rank(play.work(), pair.programme_id)[0]["points"] == met
    assert pair.pair.last_met_on == last_met_on


def test_the_final_meeting_counts_once_it_was_held(form, play):
    pair = form()
    pair.start_working()
    pair.finish_working()
    met = facts.facts_of(play.work(), pair.programme_id, **COUNTING)["meetings"]
    pair.look_back()
    assert facts.facts_of(play.work(), pair.programme_id, **COUNTING)["meetings"] == met
    pair.conclude()
    assert facts.facts_of(play.work(), pair.programme_id, **COUNTING)["meetings"] == met + 1
    final = play.session.scalars(select(Meeting).where(Meeting.kind == MeetingKind.FINAL)).one()
    assert (final.held_on, final.agreed_on) == (pair.today, pair.today)
