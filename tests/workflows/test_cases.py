"""A case is started, stands still, goes on, ends before its end."""

import uuid

import pytest
from sqlalchemy import func, select, text

from models.cases import Case, CaseStatus
from models.journal import JournalEntry
from models.tasks import Task, TaskOffer, TaskStatus
from models.waiting import Timer
from workflows.operations.cases import cancel_case, resume_case, start_case, suspend_case
from workflows.operations.packs import install_pack
from workflows.operations.timers import fire_next_timer
from workflows.queries.cases import CasePlace, get_case, list_cases
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound


def test_a_curator_starts_a_case_and_the_mentor_has_a_task(start_pair, session, town):
    case = start_pair()
    task = session.scalars(select(Task)).one()
    assert (task.name, task.assignee_id, task.pool_role) == ("Записать встречу", town.mentor.person_id, None)
    assert task.case_title == "Первая пара"
    assert session.get_one(Case, case.id).status is CaseStatus.RUNNING


def test_a_task_for_several_mentors_is_offered_to_each_of_them(start_pair, session, town):
    case = start_pair(mentor=[town.mentor, town.second_mentor], curator=[town.curator])
    task = session.get_one(Task, case.opened[0])
    assert (task.assignee_id, task.pool_role) == (None, None)
    offers = session.scalars(select(TaskOffer.person_id)).all()
    assert set(offers) == {town.mentor.person_id, town.second_mentor.person_id}


def test_a_task_for_a_role_that_nobody_has_in_the_case_waits_in_the_organisation(start_pair, session, town):
    task = session.get_one(Task, start_pair(curator=[town.curator]).opened[0])
    assert (task.assignee_id, task.pool_role) == (None, "mentor")


def test_a_case_stays_on_the_version_it_was_started_on(start_pair, session, town, as_, pack_files):
    from workflows.operations.packs import install_pack

    old = start_pair()
    pack_files["pair.bpmn"] = pack_files["pair.bpmn"].replace(b"P14D", b"P10D")
    newer = install_pack(as_(town.administrator), town.school.id, pack_files)
    new = start_pair("Вторая пара")
    assert session.get_one(Case, old.id).pack_version_id == town.pack.pack_version_id
    assert session.get_one(Case, new.id).pack_version_id == newer.pack_version_id


def test_a_school_may_use_what_its_town_has_installed(work, as_, town, pack_files):
    from workflows.operations.packs import install_pack

    install_pack(work, town.town.id, pack_files)
    assert start_case(as_(town.stranger), town.other.id, "pair", "Пара другой школы").opened


@pytest.mark.parametrize("somebody", ["mentor", "mentee", "auditor"])
def test_who_does_not_lead_may_not_start_a_case(as_, town, somebody):
    with pytest.raises((Forbidden, NotFound)):
        start_case(as_(getattr(town, somebody)), town.school.id, "pair", "Пара")


def test_in_another_organisation_no_case_can_be_started(as_, town):
    with pytest.raises(NotFound):
        start_case(as_(town.stranger), town.school.id, "pair", "Пара")
    with pytest.raises(NotFound):
        start_case(as_(town.curator), uuid.uuid4(), "pair", "Пара")


def test_an_unknown_process_is_refused_by_name(as_, town):
    with pytest.raises(NotFound) as refused:
        start_case(as_(town.curator), town.school.id, "festival", "Фестиваль")
    assert refused.value.values["process"] == "festival"


def test_what_is_wrong_with_a_new_case_is_said_beside_its_fields(as_, town):
    people = {"uncle": [town.mentor.person_id], "mentor": [town.stranger.person_id]}
    with pytest.raises(Invalid) as refused:
        start_case(as_(town.curator), town.school.id, "pair", " ", participants=people)
    problems = refused.value.problems
    assert [complaint.key for complaint in problems["title"]] == ["required"]
    assert [complaint.key for complaint in problems["participants"]] == ["role_unknown", "person_not_here"]


