"""Consents outside of tasks: given on a page or on paper, refused, taken back with all that follows."""

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from models.consents import Consent, ConsentPurpose
from models.pairs import Pair, PairMember, PairStatus
from models.practices import Practice, PracticeStatus
from models.waiting import Message
from tests.workflows.mentoring.bases import (
    PROFILE,
    REQUEST,
    apply,
    bring_into_base,
    find_case,
    guard,
    make_ready_mentor,
    open_programme,
    propose,
    status_of,
    told,
)
from workflows.operations.consents import give_consent, refuse_consent, withdraw_consent
from workflows.records import consents
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound

BOTH = ("participation", "personal_data")


def come_to_consents(play, programme, born_on="2006-01-03"):
    """Take a mentee to where signatures are waited for."""
    entry_id, case_id = apply(play, programme)
    play.do("fill_request", case_id, **(REQUEST | {"born_on": born_on}))
    return entry_id, case_id


def form_pair(play, programme, mentee_entry_id, case_id):
    """Put a working pair of the mentee there, carried by some running case."""
    pair = Pair(
        id=uuid.uuid4(),
        organisation_id=play.college.id,
        programme_id=programme.id,
        case_id=case_id,
        title="Пара",
        status=PairStatus.WORKING,
        form="teacher_learner",
        type="pair",
        formed_on=date(2026, 9, 1),
    )
    play.session.add(pair)
    play.session.flush()
    member = PairMember(
        id=uuid.uuid4(),
        pair_id=pair.id,
        person_id=play.college.mentees[0].person_id,
        role="mentee",
        mentee_entry_id=mentee_entry_id,
        since_on=date(2026, 9, 1),
    )
    play.session.add(member)
    play.session.commit()
    return pair


def test_the_last_missing_consent_moves_the_intake_on(play):
    programme, mentee = open_programme(play), play.college.mentees[0]
    entry_id, case_id = come_to_consents(play, programme)
    give_consent(play.work(mentee), programme.id, mentee.person_id, "participation")
    play.settle()
    assert play.waits(case_id) == {"sign_consents"}
    give_consent(play.work(mentee), programme.id, mentee.person_id, "personal_data")
    play.settle()
    assert status_of(play, entry_id) == "consented"
    assert play.waits(case_id) == {"assess_person", "assess_studies"}


def test_the_last_missing_consent_moves_the_intake_of_a_mentor_on(play):
    programme, mentor = open_programme(play), play.college.mentors[0]
    _, case_id = propose(play, programme)
    play.do("fill_mentor_profile", case_id, **PROFILE)
    for purpose in BOTH:
        give_consent(play.work(mentor), programme.id, mentor.person_id, purpose)
    play.settle()
    assert play.waits(case_id) == {"tell_about_yourself"}


@pytest.mark.parametrize("is_mentor", [False, True])
def test_a_refusal_outside_of_the_task_ends_the_intake(play, is_mentor):
    programme = open_programme(play)
    if is_mentor:
        person = play.college.mentors[0]
        entry_id, case_id = propose(play, programme)
    else:
        person = play.college.mentees[0]
        entry_id, case_id = come_to_consents(play, programme)
    refuse_consent(play.work(person), programme.id, person.person_id, "personal_data")
    play.settle()
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "declined"


def test_a_child_is_agreed_for_only_with_a_guardian(play):
    programme, child, guardian = open_programme(play), play.college.mentees[0], play.college.guardian
    guard(play, child.person_id, guardian.person_id)
    entry_id, _ = come_to_consents(play, programme, "2012-01-03")
    for purpose in BOTH:
        give_consent(play.work(child), programme.id, child.person_id, purpose)
    named = (programme.id, child.person_id, ConsentPurpose.PARTICIPATION)
    assert consents.standing(play.work(), *named) is None
    assert status_of(play, entry_id) == "applied"
    for purpose in BOTH:
        give_consent(play.work(guardian), programme.id, child.person_id, purpose)
    assert consents.standing(play.work(), *named) is not None
    assert status_of(play, entry_id) == "consented"


