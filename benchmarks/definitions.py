"""Parse and check a sheet of forty elements; decide by a table of thirty rules. The library does its own."""

import io
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.parser.DMNParser import DMNParser

from benchmarks.diagrams import large_process
from benchmarks.measuring import Finding, median_in_turn, plain
from benchmarks.town import SETTINGS
from workflows.engine.check import Names, check_pack
from workflows.engine.decisions import Decisions
from workflows.engine.definitions import Definitions

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
RULES = 30
# The one that is met stands far down, so that nobody is rewarded for stopping early.
ASKED = {"form": "form_28", "meetings": 290}

_DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="rules" name="rules" namespace="tandem">
  <decision id="meeting_rules" name="Правила встреч"><decisionTable id="table" hitPolicy="UNIQUE">
    <input id="i1" label="Форма"><inputExpression id="e1" typeRef="string">
      <text>form</text></inputExpression></input>
    <input id="i2" label="Встреч"><inputExpression id="e2" typeRef="number">
      <text>meetings</text></inputExpression></input>
    <output id="o1" label="Напомнить" name="reminder" typeRef="string"/>{rules}
  </decisionTable></decision>
</definitions>"""
_RULE = """
    <rule id="r{n}"><inputEntry id="a{n}"><text>"form_{n}"</text></inputEntry>
      <inputEntry id="b{n}"><text>{above}</text></inputEntry>
      <outputEntry id="c{n}"><text>"P{n}D"</text></outputEntry></rule>"""


def measure(runs: int = 60) -> list[Finding]:
    """Return the table rows of definitions and decisions."""
    sheet = large_process().encode()
    files = {"pack.toml": SETTINGS.replace("meetings", "large").encode(), "large.bpmn": sheet}
    found = median_in_turn(
        {
            "check": lambda: check_pack(files, Names()),
            "parse": lambda: Definitions(files).specs("large"),
            "stock parse": lambda: _stock_parse(sheet),
        },
        runs=runs,
    ) | median_in_turn(_deciding(), runs=runs * 4)
    return [
        plain("check a process of 40 elements", found["check"]),
        plain("parse a process of 40 elements", found["parse"]),
        plain("the library's parser on the same", found["stock parse"]),
        plain(f"decide by a table of {RULES} rules", found["decide"]),
        plain("the library's own table, cells in Python", found["stock decide"]),
    ]


def _stock_parse(sheet: bytes) -> None:
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(sheet)))
    parser.get_spec("large")


def _deciding() -> dict[str, Any]:
    ours = Decisions.from_dmn(_table("> {ten}").encode())
    engine, task = _stock_engine(_table("? > {ten}"))
    expected = f"P{RULES - 2}D"
    assert ours.decide("meeting_rules", ASKED, now=NOW) == expected
    assert engine.result(task) == {"reminder": expected}
    return {
        "decide": lambda: ours.decide("meeting_rules", ASKED, now=NOW),
        "stock decide": lambda: engine.result(task),
    }


def _table(above: str) -> str:
    cells = [above.format(ten=number * 10).replace(">", "&gt;") for number in range(RULES)]
    rules = "".join(_RULE.format(n=number, above=cell) for number, cell in enumerate(cells))
    return _TABLE.format(rules=rules)


def _stock_engine(table: str) -> tuple[DMNEngine, Any]:
    root = etree.fromstring(table.encode())
    parser = DMNParser(None, root, {"dmn": _DMN})
    parser.parse()
    runner = SimpleNamespace(script_engine=PythonScriptEngine())
    task = SimpleNamespace(data=dict(ASKED), workflow=runner, task_spec=None)
    return DMNEngine(parser.decision.decisionTables[0]), task
