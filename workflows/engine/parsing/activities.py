"""Read activities: what kind they are, how often they run, what waits at their edge, what they map."""

from typing import Any

from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser

from workflows.engine.environment import is_expression
from workflows.engine.parsing.documents import BPMN, DefinitionError, extension, extension_value, flag
from workflows.engine.parsing.processes import ProcessParser
from workflows.engine.specs.activities import HumanTask, Mapped, Mapping
from workflows.engine.specs.events import BoundarySplit
from workflows.engine.specs.loops import MultiInstance, Repeated, StandardLoop

INSTANCE = " [child]"


class ElementParser(TaskParser):
    """Reads one node: first itself, then where its flows lead."""

    task: Any
    entry: Any

    def create(self) -> None:
        """Make the spec of this node, and what wraps it."""
        name = self.bpmn_id
        loop = self._loop()
        self.task = self.spec_class(self.spec, name + INSTANCE if loop else name, **self.needed())
        self._describe(self.task)
        if isinstance(self.task, Mapped):
            self.task.inputs_mapped = self._mappings("input")
            self.task.outputs_mapped = self._mappings("output")
        self.read(self.task)
        if loop is not None:
            loop.inner, self.task = self.task, loop
        self.entry = self.task

    def needed(self) -> dict[str, Any]:
        """Give what the library's spec wants to know when it is made."""
        return {}

    def read(self, task: Any) -> None:
        """Read what this kind of node has and others have not."""

    def _describe(self, task: Any) -> None:
        task.bpmn_id = self.bpmn_id
        task.bpmn_name = " ".join((self.node.get("name") or "").split()) or None
        task.lane = self.lane

    def attach(self) -> None:
        """Attach this node to the activity at whose edge it stands, if it does."""

    def connect(self) -> None:
        """Connect this node with those its flows lead to."""
        flows = self.process_parser.get_outgoing_sequence_flows(self.bpmn_id)
        for flow in flows:
            target = self.process_parser.element(flow.get("targetRef"), flow.get("id", ""))
            self.connect_flow(flow, target.entry, is_only=len(flows) == 1)

    def connect_flow(self, flow: Any, target: Any, *, is_only: bool) -> None:
        self.task.connect(target)

    def edge(self) -> BoundarySplit:
        """Give what holds this activity together with the events at its edge."""
        if self.entry is self.task:
            self.entry = BoundarySplit(self.spec, f"{self.bpmn_id}.BoundaryEventSplit")
            self.entry.activity = self.task
            self.entry.connect(self.task)
        return self.entry  # type: ignore[no-any-return]

    def text(self, path: str) -> str | None:
        """Give the text of the first element on this path below the node."""
        found = self.node.find("/".join(f"{{{BPMN}}}{step}" for step in path.split("/")))
        return found.text.strip() if found is not None and found.text and found.text.strip() else None

    def refuse(self, reason: str) -> DefinitionError:
        return DefinitionError(self.filename, self.bpmn_id, reason)

    def _mappings(self, kind: str) -> tuple[Mapping, ...]:
        io_mapping = extension(self.node, "ioMapping")
        if io_mapping is None:
            return ()
        found = [node for node in io_mapping if str(node.tag).endswith(f"}}{kind}")]
        return tuple(
            Mapping(node.get("source", "").strip(), node.get("target", "").strip()) for node in found
        )

    def _loop(self) -> Repeated | None:
        standard = self.node.find(f"{{{BPMN}}}standardLoopCharacteristics")
        several = self.node.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
        if standard is None and several is None:
            return None
        loop = self._standard_loop(standard) if standard is not None else self._multi_instance(several)
        self._describe(loop)
        return loop

    def _standard_loop(self, node: Any) -> StandardLoop:
        loop = StandardLoop(self.spec, self.bpmn_id)
        maximum = node.get("loopMaximum", "").strip()
        if maximum and not maximum.isdecimal():
            raise self.refuse(f"loopMaximum is “{maximum}”, but a whole number is needed")
        loop.maximum = int(maximum) if maximum else None
        loop.condition = self.text("standardLoopCharacteristics/loopCondition")
        loop.tests_before = flag(node, "testBefore")
        if loop.maximum is None and loop.condition is None:
            raise self.refuse("a loop needs a condition or a largest number of turns")
        return loop

    def _multi_instance(self, node: Any) -> MultiInstance:
        several = MultiInstance(self.spec, self.bpmn_id)
        read = extension(node, "loopCharacteristics")
        given = {str(k): str(v).strip() for k, v in read.attrib.items()} if read is not None else {}
        several.is_sequential = flag(node, "isSequential")
        several.collection = given.get("inputCollection") or None
        several.item_name = given.get("inputElement") or None
        several.results_name = given.get("outputCollection") or None
        several.result = given.get("outputElement") or None
        several.cardinality = self.text("multiInstanceLoopCharacteristics/loopCardinality")
        several.completion = self.text("multiInstanceLoopCharacteristics/completionCondition")
        if (several.collection is None) == (several.cardinality is None):
            raise self.refuse("a multi-instance needs either a list or a number of instances")
        return several


class HumanTaskParser(ElementParser):
    """Reads the form, the role and the due date of a task for people."""

    def read(self, task: HumanTask) -> None:
        task.form = extension_value(self.node, "formDefinition", "formId") or None
        task.role = extension_value(self.node, "assignmentDefinition", "candidateGroups") or self.lane or ""
        task.assignee = extension_value(self.node, "assignmentDefinition", "assignee")
        task.due = extension_value(self.node, "taskSchedule", "dueDate")


class ServiceTaskParser(ElementParser):
    def read(self, task: Any) -> None:
        task.operator = extension_value(self.node, "taskDefinition", "type")
        headers = extension(self.node, "taskHeaders")
        for header in headers if headers is not None else ():
            if header.get("key") == "resultVariable":
                task.result_variable = header.get("value", "").strip()


class ScriptTaskParser(ElementParser):
    def needed(self) -> dict[str, Any]:
        script = extension_value(self.node, "script", "expression")
        if not is_expression(script):
            raise self.refuse("a script task needs a FEEL expression that begins with “=”")
        return {"script": script}

    def read(self, task: Any) -> None:
        task.result_variable = extension_value(self.node, "script", "resultVariable")


class BusinessRuleTaskParser(ElementParser):
    def read(self, task: Any) -> None:
        task.decision = extension_value(self.node, "calledDecision", "decisionId")
        task.result_variable = extension_value(self.node, "calledDecision", "resultVariable")


class CallActivityParser(ElementParser):
    def needed(self) -> dict[str, Any]:
        called = extension_value(self.node, "calledElement", "processId")
        called = called or self.node.get("calledElement", "").strip()
        if not called:
            raise self.refuse("it does not say which process it calls")
        return {"subworkflow_spec": called}


class SubprocessParser(ElementParser):
    """Reads an embedded subprocess; its own nodes are read as a process of the pack."""

    def needed(self) -> dict[str, Any]:
        if flag(self.node, "triggeredByEvent"):
            raise self.refuse("a subprocess that is started by an event is not supported")
        outer: ProcessParser = self.process_parser
        name = f"{outer.name.partition('/')[0]}/{self.bpmn_id}"
        outer.parser.add_process(
            ProcessParser(outer.parser, self.node, outer.document, name, self.lane or "")
        )
        return {"subworkflow_spec": name}
