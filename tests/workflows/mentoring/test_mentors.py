"""The intake of a mentor: the questionnaires, what fits, certificates, the interview, the training."""

from datetime import date

import pytest
from sqlalchemy import select

from models.bases import Interview, MentorCheck, MentorTraining
from models.notices import Notice
from models.pairing import Avoidance
from tests.workflows.mentoring.bases import (
    ABOUT,
    CHECK,
    INTERVIEW,
    LETTER,
    PLAN,
    PROFILE,
    TRAINED,
    YES,
    entry_of,
    guard,
    open_programme,
    propose,
    sign,
    status_of,
)
from tests.workflows.mentoring.conftest import PACK
from workflows.operations import packs
from workflows.operations.mentors import leave_base, note_avoidance, propose_mentor
from workflows.pack_files import read_source
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound
from workflows.service_tasks.mentors import admit
from workflows.service_tasks.place import Place


def come_to_interview(play, case_id, checks=(), **profile):
    """Take a candidate to the interview."""
    play.do("fill_mentor_profile", case_id, **(PROFILE | profile))
    play.do("sign_consents", case_id, **YES)
    if checks:
        play.do("accept_checks", case_id, checks=list(checks))
    play.do("tell_about_yourself", case_id, **ABOUT)


def come_to_training(play, case_id, checks=(), **profile):
    """Take a candidate through the interview."""
    come_to_interview(play, case_id, checks, **profile)
    play.do("record_interview", case_id, **INTERVIEW)


def test_rule_16_a_selected_and_trained_mentor_is_ready(play):
    entry_id, case_id = propose(play, open_programme(play))
    come_to_training(play, case_id)
    assert status_of(play, entry_id) == "selected"
    play.do("plan_training", case_id, **PLAN)
    play.do("record_training", case_id, **TRAINED)
    assert play.is_over(case_id)
    entry = entry_of(play, entry_id)
    assert (entry.status, entry.forms, entry.helps_with) == ("ready", ["teacher_learner"], ["career"])
    assert play.session.scalars(select(Interview.answers)).one()["listening"] == "yes"


def test_rule_16_nobody_is_let_in_untrained_where_training_is_a_duty(play):
    entry_id, case_id = propose(play, open_programme(play))
    come_to_training(play, case_id)
    place = Place(case_id, play.college.id, entry_id, "", ())
    with pytest.raises(Conflict) as refused:
        admit(play.work(), place, must_learn=True)
    assert refused.value.key == "mentor_not_trained"


def test_rule_17_a_training_without_ethics_and_safety_does_not_count(play):
    entry_id, case_id = propose(play, open_programme(play))
    come_to_training(play, case_id)
    play.do("plan_training", case_id, **PLAN)
    play.do("record_training", case_id, **(TRAINED | {"with_ethics": False, "topics": ["values"]}))
    assert play.waits(case_id) == {"plan_training"}
    assert status_of(play, entry_id) == "selected"
    play.do("plan_training", case_id, **PLAN)
    play.do("record_training", case_id, **TRAINED)
    assert status_of(play, entry_id) == "ready"


def test_cfg_09_in_a_school_only_peers_have_to_learn(play):
    school = open_programme(play, "school")
    teacher_id, case_id = propose(play, school)
    come_to_training(play, case_id)
    assert play.is_over(case_id)
    assert status_of(play, teacher_id) == "ready"
    _, case_id = propose(play, school, "learner", ("learner_learner",), 1)
    come_to_training(play, case_id, [CHECK], study_level=10)
    assert play.waits(case_id) == {"plan_training"}


def test_cfg_09_the_interview_may_ask_for_training_where_it_is_no_duty(play):
    _, case_id = propose(play, open_programme(play, "school"))
    come_to_interview(play, case_id)
    play.do("record_interview", case_id, **INTERVIEW, needs_training=True)
    assert play.waits(case_id) == {"plan_training"}


def test_a_training_of_an_earlier_programme_still_counts(play):
    _, case_id = propose(play, open_programme(play))
    come_to_training(play, case_id)
    play.do("plan_training", case_id, **PLAN)
    play.do("record_training", case_id, **TRAINED)
    entry_id, case_id = propose(play, open_programme(play))
    come_to_training(play, case_id)
    assert status_of(play, entry_id) == "ready"


def test_rule_14_whoever_was_proposed_may_say_no(play):
    entry_id, case_id = propose(play, open_programme(play))
    play.do("fill_mentor_profile", case_id, wants_to_join="no")
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "left"


