"""People complete tasks and keep drafts of them."""

import uuid

import pytest
from sqlalchemy import func, select

from models.cases import Case, CaseStatus
from models.journal import JournalEntry, JournalUnsealed
from models.tasks import Task, TaskDraft, TaskStatus
from models.waiting import Timer
from workflows.operations.cases import cancel_case, start_case, suspend_case
from workflows.operations.drafts import forget_drafts
from workflows.operations.tasks import claim_task, complete_task, save_draft
from workflows.queries.tasks import get_task
from workflows.refusals import Forbidden, Invalid, NotFound, TooLate
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Work

MEETING = {"topic": "Знакомство", "minutes": 45, "is_last": False, "notes": ""}
LAST = {**MEETING, "is_last": True}


@pytest.fixture
def task_id(start_pair):
    return start_pair().opened[0]


def test_a_mentor_records_a_meeting_and_the_next_one_waits(as_, town, task_id, session, clock):
    started_at = clock()
    clock.advance(days=2)
    done = complete_task(as_(town.mentor), task_id, {**MEETING, "notes": "Говорили о школе"})
    first = session.get_one(Task, task_id)
    assert (first.status, first.completed_by_id, first.completed_at) == (
        TaskStatus.COMPLETED,
        town.mentor.person_id,
        clock(),
    )
    assert first.answers == {**MEETING, "notes": "Говорили о школе"}
    assert first.opened_at == started_at
    following = session.get_one(Task, done.opened[0])
    assert (following.element, following.status) == ("record_meeting", TaskStatus.OPEN)
    # Three days later is a Sunday: the task is due at the end of Monday, in Moscow.
    assert following.due_at == clock.at.replace(day=7, hour=20, minute=59)


def test_the_reminder_of_a_done_meeting_is_stopped_and_a_new_one_runs(as_, town, task_id, session, clock):
    before = session.scalars(select(Timer.id)).all()
    clock.advance(days=2)
    complete_task(as_(town.mentor), task_id, MEETING)
    timer = session.scalars(select(Timer)).one()
    assert timer.id not in before
    assert (timer.due_at - clock()).days == 14


def test_the_last_meeting_leads_to_the_curator_and_the_case_ends(as_, town, task_id, session):
    confirm = complete_task(as_(town.mentor), task_id, LAST).opened[0]
    assert session.get_one(Task, confirm).assignee_id == town.curator.person_id
    done = complete_task(as_(town.curator), confirm, {"summary": "Хорошая пара"})
    assert done.is_case_finished
    case = session.get_one(Case, done.case_id)
    assert case.status is CaseStatus.COMPLETED
    assert case.ended_at is not None
    assert session.scalar(select(func.count()).select_from(Timer)) == 0


def test_what_is_answered_is_in_the_journal_and_waits_for_its_seal(as_, town, task_id, session, clock):
    complete_task(as_(town.mentor), task_id, MEETING)
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "task.completed")).one()
    assert (entry.actor_id, entry.actor_role, entry.subject) == (
        town.mentor.person_id,
        "mentor",
        f"task:{task_id}",
    )
    assert entry.details["answers"] == MEETING
    assert entry.details["passed"] == ["record_meeting", "is_last"]
    assert session.get(JournalUnsealed, entry.id) is not None


def test_wrong_answers_are_refused_beside_their_fields_and_nothing_moves(as_, town, task_id, session):
    with pytest.raises(Invalid) as refused:
        complete_task(as_(town.mentor), task_id, {"topic": "", "minutes": 0})
    assert set(refused.value.problems) == {"topic", "minutes"}
    assert session.get_one(Task, task_id).status is TaskStatus.OPEN


def test_the_same_person_pressing_twice_completes_once(as_, town, task_id, session):
    first = complete_task(as_(town.mentor), task_id, MEETING)
    second = complete_task(as_(town.mentor), task_id, MEETING)
    assert (first.was_done_before, second.was_done_before) == (False, True)
    entries = select(func.count()).where(JournalEntry.act == "task.completed")
    assert session.scalar(entries) == 1


