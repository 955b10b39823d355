"""The rooms are ours, bear honest names and stay small."""

import ast
import importlib
import statistics
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
# A migration is one long list of tables, written by alembic and never read for pleasure.
WRITTEN_BY_ALEMBIC = "models/migrations/versions/"
CROWDED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}

MODULE_LINES = 300
MODULE_LINES_AT_95 = 230
FUNCTION_LINES = 60
FUNCTION_LINES_AT_95 = 30
FUNCTION_LINES_IN_THE_MIDDLE = 12


def _crowded(paths: list[str]) -> list[str]:
    return [
        path for path in paths if CROWDED_NAMES & {part.split(".")[0].lower() for part in path.split("/")}
    ]


def _function_lengths(modules: dict[str, ast.Module]) -> dict[str, int]:
    return {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path, tree in modules.items()
        if not path.startswith(WRITTEN_BY_ALEMBIC)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _at_95(lengths: list[int]) -> float:
    return statistics.quantiles(lengths, n=20)[-1]


@pytest.mark.parametrize("room", ["models", "workflows", "webapp", "bpmn"])
def test_a_room_is_ours_and_not_a_namesake_from_elsewhere(room):
    assert Path(importlib.import_module(room).__file__).is_relative_to(HOUSE)
    assert set(packages_distributions().get(room, [])) <= {"tandem-mentoring"}


def test_no_room_is_named_after_nothing(kept_texts):
    assert _crowded(list(kept_texts)) == []


def test_a_room_named_after_nothing_is_found():
    assert _crowded(["workflows/utils.py", "webapp/common/pages.py", "webapp/pages/tasks.py"]) == [
        "workflows/utils.py",
        "webapp/common/pages.py",
    ]


def test_every_module_says_what_it_is_for(modules):
    assert [path for path, tree in modules.items() if not ast.get_docstring(tree)] == []


def test_modules_stay_small(modules, kept_texts):
    lengths = {
        path: kept_texts[path].count("\n") for path in modules if not path.startswith(WRITTEN_BY_ALEMBIC)
    }
    assert {path: length for path, length in lengths.items() if length > MODULE_LINES} == {}
    assert _at_95(list(lengths.values())) <= MODULE_LINES_AT_95


def test_functions_stay_small(modules):
    lengths = _function_lengths(modules)
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LINES} == {}
    assert _at_95(list(lengths.values())) <= FUNCTION_LINES_AT_95
    assert statistics.median(lengths.values()) <= FUNCTION_LINES_IN_THE_MIDDLE


def test_a_long_function_is_found():
    tree = ast.parse("def long():\n" + "    pass\n" * FUNCTION_LINES)
    assert _function_lengths({"somewhere.py": tree}) == {"somewhere.py:1 long": FUNCTION_LINES + 1}
