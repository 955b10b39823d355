"""Running cases move to another version of their pack, or stay and say why."""

import pytest
from sqlalchemy import select, text

from models.batches import Batch, BatchItem, BatchItemStatus
from models.cases import Case
from models.journal import JournalEntry
from models.tasks import Task, TaskStatus
from models.waiting import Timer
from workflows.engine import migrate
from workflows.engine.step import EngineError
from workflows.operations.cases import cancel_case, resume_case, start_case, suspend_case
from workflows.operations.migrations import migrate_case, migrate_next, plan_migration, start_migration
from workflows.operations.packs import install_pack
from workflows.operations.tasks import complete_task, save_draft
from workflows.operations.timers import fire_next_timer
from workflows.queries.tasks import get_task
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound

LAST = {"topic": "Прощание", "is_last": True}


@pytest.fixture
def publish(as_, town, pack_files):
    """Install a version of the pack in which something of the pair is written differently."""

    def publish(*changes):
        diagram = pack_files["pair.bpmn"].decode()
        for old, new in changes:
            assert old in diagram
            diagram = diagram.replace(old, new)
        files = {**pack_files, "pair.bpmn": diagram.encode()}
        return install_pack(as_(town.administrator), town.school.id, files).pack_version_id

    return publish


@pytest.fixture
def sooner(publish):
    """Publish a version in which the reminder comes after ten days, and the step is called otherwise."""
    return lambda: publish(("P14D", "P10D"), ("Записать встречу", "Рассказать о встрече"))


@pytest.fixture
def without_step(publish):
    """Publish a version in which the meeting is recorded by another step."""
    return lambda: publish(
        ("record_meeting", "tell_meeting"), ('formId="tell_meeting"', 'formId="record_meeting"')
    )


def test_what_waits_goes_on_waiting_with_its_id_its_draft_and_its_date(
    start_pair, as_, town, sooner, session, clock
):
    case = start_pair()
    version = sooner()
    save_draft(as_(town.mentor), case.opened[0], {"topic": "Зна"})
    before = session.scalars(select(Timer)).one()
    timer_id, due_at = before.id, before.due_at
    clock.advance(days=1)
    migrate_case(as_(town.administrator), case.id, version, {})
    session.expire_all()
    task = session.get_one(Task, case.opened[0])
    assert (task.name, task.status) == ("Рассказать о встрече", TaskStatus.OPEN)
    assert get_task(as_(town.mentor), task.id).draft == {"topic": "Зна"}
    timer = session.scalars(select(Timer)).one()
    assert (timer.id, timer.due_at) == (timer_id, due_at)
    assert session.get_one(Case, case.id).pack_version_id == version


def test_after_the_move_the_case_runs_as_the_new_version_says(start_pair, as_, town, sooner, session, clock):
    case = start_pair()
    version = sooner()
    migrate_case(as_(town.administrator), case.id, version, {})
    complete_task(as_(town.mentor), case.opened[0], {"topic": "Знакомство", "is_last": False})
    assert (session.scalars(select(Timer)).one().due_at - clock()).days == 10


def test_a_renamed_step_is_found_by_the_mapping(start_pair, as_, town, without_step, session):
    case = start_pair()
    version = without_step()
    plans = {
        name: plan_migration(as_(town.administrator), version, [case.id], mapping)[0]
        for name, mapping in {"without": {}, "with": {"record_meeting": "tell_meeting"}}.items()
    }
    assert (plans["without"].moves, plans["with"].moves) == (False, True)
    assert ("element_gone", "record_meeting") in {(one.code, one.element) for one in plans["without"].reasons}
    migrate_case(as_(town.administrator), case.id, version, {"record_meeting": "tell_meeting"})
    assert session.get_one(Task, case.opened[0], populate_existing=True).element == "tell_meeting"
    done = complete_task(as_(town.mentor), case.opened[0], LAST)
    assert session.get_one(Task, done.opened[0]).element == "confirm_end"


def test_a_case_that_cannot_move_stays_as_it_is(start_pair, as_, town, without_step, session):
    case = start_pair()
    version = without_step()
    state = session.get_one(Case, case.id).state
    with pytest.raises(Conflict) as refused:
        migrate_case(as_(town.administrator), case.id, version, {})
    assert refused.value.key == "case_cannot_migrate"
    assert refused.value.values["reasons"]
    session.expire_all()
    row = session.get_one(Case, case.id)
    assert (row.pack_version_id, row.state) == (town.pack.pack_version_id, state)