def test_the_same_person_with_other_answers_is_told_that_it_is_done(as_, town, task_id):
    complete_task(as_(town.mentor), task_id, MEETING)
    with pytest.raises(TooLate) as refused:
        complete_task(as_(town.mentor), task_id, LAST)
    assert refused.value.key == "task_completed_already"
    assert refused.value.answers == LAST


def test_who_comes_second_is_told_who_was_first_and_when(as_, town, start_pair, clock):
    mentors = {"mentor": [town.mentor, town.second_mentor], "curator": [town.curator]}
    task_id = start_pair("Группа", **mentors).opened[0]
    first_at = clock()
    complete_task(as_(town.mentor), task_id, MEETING)
    clock.advance(minutes=1)
    with pytest.raises(TooLate) as refused:
        complete_task(as_(town.second_mentor), task_id, LAST)
    assert refused.value.key == "task_completed_by_another"
    assert (refused.value.values["who"], refused.value.values["at"]) == (town.mentor.name, first_at)


def test_who_works_on_a_task_that_another_has_taken_is_told_by_whom(as_, town, start_pair):
    mentors = {"mentor": [town.mentor, town.second_mentor], "curator": [town.curator]}
    task_id = start_pair("Группа", **mentors).opened[0]
    claim_task(as_(town.mentor), task_id)
    with pytest.raises(TooLate) as refused:
        complete_task(as_(town.second_mentor), task_id, MEETING)
    assert (refused.value.key, refused.value.values["who"]) == ("task_taken_by_another", town.mentor.name)


def test_a_task_of_a_case_that_stands_still_cannot_be_completed(as_, town, task_id, session):
    suspend_case(as_(town.curator), session.get_one(Task, task_id).case_id)
    with pytest.raises(TooLate) as refused:
        complete_task(as_(town.mentor), task_id, MEETING)
    assert refused.value.key == "case_suspended"


@pytest.mark.parametrize("somebody", ["mentee", "curator", "auditor", "administrator"])
def test_who_sees_the_case_but_not_has_the_task_is_forbidden_to_complete_it(as_, town, task_id, somebody):
    with pytest.raises(Forbidden):
        complete_task(as_(getattr(town, somebody)), task_id, MEETING)


@pytest.mark.parametrize("somebody", ["stranger", "second_mentor"])
def test_for_others_the_task_does_not_exist(as_, town, task_id, somebody):
    for act in (complete_task, save_draft):
        with pytest.raises(NotFound):
            act(as_(getattr(town, somebody)), task_id, MEETING)
    with pytest.raises(NotFound):
        get_task(as_(getattr(town, somebody)), task_id)


def test_a_task_that_never_was_is_not_found(as_, town):
    with pytest.raises(NotFound):
        complete_task(as_(town.mentor), uuid.uuid4(), MEETING)


def test_a_manual_task_is_a_tick(as_, town, session):
    case = start_case(
        as_(town.curator),
        town.school.id,
        "programme",
        "2026/27",
        participants={"curator": [town.curator.person_id]},
    )
    complete_task(as_(town.curator), case.opened[0], {})
    assert session.get_one(Task, case.opened[0]).answers == {}


def test_a_draft_is_kept_offered_again_and_gone_when_the_task_is_done(as_, town, task_id, session):
    save_draft(as_(town.mentor), task_id, {"topic": "Зна"})
    save_draft(as_(town.mentor), task_id, {"topic": "Знаком"})
    assert get_task(as_(town.mentor), task_id).draft == {"topic": "Знаком"}
    assert get_task(as_(town.curator), task_id).draft is None
    complete_task(as_(town.mentor), task_id, MEETING)
    assert session.scalars(select(TaskDraft)).all() == []


