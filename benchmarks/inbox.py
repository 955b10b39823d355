"""The inbox's first page with its total, at 1 000, 10 000 and 100 000 open tasks, a tenth of them mine."""

import re
import uuid

import psycopg
from flask.testing import FlaskClient
from sqlalchemy import text

from benchmarks.measuring import Finding, at_most, median_in_turn, plain
from benchmarks.town import PASSWORD, Town, clock
from webapp.app import create_app
from webapp.settings import Settings
from workflows.queries.inbox import list_inbox
from workflows.transaction import committed
from workflows.work import Actor, Work

SIZES = (1_000, 10_000, 100_000)

_TASKS = text("""INSERT INTO task (id, case_id, organisation_id, element, process, name, case_title, role,
  form, status, opened_at, due_at, assignee_id)
  SELECT gen_random_uuid(), :case_id, :school_id, 'record_meeting', 'meetings', 'Записать встречу',
    'Пара ' || n, 'mentor', 'record_meeting', 'open', :now, :now + n * interval '7 minutes',
    CASE WHEN n % 10 = 0 THEN CAST(:mine AS uuid) ELSE CAST(:others AS uuid) END
  FROM generate_series(CAST(:first AS int), CAST(:last AS int)) n""")
_BARE_PAGE = """SELECT id, case_id, name, case_title, due_at FROM task
  WHERE status = 'open' AND assignee_id = %s ORDER BY due_at, id LIMIT 50"""
_BARE_COUNT = "SELECT count(*) FROM task WHERE status = 'open' AND assignee_id = %s"


def measure(town: Town, runs: int = 200) -> list[Finding]:
    """Return the table rows of the inbox; the town's tasks grow meanwhile."""
    case_task = town.start_cases(1)[0]
    found: dict[int, dict[str, float]] = {}
    filled = 0
    for size in SIZES:
        _fill(town, case_task, filled, size)
        filled = size
        found[size] = _measure_at(town, runs)
    last, first = found[SIZES[-1]], found[SIZES[0]]
    holds_all = _measure_holding_all(town, runs)
    return [
        *(
            plain(f"inbox {what}, {size} open tasks", found[size][what])
            for what in ("query", "bare", "page")
            for size in SIZES
        ),
        at_most("inbox of who holds all 100 000 ÷ of who holds a tenth", holds_all / last["query"], 1.5),
        at_most("inbox query at 100 000 ÷ bare SQL that counts", last["query"] / last["bare"], 3),
        at_most("inbox query at 100 000 ÷ its own at 1 000", last["query"] / first["query"], 2),
        at_most("inbox page at 100 000 ÷ its own at 1 000", last["page"] / first["page"], 3),
    ]


def _fill(town: Town, case_task: uuid.UUID, filled: int, size: int) -> None:
    with town.database.engine.begin() as connection:
        case_id = connection.scalar(text("SELECT case_id FROM task WHERE id = :id"), {"id": case_task})
        values = {"case_id": case_id, "school_id": town.school_id, "now": clock()}
        people = {"mine": town.mentor.person_id, "others": town.curator.person_id}
        connection.execute(_TASKS, {**values, **people, "first": filled + 1, "last": size})
    town.settle()


def _measure_at(town: Town, runs: int) -> dict[str, float]:
    client = _signed_in(town)
    with psycopg.connect(town.database.conninfo, prepare_threshold=0, autocommit=True) as bare:
        queries = {
            "query": lambda: _list(town, town.mentor),
            "bare": lambda: _bare(bare, town.mentor),
        }
        found = median_in_turn(queries, runs=runs)
    return found | median_in_turn({"page": lambda: _open(client)}, runs=runs // 4)


def _measure_holding_all(town: Town, runs: int) -> float:
    with town.database.engine.begin() as connection:
        mine = {"mine": town.mentor.person_id}
        connection.execute(text("UPDATE task SET assignee_id = :mine WHERE status = 'open'"), mine)
    town.settle()
    return median_in_turn({"all": lambda: _list(town, town.mentor)}, runs=runs)["all"]


def _list(town: Town, actor: Actor) -> None:
    with town.database.sessions() as session, committed(Work(session, actor, clock)) as work:
        list_inbox(work)


def _bare(connection: psycopg.Connection[tuple[object, ...]], actor: Actor) -> None:
    connection.execute(_BARE_PAGE, (actor.person_id,)).fetchall()
    connection.execute(_BARE_COUNT, (actor.person_id,)).fetchone()


def _signed_in(town: Town) -> FlaskClient:
    """Return a browser of the mentor, in this process."""
    app = create_app(Settings(secret_key="only for measuring"), town.database.sessions, clock=clock)
    client = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
    assert token is not None
    form = {"csrf_token": token.group(1), "sign_in_name": "mentor@example.org", "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303
    return client


def _open(client: FlaskClient) -> None:
    answer = client.get("/", follow_redirects=True)
    assert answer.status_code == 200, answer.status