def test_a_refused_consent_ends_the_intake_of_a_mentor(play):
    entry_id, case_id = propose(play, open_programme(play))
    play.do("fill_mentor_profile", case_id, **PROFILE)
    play.do("sign_consents", case_id, participation="yes", personal_data="no")
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "declined"


def test_a_candidate_leaves_in_the_middle(play):
    entry_id, case_id = propose(play, open_programme(play))
    come_to_interview(play, case_id)
    leave_base(play.work(play.college.mentors[0]), entry_id, "Нет времени")
    play.settle()
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "left"


@pytest.mark.parametrize(("decision", "status"), [("reserve", "reserved"), ("rejected", "declined")])
def test_an_interview_may_end_without_a_mentor(play, decision, status):
    entry_id, case_id = propose(play, open_programme(play))
    come_to_interview(play, case_id)
    play.do("record_interview", case_id, **(INTERVIEW | {"decision": decision, "reason": "Пока рано"}))
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == status
    said = play.session.scalars(select(Notice.text).where(Notice.case_id == case_id)).one()
    assert ("запасном списке" in said) == (decision == "reserve")


@pytest.mark.parametrize(
    ("decision", "status"), [("ready", "selected"), ("reserve", "reserved"), ("rejected", "declined")]
)
def test_a_further_check_comes_before_the_decision(play, decision, status):
    entry_id, case_id = propose(play, open_programme(play))
    come_to_interview(play, case_id)
    play.do(
        "record_interview", case_id, **(INTERVIEW | {"decision": "extra_check", "reason": "Спросить завод"})
    )
    assert play.waits(case_id) == {"check_more"}
    more = {"result": "Спросили", "decision": decision}
    play.do("check_more", case_id, **(more if decision == "ready" else more | {"reason": "Так решили"}))
    assert status_of(play, entry_id) == status


def test_whoever_waits_in_reserve_may_be_proposed_again(play):
    programme = open_programme(play)
    entry_id, case_id = propose(play, programme)
    come_to_interview(play, case_id)
    play.do("record_interview", case_id, **(INTERVIEW | {"decision": "reserve", "reason": "Пока рано"}))
    again_id, _ = propose(play, programme)
    assert again_id == entry_id
    assert status_of(play, entry_id) == "applied"


def test_cfg_08_only_forms_for_which_a_mentor_is_fit_are_kept(play):
    entry_id, case_id = propose(play, open_programme(play), forms=("teacher_teacher", "teacher_learner"))
    come_to_interview(play, case_id, experience_years=2)
    assert entry_of(play, entry_id).forms == ["teacher_learner"]


def test_rule_13_a_young_specialist_does_not_guide_another(play):
    entry_id, case_id = propose(play, open_programme(play), forms=("teacher_teacher",))
    play.do("fill_mentor_profile", case_id, **(PROFILE | {"experience_years": 3}))
    play.do("sign_consents", case_id, **YES)
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "declined"
    told = play.session.execute(select(Notice.person_id, Notice.text).where(Notice.case_id == case_id)).one()
    assert told.person_id == entry_of(play, entry_id).person_id
    assert "нет формы наставничества" in told.text


def test_cfg_24_parents_are_mentors_in_a_college_and_not_in_a_school(play):
    entry_id, case_id = propose(play, open_programme(play), "parent", ("partner_learner",))
    come_to_interview(play, case_id, [CHECK])
    assert entry_of(play, entry_id).forms == ["partner_learner"]
    entry_id, case_id = propose(play, open_programme(play, "school"), "parent", ("teacher_learner",))
    play.do("fill_mentor_profile", case_id, **PROFILE)
    play.do("sign_consents", case_id, **YES)
    assert status_of(play, entry_id) == "declined"


def test_rule_19_the_level_of_study_of_a_peer_is_known(play):
    entry_id, case_id = propose(play, open_programme(play), "learner", ("learner_learner",))
    come_to_interview(play, case_id, [CHECK], study_level=4)
    assert entry_of(play, entry_id).study_level == 4


def test_a_peer_under_age_brings_no_certificate_and_a_guardian_signs(play):
    mentor, guardian = play.college.mentors[0], play.college.guardian
    guard(play, mentor.person_id, guardian.person_id)
    entry_id, case_id = propose(play, open_programme(play), "learner", ("learner_learner",))
    play.do("fill_mentor_profile", case_id, **(PROFILE | {"born_on": "2010-01-03", "study_level": 4}))
    sign(play, case_id, mentor)
    sign(play, case_id, guardian)
    assert play.waits(case_id) == {"tell_about_yourself"}
    assert status_of(play, entry_id) == "consented"


