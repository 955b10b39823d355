"""Only doors commit, and nothing but `Work` knows what time it is."""

import ast
import re
from collections.abc import Iterator

import pytest

DOORS = ("workflows/transaction.py", "workflows/jobs.py", "webapp/transaction.py", "webapp/commands/")
# The tables are changed before there is anybody who could do Work.
BELOW_THE_DOORS = ("models/migrations/", "models/embedded/", "models/schema.py")
# What can be committed, or begun so that it commits by itself.
TRANSACTED = ("session", "sessions", "connection", "engine", "transaction")

CLOCK = "workflows/work.py"
READINGS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"},
    "func": {"now", "current_timestamp", "current_date", "current_time", "localtime", "localtimestamp"},
}
STOPWATCHES = {"monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time"}
# These measure how long something takes or wait for it; what they read is never kept.
MAY_HOLD_A_STOPWATCH = ("webapp/bundles.py", "webapp/commands/", "webapp/server.py", "models/embedded/")
SQL_READING = re.compile(
    r"\b(current_timestamp|current_date|current_time|localtimestamp)\b"
    r"|\b(clock_timestamp|statement_timestamp|transaction_timestamp|now)\(\)",
    re.IGNORECASE,
)
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|DEFAULT|INTERVAL|WHERE)\b")


def _committers(modules: dict[str, ast.Module]) -> set[str]:
    return {
        path
        for path, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _commits(node.func)
    }


def _commits(called: ast.Attribute) -> bool:
    begun_on = ast.unparse(called.value).rpartition(".")[2].strip("_()")
    return called.attr == "commit" or (called.attr == "begin" and begun_on in TRANSACTED)


def _clock_readings(modules: dict[str, ast.Module]) -> list[str]:
    return [
        f"{path}:{line}" for path, tree in modules.items() if path != CLOCK for line in _readings(path, tree)
    ]


def _readings(path: str, tree: ast.Module) -> Iterator[int]:
    stopwatch = path.startswith(MAY_HOLD_A_STOPWATCH)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            timed = owner == "time" and node.attr in STOPWATCHES and not stopwatch
            if timed or node.attr in READINGS.get(owner, ()):
                yield node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            hidden = {name.name for name in node.names} & (
                READINGS["time"] | (set() if stopwatch else STOPWATCHES)
            )
            yield from [node.lineno] * len(hidden)
        elif isinstance(node, ast.Constant) and _is_sql_that_reads_the_clock(node.value):
            yield node.lineno


def _is_sql_that_reads_the_clock(value: object) -> bool:
    return isinstance(value, str) and bool(SQL.search(value) and SQL_READING.search(value))


def test_only_the_doors_commit(modules):
    assert {path for path in _committers(modules) if not path.startswith(DOORS + BELOW_THE_DOORS)} == set()


@pytest.mark.parametrize(
    "offence", ["work.session.commit()", "database.engine.begin()", "work.sessions().begin()"]
)
def test_a_commit_elsewhere_is_found(offence):
    assert _committers({"workflows/operations/tasks.py": ast.parse(offence)}) == {
        "workflows/operations/tasks.py"
    }


def test_nothing_reads_the_clock_of_the_machine_but_work(modules):
    assert _clock_readings(modules) == []


@pytest.mark.parametrize(
    "offence",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "clock = time.time",
        "from time import time",
        "time.monotonic()",
        "from time import perf_counter",
        "mapped_column(server_default=func.now())",
        "text('UPDATE task SET done_at = now() WHERE id = :id')",
        "text('SELECT * FROM timer WHERE due_at < CURRENT_TIMESTAMP')",
    ],
)
def test_a_glance_at_the_clock_is_found(offence):
    assert _clock_readings({"workflows/process.py": ast.parse(offence)}) == ["workflows/process.py:1"]


@pytest.mark.parametrize(
    "innocent", ["work.now()", "'now() is a function of FEEL'", "from time import sleep"]
)
def test_the_clock_of_work_is_welcome(innocent):
    assert _clock_readings({"workflows/process.py": ast.parse(innocent)}) == []
