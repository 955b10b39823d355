"""Which parser reads which element of a diagram, and which spec it becomes."""

from typing import Any

from workflows.engine.parsing.activities import (
    BusinessRuleTaskParser,
    CallActivityParser,
    ElementParser,
    HumanTaskParser,
    ScriptTaskParser,
    ServiceTaskParser,
    SubprocessParser,
)
from workflows.engine.parsing.documents import BPMN
from workflows.engine.parsing.events import BoundaryEventParser, EventParser
from workflows.engine.parsing.gateways import ChoiceParser
from workflows.engine.parsing.processes import PackParser
from workflows.engine.specs import activities, events, gateways, nodes, subprocesses

_ELEMENTS = {
    "startEvent": (EventParser, events.CatchEvent),
    "endEvent": (EventParser, events.EndEvent),
    "intermediateCatchEvent": (EventParser, events.CatchEvent),
    "intermediateThrowEvent": (EventParser, events.ThrowEvent),
    "boundaryEvent": (BoundaryEventParser, events.BoundaryEvent),
    "receiveTask": (EventParser, events.CatchEvent),
    "sendTask": (EventParser, events.ThrowEvent),
    "task": (ElementParser, nodes.PlainTask),
    "userTask": (HumanTaskParser, activities.UserTask),
    "manualTask": (HumanTaskParser, activities.ManualTask),
    "serviceTask": (ServiceTaskParser, activities.ServiceTask),
    "scriptTask": (ScriptTaskParser, activities.ScriptTask),
    "businessRuleTask": (BusinessRuleTaskParser, activities.BusinessRuleTask),
    "callActivity": (CallActivityParser, subprocesses.CallActivity),
    "subProcess": (SubprocessParser, subprocesses.Subprocess),
    "exclusiveGateway": (ChoiceParser, gateways.ExclusiveGateway),
    "inclusiveGateway": (ChoiceParser, gateways.InclusiveGateway),
    "parallelGateway": (ElementParser, gateways.ParallelGateway),
    "eventBasedGateway": (ElementParser, gateways.EventGateway),
}


_PARSERS: Any = {f"{{{BPMN}}}{name}": pair for name, pair in _ELEMENTS.items()}


class DiagramParser(PackParser):
    """Reads the diagrams of a pack; what is not in its table is not part of what runs."""

    PARSER_CLASSES = _PARSERS
