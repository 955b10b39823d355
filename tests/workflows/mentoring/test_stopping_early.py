"""What ends before its time ends whole: the pair, the entry, the search, wherever the case stands."""

import pytest
from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry
from models.cases import Case
from models.pairing import MenteeSearch
from models.pairs import PairStatus
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.test_bad_luck import form
from tests.workflows.mentoring.waiting import Cohort
from workflows.operations.cases import cancel_case, suspend_case
from workflows.operations.consents import give_consent, withdraw_consent
from workflows.operations.mentees import apply_as_mentee
from workflows.operations.pairs import end_pair, leave_pair, pause_pair
from workflows.operations.programmes import start_programme, stop_programme
from workflows.records import searching
from workflows.records.pairs import form_pair
from workflows.refusals import Conflict, Invalid


def withdraw(play, pair, mentee, reason=""):
    give_consent(play.work(mentee), pair.programme_id, mentee.person_id, "participation")
    withdraw_consent(play.work(mentee), pair.programme_id, mentee.person_id, "participation", reason)
    play.settle()


def unbegun(play, college, monkeypatch, **formed):
    """Form a pair whose case the worker has not come to yet."""
    monkeypatch.setattr(PairPlay, "make_pair", lambda self, **_more: form(self))
    return PairPlay(play, college, **formed)


def unbegun_group(play, college, monkeypatch):
    def group(self, **_more):
        return form_pair(
            self.play.work(),
            self.programme_id,
            form=self.form,
            type="group",
            mentor_entry_ids=self.mentor_entries,
            mentee_entry_ids=self.mentee_entries,
            curator_id=self.college.curator.person_id,
        )

    monkeypatch.setattr(PairPlay, "make_pair", group)
    return PairPlay(play, college, mentees=4, form="learner_learner")


@pytest.mark.parametrize("pause", ["pair", "case"])
def test_a_consent_withdrawn_in_a_pause_ends_the_pair(play, college, pause):
    pair = PairPlay(play, college)
    pair.start_working()
    if pause == "pair":
        pause_pair(play.work(college.curator), pair.pair_id, "Каникулы")
    else:
        suspend_case(play.work(college.curator), pair.case_id)
    withdraw(play, pair, college.mentees[0])
    assert pair.pair.status is PairStatus.ENDED_EARLY
    assert play.is_over(pair.case_id)


def test_ending_the_case_of_a_pair_ends_the_pair_and_frees_its_people(play, college):
    pair = PairPlay(play, college)
    cancel_case(play.work(college.curator), pair.case_id, "Не сошлись")
    play.settle()
    assert pair.pair.status is PairStatus.ENDED_EARLY
    assert {one.left_because for one in pair.members()} == {"Не сошлись"}
    assert pair.status_of(pair.mentor_entries[0]) == EntryStatus.READY
    assert pair.status_of(pair.mentee_entries[0]) == EntryStatus.SEARCHING


def test_ending_an_intake_closes_the_entry_so_that_one_may_apply_again(play, college):
    cohort, mentee = Cohort(play), college.mentees[0]
    applied = cohort.programme.id, mentee.person_id, "teacher_learner"
    entry = play.session.get_one(MenteeEntry, apply_as_mentee(play.work(mentee), *applied))
    play.settle()
    cancel_case(play.work(college.curator), entry.case_id, "Заявка по ошибке")
    assert entry.status is EntryStatus.LEFT
    assert apply_as_mentee(play.work(mentee), *applied) == entry.id


def test_ending_a_search_by_hand_ends_the_search(play, college):
    one = Cohort(play).mentee(0)
    case_id = searching.seek(play.work(), one.id, "left_over")
    play.settle()
    cancel_case(play.work(college.curator), case_id, "Больше не ищем")
    assert play.session.scalars(select(MenteeSearch.outcome)).all() == ["ended"]


def test_the_case_of_a_programme_is_ended_by_stopping_the_programme(play, college):
    days = play.clock.at.date(), play.clock.at.date().replace(year=2027, month=5)
    programme_id = start_programme(play.work(college.head), college.id, "Год", "college", *days)
    case_id = play.session.scalar(select(Case.id).where(Case.process == "programme"))
    with pytest.raises(Conflict, match="stop_the_programme"):
        cancel_case(play.work(college.head), case_id, "Передумали")
    stop_programme(play.work(college.head), programme_id, "Передумали")
    assert play.is_over(case_id)


def test_a_group_goes_on_without_one_who_withdraws_before_its_case_begins(play, college, monkeypatch):
    group = unbegun_group(play, college, monkeypatch)
    gone, *others = college.mentees
    withdraw(play, group, gone)
    assert group.pair.status is PairStatus.APPROVED
    assert {one.person_id for one in group.members() if one.until_on} == {gone.person_id}
    group.mentee_actors = others
    group.get_acquainted()
    assert group.pair.status is PairStatus.ACQUAINTED


@pytest.mark.parametrize("act", [leave_pair, end_pair])
def test_a_pair_ends_before_the_worker_has_begun_its_case(play, college, monkeypatch, act):
    pair, mentee = unbegun(play, college, monkeypatch), college.mentees[0]
    if act is leave_pair:
        leave_pair(play.work(mentee), pair.pair_id, mentee.person_id, "Ухожу")
    else:
        end_pair(play.work(college.curator), pair.pair_id, "Не нужна")
    play.settle()
    assert pair.pair.status is PairStatus.ENDED_EARLY
    begun = select(Case.id).where(Case.id.in_([pair.case_id, pair.pair.support_case_id]))
    assert play.session.scalars(begun).all() == []


@pytest.mark.parametrize("reason", ["х" * 1001, "\u202e", "\u200b \u2028"])
def test_a_reason_can_be_read_to_its_end(play, college, reason):
    pair, mentee = PairPlay(play, college), college.mentees[0]
    acts = {
        cancel_case: (college.curator, pair.case_id),
        end_pair: (college.curator, pair.pair_id),
        stop_programme: (college.head, pair.programme_id),
    }
    for act, (actor, subject_id) in acts.items():
        with pytest.raises(Invalid) as refused:
            act(play.work(actor), subject_id, reason)
        assert list(refused.value.problems) == ["reason"]
    with pytest.raises(Invalid):
        leave_pair(play.work(mentee), pair.pair_id, mentee.person_id, reason)


def test_a_consent_may_be_withdrawn_without_a_reason_but_not_with_an_endless_one(play, college):
    pair = PairPlay(play, college)
    with pytest.raises(Invalid) as refused:
        withdraw(play, pair, college.mentees[0], "х" * 1001)
    assert list(refused.value.problems) == ["reason"]
    withdraw_consent(
        play.work(college.mentees[0]), pair.programme_id, college.mentees[0].person_id, "participation"
    )
