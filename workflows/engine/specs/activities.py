"""What people and services do: tasks, and the results they leave in the data of the case."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.mixins.manual_task import ManualTask as LibraryManualTask
from SpiffWorkflow.bpmn.specs.mixins.script_task import ScriptTask as LibraryScriptTask
from SpiffWorkflow.bpmn.specs.mixins.service_task import ServiceTask as LibraryServiceTask
from SpiffWorkflow.bpmn.specs.mixins.user_task import UserTask as LibraryUserTask

from workflows.engine import timers
from workflows.engine.case import CaseTask
from workflows.engine.environment import failure
from workflows.engine.specs.nodes import Node

DUE = "due"
ROLE = "role"
ASSIGNEE = "assignee"


@dataclass(frozen=True)
class Mapping:
    """Take `source` (FEEL, or a literal) into `target`."""

    source: str
    target: str


class Mapped(Node):
    """A node with inputs and outputs of its own."""

    inputs_mapped: tuple[Mapping, ...] = ()
    outputs_mapped: tuple[Mapping, ...] = ()

    def read_inputs(self, my_task: CaseTask) -> dict[str, Any]:
        value = my_task.workflow.script_engine.value
        return {mapping.target: value(my_task, mapping.source) for mapping in self.inputs_mapped}

    def keep_result(self, my_task: CaseTask, name: str, result: Any) -> None:
        """Store a result under its name, and what the outputs take from it."""
        engine = my_task.workflow.script_engine
        engine.keep(my_task, name, result)
        for mapping in self.outputs_mapped:
            engine.keep(my_task, mapping.target, engine.value(my_task, mapping.source))


class HumanTask(Mapped):
    """Waits for a person: who may do it, by which form and by when is known as soon as it opens."""

    form: str | None = None
    role: str = ""
    assignee: str = ""
    due: str = ""
    is_manual = False

    def _on_ready_hook(self, my_task: CaseTask) -> None:
        engine = my_task.workflow.script_engine
        role = engine.value(my_task, self.role)
        if role != self.role:
            my_task.internal_data[ROLE] = str(role or "")
        if self.assignee:
            my_task.internal_data[ASSIGNEE] = self._person(my_task, engine.value(my_task, self.assignee))
        if self.due:
            my_task.internal_data[DUE] = self._due_at(my_task, engine.value(my_task, self.due))

    def _person(self, my_task: CaseTask, value: Any) -> str:
        """Take the id of a person; whether there is such a person is for the house to know."""
        if value is None or value == "":
            return ""
        try:
            return str(UUID(value))
        except (AttributeError, TypeError, ValueError) as problem:
            raise failure(my_task, "assignee_unknown", problem, person=repr(value)) from problem

    def _due_at(self, my_task: CaseTask, value: Any) -> str | None:
        if value is None:
            return None
        try:
            due = timers.moment(value, now=my_task.workflow.top_workflow.now)
        except timers.TimerProblem as problem:
            raise failure(my_task, "due_date_failed", problem) from problem
        if timers.is_duration(value):
            my_task.workflow.top_workflow.note_relative(my_task)
        return due.isoformat()


class UserTask(HumanTask, LibraryUserTask):
    """A person fills a form."""


class ManualTask(HumanTask, LibraryManualTask):
    """A person says that it is done."""

    is_manual = True


class ServiceTask(Mapped, LibraryServiceTask):
    """Calls an operator of the house by its name."""

    operator = ""
    result_variable = ""

    def _run_hook(self, my_task: CaseTask) -> bool:
        engine = my_task.workflow.script_engine
        result = engine.call_service(my_task, operator=self.operator, inputs=self.read_inputs(my_task))
        self.keep_result(my_task, self.result_variable or self.bpmn_id, result)
        return True


class ScriptTask(Mapped, LibraryScriptTask):
    """Evaluates FEEL: one variable, or a context whose entries become variables."""

    result_variable = ""

    def _run_hook(self, my_task: CaseTask) -> bool:
        engine = my_task.workflow.script_engine
        result = engine.evaluate(my_task, self.script)
        if self.result_variable:
            self.keep_result(my_task, self.result_variable, result)
            return True
        if not isinstance(result, dict):
            raise failure(my_task, "script_not_context", value=repr(result))
        for name, value in result.items():
            engine.keep(my_task, name, value)
        return True


class BusinessRuleTask(Mapped):
    """Asks a decision."""

    decision = ""
    result_variable = ""

    def _run_hook(self, my_task: CaseTask) -> bool:
        result = my_task.workflow.script_engine.decide(my_task, self.decision)
        self.keep_result(my_task, self.result_variable or self.bpmn_id, result)
        return True
