"""The intake of a mentee, from the application to the base or to one of its other ends."""

import uuid

import pytest
from sqlalchemy import select

from models.bases import EntryStatusChange, MenteeCategory
from models.cases import Case
from models.consents import Consent
from models.pairing import Decision
from models.programmes import ProgrammeStatus
from models.surveys import SurveyMoment, SurveyResponse
from models.tasks import Task
from tests.workflows.mentoring.bases import (
    ACCEPT,
    ADVICE,
    MAP,
    PERSON,
    REQUEST,
    STUDIES,
    TEACHER_REQUEST,
    YES,
    apply,
    born,
    bring_into_base,
    bring_to_decision,
    entry_of,
    guard,
    open_programme,
    sign,
    status_of,
    told,
)
from workflows.operations.mentees import apply_as_mentee, leave_base
from workflows.operations.task_links import make_task_link
from workflows.operations.tasks import complete_task
from workflows.queries.definitions import load_pack
from workflows.queries.readings import READERS
from workflows.queries.task_links import find_guest
from workflows.queries.tasks import get_task
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound


def test_rule_14_a_grown_up_learner_comes_into_the_base_by_own_wish(play):
    programme = open_programme(play)
    entry_id, case_id = bring_into_base(play, programme)
    entry = entry_of(play, entry_id)
    assert play.is_over(case_id)
    assert (entry.status, entry.problems, entry.priority) == ("ready", ["motivation", "career"], 1)
    changes = play.session.scalars(
        select(EntryStatusChange.status).where(EntryStatusChange.mentee_entry_id == entry_id)
    )
    assert set(changes) == {"applied", "consented", "ready"}


@pytest.mark.parametrize("day", ["1900-01-01", "2031-01-01"])
def test_an_admission_is_decided_while_the_programme_runs(play, day):
    _, case_id = bring_to_decision(play, open_programme(play))
    with pytest.raises(Invalid) as refused:
        play.do("decide_admission", case_id, **(ACCEPT | {"decided_on": day}))
    assert set(refused.value.problems) == {"decided_on"}


def test_rule_14_whoever_would_rather_not_is_let_go(play):
    entry_id, case_id = apply(play, open_programme(play))
    play.do("fill_request", case_id, wants_to_join="no", why_not="Нет времени")
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "left"


def test_whoever_leaves_while_the_application_is_looked_at_ends_it(play):
    entry_id, case_id = apply(play, open_programme(play))
    play.do("fill_request", case_id, **REQUEST)
    leave_base(play.work(play.college.mentees[0]), entry_id, "Переезжаю")
    play.settle()
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "left"


def test_a_child_and_a_guardian_sign_each_for_themselves(play):
    programme, child = open_programme(play), play.college.mentees[0]
    guard(play, child.person_id, play.college.guardian.person_id)
    entry_id, case_id = apply(play, programme)
    play.do("fill_request", case_id, **(REQUEST | {"born_on": "2012-01-03"}))
    sign(play, case_id, child)
    assert status_of(play, entry_id) == "applied"
    sign(play, case_id, play.college.guardian)
    assert status_of(play, entry_id) == "consented"
    signed = play.session.scalars(select(Consent).where(Consent.person_id == child.person_id)).all()
    assert {(one.purpose.value, one.signed_as) for one in signed} == {
        (purpose, by) for purpose in ("participation", "personal_data") for by in ("self", "guardian")
    }
    assert all(one.text and one.text_version for one in signed)


def test_a_guardian_without_an_account_signs_by_a_link(play):
    child = play.college.mentees[0]
    guard(play, child.person_id, play.college.guardian.person_id)
    _, case_id = apply(play, open_programme(play))
    play.do("fill_request", case_id, **(REQUEST | {"born_on": "2012-01-03"}))
    waits = select(Task).where(
        Task.case_id == case_id,
        Task.element == "sign_consents",
        Task.assignee_id == play.college.guardian.person_id,
    )
    task = play.session.scalars(waits).one()
    made = make_task_link(play.work(play.college.curator), task.id)
    guest = find_guest(play.session, made.secret, play.clock())
    assert (guest.actor.person_id, guest.task_id) == (play.college.guardian.person_id, task.id)
    complete_task(play.work(guest.actor), guest.task_id, YES)
    signed = select(Consent.purpose).where(Consent.signed_by_id == play.college.guardian.person_id)
    assert set(play.session.scalars(signed)) == {"participation", "personal_data"}


def test_the_refusal_of_a_guardian_ends_the_application(play):
    programme, child = open_programme(play), play.college.mentees[0]
    guard(play, child.person_id, play.college.guardian.person_id)
    entry_id, case_id = apply(play, programme)
    play.do("fill_request", case_id, **(REQUEST | {"born_on": "2012-01-03"}))
    sign(play, case_id, play.college.guardian, participation="no", personal_data="yes")
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "declined"


