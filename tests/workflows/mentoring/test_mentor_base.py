"""What goes on with mentors who are in the base: trainings, certificates that run out, the yearly look."""

from sqlalchemy import select

from models.bases import MentorTraining
from models.programmes import RoadmapItem
from tests.workflows.mentoring.bases import (
    ABOUT,
    CHECK,
    INTERVIEW,
    PLAN,
    PROFILE,
    TRAINED,
    YES,
    bring_into_base,
    find_case,
    guard,
    make_ready_mentor,
    open_programme,
    propose,
    start,
    status_of,
    told,
)
from workflows.operations.mentors import leave_base
from workflows.queries.readings import READERS
from workflows.records.pairs import form_pair

MEETING = {
    "held_on": "2026-09-08",
    "place": "Кабинет 5, 15:00",
    "format": "exchange",
    "topics": ["communication"],
}


def make_graduate(play, programme):
    """Take a graduate with a certificate into the base."""
    entry_id, case_id = propose(play, programme, "graduate", ("employer_learner",))
    play.do("fill_mentor_profile", case_id, **PROFILE)
    play.do("sign_consents", case_id, **YES)
    play.do("accept_checks", case_id, checks=[CHECK | {"expires_on": "2026-12-01"}])
    play.do("tell_about_yourself", case_id, **ABOUT)
    play.do("record_interview", case_id, **INTERVIEW)
    play.do("plan_training", case_id, **PLAN)
    play.do("record_training", case_id, **TRAINED)
    return entry_id, find_case(play, "check_renewal").id


def test_mentors_ask_and_the_curator_advises_a_style(play):
    programme = open_programme(play)
    ids = [make_ready_mentor(play, programme, number)[0] for number in (0, 1)]
    case_id = start(play, programme, "secondary_training")
    play.do("plan_secondary_training", case_id, mentors=[str(one) for one in ids], **MEETING)
    assert any("Кабинет 5" in one for one in told(play, play.college.mentors[1].person_id))
    play.do("ask_before_training", case_id, question="Как быть, если молчит?")
    play.do("ask_before_training", case_id)
    asked = READERS["bases.training_questions"].read(play.work(), case_id)["questions"]
    assert [one["question"] for one in asked] == ["Как быть, если молчит?"]
    play.pass_days(8)
    came = [{"mentor": str(ids[0]), "style": "developing", "advice": "Меньше советов"}]
    play.do("record_secondary_training", case_id, outcome="held", took_place_on="2026-09-08", attendance=came)
    assert play.is_over(case_id)
    second = play.session.scalars(select(MentorTraining).where(MentorTraining.kind == "secondary")).one()
    assert (second.mentor_entry_id, second.style) == (ids[0], "developing")


def test_the_day_comes_before_everybody_has_asked_and_the_meeting_may_be_cancelled(play):
    programme = open_programme(play)
    entry_id, _ = make_ready_mentor(play, programme)
    case_id = start(play, programme, "secondary_training")
    play.do("plan_secondary_training", case_id, mentors=[str(entry_id)], **MEETING)
    play.pass_days(8)
    assert play.waits(case_id) == {"record_secondary_training"}
    play.do("record_secondary_training", case_id, outcome="cancelled")
    assert play.is_over(case_id)


def test_a_certificate_is_renewed_before_it_runs_out(play):
    entry_id, case_id = make_graduate(play, open_programme(play))
    assert play.waits(case_id) == set()
    play.pass_days(70)
    assert play.waits(case_id) == {"bring_document", "accept_renewal"}
    play.do("bring_document", case_id, document="77-02", issued_on="2026-11-05")
    new = {"outcome": "accepted", "document": "77-02", "issued_on": "2026-11-05", "expires_on": "2027-11-05"}
    play.do("accept_renewal", case_id, **new)
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "ready"
    assert not play.is_over(find_case(play, "check_renewal").id)


def test_a_mentor_whose_certificate_has_run_out_is_paused_until_a_new_one_comes(play):
    entry_id, case_id = make_graduate(play, open_programme(play))
    play.pass_days(95)
    assert status_of(play, entry_id) == "paused"
    for person in (play.college.mentors[0], play.college.curator):
        assert any("приостановлены" in one for one in told(play, person.person_id))
    new = {"outcome": "accepted", "document": "77-02", "issued_on": "2026-12-02", "expires_on": "2027-12-02"}
    play.do("accept_renewal", case_id, **new)
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "ready"


def test_only_the_mentor_and_the_curator_learn_which_certificate_has_run_out(play):
    programme, college = open_programme(play), play.college
    mentor_entry, _ = make_graduate(play, programme)
    child, guardian = college.mentees[0].person_id, college.head.person_id
    guard(play, child, guardian)
    form_pair(
        play.work(),
        programme.id,
        form="employer_learner",
        type="pair",
        mentor_entry_ids=[mentor_entry],
        mentee_entry_ids=[bring_into_base(play, programme)[0]],
        curator_id=college.curator.person_id,
    )
    play.pass_days(95)
    document = CHECK["document"]
    for knowing in (college.mentors[0].person_id, college.curator.person_id):
        assert any(document in one for one in told(play, knowing))
    for met in (child, guardian):
        assert any("пока приостановлены" in one for one in told(play, met))
        assert not any(document in one or "окумент" in one for one in told(play, met))


def test_a_mentor_without_a_new_certificate_stays_paused(play):
    entry_id, case_id = make_graduate(play, open_programme(play))
    play.pass_days(70)
    play.do("accept_renewal", case_id, outcome="refused")
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "paused"


def test_nobody_is_asked_for_the_certificate_of_a_mentor_who_has_left(play):
    entry_id, case_id = make_graduate(play, open_programme(play))
    leave_base(play.work(play.college.mentors[0]), entry_id, "Переезжаю")
    play.settle()
    play.pass_days(70)
    assert play.is_over(case_id)


def test_the_yearly_look_may_find_that_mentors_suffice(play):
    programme = open_programme(play)
    case_id = start(play, programme, "base_analysis")
    play.do("analyse_bases", case_id, conclusion="Всем хватает", outcome="enough")
    assert play.is_over(case_id)


def test_the_yearly_look_puts_a_search_into_the_roadmap(play):
    programme = open_programme(play)
    case_id = start(play, programme, "base_analysis")
    play.do("analyse_bases", case_id, conclusion="Не хватает мастеров", outcome="search")
    search = {"measure": "Встреча на заводе", "responsible": "Куратор", "due_on": "2026-10-01"}
    play.do("plan_search", case_id, **search)
    assert play.is_over(case_id)
    assert play.session.scalars(select(RoadmapItem.measure)).all() == ["Встреча на заводе"]


def test_the_system_counts_both_bases_for_the_curator(play):
    programme = open_programme(play)
    bring_into_base(play, programme)
    make_ready_mentor(play, programme)
    case_id = start(play, programme, "base_analysis")
    mentees = READERS["bases.mentee_counts"].read(play.work(), case_id)
    mentors = READERS["bases.mentor_counts"].read(play.work(), case_id)
    assert (mentees["mentees_total"], mentees["mentees_waiting"]) == (1, 1)
    assert {one["code"]: one["mentors"] for one in mentees["problem_counts"]} == {
        "motivation": 0,
        "career": 1,
    }
    assert (mentors["mentors_ready"], mentors["places_free"]) == (1, 2)
    assert {one["code"]: (one["count"], one["waiting"]) for one in mentees["mentee_counts"]} == {
        "learner_learner": (1, 1)
    }
    assert [(one["count"], one["places"]) for one in mentors["mentor_counts"]] == [(1, 2)]
