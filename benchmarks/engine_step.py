"""One step of a case: load, complete, compact, save; at meeting 5 and at meeting 5 000.

The reference is the library's own step in memory at meeting 5, with nothing loaded and nothing saved.
"""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.util.task import TaskState

from benchmarks.diagrams import ANSWERS, MEETING_FORM, MEETINGS, STOCK_MEETINGS
from benchmarks.measuring import Finding, at_most, median_in_turn, plain
from workflows.engine import instances
from workflows.engine.definitions import Definitions
from workflows.engine.step import Step

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
MILESTONES = (1, 5, 50, 500, 5000)


def measure(runs: int = 200) -> list[Finding]:
    """Return the table rows of the engine step."""
    definitions = Definitions(
        {"meetings.bpmn": MEETINGS.encode(), "forms/record_meeting.form": MEETING_FORM.encode()}
    )
    kept = dict(_live(definitions))
    ours = median_in_turn(
        {str(number): lambda step=step: _complete(definitions, step) for number, step in kept.items()},
        runs=runs,
    )
    waiting = iter(_stock_workflows(runs + 3, meeting=5))
    stock = median_in_turn({"stock": lambda: _stock_step(next(waiting))}, runs=runs)["stock"]
    return [
        *(plain(f"engine step, meeting {number}", ours[str(number)]) for number in MILESTONES),
        plain("the library's own step in memory, meeting 5", stock),
        at_most("engine step, meeting 5 000 ÷ meeting 5", ours["5000"] / ours["5"], 1.1),
        at_most("engine step ÷ the library's own in memory", ours["5"] / stock, 6),
        Finding("saved state at meeting 5 000", f"{len(kept[5000].state) / 1024:.1f} KB"),
    ]


def _live(definitions: Definitions) -> Iterable[tuple[int, Step]]:
    step = instances.start(definitions, "meetings", {}, now=NOW, call_service=_no_service)
    for meeting in range(1, MILESTONES[-1] + 1):
        if meeting in MILESTONES:
            yield meeting, step
        step = _complete(definitions, step)


def _complete(definitions: Definitions, step: Step) -> Step:
    return instances.complete(
        definitions, step.state, step.opened[0].id, ANSWERS, now=NOW, call_service=_no_service
    )


def _no_service(name: str, _inputs: object) -> Any:
    raise LookupError(name)


def _stock_workflows(count: int, meeting: int) -> list[BpmnWorkflow]:
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(STOCK_MEETINGS.encode())))
    spec, called = parser.get_spec("meetings"), parser.get_subprocess_specs("meetings")
    workflows = [BpmnWorkflow(spec, called) for _ in range(count)]
    for workflow in workflows:
        workflow.do_engine_steps()
        for _ in range(meeting - 1):
            _stock_step(workflow)
    return workflows


def _stock_step(workflow: BpmnWorkflow) -> None:
    task = workflow.get_next_task(state=TaskState.READY, spec_name="record_meeting")
    task.set_data(**ANSWERS)
    task.run()
    workflow.do_engine_steps()