def test_a_child_without_a_known_guardian_waits_for_paper_with_the_guardians_name(play):
    entry_id, case_id = apply(play, open_programme(play))
    play.do("fill_request", case_id, **(REQUEST | {"born_on": "2012-01-03"}))
    play.do("sign_consents", case_id, play.college.mentees[0], **YES)
    play.do(
        "enter_consents",
        case_id,
        outcome="signed",
        signed_on="2026-09-01",
        guardian_name="Нина Ромашкина",
        guardian_kin="бабушка",
    )
    assert status_of(play, entry_id) == "consented"
    assert {"assess_person", "assess_studies"} <= play.waits(case_id)


def test_silence_brings_the_paper_to_the_curator(play):
    entry_id, case_id = apply(play, open_programme(play))
    play.do("fill_request", case_id, **REQUEST)
    play.pass_days(8)
    play.do("enter_consents", case_id, outcome="signed", signed_on="2026-09-01")
    assert status_of(play, entry_id) == "consented"
    assert "sign_consents" not in play.waits(case_id)


def test_a_refusal_on_paper_ends_the_application(play):
    entry_id, case_id = apply(play, open_programme(play))
    play.do("fill_request", case_id, **REQUEST)
    play.pass_days(8)
    play.do("enter_consents", case_id, outcome="refused", signed_on="2026-09-01", reason="Не сейчас")
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "declined"


def test_urgent_risk_goes_to_the_psychologist_first(play):
    _, case_id = apply(play, open_programme(play))
    play.do("fill_request", case_id, **REQUEST, needs_help_now=True)
    play.do("sign_consents", case_id, **YES)
    assert play.waits(case_id) == {"help_first"}
    play.do("help_first", case_id, held_on="2026-09-01", state="accompany")
    assert play.waits(case_id) == {"assess_person", "assess_studies"}


def test_a_refusal_is_told_with_its_reason(play):
    entry_id, case_id = apply(play, open_programme(play))
    play.do("fill_request", case_id, **REQUEST)
    play.do("sign_consents", case_id, **YES)
    play.do("assess_person", case_id, **PERSON)
    play.do("assess_studies", case_id, **STUDIES)
    play.do("map_request", case_id, **MAP)
    play.do("record_advice", case_id, **(ADVICE | {"advice": "against"}))
    declined = ACCEPT | {"outcome": "declined", "reason": "Уже есть наставник"}
    play.do("decide_admission", case_id, **declined)
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "declined"
    assert any("Уже есть наставник" in one for one in told(play, play.college.mentees[0].person_id))


def test_a_college_asks_the_student_council_and_a_school_does_not(play):
    college, school = open_programme(play), open_programme(play, "school")
    bring_into_base(play, college, 0)
    bodies = select(Decision.body).where(Decision.programme_id == college.id)
    assert set(play.session.scalars(bodies)) == {"student_council", "working_group"}
    bring_into_base(play, school, 1)
    bodies = select(Decision.body).where(Decision.programme_id == school.id)
    assert set(play.session.scalars(bodies)) == {"curator"}


def test_the_baseline_is_kept_as_answers_at_entry(play):
    bring_into_base(play, open_programme(play))
    rows = play.session.scalars(select(SurveyResponse)).all()
    assert {(one.instrument, one.moment) for one in rows} == {
        (name, SurveyMoment.ENTRY) for name in ("personal", "academic", "competence")
    }
    assert {one.about_id for one in rows} == {play.college.mentees[0].person_id}


def test_categories_are_kept_apart_from_answers(play):
    _, case_id = apply(play, open_programme(play))
    play.do("fill_request", case_id, **REQUEST)
    play.do("sign_consents", case_id, **YES)
    play.do("assess_person", case_id, **PERSON, categories=["health"])
    assert list(play.session.scalars(select(MenteeCategory.category))) == ["health"]
    answers = play.session.scalars(select(SurveyResponse.answers)).one()
    assert "categories" not in answers


def test_a_mentor_cannot_read_a_baseline(play):
    _, case_id = apply(play, open_programme(play))
    play.do("fill_request", case_id, **REQUEST)
    play.do("sign_consents", case_id, **YES)
    task = play.find("assess_person", case_id)
    play.do("assess_person", case_id, **PERSON)
    with pytest.raises(NotFound):
        get_task(play.work(play.college.mentors[0]), task.id)


def test_rule_13_a_young_specialist_has_worked_at_most_three_years(play):
    _, case_id = apply(play, open_programme(play), form="teacher_teacher")
    play.do("fill_request", case_id, **(TEACHER_REQUEST | {"experience_years": 7}))
    play.do("sign_consents", case_id, **YES)
    skills = dict.fromkeys(("subject_methods", "class_work", "digital", "confidence", "tiredness"), 5)
    play.do("assess_teaching", case_id, **{f"rate_{key}": value for key, value in skills.items()})
    wanted = MAP | {"mentoring_form": "teacher_teacher", "role_model": "professional"}
    with pytest.raises(Invalid) as refused:
        play.do("map_request", case_id, **wanted)
    assert refused.value.problems["role_model"][0].key == "not_a_young_specialist"
    play.session.rollback()
    play.do("map_request", case_id, **(wanted | {"role_model": "developer"}))
    assert "decide_admission" in play.waits(case_id)


