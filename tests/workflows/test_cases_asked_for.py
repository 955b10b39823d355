"""A case that an act asked for and that cannot begin is seen, mended and begun; nothing of it is lost."""

import uuid

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from models.cases import Case, CaseParticipant, CaseStatus
from models.definitions import PackVersion
from models.journal import JournalEntry
from models.people import Membership
from models.tasks import Task, TaskStatus
from models.waiting import Incident
from tests.apart import apart
from tests.workflows.changing import redrawn
from workflows import jobs, service_tasks
from workflows.operations import promises
from workflows.operations.cases import cancel_case, resume_case, start_case, suspend_case
from workflows.operations.incidents import Retried, open_incident, retry_incident
from workflows.operations.messages import send_message
from workflows.operations.migrations import migrate_case, migrate_next, plan_migration, start_migration
from workflows.operations.packs import install_pack
from workflows.operations.people import end_membership, grant_membership
from workflows.operations.tasks import complete_task
from workflows.queries.cases import get_case, list_cases
from workflows.records import participants
from workflows.records.cases import ask_for_case
from workflows.refusals import Conflict, Forbidden, NotFound, NotStarted, NotWaiting, Stalled
from workflows.transaction import carry_out
from workflows.work import SYSTEM

DUE = 'dueDate="P3D"'

# No date can be made of it, and one row of a decision is about it.
VARIANT = {"variant": "school"}

PACE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="rules" name="Темп"
    namespace="http://tandem/meetings">
  <decision id="pace" name="Темп">
    <decisionTable id="table" hitPolicy="UNIQUE">
      <input id="in"><inputExpression id="of" typeRef="string"><text>variant</text></inputExpression></input>
      <output id="days" name="days" typeRef="string" />
      ROWS
    </decisionTable>
  </decision>
</definitions>
"""
ROW = """
      <rule id="row_{number}"><inputEntry id="for_{number}"><text>{fits}</text></inputEntry>
        <outputEntry id="to_{number}"><text>"P5D"</text></outputEntry></rule>
