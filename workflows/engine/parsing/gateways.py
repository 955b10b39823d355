"""Read gateways and the conditions of their flows."""

from typing import Any

from workflows.engine.parsing.activities import ElementParser
from workflows.engine.parsing.documents import BPMN
from workflows.engine.specs.gateways import FlowCondition


class ChoiceParser(ElementParser):
    """Reads a gateway whose flows have conditions."""

    def connect_flow(self, flow: Any, target: Any, *, is_only: bool) -> None:
        condition = (flow.findtext(f"{{{BPMN}}}conditionExpression") or "").strip()
        if flow.get("id") == self.node.get("default") or (is_only and not condition):
            self.task.connect(target)
        elif condition:
            self.task.connect_if(FlowCondition(condition), target)
        else:
            raise self.refuse(f"its flow “{flow.get('id')}” has no condition and is not the default")