def test_the_curator_enters_paper_and_names_whose_hand_it_was(play):
    programme, mentee = open_programme(play), play.college.mentees[0]
    come_to_consents(play, programme)
    curator = play.work(play.college.curator)
    give_consent(curator, programme.id, mentee.person_id, "participation", signed_by_id=mentee.person_id)
    consent = play.session.scalars(select(Consent)).one()
    assert (consent.way, consent.signed_by_id) == ("on_paper", mentee.person_id)
    assert consent.entered_by_id == play.college.curator.person_id
    with pytest.raises(Invalid) as refused:
        give_consent(
            curator,
            programme.id,
            mentee.person_id,
            "participation",
            signed_by_id=play.college.tutor.person_id,
        )
    assert refused.value.problems["signed_by"][0].key == "not_a_guardian"


def test_a_refusal_on_paper_is_kept_as_what_was_said(play):
    programme = open_programme(play)
    come_to_consents(play, programme)
    play.pass_days(8)
    play.fill("enter_consents", outcome="refused")
    said = play.session.scalars(select(Consent).order_by(Consent.purpose)).all()
    assert {(one.purpose.value, one.way, one.is_given) for one in said} == {
        ("participation", "on_paper", False),
        ("personal_data", "on_paper", False),
    }
    assert {one.signed_by_id for one in said} == {play.college.mentees[0].person_id}


def test_nobody_signs_or_takes_back_for_another(play):
    programme, mentees = open_programme(play), play.college.mentees
    come_to_consents(play, programme)
    other = play.work(mentees[1])
    with pytest.raises((Forbidden, NotFound)):
        give_consent(other, programme.id, mentees[0].person_id, "participation")
    for actor in (mentees[1], play.college.curator, play.college.head, play.college.guardian):
        with pytest.raises((Forbidden, NotFound)):
            withdraw_consent(play.work(actor), programme.id, mentees[0].person_id, "participation")


def test_nobody_of_another_organisation_takes_a_consent_back(play, town):
    programme = open_programme(play)
    bring_into_base(play, programme)
    with pytest.raises(NotFound):
        withdraw_consent(
            play.work(town.stranger), programme.id, play.college.mentees[0].person_id, "participation"
        )


def test_a_withdrawal_during_the_intake_of_a_mentee_stops_it(play):
    programme, mentee = open_programme(play), play.college.mentees[0]
    entry_id, case_id = come_to_consents(play, programme)
    play.do("sign_consents", case_id, participation="yes", personal_data="yes")
    withdraw_consent(play.work(mentee), programme.id, mentee.person_id, "participation", "Передумала")
    play.settle()
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "left"


def test_a_withdrawal_during_the_intake_of_a_mentor_stops_it(play):
    programme, mentor = open_programme(play), play.college.mentors[0]
    entry_id, case_id = propose(play, programme)
    play.do("fill_mentor_profile", case_id, **PROFILE)
    play.do("sign_consents", case_id, participation="yes", personal_data="yes")
    withdraw_consent(play.work(mentor), programme.id, mentor.person_id, "personal_data")
    play.settle()
    assert play.is_over(case_id)
    assert status_of(play, entry_id) == "left"


def test_a_withdrawal_reaches_every_pair_and_the_curator(play):
    programme, mentee = open_programme(play), play.college.mentees[0]
    entry_id, _ = bring_into_base(play, programme)
    _, other_case_id = propose(play, programme)
    pair = form_pair(play, programme, entry_id, other_case_id)
    withdraw_consent(play.work(mentee), programme.id, mentee.person_id, "participation")
    play.session.flush()
    sent = play.session.scalars(select(Message).where(Message.case_id == pair.case_id)).all()
    assert [(one.name, one.payload["role"]) for one in sent] == [("consent_withdrawn", "mentee")]
    play.settle()
    assert status_of(play, entry_id) == "left"
    assert play.is_over(find_case(play, "consent_withdrawal").id)
    assert any("Соня Ромашкина" in one for one in told(play, play.college.curator.person_id))