def test_one_person_has_only_one_role_in_a_case(as_, town, session):
    people = {"mentor": [town.mentee.person_id] * 2, "mentee": [town.mentee.person_id]}
    with pytest.raises(Invalid) as refused:
        start_case(as_(town.curator), town.school.id, "pair", "Пара", participants=people)
    (complaint,) = refused.value.problems["participants"]
    assert (complaint.key, complaint.values) == ("person_in_two_roles", {"person": town.mentee.name})
    assert session.scalars(select(Case)).all() == []


def test_while_a_case_stands_still_its_clock_does_too(start_pair, as_, town, session, clock, work):
    case = start_pair()
    task, timer = session.scalars(select(Task)).one(), session.scalars(select(Timer)).one()
    due_at, fires_at = task.due_at, timer.due_at
    clock.advance(days=1)
    suspend_case(as_(town.curator), case.id)
    clock.advance(days=60)
    assert fire_next_timer(work) is None
    resume_case(as_(town.curator), case.id)
    session.expire_all()
    assert fire_next_timer(work) is None
    assert (task.due_at - due_at).days == (timer.due_at - fires_at).days == 60
    assert session.get_one(Case, case.id).suspended_at is None


def test_offers_of_a_resumed_case_stand_where_their_tasks_do(start_pair, as_, town, session, clock):
    case = start_pair(mentor=[town.mentor, town.second_mentor], curator=[town.curator])
    suspend_case(as_(town.curator), case.id)
    clock.advance(days=5)
    resume_case(as_(town.curator), case.id)
    session.expire_all()
    due_at = session.get_one(Task, case.opened[0]).due_at
    assert set(session.scalars(select(TaskOffer.due_at))) == {due_at}


def test_a_cancelled_case_says_why_and_nothing_of_it_waits(start_pair, as_, town, session, clock):
    case = start_pair(mentor=[town.mentor, town.second_mentor], curator=[town.curator])
    cancel_case(as_(town.curator), case.id, " Переехали ")
    session.expire_all()
    row = session.get_one(Case, case.id)
    assert (row.status, row.end_reason, row.ended_at) == (CaseStatus.CANCELLED, "Переехали", clock())
    assert session.scalars(select(Task.status)).all() == [TaskStatus.WITHDRAWN]
    for table in (Timer, TaskOffer):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_a_case_is_not_cancelled_without_a_reason(start_pair, as_, town):
    with pytest.raises(Invalid):
        cancel_case(as_(town.curator), start_pair().id, "  ")


def test_a_closed_case_refuses_change(start_pair, as_, town):
    case = start_pair()
    cancel_case(as_(town.curator), case.id, "Переехали")
    for act in (suspend_case, resume_case, lambda work, id_: cancel_case(work, id_, "Ещё раз")):
        with pytest.raises(Conflict) as refused:
            act(as_(town.curator), case.id)
        assert refused.value.key == "case_cancelled"


def test_every_change_of_a_case_is_in_the_journal(start_pair, as_, town, session):
    case = start_pair()
    suspend_case(as_(town.curator), case.id)
    resume_case(as_(town.head), case.id)
    cancel_case(as_(town.administrator), case.id, "Переехали")
    rows = session.execute(
        select(JournalEntry.act, JournalEntry.actor_role)
        .where(JournalEntry.case_id == case.id)
        .order_by(JournalEntry.id)
    ).all()
    assert [tuple(row) for row in rows] == [
        ("case.started", "curator"),
        ("case.suspended", "curator"),
        ("case.resumed", "head"),
        ("case.cancelled", "administrator"),
    ]


@pytest.mark.parametrize("act", [suspend_case, resume_case, lambda work, id_: cancel_case(work, id_, "Так")])
def test_who_takes_part_may_not_stop_a_case_and_for_strangers_there_is_none(start_pair, as_, town, act):
    case = start_pair()
    with pytest.raises(Forbidden):
        act(as_(town.mentor), case.id)
    with pytest.raises(NotFound):
        act(as_(town.stranger), case.id)