def test_adults_from_outside_bring_what_the_rules_ask_for(play):
    _, case_id = propose(play, open_programme(play), "partner", ("employer_learner",))
    play.do("fill_mentor_profile", case_id, **PROFILE)
    play.do("sign_consents", case_id, **YES)
    with pytest.raises(Invalid) as refused:
        play.do("accept_checks", case_id, checks=[CHECK])
    assert refused.value.problems["checks"][0].key == "check_lacking"
    play.session.rollback()
    play.do("accept_checks", case_id, checks=[CHECK, LETTER])
    kept = play.session.scalars(select(MentorCheck).order_by(MentorCheck.kind)).all()
    assert [(one.kind, one.expires_on) for one in kept] == [
        ("criminal_record", date(2027, 8, 1)),
        ("partner_letter", date(2027, 8, 1)),
    ]


def test_a_table_that_reminds_on_the_last_day_is_taken_at_its_word(play):
    files = dict(read_source(PACK))
    files["required_checks.dmn"] = files["required_checks.dmn"].replace(b"<text>30</text>", b"<text>0</text>")
    packs.install_pack(play.work(play.college.administrator), play.college.id, files)
    _, case_id = propose(play, open_programme(play), "partner", ("employer_learner",))
    play.do("fill_mentor_profile", case_id, **PROFILE)
    play.do("sign_consents", case_id, **YES)
    play.do("accept_checks", case_id, checks=[CHECK, LETTER])
    play.pass_days((date(2027, 8, 1) - play.clock().date()).days)
    assert play.find("bring_document") is None
    play.pass_days(1)
    assert play.find("bring_document") is not None


def test_a_certificate_that_has_run_out_is_refused_beside_its_field(play):
    _, case_id = propose(play, open_programme(play), "graduate", ("employer_learner",))
    play.do("fill_mentor_profile", case_id, **PROFILE)
    play.do("sign_consents", case_id, **YES)
    with pytest.raises(Invalid) as refused:
        play.do("accept_checks", case_id, checks=[CHECK | {"issued_on": "2024-08-01"}])
    assert refused.value.problems["checks.0.expires_on"][0].key == "check_expired"


def test_the_ages_wished_for_do_not_cross(play):
    _, case_id = propose(play, open_programme(play))
    with pytest.raises(Invalid) as refused:
        play.do("fill_mentor_profile", case_id, **(PROFILE | {"mentee_age_from": 18, "mentee_age_to": 14}))
    assert refused.value.problems["mentee_age_to"][0].key == "ages_crossed"


def test_nobody_is_proposed_twice(play):
    programme = open_programme(play)
    propose(play, programme)
    with pytest.raises(Conflict) as refused:
        propose(play, programme)
    assert refused.value.key == "already_in_mentor_base"


def test_the_partners_curator_proposes_and_a_mentee_does_not(play):
    programme, mentors = open_programme(play), play.college.mentors
    with pytest.raises((Forbidden, NotFound)):
        propose_mentor(
            play.work(play.college.mentees[0]),
            programme.id,
            mentors[0].person_id,
            "pedagogue",
            ["teacher_learner"],
        )
    assert propose_mentor(
        play.work(play.college.curator), programme.id, mentors[0].person_id, "pedagogue", ["teacher_learner"]
    )


def test_a_source_that_nobody_knows_and_no_form_are_refused(play):
    programme, mentor = open_programme(play), play.college.mentors[0]
    with pytest.raises(Invalid) as refused:
        propose_mentor(play.work(mentor), programme.id, mentor.person_id, "neighbour", [])
    assert set(refused.value.problems) == {"source", "form"}


def test_two_people_who_must_not_be_paired_are_noted_once(play):
    college = play.college
    for _ in range(2):
        note_avoidance(
            play.work(college.curator),
            college.id,
            college.mentors[0].person_id,
            college.mentees[0].person_id,
            "Соседи в ссоре",
        )
    assert play.session.scalars(select(Avoidance.reason)).all() == ["Соседи в ссоре"]
    with pytest.raises((Forbidden, NotFound)):
        note_avoidance(
            play.work(college.mentors[0]),
            college.id,
            college.mentors[0].person_id,
            college.mentees[1].person_id,
            "",
        )


def test_a_training_is_written_down_with_what_was_in_it(play):
    _, case_id = propose(play, open_programme(play))
    come_to_training(play, case_id)
    play.do("plan_training", case_id, **PLAN)
    play.do("record_training", case_id, **TRAINED)
    training = play.session.scalars(select(MentorTraining)).one()
    assert (training.kind, training.with_ethics, training.is_passed) == ("primary", True, True)