@pytest.fixture
def with_an_edge(publish):
    """Publish a version in which somebody notices when a month has passed without a meeting."""
    return lambda: publish(
        (
            '<bpmn:serviceTask id="tell_curator"',
            '<bpmn:boundaryEvent id="urgent" name="Месяц тишины" cancelActivity="false" '
            'attachedToRef="record_meeting">'
            "<bpmn:outgoing>f9</bpmn:outgoing><bpmn:timerEventDefinition><bpmn:timeDuration>P30D</bpmn:timeDuration>"
            '</bpmn:timerEventDefinition></bpmn:boundaryEvent><bpmn:endEvent id="noted" name="Замечено">'
            "<bpmn:incoming>f9</bpmn:incoming></bpmn:endEvent>"
            '<bpmn:sequenceFlow id="f9" sourceRef="urgent" targetRef="noted"/>'
            '<bpmn:serviceTask id="tell_curator"',
        )
    )


def test_what_begins_in_a_case_that_stands_still_begins_when_it_goes_on(
    start_pair, as_, town, with_an_edge, work, session, clock
):
    case = start_pair()
    version = with_an_edge()
    suspend_case(as_(town.curator), case.id)
    clock.advance(days=40)
    migrate_case(as_(town.administrator), case.id, version, {})
    assert session.scalars(select(Timer.is_paused)).all() == [True, True]
    clock.advance(days=20)
    assert fire_next_timer(work) is None
    resume_case(as_(town.curator), case.id)
    timers = session.execute(
        select(Timer.element, Timer.due_at, Timer.is_paused).order_by(Timer.due_at)
    ).all()
    assert [(element, (due_at - clock()).days, is_paused) for element, due_at, is_paused in timers] == [
        ("silent", 14, False),
        ("urgent", 30, False),
    ]


def test_what_the_new_version_awaits_at_the_edge_begins_now(
    start_pair, as_, town, with_an_edge, session, clock
):
    case = start_pair()
    version = with_an_edge()
    clock.advance(days=3)
    migrate_case(as_(town.administrator), case.id, version, {})
    timers = session.execute(select(Timer.element, Timer.due_at).order_by(Timer.due_at)).all()
    assert [(element, (due_at - clock()).days) for element, due_at in timers] == [
        ("silent", 11),
        ("urgent", 30),
    ]


def test_a_step_back_is_a_migration_too(start_pair, as_, town, sooner, session):
    case = start_pair()
    for version in (sooner(), town.pack.pack_version_id):
        migrate_case(as_(town.administrator), case.id, version, {})
        assert session.get_one(Case, case.id, populate_existing=True).pack_version_id == version
    names = session.scalars(select(Task.name).where(Task.case_id == case.id)).all()
    assert names == ["Записать встречу"]


def test_a_plan_looks_at_many_cases_in_few_statements_and_changes_nothing(
    start_pair, as_, town, sooner, session, statements
):
    ids = [start_pair(f"Пара {number}").id for number in range(12)]
    version = sooner()
    with statements() as heard:
        plans = plan_migration(as_(town.administrator), version, ids, {})
    assert [plan.case_id for plan in plans] == ids
    assert all(plan.moves for plan in plans)
    assert len(heard) <= 5
    assert not any("FOR UPDATE" in statement for statement in heard)


def test_a_closed_case_stays(start_pair, as_, town, sooner):
    case = start_pair()
    version = sooner()
    cancel_case(as_(town.curator), case.id, "Переехали")
    (plan,) = plan_migration(as_(town.administrator), version, [case.id], {})
    assert (plan.moves, [reason.code for reason in plan.reasons]) == (False, ["case_cancelled"])


def test_a_batch_moves_what_can_and_says_of_the_others_why(
    start_pair, as_, town, sooner, work, session, clock
):
    moving, closed = start_pair("Идёт"), start_pair("Закрыта")
    version = sooner()
    batch_id = start_migration(as_(town.administrator), version, [moving.id, closed.id], {})
    cancel_case(as_(town.curator), closed.id, "Переехали")
    jobs = text("SELECT args ->> 'batch_id' FROM procrastinate_jobs WHERE task_name = 'migrate_batch'")
    assert session.scalars(jobs).all() == [str(batch_id)]
    assert [migrate_next(work, batch_id) for _ in range(3)] == [True, True, False]
    items = {item.case_id: item for item in session.scalars(select(BatchItem))}
    assert items[moving.id].status is BatchItemStatus.DONE
    assert items[closed.id].status is BatchItemStatus.REFUSED
    assert [reason["code"] for reason in items[closed.id].reasons] == ["case_cancelled"]
    assert session.get_one(Batch, batch_id, populate_existing=True).finished_at == clock()
    assert session.get_one(Case, moving.id, populate_existing=True).pack_version_id == version


def test_a_migration_is_in_the_journal_with_both_versions(start_pair, as_, town, sooner, session):
    case = start_pair()
    version = sooner()
    migrate_case(as_(town.administrator), case.id, version, {})
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "case.migrated")).one()
    assert entry.details["version"] == [str(town.pack.pack_version_id), str(version)]
    migrate_case(as_(town.administrator), case.id, version, {})
    again = session.scalars(select(JournalEntry).where(JournalEntry.act == "case.migrated")).all()
    assert len(again) == 1