def test_cfg_18_a_young_specialist_has_two_measures_in_the_rules(play):
    _, case_id = apply(play, open_programme(play), form="teacher_teacher")
    definitions = load_pack(play.work(), play.session.get_one(Case, case_id).pack_version_id).definitions
    rules = definitions.decide(
        "entry_rules", {"variant": "college", "form": "teacher_teacher"}, now=play.clock()
    )
    assert (rules["young_for_years"], rules["young_under"]) == (3, 35)


def test_rule_24_nobody_under_ten_applies(play):
    programme, child = open_programme(play), play.college.mentees[0]
    born(play, child.person_id, 2018)
    with pytest.raises(Invalid) as refused:
        apply_as_mentee(play.work(child), programme.id, child.person_id, "learner_learner")
    assert refused.value.problems["person"][0].key == "too_young"


def test_rule_24_and_cfg_19_the_age_is_asked_again_where_it_was_not_known(play):
    _, case_id = apply(play, open_programme(play))
    with pytest.raises(Invalid) as refused:
        play.do("fill_request", case_id, **(REQUEST | {"born_on": "2018-01-03"}))
    assert refused.value.problems["born_on"][0].key == "too_young"


def test_nobody_applies_twice_but_may_come_back(play):
    programme = open_programme(play)
    entry_id, case_id = apply(play, programme)
    with pytest.raises(Conflict) as refused:
        apply(play, programme)
    assert refused.value.key == "already_in_mentee_base"
    play.session.rollback()
    play.do("fill_request", case_id, wants_to_join="no")
    again_id, again_case_id = apply(play, programme)
    assert again_id == entry_id
    assert again_case_id != case_id
    assert status_of(play, entry_id) == "applied"


def test_a_closed_programme_takes_nobody(play):
    programme = open_programme(play, status=ProgrammeStatus.CLOSED)
    with pytest.raises(Conflict) as refused:
        apply(play, programme)
    assert refused.value.key == "programme_not_running"


def test_a_form_that_the_programme_does_not_use_is_refused(play):
    with pytest.raises(Invalid) as refused:
        apply(play, open_programme(play, "school"), form="employer_learner")
    assert refused.value.problems["form"][0].key == "form_not_used"


def test_nobody_of_another_organisation_applies_or_is_applied_for(play, town):
    programme = open_programme(play)
    with pytest.raises(NotFound):
        apply_as_mentee(
            play.work(town.stranger), programme.id, play.college.mentees[0].person_id, "learner_learner"
        )
    with pytest.raises(Invalid) as refused:
        apply_as_mentee(
            play.work(play.college.curator), programme.id, town.mentee.person_id, "learner_learner"
        )
    assert refused.value.problems["person"][0].key == "person_not_here"


def test_a_mentee_does_not_apply_for_another(play):
    programme, mentees = open_programme(play), play.college.mentees
    with pytest.raises((Forbidden, NotFound)):
        apply_as_mentee(play.work(mentees[1]), programme.id, mentees[0].person_id, "learner_learner")


def test_a_guardian_applies_for_a_child(play):
    programme, child, guardian = open_programme(play), play.college.mentees[0], play.college.guardian
    guard(play, child.person_id, guardian.person_id)
    entry_id = apply_as_mentee(play.work(guardian), programme.id, child.person_id, "learner_learner")
    assert entry_of(play, entry_id).channel == "guardian"


def test_a_child_cannot_name_its_own_guardian(play):
    programme, child = open_programme(play), play.college.mentees[0]
    friend_id = play.college.mentees[1].person_id
    with pytest.raises(Forbidden):
        apply_as_mentee(
            play.work(child), programme.id, child.person_id, "learner_learner", guardians=[friend_id]
        )


def test_what_is_known_of_a_mentee_is_filled_in(play):
    _, case_id = apply(play, open_programme(play), wants="Хочу петь")
    known = READERS["bases.mentee"].read(play.work(), case_id)
    assert (known["person_name"], known["wants"]) == ("Соня Ромашкина", "Хочу петь")


def test_an_unknown_entry_cannot_be_left(play):
    with pytest.raises(NotFound):
        leave_base(play.work(play.college.curator), uuid.uuid4(), "Так")


def test_whoever_has_left_cannot_leave_again(play):
    entry_id, _ = apply(play, open_programme(play))
    work = play.work(play.college.mentees[0])
    leave_base(work, entry_id, "Переезжаю")
    with pytest.raises(Conflict):
        leave_base(work, entry_id, "Переезжаю")