"""
DECIDES = (
    '<bpmn:userTask id="record_meeting" name="Записать встречу">',
    '<bpmn:businessRuleTask id="choose_pace" name="Выбрать темп"><bpmn:extensionElements>'
    '<zeebe:calledDecision decisionId="pace" resultVariable="pace"/></bpmn:extensionElements>'
    "<bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f0</bpmn:outgoing></bpmn:businessRuleTask>"
    '<bpmn:sequenceFlow id="f0" sourceRef="choose_pace" targetRef="record_meeting"/>'
    '<bpmn:userTask id="record_meeting" name="Записать встречу">',
)
TOLD_FIRST = (
    DECIDES[0],
    '<bpmn:serviceTask id="tell_begin" name="Сообщить о начале"><bpmn:extensionElements>'
    '<zeebe:taskDefinition type="notices.tell_curator"/>'
    '<zeebe:ioMapping><zeebe:input source="Пара начинает" target="text"/></zeebe:ioMapping>'
    "</bpmn:extensionElements>"
    "<bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f0</bpmn:outgoing></bpmn:serviceTask>"
    '<bpmn:sequenceFlow id="f0" sourceRef="tell_begin" targetRef="record_meeting"/>' + DECIDES[0],
)
GOES_THERE_FIRST = ('sourceRef="began" targetRef="record_meeting"', 'sourceRef="began" targetRef="{first}"')
ENTERED = (
    "<bpmn:incoming>f1</bpmn:incoming><bpmn:incoming>f4",
    "<bpmn:incoming>f0</bpmn:incoming><bpmn:incoming>f4",
)


def first(element):
    return GOES_THERE_FIRST[0], GOES_THERE_FIRST[1].format(first=element)


@pytest.fixture
def publish(as_, town, pack_files):
    """Install a version of the pack in which the pair is drawn otherwise."""

    def publish(*changes, **files):
        drawn = redrawn(pack_files, *changes)
        drawn |= {f"{name}.dmn": content.encode() for name, content in files.items()}
        return install_pack(as_(town.administrator), town.school.id, drawn).pack_version_id

    return publish


@pytest.fixture
def publish_pace(publish):
    """Publish a version in which a decision with these rows chooses the pace."""

    def publish_pace(*rows):
        due = (DUE, 'dueDate="=pace"')
        table = "".join(ROW.format(number=number, fits=fits) for number, fits in enumerate(rows))
        return publish(ENTERED, DECIDES, first("choose_pace"), due, pace=PACE.replace("ROWS", table))

    return publish_pace


@pytest.fixture
def break_pair(publish):
    """Publish a version in which it cannot be said by when the first meeting is due."""
    return lambda: publish((DUE, 'dueDate="=variant"'))


@pytest.fixture
def mend_pair(publish):
    return lambda: publish((DUE, 'dueDate="P4D"'))


@pytest.fixture
def ask(work, town, settle):
    """Ask for the case of a pair as an act does, and let the worker come."""

    def ask(process="pair", organisation_id=None, **people):
        chosen = people or {"mentor": town.mentor, "mentee": town.mentee, "curator": town.curator}
        case_id = ask_for_case(
            work,
            organisation_id or town.school.id,
            process,
            "Первая пара",
            participants={role: [one.person_id] for role, one in chosen.items()},
            variables=VARIANT,
        )
        settle()
        return case_id

    return ask


@pytest.fixture
def unbegun(break_pair, ask):
    """A case that was asked for and could not begin."""
    break_pair()
    return ask()


@pytest.fixture
def incident_of(session):
    def incident_of(case_id):
        open_ones = select(Incident).where(Incident.case_id == case_id, Incident.resolved_at.is_(None))
        return session.scalars(open_ones.execution_options(populate_existing=True)).one_or_none()

    return incident_of


@pytest.fixture
def case_of(session):
    return lambda case_id: session.get_one(Case, case_id, populate_existing=True)


def acts_of(session, case_id):
    entries = select(JournalEntry.act).where(JournalEntry.case_id == case_id)
    return session.scalars(entries.order_by(JournalEntry.id)).all()


def open_tasks(session, case_id):
    return session.scalars(
        select(Task.element).where(Task.case_id == case_id, Task.status == TaskStatus.OPEN)
    ).all()


def test_a_case_that_cannot_begin_is_kept_as_it_was_promised(
    break_pair, ask, as_, town, incident_of, clock, session
):
    version = break_pair()
    case_id = ask()
    view = get_case(as_(town.curator), case_id)
    assert (view.case.id, view.case.title, view.case.process) == (case_id, "Первая пара", "pair")
    assert (view.case.status, view.case.pack_version_id) == (CaseStatus.RUNNING, version)
    assert view.has_begun is False
    assert {(one.role, one.person_id) for one in view.participants} == {
        ("mentor", town.mentor.person_id),
        ("mentee", town.mentee.person_id),
        ("curator", town.curator.person_id),
    }
    assert (view.open_tasks, view.timers, view.awaited) == ([], [], [])
    assert acts_of(session, case_id) == ["incident.opened"]


def test_its_incident_says_which_step_and_why_and_is_listed(unbegun, as_, town, incident_of, clock):
    incident = incident_of(unbegun)
    assert (incident.act, incident.element, incident.element_name) == (
        "begin_case",
        "record_meeting",
        "Записать встречу",
    )
    assert incident.explanation["code"] == "due_date_failed"
    assert (incident.attempts, incident.opened_at, incident.actor_id) == (1, clock(), None)
    (listed,) = list_cases(as_(town.curator))[0]
    assert (listed.id, listed.has_incidents) == (unbegun, True)


def test_a_decision_of_which_two_rows_fit_is_mended_and_the_case_begins(
    publish_pace, ask, as_, town, incident_of, case_of, session, clock
):
    publish_pace('"school"', "-")
    case_id = ask()
    incident = incident_of(case_id)
    assert (incident.element, incident.element_name) == ("choose_pace", "Выбрать темп")
    assert incident.explanation["code"] == "decision_failed"
    clock.advance(days=2)
    mended = publish_pace('"school"')
    assert retry_incident(as_(town.curator), incident.id) is Retried.WORKED
    case = case_of(case_id)
    assert (case.status, case.pack_version_id, case.started_at) == (CaseStatus.RUNNING, mended, clock())
    assert incident_of(case_id) is None
    assert open_tasks(session, case_id) == ["record_meeting"]
    assert acts_of(session, case_id) == ["incident.opened", "case.started", "incident.retried"]
    assert get_case(as_(town.curator), case_id).has_begun


def test_a_service_task_that_refuses_is_repeated_once_somebody_can_be_told(
    publish, ask, as_, work, town, incident_of, session
):
    publish(ENTERED, TOLD_FIRST, first("tell_begin"))
    held = select(Membership.id).where(Membership.person_id == town.curator.person_id)
    end_membership(work, session.scalars(held).one())
    case_id = ask(mentor=town.mentor)
    incident = incident_of(case_id)
    assert (incident.element_name, incident.explanation["code"]) == ("Сообщить о начале", "service_refused")
    grant_membership(work, town.head.person_id, town.school.id, "curator")
    retry_incident(as_(town.head), incident.id)
    assert open_tasks(session, case_id) == ["record_meeting"]


def test_diagrams_that_cannot_be_read_are_no_reason_to_lose_the_case(
    publish, mend_pair, ask, as_, town, session, incident_of
):
    publish(("P14D", "P10D"))
    spoil(session, "pair.bpmn")
    incident = incident_of(case_id := ask())
    assert (incident.element, incident.element_name) == ("", "Первая пара")
    mend_pair()
    retry_incident(as_(town.head), incident.id)
    assert open_tasks(session, case_id) == ["record_meeting"]


def spoil(session, file_name):
    """Make the newest version of a file unreadable, past all that guards it."""
    newest = select(func.max(PackVersion.number)).scalar_subquery()
    version_id = session.scalar(select(PackVersion.id).where(PackVersion.number == newest))
    for statement in (
        "ALTER TABLE definition_version DISABLE TRIGGER USER",
        "UPDATE definition_version SET content = 'broken' FROM pack_version_item AS item, definition"
        " WHERE item.definition_version_id = definition_version.id AND item.pack_version_id = :version_id"
        " AND definition.id = definition_version.definition_id AND definition.file_name = :name",
        "ALTER TABLE definition_version ENABLE TRIGGER USER",
    ):
        session.execute(
            text(statement), {"version_id": version_id, "name": file_name} if ":" in statement else {}
        )


def test_a_role_that_the_methodology_has_no_more_stops_the_beginning(
    as_, town, pack_files, ask, incident_of, session, publish
):
    settings = pack_files["pack.toml"].replace(b"[roles.mentee]", b"[roles.learner]")
    install_pack(as_(town.administrator), town.school.id, {**pack_files, "pack.toml": settings})
    case_id = ask()
    incident = incident_of(case_id)
    assert (incident.element, incident.element_name) == ("", "Первая пара")
    assert incident.explanation == {
        "code": "role_unknown",
        "values": {"role": "mentee"},
        "cause": None,
    }
    publish(("P14D", "P10D"))
    retry_incident(as_(town.curator), incident.id)
    assert open_tasks(session, case_id) == ["record_meeting"]


def test_somebody_who_belongs_elsewhere_by_now_is_named(ask, as_, work, town, incident_of, session):
    case_id = ask(mentor=town.stranger)
    incident = incident_of(case_id)
    assert incident.explanation["code"] == "person_not_here"
    assert incident.explanation["values"] == {"person": "Куратор другой школы"}
    grant_membership(work, town.stranger.person_id, town.school.id, "mentor")
    retry_incident(as_(town.head), incident.id)
    assert open_tasks(session, case_id) == ["record_meeting"]


def test_a_retry_that_fails_is_one_more_attempt(unbegun, town, incident_of, sessions, clock, publish):
    still_broken = publish((DUE, 'dueDate="=variant + variant"'))
    incident_id = incident_of(unbegun).id
    with pytest.raises(Stalled):
        carry_out(sessions, town.curator, lambda work: retry_incident(work, incident_id), clock=clock)
    incident = incident_of(unbegun)
    assert (incident.id, incident.attempts, incident.actor_id) == (incident_id, 2, town.curator.person_id)
    with sessions() as session:
        # What the page shows of the diagrams is what the reason speaks of.
        assert session.get_one(Case, unbegun).pack_version_id == still_broken


def test_retried_twice_it_begins_once(unbegun, mend_pair, as_, town, incident_of, session):
    incident_id = incident_of(unbegun).id
    mend_pair()
    outcomes = [retry_incident(as_(town.curator), incident_id) for _ in range(2)]
    assert outcomes == [Retried.WORKED, Retried.OVER_BEFORE]
    assert open_tasks(session, unbegun) == ["record_meeting"]


def test_who_has_taken_a_seat_meanwhile_takes_part(unbegun, mend_pair, as_, town, work, incident_of, session):
    new = town.second_mentor.person_id
    participants.replace(work, unbegun, "mentor", town.mentor.person_id, new)
    mend_pair()
    retry_incident(as_(town.curator), incident_of(unbegun).id)
    assert session.scalars(select(Task.assignee_id).where(Task.case_id == unbegun)).one() == new


def test_a_message_to_it_is_kept_until_it_has_begun(
    ask, as_, town, pack_files, incident_of, case_of, session, settle
):
    pair_id = ask()
    drawn = pack_files["programme.bpmn"].decode()
    late = drawn.replace("<zeebe:assignment", '<zeebe:taskSchedule dueDate="=variant"/><zeebe:assignment')
    assert late != drawn
    install_pack(as_(town.administrator), town.school.id, {**pack_files, "programme.bpmn": late.encode()})
    case_id = ask("programme", curator=town.curator)
    send_message(as_(town.curator), case_id, "pair_ready", payload={"case": str(pair_id)})
    settle()
    assert case_of(case_id).state == b""
    mended = late.replace("=variant", "P3D").encode()
    install_pack(as_(town.administrator), town.school.id, {**pack_files, "programme.bpmn": mended})
    retry_incident(as_(town.curator), incident_of(case_id).id)
    task_id = session.scalars(select(Task.id).where(Task.case_id == case_id)).one()
    complete_task(as_(town.curator), task_id, {})
    settle()
    assert case_of(case_id).status is CaseStatus.COMPLETED
    assert acts_of(session, case_id).count("message.delivered") == 1


def test_it_is_cancelled_like_any_other_case(unbegun, as_, town, incident_of, case_of, mend_pair):
    incident_id = incident_of(unbegun).id
    cancel_case(as_(town.head), unbegun, "Пара раздумала")
    case = case_of(unbegun)
    assert (case.status, case.end_reason) == (CaseStatus.CANCELLED, "Пара раздумала")
    assert incident_of(unbegun) is None
    mend_pair()
    assert retry_incident(as_(town.head), incident_id) is Retried.OVER_BEFORE
    assert case_of(unbegun).state == b""


def test_while_it_is_paused_it_does_not_begin(unbegun, as_, town, incident_of, mend_pair, session):
    mend_pair()
    suspend_case(as_(town.head), unbegun)
    with pytest.raises(Conflict) as refused:
        retry_incident(as_(town.head), incident_of(unbegun).id)
    assert refused.value.key == "case_suspended"
    resume_case(as_(town.head), unbegun)
    retry_incident(as_(town.head), incident_of(unbegun).id)
    assert open_tasks(session, unbegun) == ["record_meeting"]


def test_it_takes_any_version_that_has_its_process(unbegun, mend_pair, as_, town, case_of, session, work):
    version = mend_pair()
    (plan,) = plan_migration(as_(town.administrator), version, [unbegun], {})
    assert (plan.moves, plan.reasons, plan.changes) == (True, (), ())
    migrate_case(as_(town.administrator), unbegun, version, {})
    case = case_of(unbegun)
    assert (case.pack_version_id, case.state) == (version, b"")
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "case.migrated")).one()
    assert entry.pack_version_id == version


def test_it_moves_in_a_batch_and_begins_on_the_new_version(
    unbegun, start_pair_before, mend_pair, as_, town, case_of, work, incident_of, session
):
    version = mend_pair()
    batch_id = start_migration(as_(town.administrator), version, [unbegun, start_pair_before], {})
    while migrate_next(work, batch_id):
        pass
    assert {case_of(one).pack_version_id for one in (unbegun, start_pair_before)} == {version}
    retry_incident(as_(town.curator), incident_of(unbegun).id)
    assert (case_of(unbegun).pack_version_id, open_tasks(session, unbegun)) == (version, ["record_meeting"])


@pytest.fixture
def start_pair_before(start_pair):
    """A case that began on the first version, before anything was broken."""
    return start_pair().id


def test_it_does_not_take_a_version_without_its_process(unbegun, as_, town, pack_files, incident_of, session):
    files = {name: content for name, content in pack_files.items() if name != "pair.bpmn"}
    files["pack.toml"] = files["pack.toml"].replace(b'"pair", ', b"")
    version = install_pack(as_(town.administrator), town.school.id, files).pack_version_id
    (plan,) = plan_migration(as_(town.administrator), version, [unbegun], {})
    assert [(one.code, one.element) for one in plan.reasons] == [("process_gone", "pair")]
    with pytest.raises(Conflict):
        migrate_case(as_(town.administrator), unbegun, version, {})
    # No version in force has it: the case is tried on its own, and fails as before.
    with pytest.raises(Stalled) as stalled:
        retry_incident(as_(town.curator), incident_of(unbegun).id)
    assert stalled.value.element == "record_meeting"


def test_without_any_version_nothing_can_be_kept_and_the_job_says_so(work, town, sessions, clock, session):
    case_id = uuid.uuid4()
    asked = {"organisation_id": str(town.school.id), "process": "support", "title": "Пара"}
    with pytest.raises(NotFound) as refused:
        carry_out(
            sessions,
            SYSTEM,
            lambda work: promises.begin_case(work, str(case_id), **asked, participants={}, variables={}),
            clock=clock,
        )
    assert str(refused.value) == "('not_found', {'noun': 'process', 'process': 'support'})"
    assert session.get(Case, case_id) is None
    assert session.scalars(select(Incident)).all() == []


def test_a_case_that_a_person_starts_is_refused_and_nothing_is_kept(
    break_pair, as_, town, session, sessions, clock
):
    break_pair()
    session.commit()
    people = {"mentor": [town.mentor.person_id]}
    with pytest.raises(NotStarted) as refused:
        carry_out(
            sessions,
            town.curator,
            lambda work: start_case(
                work, town.school.id, "pair", "Пара", participants=people, variables=VARIANT
            ),
            clock=clock,
        )
    assert (refused.value.key, refused.value.values["element"]) == ("case_not_started", "Записать встречу")
    for table in (Case, CaseParticipant, Incident):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_only_those_who_may_begin_it_again(unbegun, as_, town, incident_of, mend_pair):
    mend_pair()
    with pytest.raises(Forbidden):
        retry_incident(as_(town.mentor), incident_of(unbegun).id)
    with pytest.raises(NotFound):
        retry_incident(as_(town.stranger), incident_of(unbegun).id)


@pytest.fixture
def broken_town(committed_database, town, pack_files):
    """A town of its own, where a pair was asked for and its job waits for a worker."""

    def ask(work):
        install_pack(work, town.school.id, redrawn(pack_files, (DUE, 'dueDate="=variant"')))
        people = {"mentor": [town.mentor.person_id], "curator": [town.curator.person_id]}
        more = {"participants": people, "variables": VARIANT}
        return ask_for_case(work, town.school.id, "pair", "Первая пара", **more)

    return committed_database, carry_out(committed_database.sessions, town.administrator, ask)


def test_the_job_is_done_with_the_incident_and_done_again_it_does_nothing(broken_town, town, pack_files):
    database, case_id = broken_town
    apart(jobs.run_worker, database, wait=False)
    with database.sessions() as session:
        assert session.scalars(text("SELECT status FROM procrastinate_jobs")).all() == []
        incident = session.scalars(select(Incident)).one()
        assert (incident.case_id, incident.attempts) == (case_id, 1)
    arguments = dict(incident.arguments)
    jobs.Jobs(database).begin_case(**arguments)
    carry_out(
        database.sessions,
        town.administrator,
        lambda work: install_pack(work, town.school.id, redrawn(pack_files, (DUE, 'dueDate="P4D"'))),
    )
    carry_out(database.sessions, town.curator, lambda work: retry_incident(work, incident.id))
    jobs.Jobs(database).begin_case(**arguments)
    with database.sessions() as session:
        assert session.scalars(select(Incident.attempts)).all() == [1]
        assert open_tasks(session, case_id) == ["record_meeting"]
        assert acts_of(session, case_id).count("case.started") == 1


def test_a_worker_thought_dead_that_fails_late_leaves_no_incident_at_a_case_that_runs(
    unbegun, mend_pair, as_, town, incident_of, case_of, work
):
    incident = incident_of(unbegun)
    mend_pair()
    retry_incident(as_(town.curator), incident.id)
    late = Stalled(
        case_id=str(unbegun),
        act="begin_case",
        arguments=incident.arguments,
        element="record_meeting",
        element_name="",
        reason="",
    )
    with pytest.raises(NotWaiting):
        open_incident(work, late)
    assert incident_of(unbegun) is None


def test_a_connection_that_is_lost_is_no_incident_but_a_job_to_do_again(
    publish, ask, monkeypatch, session, work, town
):
    publish(ENTERED, TOLD_FIRST, first("tell_begin"))

    def lose(*_given, **_more):
        raise OperationalError("SELECT 1", {}, Exception("deadlock detected"))

    monkeypatch.setitem(service_tasks.ALL, "notices.tell_curator", lose)
    with pytest.raises(OperationalError):
        ask()
    assert session.scalars(select(Case)).all() == []
    assert session.scalars(select(Incident)).all() == []
