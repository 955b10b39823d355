"""Who decides on pairs: by a table of the methodology, for each variant and form."""

import pytest
from sqlalchemy import select

from models.bases import EntryStatus
from models.pairing import Decision
from tests.workflows.mentoring.waiting import Cohort
from workflows.operations import people
from workflows.queries.pairing import get_pairing
from workflows.queries.people import get_actor_of_person
from workflows.records import approvals, pairing
from workflows.refusals import Invalid

DAY = "2026-09-01"
VOTED = {"decided_on": DAY, "protocol_number": "12"}
OPINION = {"opinion": "support", "decided_on": DAY}


def submitted(play, form, variant="council", **more):
    """Bring two pairs of a form before those who decide."""
    made = Cohort(play, variant)
    made.own = [made.mentee(n, form, study_level=1, experience_years=1, **more) for n in range(2)]
    made.theirs = [made.mentor(n, (form,), study_level=3, experience_years=9) for n in range(2)]
    for one, other in zip(made.own, made.theirs, strict=True):
        made.choose(one, other)
    case_id = made.begin()
    if "record_talks" in made.play.waits(case_id):
        two = {"mentee": str(made.own[0].id), "mentor": str(made.theirs[0].id), "said": "both"}
        made.play.do("record_talks", case_id, talks=[two])
    else:
        held = {"held_at": "2026-09-01T15:00", "format": "video", "place": "ссылка", "tables": 2}
        made.play.do("plan_general_meeting", case_id, **held, minutes_per_round=5)
        made.play.do("record_attendance", case_id)
        made.play.do("close_choices", case_id, closes=True)
    made.play.do("review_proposals", case_id, decision="approve")
    return made, case_id


@pytest.fixture
def partner(play):
    """Somebody who speaks for an enterprise or a school."""
    person = people.add_person(play.work(), play.college.id, "Глеб Соколовский")
    people.grant_membership(play.work(), person, play.college.id, "partner")
    return get_actor_of_person(play.session, person, play.clock())


def decisions(made):
    return list(
        made.session.scalars(select(Decision).order_by(Decision.entered_at, Decision.is_advice.desc()))
    )


@pytest.mark.parametrize(
    ("variant", "form"),
    [
        ("college", "learner_learner"),
        ("college", "teacher_teacher"),
        ("college", "teacher_learner"),
        ("college", "employer_learner"),
        ("school", "learner_learner"),
        ("school", "teacher_teacher"),
        ("school", "teacher_learner"),
    ],
)
def test_cfg_10_the_curator_fixes_the_pairs_of_the_college_and_of_the_school(play, variant, form):
    made, case_id = submitted(play, form, variant)
    made.play.do("decide_as_curator", case_id, decided_on=DAY)
    assert made.play.is_over(case_id)
    assert len(made.pairs()) == 2


@pytest.mark.parametrize("day", ["1900-01-01", "2026-08-31", "2031-01-01"])
def test_nobody_decides_before_the_programme_began_or_after_today(play, day):
    made, case_id = submitted(play, "teacher_learner")
    with pytest.raises(Invalid) as refused:
        made.play.do("decide_in_council", case_id, decided_on=day, protocol_number="12")
    assert set(refused.value.problems) == {"decided_on"}


def test_cfg_25_the_opinion_of_the_students_is_heard_before_the_council_decides(play):
    made, case_id = submitted(play, "learner_learner")
    assert made.play.waits(case_id) == {"opinion_of_students"}
    made.play.do("opinion_of_students", case_id, **OPINION)
    made.play.do("decide_in_council", case_id, **VOTED)
    made.play.do("order_pairs", case_id, protocol_number="45-у", decided_on=DAY)
    assert made.play.is_over(case_id)
    found = [(one.body, one.is_advice) for one in decisions(made)]
    assert found == [("student_council", True), ("teachers_council", False), ("head", False)]
    assert {one.order_number for one in made.pairs()} == {"45-у"}


def test_cfg_10_the_council_decides_on_pairs_of_teachers_with_number_and_date(play):
    made, case_id = submitted(play, "teacher_teacher")
    with pytest.raises(Invalid) as refused:
        made.play.do("decide_in_council", case_id, decided_on=DAY)
    assert "protocol_number" in refused.value.problems
    made.play.do("decide_in_council", case_id, **VOTED)
    (decision,) = decisions(made)
    assert (decision.protocol_number, decision.decided_on.isoformat()) == ("12", DAY)
    assert made.play.waits(case_id) == {"order_pairs"}


def test_cfg_10_the_working_group_decides_on_teachers_with_learners(play):
    made, case_id = submitted(play, "teacher_learner")
    made.play.do("decide_in_council", case_id, **VOTED)
    assert decisions(made)[0].body == "working_group"


