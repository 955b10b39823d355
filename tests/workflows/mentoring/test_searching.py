"""Mentees left without a pair: the psychologist is beside them, and the search goes on."""

import pytest
from sqlalchemy import func, select

from models.bases import EntryStatus
from models.notices import Notice
from models.pairing import MenteeSearch
from tests.workflows.mentoring.waiting import Cohort
from workflows.operations.consents import give_consent, withdraw_consent
from workflows.operations.mentees import leave_base
from workflows.queries.readings import read_facts
from workflows.records import pairs, searching
from workflows.refusals import Invalid

SUPPORT = {"held_on": "2026-09-01", "mood": "calm", "done": "Поговорили."}
AGREED = {"mentee_agrees": True, "mentor_agrees": True}


@pytest.fixture
def cohort(play):
    made = Cohort(play)
    made.one = made.mentee(0, problems=["low_results"])
    return made


def seek(cohort):
    case_id = searching.seek(cohort.play.work(), cohort.one.id, "left_over")
    cohort.play.settle()
    return case_id


def find(cohort, case_id, mentor, **changes):
    answers = {"outcome": "found", "mentor": str(mentor.id), **AGREED} | changes
    return cohort.play.do("continue_search", case_id, **answers)


def test_rule_18_a_mentee_without_a_pair_is_supported_while_the_search_goes_on(cohort):
    case_id = seek(cohort)
    assert cohort.status(cohort.one) is EntryStatus.SEARCHING
    assert cohort.play.waits(case_id) == {"support_mentee", "continue_search"}
    cohort.play.do("support_mentee", case_id, **SUPPORT)
    assert cohort.play.waits(case_id) == {"continue_search"}


def test_a_mentee_is_looked_for_once_however_often_it_is_asked(cohort):
    assert seek(cohort) == seek(cohort)
    assert cohort.session.scalar(select(func.count(MenteeSearch.id))) == 1


def test_candidates_are_shown_with_reasons(cohort):
    fit = cohort.mentor(0, helps_with=["low_results"])
    shown = read_facts(cohort.work(), ["pairing.candidates"], seek(cohort))
    assert shown["candidate_choices"] == [{"label": "Артём Стрижов", "value": str(fit.id)}]
    assert [one["code"] for one in shown["candidates"][0]["reasons"]] == ["helps_with"]
    assert shown["mentee_name"] == "Соня Ромашкина"


def test_a_pair_is_found(cohort):
    mentor = cohort.mentor(0)
    case_id = seek(cohort)
    find(cohort, case_id, mentor)
    cohort.play.do("decide_as_curator", case_id, decided_on="2026-09-01")
    assert cohort.play.is_over(case_id)
    assert len(cohort.pairs()) == 1
    assert cohort.status(cohort.one) is EntryStatus.MATCHED
    assert searching.find_search(cohort.play.work(), cohort.one.id) is None
    told = select(Notice.person_id).where(Notice.text.startswith("Пара нашлась"))
    assert set(cohort.session.scalars(told)) == {cohort.one.person_id, mentor.person_id}


def test_rule_14_both_have_to_agree_to_the_candidate(cohort):
    mentor = cohort.mentor(0)
    case_id = seek(cohort)
    with pytest.raises(Invalid) as refused:
        find(cohort, case_id, mentor, mentor_agrees=False)
    assert refused.value.problems["mentor"][0].key == "both_must_agree"


def test_a_mentor_who_was_taken_meanwhile_is_not_to_be_had(cohort):
    mentor = cohort.mentor(0)
    case_id = seek(cohort)
    mentor.status = EntryStatus.PAUSED
    cohort.session.flush()
    with pytest.raises(Invalid):
        find(cohort, case_id, mentor)


def test_when_the_pair_is_refused_the_search_goes_on(cohort):
    mentor = cohort.mentor(0)
    case_id = seek(cohort)
    find(cohort, case_id, mentor)
    shown = read_facts(cohort.work(), ["pairing.proposals"], case_id)["proposal_choices"]
    cohort.play.do(
        "decide_as_curator",
        case_id,
        decided_on="2026-09-01",
        refused=[shown[0]["value"]],
        refused_because="Разное расписание.",
    )
    assert "continue_search" in cohort.play.waits(case_id)
    assert cohort.pairs() == []


def test_a_pair_found_elsewhere_ends_the_search(cohort):
    mentor = cohort.mentor(0)
    case_id = seek(cohort)
    pairs.form_pair(
        cohort.play.work(),
        cohort.programme.id,
        form="teacher_learner",
        type="pair",
        mentor_entry_ids=[mentor.id],
        mentee_entry_ids=[cohort.one.id],
        curator_id=cohort.college.curator.person_id,
    )
    cohort.play.settle()
    assert cohort.play.is_over(case_id)
    assert cohort.play.find("support_mentee", case_id) is None


def test_a_mentee_leaves_the_programme(cohort):
    case_id = seek(cohort)
    cohort.play.do("continue_search", case_id, outcome="left", because="Переехал.")
    assert cohort.play.is_over(case_id)
    assert cohort.status(cohort.one) is EntryStatus.LEFT


def test_nobody_is_looked_for_who_has_left_the_base(cohort):
    case_id = seek(cohort)
    leave_base(cohort.play.work(cohort.college.mentees[0]), cohort.one.id, "Переезжаю")
    cohort.play.settle()
    assert cohort.play.is_over(case_id)
    assert searching.find_search(cohort.play.work(), cohort.one.id) is None
    assert cohort.play.find("support_mentee", case_id) is None


def test_nobody_is_looked_for_who_took_the_consent_back(cohort):
    case_id, mentee = seek(cohort), cohort.college.mentees[0]
    give_consent(cohort.play.work(mentee), cohort.programme.id, mentee.person_id, "participation")
    withdraw_consent(cohort.play.work(mentee), cohort.programme.id, mentee.person_id, "participation")
    cohort.play.settle()
    assert cohort.play.is_over(case_id)
    assert cohort.status(cohort.one) is EntryStatus.LEFT


def test_a_mentee_is_carried_over_to_the_next_cycle_and_still_looked_for(cohort):
    case_id = seek(cohort)
    cohort.play.do("continue_search", case_id, outcome="carried_over", because="Год кончился.")
    assert cohort.play.is_over(case_id)
    assert cohort.status(cohort.one) is EntryStatus.SEARCHING


def test_the_curator_is_reminded_again_and_again(cohort):
    case_id = seek(cohort)
    cohort.play.pass_days(45)
    reminded = select(func.count(Notice.id)).where(Notice.case_id == case_id)
    assert cohort.session.scalar(reminded) >= 3


def test_after_a_search_has_ended_a_new_one_may_begin(cohort):
    first = seek(cohort)
    cohort.play.do("continue_search", first, outcome="left", because="Переехал.")
    second = seek(cohort)
    assert second != first
    assert cohort.play.waits(second) == {"support_mentee", "continue_search"}
