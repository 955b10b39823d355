"""The sandbox: nothing gets out of it, nothing runs away in it, and it serves threads and forks alike."""

import asyncio
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from workflows.engine import feel_sandbox
from workflows.engine.expressions import ExpressionFailed, evaluate, variables

NOW = datetime(2026, 5, 31, 9, 0, tzinfo=UTC)


def feel(text, /, **data):
    return evaluate(text, data, now=NOW)


@pytest.fixture
def impatience(monkeypatch):
    """Wait less for what never ends."""
    monkeypatch.setattr(feel_sandbox, "SECONDS", 0.3)


@pytest.mark.parametrize(
    "text",
    [
        "constructor",
        "__proto__",
        "globalThis",
        "feel",
        "Object",
        "process",
        "require",
        "setTimeout",
        'now.constructor("return 1")()',
        'count.constructor("return globalThis")()',
        'get value(now, "constructor")',
        'get value({}, "__proto__")',
        '"".constructor',
        "[].constructor.constructor",
        "{}.__proto__.polluted",
        'eval("1")',
        'Function("return 1")()',
        'import("fs")',
    ],
)
def test_nothing_of_the_host_is_in_reach(text):
    with suppress(ExpressionFailed):
        assert feel(text) in (None, [])


def test_data_are_never_taken_for_code():
    hostile = '"); globalThis.feel = null; ("'
    assert feel("string length(text)", text=hostile) == len(hostile)
    assert feel("upper case(text)", text="\u2028\u2029'`${1}\\") == "\u2028\u2029'`${1}\\"
    assert feel("count(things)", things=[{"__proto__": {"polluted": 1}}]) == 1
    assert feel("polluted") is None


def test_one_expression_leaves_nothing_for_the_next():
    feel("{secret: 1, f: function(x) x + secret}.f(1)")
    feel('context put({}, "secret", 1)')
    assert feel("secret") is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("count(for a in 1..100000000 return a)", {"too_slow", "too_large"}),
        ("count(for a in 1..1000, b in 1..1000, c in 1..1000 return 1)", {"too_slow", "too_large"}),
        ('matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")', {"too_slow"}),
        ('string join(for i in 1..50000000 return "наставник")', {"too_slow", "too_large"}),
    ],
)
@pytest.mark.usefixtures("impatience")
def test_a_runaway_is_stopped_and_the_next_is_served(text, codes):
    refuse_and_serve_the_next(text, codes)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("{f: function(g, x) g(g, x), r: f(f, 1)}.r", {"too_deep"}),
        ("(" * 5000 + "1" + ")" * 5000, {"does_not_parse", "too_deep"}),
        ("1" + " + 1" * 4000, {"too_deep"}),
        ("[" * 300 + "]" * 300, {"too_deep"}),
    ],
)
def test_what_is_too_deep_is_refused_and_the_next_is_served(text, codes):
    refuse_and_serve_the_next(text, codes)


def refuse_and_serve_the_next(text, codes):
    begun = time.perf_counter()
    with pytest.raises(ExpressionFailed) as failed:
        feel(text)
    assert failed.value.code in codes
    assert failed.value.reason.endswith(".")
    assert time.perf_counter() - begun < 5
    assert feel("sum([1, 2])") == 3


@pytest.mark.parametrize("text", ["9 ** 9 ** 9 ** 9", "-1 * 10 ** 309"])
def test_numbers_without_end_are_refused(text):
    with pytest.raises(ExpressionFailed, match="infinite"):
        feel(text)


@pytest.mark.usefixtures("impatience")
def test_a_text_doubled_again_and_again_is_stopped():
    entries = ", ".join(f"t{n + 1}: t{n} + t{n}" for n in range(40))
    with pytest.raises(ExpressionFailed) as failed:
        feel(f'{{t0: "наставник", {entries}}}.t40')
    assert failed.value.code in {"too_large", "too_slow"}


def test_many_threads_ask_at_once():
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda n: feel("sum([n, 1])", n=n), range(200)))
    assert answers == [n + 1 for n in range(200)]


@pytest.mark.usefixtures("impatience")
def test_a_runaway_of_one_thread_spoils_nothing_for_the_others():
    with ThreadPoolExecutor(4) as threads:
        runaway = threads.submit(feel, "count(for a in 1..1000, b in 1..1000, c in 1..1000 return 1)")
        answers = list(threads.map(lambda n: feel("max([n, 0])", n=n), range(20)))
        with pytest.raises(ExpressionFailed):
            runaway.result()
    assert answers == list(range(20))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_a_forked_process_has_a_sandbox_of_its_own():
    script = """
import os, sys
from datetime import UTC, datetime
from workflows.engine.expressions import evaluate
ask = lambda n: evaluate("sum([n, 1])", {"n": n}, now=datetime.now(UTC))
assert ask(1) == 2
child = os.fork()
if child == 0:
    sys.exit(0 if ask(2) == 3 else 1)
status = os.waitpid(child, 0)[1]
assert ask(3) == 4
sys.exit(os.waitstatus_to_exitcode(status))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], timeout=30, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_missing_bundle_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(feel_sandbox.resources, "files", lambda _package: tmp_path)
    monkeypatch.setattr(feel_sandbox, "_holder", feel_sandbox._Holder())
    with pytest.raises(feel_sandbox.BundleMissing, match="make build"):
        feel('string length("a bundle that is not there")')


def test_asking_many_different_things_does_not_fill_the_memory():
    for number in range(300):
        feel(f"string(now()) + string({number}) + extra", extra="x" * 1000)
    assert feel_sandbox._holder.sandbox is not None
    taken = feel_sandbox._holder.sandbox._racer.heap_stats()["used_heap_size"]
    assert taken < feel_sandbox.MEMORY / 2


def test_data_nested_without_end_are_refused():
    data: dict = {}
    for _ in range(5000):
        data = {"a": data}
    for text in ("data", "data.a", "count(data)"):
        with pytest.raises(ExpressionFailed) as failed:
            feel(text, data=data)
        assert failed.value.code in {"too_deep", "not_data"}


def test_the_names_of_a_hostile_text_are_found_without_running_it():
    assert variables("for a in 1..1000000000 return b") == {"b"}


def test_a_sandbox_made_where_an_event_loop_runs_is_asked_as_anywhere(monkeypatch):
    monkeypatch.setattr(feel_sandbox, "_holder", feel_sandbox._Holder())

    async def work() -> object:
        return feel('upper case("made" + " in a loop")')

    assert asyncio.run(work()) == "MADE IN A LOOP"
    with pytest.raises(ExpressionFailed) as failed:
        feel('matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")')
    assert failed.value.code == "too_slow"
    feel_sandbox._holder.replace()