def test_a_guardian_takes_a_consent_back_for_a_child(play):
    programme, child, guardian = open_programme(play), play.college.mentees[0], play.college.guardian
    entry_id, _ = bring_into_base(play, programme)
    guard(play, child.person_id, guardian.person_id)
    withdraw_consent(play.work(guardian), programme.id, child.person_id, "participation")
    play.settle()
    assert status_of(play, entry_id) == "left"


def test_withdrawn_personal_data_are_to_be_removed(play):
    programme, mentee = open_programme(play), play.college.mentees[0]
    bring_into_base(play, programme)
    withdraw_consent(play.work(mentee), programme.id, mentee.person_id, "personal_data")
    play.settle()
    case_id = find_case(play, "consent_withdrawal").id
    assert play.waits(case_id) == {"remove_personal_data"}
    play.do("remove_personal_data", case_id, removed="Анкеты и списки")
    assert play.is_over(case_id)


def test_a_withdrawn_publicity_takes_stories_back_and_stops_nothing_else(play):
    programme, mentee = open_programme(play), play.college.mentees[0]
    entry_id, _ = bring_into_base(play, programme)
    _, other_case_id = propose(play, programme)
    pair = form_pair(play, programme, entry_id, other_case_id)
    give_consent(play.work(mentee), programme.id, mentee.person_id, "publicity")
    practice = Practice(
        id=uuid.uuid4(),
        programme_id=programme.id,
        pair_id=pair.id,
        form=pair.form,
        title="История",
        summary="Как всё вышло",
        status=PracticeStatus.PUBLISHED,
        written_at=play.clock(),
        published_on=date(2026, 9, 1),
    )
    play.session.add(practice)
    play.session.flush()
    withdraw_consent(play.work(mentee), programme.id, mentee.person_id, "publicity")
    play.settle()
    play.session.refresh(practice)
    assert (practice.status, practice.published_on) == (PracticeStatus.WITHDRAWN, None)
    assert practice.why_not == "consent_withdrawn"
    assert status_of(play, entry_id) == "ready"
    case_id = find_case(play, "consent_withdrawal").id
    play.do("take_down_stories", case_id, removed="С сайта")
    assert play.is_over(case_id)


def test_a_withdrawn_consent_stays_to_be_read(play):
    programme, mentee = open_programme(play), play.college.mentees[0]
    bring_into_base(play, programme)
    withdraw_consent(play.work(mentee), programme.id, mentee.person_id, "participation", "Переезд")
    taken = play.session.scalars(select(Consent).where(Consent.purpose == ConsentPurpose.PARTICIPATION)).one()
    assert taken.is_given
    assert taken.withdrawn_by_id == mentee.person_id
    assert taken.withdrawn_because == "Переезд"
    with pytest.raises(Conflict) as refused:
        withdraw_consent(play.work(mentee), programme.id, mentee.person_id, "participation")
    assert refused.value.key == "no_consent_to_withdraw"


def test_what_stands_is_withdrawn_and_not_refused(play):
    programme, mentor = open_programme(play), play.college.mentors[0]
    make_ready_mentor(play, programme)
    with pytest.raises(Conflict) as refused:
        refuse_consent(play.work(mentor), programme.id, mentor.person_id, "participation")
    assert refused.value.key == "consent_stands"


def test_an_unknown_purpose_and_somebody_outside_the_bases_are_refused(play):
    programme, mentee = open_programme(play), play.college.mentees[0]
    with pytest.raises(Conflict):
        give_consent(play.work(mentee), programme.id, mentee.person_id, "participation")
    come_to_consents(play, programme)
    with pytest.raises(Invalid):
        give_consent(play.work(mentee), programme.id, mentee.person_id, "dancing")