def test_cfg_10_the_head_of_a_project_decides_after_the_school_was_heard(play, partner):
    made, case_id = submitted(play, "student_pupil")
    made.play.do("opinion_of_partner", case_id, **OPINION)
    made.play.do("decide_as_partner", case_id, decided_on=DAY)
    assert made.play.is_over(case_id)
    assert [one.body for one in decisions(made)] == ["school_curator", "project_head"]


def test_cfg_10_the_employer_decides_and_the_college_agrees(play, partner):
    made, case_id = submitted(play, "employer_learner")
    made.play.do("decide_as_partner", case_id, decided_on=DAY)
    assert made.play.waits(case_id) == {"agree_pairs"}
    offered = get_pairing(made.work(), made.programme.id).proposals
    made.play.do("agree_pairs", case_id, refused=[str(offered[0].id)], refused_because="Занят на практике.")
    assert made.play.is_over(case_id)
    assert len(made.pairs()) == 1


def test_cfg_10_social_partners_are_fixed_by_the_curator_and_an_order(play):
    made, case_id = submitted(play, "partner_learner")
    made.play.do("decide_as_curator", case_id, decided_on=DAY)
    made.play.do("order_pairs", case_id, protocol_number="7", decided_on=DAY)
    assert made.play.is_over(case_id)
    assert len(made.pairs()) == 2


def test_a_single_pair_is_refused_with_a_reason_and_the_mentee_is_looked_after(play):
    made, case_id = submitted(play, "teacher_learner", "college")
    offered = get_pairing(made.work(), made.programme.id).proposals
    wrong = next(one for one in offered if one.mentee_entry_id == made.own[0].id)
    with pytest.raises(Invalid) as refused:
        made.play.do("decide_as_curator", case_id, decided_on=DAY, refused=[str(wrong.id)])
    assert "refused_because" in refused.value.problems
    made.play.do(
        "decide_as_curator", case_id, decided_on=DAY, refused=[str(wrong.id)], refused_because="Живут вместе."
    )
    assert len(made.pairs()) == 1
    assert made.status(made.own[0]) is EntryStatus.SEARCHING
    assert made.play.find("continue_search") is not None


def test_when_no_pair_is_approved_no_order_is_issued(play):
    made, case_id = submitted(play, "teacher_teacher")
    refused = [str(one.id) for one in get_pairing(made.work(), made.programme.id).proposals]
    made.play.do("decide_in_council", case_id, **VOTED, refused=refused, refused_because="Подождать.")
    assert made.play.is_over(case_id)
    assert made.pairs() == []
    assert decisions(made)[0].outcome == "refused"


def test_whoever_left_while_the_council_sat_gets_no_pair(play):
    made, case_id = submitted(play, "teacher_learner", "college")
    made.own[0].status = EntryStatus.LEFT
    made.session.flush()
    made.play.do("decide_as_curator", case_id, decided_on=DAY)
    assert len(made.pairs()) == 1
    assert made.status(made.own[0]) is EntryStatus.LEFT


def test_each_form_is_decided_by_its_own_body_side_by_side(play):
    made = Cohort(play, "council")
    forms = ("teacher_teacher", "partner_learner")
    for number, form in enumerate(forms):
        one = made.mentee(number, form, experience_years=1)
        made.choose(one, made.mentor(number, (form,), experience_years=9))
    case_id = made.begin()
    held = {"held_at": "2026-09-01T15:00", "format": "video", "place": "ссылка", "tables": 2}
    made.play.do("plan_general_meeting", case_id, **held, minutes_per_round=5)
    made.play.do("record_attendance", case_id)
    made.play.do("close_choices", case_id, closes=True)
    made.play.do("review_proposals", case_id, decision="approve")
    assert made.play.waits(case_id) == {"decide_in_council", "decide_as_curator"}
    made.play.do("decide_in_council", case_id, **VOTED)
    made.play.do("decide_as_curator", case_id, decided_on=DAY)
    for _ in forms:
        made.play.do("order_pairs", case_id, protocol_number="9", decided_on=DAY)
    assert {one.form for one in made.pairs()} == set(forms)


def test_places_are_counted_for_all_approved_pairs_at_once(play, statements):
    _made, case_id = submitted(play, "learner_learner", "college")
    run = pairing.find_run_of_case(play.work(), case_id)
    proposals = pairing.list_proposals(play.work(), run.id)
    assert len(proposals) == 2
    for some in (proposals[:1], proposals):
        with statements() as heard:
            room = approvals.Room(play.work(), some)
            assert all(room.take(one) for one in some)
        assert len(heard.other) == 4