def test_a_draft_may_be_kept_when_the_task_is_done_by_another(as_, town, start_pair):
    mentors = {"mentor": [town.mentor, town.second_mentor], "curator": [town.curator]}
    task_id = start_pair("Группа", **mentors).opened[0]
    complete_task(as_(town.mentor), task_id, MEETING)
    save_draft(as_(town.second_mentor), task_id, LAST)
    view = get_task(as_(town.second_mentor), task_id)
    assert (view.draft, view.completed_by_name, view.may) == (LAST, town.mentor.name, frozenset())


def test_a_page_that_saves_late_does_not_bring_the_draft_of_a_done_task_back(as_, town, task_id, session):
    save_draft(as_(town.mentor), task_id, {"topic": "Зна"})
    complete_task(as_(town.mentor), task_id, MEETING)
    save_draft(as_(town.mentor), task_id, {"topic": "Знаком"})
    assert session.scalars(select(TaskDraft)).all() == []


def test_other_answers_to_a_done_task_are_kept_as_a_draft(as_, town, task_id, sessions, clock, session):
    complete_task(as_(town.mentor), task_id, MEETING)
    with pytest.raises(TooLate):
        carry_out(sessions, town.mentor, lambda work: complete_task(work, task_id, LAST), clock=clock)
    assert session.scalars(select(TaskDraft.answers)).one() == LAST


def test_drafts_of_a_case_that_ended_are_forgotten_after_a_month(as_, town, start_pair, work, session, clock):
    ended, running = start_pair("Закончилась"), start_pair("Идёт")
    for case in (ended, running):
        save_draft(as_(town.mentor), case.opened[0], {"topic": "Зна"})
    cancel_case(as_(town.curator), ended.id, "Переехали")
    clock.advance(days=29)
    assert forget_drafts(work) == 0
    clock.advance(days=2)
    assert forget_drafts(work) == 1
    assert session.scalars(select(TaskDraft.task_id)).all() == [running.opened[0]]


def test_a_draft_as_large_as_a_book_is_refused(as_, town, task_id):
    with pytest.raises(Invalid):
        save_draft(as_(town.mentor), task_id, {"notes": "я" * 200_000})


def test_long_texts_stay_with_the_task_and_out_of_the_state(as_, town, task_id, session):
    before = len(session.get_one(Case, session.get_one(Task, task_id).case_id).state)
    notes = "".join(chr(0x400 + index * 7 % 250) for index in range(4000))
    done = complete_task(as_(town.mentor), task_id, {**MEETING, "notes": notes})
    assert session.get_one(Task, task_id).answers["notes"] == notes
    assert len(session.get_one(Case, done.case_id).state) < before + 300


def test_a_case_may_decide_by_a_list_as_long_as_the_engine_takes_it(as_, town, session, clock):
    programme = start_case(
        as_(town.curator),
        town.school.id,
        "programme",
        "2026/27",
        participants={"curator": [town.curator.person_id]},
        variables={"typename": "Task", "groups": ["А"] * 200, "long": "я" * 300, "inner": {"a": 1}},
    )
    known = get_task(as_(town.curator), programme.opened[0]).known
    assert (known["typename"], len(known["groups"])) == ("Task", 200)
    assert known.keys().isdisjoint({"long", "inner"})


def test_the_page_of_a_task_knows_its_form_its_people_and_what_may_be_done(as_, town, task_id):
    view = get_task(as_(town.mentor), task_id)
    assert view.form is not None
    assert (view.assignee_name, view.case_title) == (town.mentor.name, "Первая пара")
    assert {"task:complete", "task:save_draft"} <= view.may
    assert get_task(as_(town.curator), task_id).may == {"task:link"}, "nobody else is a mentor of this pair"
    assert view.known["case_id"] == str(view.case_id)


def test_the_system_may_complete_a_task(session, task_id, clock):
    done = complete_task(Work(session, SYSTEM, clock), task_id, MEETING)
    assert session.get_one(Task, done.id).completed_by_id is None
