"""Read events: what they wait for and what they throw."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from workflows.engine.parsing.activities import ElementParser
from workflows.engine.parsing.documents import BPMN, Message, flag
from workflows.engine.specs.triggers import (
    ConditionTrigger,
    CycleTrigger,
    DateTrigger,
    ErrorTrigger,
    EscalationTrigger,
    MessageTrigger,
    TerminateTrigger,
    Trigger,
)


class EventParser(ElementParser):
    """Reads an event, or a task that sends or receives a message."""

    def read(self, task: Any) -> None:
        task.trigger = self.trigger()

    def trigger(self) -> Trigger:
        if self.node.get("messageRef"):
            return self._message(self.node)
        definitions = [node for node in self.node.iterchildren() if str(node.tag).endswith("EventDefinition")]
        if not definitions:
            return Trigger()
        if len(definitions) > 1:
            raise self.refuse("an event with several triggers is not supported")
        return self._triggered(definitions[0])

    def _triggered(self, node: Any) -> Trigger:
        readers: dict[str, Callable[[Any], Trigger]] = {
            "timerEventDefinition": self._timer,
            "messageEventDefinition": self._message,
            "conditionalEventDefinition": self._condition,
            "errorEventDefinition": self._error,
            "escalationEventDefinition": self._escalation,
            "terminateEventDefinition": lambda _: TerminateTrigger(),
        }
        kind = etree.QName(node).localname
        if kind not in readers:
            raise self.refuse(f"{kind} is not supported")
        return readers[kind](node)

    def _timer(self, node: Any) -> Trigger:
        for kind in ("timeDate", "timeDuration", "timeCycle"):
            text = (node.findtext(f"{{{BPMN}}}{kind}") or "").strip()
            if text:
                return CycleTrigger(text) if kind == "timeCycle" else DateTrigger(text)
        raise self.refuse("the timer does not say when")

    def _message(self, node: Any) -> Trigger:
        message: Message | None = self._referred("messages", node.get("messageRef"))
        if message is None or not message.name:
            raise self.refuse("it does not say which message")
        return MessageTrigger(message.name, message.key)

    def _condition(self, node: Any) -> Trigger:
        text = (node.findtext(f"{{{BPMN}}}condition") or "").strip()
        if not text:
            raise self.refuse("the event has no condition")
        return ConditionTrigger(text)

    def _error(self, node: Any) -> Trigger:
        return ErrorTrigger(self._referred("errors", node.get("errorRef")))

    def _escalation(self, node: Any) -> Trigger:
        return EscalationTrigger(self._referred("escalations", node.get("escalationRef")))

    def _referred(self, kind: str, reference: str | None) -> Any:
        if not reference:
            return None
        known = getattr(self.process_parser.document, kind)
        if reference not in known:
            raise self.refuse(f"it refers to “{reference}”, which is not there")
        return known[reference]


class BoundaryEventParser(EventParser):
    """Reads an event at the edge of an activity."""

    def read(self, task: Any) -> None:
        super().read(task)
        if not task.trigger.is_awaited:
            raise self.refuse("an event at the edge of an activity needs a trigger it can wait for")
        task.interrupts = flag(self.node, "cancelActivity", default=True)

    def attach(self) -> None:
        host = self.process_parser.element(self.node.get("attachedToRef"), self.bpmn_id)
        host.edge().connect(self.task)