def test_a_batch_is_in_the_journal_with_who_asked_for_it_and_with_the_new_version(
    start_pair, as_, town, sooner, work, session
):
    case = start_pair()
    version = sooner()
    batch_id = start_migration(as_(town.administrator), version, [case.id], {})
    while migrate_next(work, batch_id):
        pass
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "case.migrated")).one()
    assert entry.details["batch"] == str(batch_id)
    assert entry.details["asked_by"] == str(town.administrator.person_id)
    assert entry.pack_version_id == version
    started = session.scalars(select(JournalEntry).where(JournalEntry.act == "migration.started")).one()
    assert (started.details["batch"], started.details["cases"]) == (str(batch_id), 1)
    assert started.actor_id == town.administrator.person_id


def test_a_case_that_the_engine_cannot_move_does_not_stop_its_batch(
    start_pair, as_, town, sooner, work, session, clock, monkeypatch
):
    ids = sorted(start_pair(f"Пара {number}").id for number in range(3))
    version = sooner()
    batch_id = start_migration(as_(town.administrator), version, ids, {})
    unmovable, move = session.get_one(Case, ids[0]).state, migrate.move

    def fail_at_one(old, new, state, mapping, *, now):
        if state == unmovable:
            raise EngineError("what waits cannot be listed")
        return move(old, new, state, mapping, now=now)

    # No diagram is known with which this happens after the plan has said yes; so the engine is told to.
    monkeypatch.setattr(migrate, "move", fail_at_one)
    assert [migrate_next(work, batch_id) for _ in range(4)] == [True, True, True, False]
    items = {item.case_id: item for item in session.scalars(select(BatchItem))}
    assert [items[id_].status for id_ in ids] == [
        BatchItemStatus.REFUSED,
        BatchItemStatus.DONE,
        BatchItemStatus.DONE,
    ]
    assert items[ids[0]].reasons == [
        {"code": "state_unreadable", "element": "", "name": "what waits cannot be listed"}
    ]
    assert session.get_one(Batch, batch_id, populate_existing=True).finished_at == clock()


def test_what_nobody_foresaw_in_one_case_does_not_stop_its_batch(
    start_pair, as_, town, sooner, work, session, clock, monkeypatch
):
    ids = sorted(start_pair(f"Пара {number}").id for number in range(2))
    version = sooner()
    batch_id = start_migration(as_(town.administrator), version, ids, {})
    broken, move = session.get_one(Case, ids[0]).state, migrate.move

    def break_at_one(old, new, state, mapping, *, now):
        if state == broken:
            session.execute(text("SELECT 1 / 0"))
        return move(old, new, state, mapping, now=now)

    monkeypatch.setattr(migrate, "move", break_at_one)
    assert [migrate_next(work, batch_id) for _ in range(3)] == [True, True, False]
    items = {item.case_id: item for item in session.scalars(select(BatchItem))}
    assert [items[id_].status for id_ in ids] == [BatchItemStatus.REFUSED, BatchItemStatus.DONE]
    (reason,) = items[ids[0]].reasons
    assert reason["code"] == "unforeseen"
    assert "division by zero" in reason["name"]
    assert session.get_one(Case, ids[0], populate_existing=True).pack_version_id != version
    assert session.get_one(Batch, batch_id, populate_existing=True).finished_at == clock()


def test_who_migrates(start_pair, as_, town, sooner):
    case = start_pair()
    version = sooner()
    for act in (migrate_case, lambda work, id_, version, how: start_migration(work, version, [id_], how)):
        with pytest.raises(Forbidden):
            act(as_(town.curator), case.id, version, {})
        with pytest.raises(NotFound):
            act(as_(town.stranger), case.id, version, {})
    with pytest.raises(Invalid):
        start_migration(as_(town.administrator), version, [], {})


def test_a_case_does_not_move_to_another_pack(as_, town, start_pair, pack_files):
    pack_files["pack.toml"] = pack_files["pack.toml"].replace(b'key = "meetings"', b'key = "other"')
    other = install_pack(as_(town.administrator), town.school.id, pack_files).pack_version_id
    with pytest.raises(NotFound):
        migrate_case(as_(town.administrator), start_pair().id, other, {})


def test_a_message_that_is_awaited_is_still_awaited_after_the_move(as_, town, sooner, work, start_pair):
    from workflows.operations.messages import deliver_message, send_message

    people = {"curator": [town.curator.person_id]}
    administrator = as_(town.administrator)
    programme = start_case(as_(town.curator), town.school.id, "programme", "2026/27", participants=people)
    complete_task(as_(town.curator), programme.opened[0], {})
    migrate_case(administrator, programme.id, sooner(), {})
    payload = {"case": str(start_pair().id)}
    assert deliver_message(work, send_message(administrator, programme.id, "pair_ready", "", payload))
