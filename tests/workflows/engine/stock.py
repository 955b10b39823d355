"""SpiffWorkflow as one would use it without our engine: its own parser, its own run, Python in diagrams."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent

from tests.workflows.engine.diagrams import BPMN, ZEEBE

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC).isoformat()


def translated(content: bytes) -> bytes:
    """Write one of our diagrams in the library's dialect: Python for FEEL, quoted durations."""
    root = etree.fromstring(content)
    for node in root.iter(f"{{{BPMN}}}conditionExpression"):
        node.text = re.sub(r"^=(\w+)\.(\w+) = true$", r"\1.get('\2') == True", node.text)
    for kind in ("timeDuration", "timeCycle", "timeDate"):
        for node in root.iter(f"{{{BPMN}}}{kind}"):
            node.text = f'"{node.text}"'
    for node in root.iter(f"{{{BPMN}}}callActivity"):
        node.set("calledElement", node.find(f".//{{{ZEEBE}}}calledElement").get("processId"))
    for node in root.iter(f"{{{ZEEBE}}}loopCharacteristics"):
        items = node.get("inputCollection").removeprefix("=").strip("[]")
        marker = node.getparent().getparent()
        etree.SubElement(marker, f"{{{BPMN}}}loopCardinality").text = str(
            len([i for i in items.split(",") if i])
        )
    return etree.tostring(root)


def parsed(content: bytes) -> BpmnParser:
    parser = BpmnParser()
    parser.add_bpmn_str(content)
    return parser


def workflow(content: bytes, process: str, script_engine: Any = None) -> BpmnWorkflow:
    """Start a process the stock way."""
    parser = parsed(content)
    running = BpmnWorkflow(parser.get_spec(process), parser.get_subprocess_specs(process), script_engine)
    running.do_engine_steps()
    return running


def complete(running: BpmnWorkflow, element: str, place: int = 0, **answers: Any) -> None:
    """Complete an open task the stock way."""
    task = [t for t in open_tasks(running) if t.task_spec.bpmn_id == element][place]
    task.data[element] = answers
    task.run()
    running.do_engine_steps()


def open_tasks(running: BpmnWorkflow) -> list[Any]:
    return list(running.get_tasks(state=TaskState.READY, manual=True))


def waiting_timers(running: BpmnWorkflow) -> list[Any]:
    return [t for t in _waiting(running) if isinstance(t.task_spec.event_definition, TimerEventDefinition)]


def waiting_messages(running: BpmnWorkflow) -> list[Any]:
    return [t for t in _waiting(running) if isinstance(t.task_spec.event_definition, MessageEventDefinition)]


def _waiting(running: BpmnWorkflow) -> list[Any]:
    return [t for t in running.get_tasks(state=TaskState.WAITING) if hasattr(t.task_spec, "event_definition")]


def fire(running: BpmnWorkflow, task: Any) -> None:
    """Let a timer's time have come."""
    task.internal_data["event_value"] = LONG_AGO
    running.refresh_timers()
    running.do_engine_steps()


def send(running: BpmnWorkflow, name: str, payload: Mapping[str, Any], **correlations: Any) -> None:
    running.send_event(
        BpmnEvent(MessageEventDefinition(name), payload=dict(payload), correlations=correlations)
    )
    running.do_engine_steps()


def board(running: BpmnWorkflow) -> Counter[tuple[str, str]]:
    """Tell what waits, by kind and element."""
    kinds = (("task", open_tasks), ("timer", waiting_timers), ("message", waiting_messages))
    return Counter((kind, task.task_spec.bpmn_id) for kind, listed in kinds for task in listed(running))
