"""Run the public DMN TCK against our decisions: `python -m benchmarks.dmn_tck FOLDER [--failures]`.

The folder is the TCK's own, or its `TestCases`: `compliance-level-N/<name>/<name>.dmn`, and beside each
model one or more `<name>-test-NN.xml`. A decision that fails counts as null, which is what DMN says it is.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from workflows.engine.decisions import DecisionFailed, Decisions

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
NOW = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)
NUMBERS = frozenset({"decimal", "double", "integer", "int", "long", "float"})
DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>[\d.]+)S)?)?"
)


@dataclass(frozen=True)
class Outcome:
    """One expected result of one test case, and what came of it."""

    level: str
    case: str
    expected: Any
    found: Any

    @property
    def is_passed(self) -> bool:
        return is_same(self.expected, self.found)


def run(folder: Path) -> Iterator[Outcome]:
    """Run every test below a folder."""
    for file in sorted(folder.rglob("*-test-*.xml")):
        level = next((part for part in reversed(file.parts) if part.startswith("compliance-level-")), "other")
        yield from _run_file(file, level)


def _run_file(file: Path, level: str) -> Iterator[Outcome]:
    root = etree.fromstring(file.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    model = file.parent / (root.findtext("{*}modelName") or "").strip()
    decisions = _read(model)
    for case in root.iterfind("{*}testCase"):
        given = {node.get("name", ""): value_in(node) for node in case.iterfind("{*}inputNode")}
        for node in case.iterfind("{*}resultNode"):
            name = f"{file.stem} {case.get('id', '')} {node.get('name', '')}"
            expected = value_in(node.find("{*}expected"))
            yield Outcome(level, name, expected, _decide(decisions, node, given))


def _read(model: Path) -> Decisions | str:
    try:
        return Decisions.from_dmn(model.read_bytes())
    except (OSError, DecisionFailed) as error:
        return str(error)


def _decide(decisions: Decisions | str, node: etree._Element, given: dict[str, Any]) -> Any:
    """Give the result, None where the decision failed, or a note that equals no expectation."""
    if isinstance(decisions, str):
        return _Failure(decisions)
    names = {**decisions.names(), **decisions.services()}
    if node.get("type") in ("decision", "decisionService"):
        names = decisions.services() if node.get("type") == "decisionService" else decisions.names()
    key = next((key for key, name in names.items() if name == node.get("name")), None)
    if key is None:
        return _Failure("no such decision")
    try:
        return decisions.decide(key, given, now=NOW)
    except DecisionFailed as failure:
        return _Failure(failure.reason, is_null=True)


@dataclass(frozen=True)
class _Failure:
    reason: str
    is_null: bool = False


def value_in(node: etree._Element | None) -> Any:
    """Read a value of the TCK: a scalar, a list, or a context of components."""
    if node is None:
        return None
    components = node.findall("{*}component")
    if components:
        return {each.get("name", ""): value_in(each) for each in components}
    found = node.find("{*}list")
    if found is not None:
        return (
            None
            if found.get(f"{XSI}nil") == "true"
            else [value_in(item) for item in found.iterfind("{*}item")]
        )
    return _scalar(node.find("{*}value"))


def _scalar(node: etree._Element | None) -> Any:
    if node is None or node.get(f"{XSI}nil") == "true":
        return None
    text = "".join(map(str, node.itertext()))
    kind = node.get(f"{XSI}type", "").rpartition(":")[2]
    if kind in NUMBERS:
        number = float(text)
        return int(number) if number.is_integer() else number
    return text.strip() == "true" if kind == "boolean" else text


def is_same(expected: Any, found: Any) -> bool:
    """Compare a result with what is expected; numbers to eight digits, times and durations by meaning."""
    if isinstance(found, _Failure):
        return expected is None and found.is_null
    if isinstance(expected, dict):
        return (
            isinstance(found, dict)
            and expected.keys() == found.keys()
            and all(is_same(value, found[key]) for key, value in expected.items())
        )
    if isinstance(expected, list):
        return isinstance(found, list) and len(expected) == len(found) and all(map(is_same, expected, found))
    if isinstance(expected, bool) or isinstance(found, bool) or expected is None:
        return expected is found
    if isinstance(expected, int | float):
        return isinstance(found, int | float) and abs(expected - found) <= 1e-8 * max(1, abs(expected))
    return isinstance(found, str) and _meaning(expected) == _meaning(found)


def _meaning(text: str) -> Any:
    duration = DURATION.fullmatch(text)
    if duration and len(text) > 2:
        parts = {key: float(value or 0) for key, value in duration.groupdict().items() if key != "sign"}
        sign = -1 if duration["sign"] else 1
        months = parts["years"] * 12 + parts["months"]
        hours = parts["days"] * 24 + parts["hours"]
        return sign * months, sign * (hours * 3600 + parts["minutes"] * 60 + parts["seconds"])
    return re.sub(r"(T?\d\d:\d\d:\d\d(?:\.\d*?[1-9])?)(?:\.?0*)(\+00:00|Z)$", r"\1Z", text)


def main(arguments: list[str] | None = None) -> int:
    """Print what passed, by level."""
    parser = argparse.ArgumentParser(description="Run the public DMN TCK against our decisions.")
    parser.add_argument("folder", type=Path, help="the TCK, or its TestCases")
    parser.add_argument("--failures", action="store_true", help="name every result that differs")
    options = parser.parse_args(arguments)
    passed, total = Counter[str](), Counter[str]()
    for outcome in run(options.folder):
        total[outcome.level] += 1
        passed[outcome.level] += outcome.is_passed
        if options.failures and not outcome.is_passed:
            print(f"{outcome.level} {outcome.case}: expected {outcome.expected!r}, found {outcome.found!r}")
    if not total:
        print(f"There is no test of the TCK below {options.folder}.", file=sys.stderr)
        return 1
    for level in sorted(total):
        print(f"{level}: {passed[level]} of {total[level]} passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
