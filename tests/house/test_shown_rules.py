"""Each rule of the method, and each point at which organisations differ, is shown by a test with its id."""

import ast
import re

import pytest

from tests.house.conftest import HOUSE

RULES = (*range(5, 21), 22, *range(25, 30))
"""Rules that an organisation keeps; others concern regions, or forms that are not in the pack."""
POINTS = (*range(1, 17), *range(18, 26))
"""Points on which colleges and schools differ; others concern regions and data that nobody takes over."""
_ID = re.compile(r"(rule|cfg)_(\d\d)_")


@pytest.fixture(scope="module")
def shown() -> set[tuple[str, int]]:
    """The ids in the names of all tests."""
    texts = (path.read_text("utf-8") for path in (HOUSE / "tests").rglob("test_*.py"))
    modules = [ast.parse(text) for text in texts if _ID.search(text)]
    names = [
        node.name for module in modules for node in ast.walk(module) if isinstance(node, ast.FunctionDef)
    ]
    tests = (name for name in names if name.startswith("test_"))
    return {(kind, int(number)) for name in tests for kind, number in _ID.findall(name)}


@pytest.mark.parametrize(
    ("kind", "number"), [("rule", one) for one in RULES] + [("cfg", one) for one in POINTS]
)
def test_it_is_shown_by_a_test(shown: set[tuple[str, int]], kind: str, number: int) -> None:
    assert (kind, number) in shown