def test_the_page_of_a_case_shows_its_people_and_what_waits(start_pair, as_, town):
    view = get_case(as_(town.mentor), start_pair().id)
    assert {(one.role, one.person_id) for one in view.participants} == {
        ("mentor", town.mentor.person_id),
        ("mentee", town.mentee.person_id),
        ("curator", town.curator.person_id),
    }
    assert [task.name for task in view.open_tasks] == ["Записать встречу"]
    assert [timer.name for timer in view.timers] == ["Четырнадцать дней тишины"]
    assert view.may == frozenset()
    assert "case:suspend" in get_case(as_(town.curator), view.case.id).may


def test_the_page_of_a_case_is_not_there_for_strangers(start_pair, as_, town):
    with pytest.raises(NotFound):
        get_case(as_(town.stranger), start_pair().id)
    with pytest.raises(NotFound):
        get_case(as_(town.second_mentor), start_pair().id)


def test_a_coordinator_sees_the_cases_of_the_branch_below(start_pair, as_, town):
    case = start_pair()
    assert get_case(as_(town.coordinator), case.id).case.id == case.id
    assert [row.id for row in list_cases(as_(town.coordinator))[0]] == [case.id]


def test_a_list_shows_only_what_one_may_see(start_pair, as_, town):
    mine, other = start_pair("Моя"), start_pair("Чужая", mentor=[town.second_mentor], curator=[town.curator])
    seen = {who: {row.id for row in list_cases(as_(getattr(town, who)))[0]} for who in ("mentor", "curator")}
    assert seen == {"mentor": {mine.id}, "curator": {mine.id, other.id}}
    assert list_cases(as_(town.stranger)) == ([], None)


def test_a_list_of_cases_is_paged_searched_and_narrowed(start_pair, as_, town, clock):
    ids = []
    for number in range(5):
        clock.advance(minutes=1)
        ids.append(start_pair(f"Пара 5%_{number}").id)
    curator = as_(town.curator)
    first, place = list_cases(curator, size=3)
    assert isinstance(place, CasePlace)
    second, end = list_cases(curator, size=3, after=place)
    assert [row.id for row in [*first, *second]] == ids[::-1]
    assert end is None
    assert [row.id for row in list_cases(curator, search="пара %_3")[0]] == [ids[3]]
    assert list_cases(curator, status=CaseStatus.CANCELLED)[0] == []
    assert len(list_cases(curator, process="pair")[0]) == 5


def test_a_list_of_cases_is_one_statement_however_long(start_pair, as_, town, statements):
    for number in range(6):
        start_pair(f"Пара {number}")
    with statements() as heard:
        list_cases(as_(town.curator))
    assert len(heard) == 1


def test_the_page_of_a_case_takes_as_many_statements_with_twenty_tasks_as_with_one(
    start_pair, as_, town, statements
):
    from workflows.operations.tasks import complete_task

    case = start_pair()
    with statements() as at_first:
        get_case(as_(town.curator), case.id)
    task_id = case.opened[0]
    for _ in range(20):
        answers = {"topic": "Встреча", "is_last": False}
        task_id = complete_task(as_(town.mentor), task_id, answers).opened[0]
    with statements() as later:
        get_case(as_(town.curator), case.id)
    assert len(later) == len(at_first) <= 10


def test_a_case_whose_diagrams_cannot_be_read_is_not_begun(as_, town, session, pack_files):
    files = {**pack_files, "pair.bpmn": pack_files["pair.bpmn"].replace(b"P14D", b"P10D")}
    install_pack(as_(town.administrator), town.school.id, files)
    for statement in (
        "ALTER TABLE definition_version DISABLE TRIGGER USER",
        "UPDATE definition_version SET content = 'broken' WHERE content = :content",
        "ALTER TABLE definition_version ENABLE TRIGGER USER",
    ):
        session.execute(text(statement), {"content": files["pair.bpmn"]} if ":" in statement else {})
    with pytest.raises(Conflict) as refused:
        start_case(as_(town.curator), town.school.id, "pair", "Пара")
    assert refused.value.key == "case_not_started"
    assert refused.value.values["explanation"]["code"] == "unforeseen"
