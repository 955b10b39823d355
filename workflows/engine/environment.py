"""How a case evaluates what its diagram says: FEEL, decisions and service operators, never Python.

One environment serves one step: it carries the step's clock and the way to call services. Everything the
library would `eval` or `exec` comes through here, and here only FEEL is known.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn, Protocol

from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment

from workflows.engine import expressions, values
from workflows.engine.case import CaseTask
from workflows.engine.decisions import DecisionFailed
from workflows.engine.step import CallService, StepFailed
from workflows.engine.step_reasons import Explained


class Decider(Protocol):
    """Whoever knows the decisions of the pack."""

    def decide(self, decision_id: str, context: Mapping[str, Any], *, now: datetime) -> Any: ...


def is_expression(text: str) -> bool:
    """Say whether the text is FEEL; without the sign it is a literal."""
    return text.lstrip().startswith("=")


def feel(text: str) -> str:
    """Take the FEEL out of an attribute, with or without its sign."""
    body = text.strip()
    return body[1:].strip() if body.startswith("=") else body


def failure(task: CaseTask, code: str, cause: Exception | None = None, **values: Any) -> StepFailed:
    """Say that the step failed at this task's element, by a code of `step_reasons`."""
    spec = task.task_spec
    return StepFailed.at(spec.bpmn_id or spec.name, spec.bpmn_name or "", code, cause, **values)


class FeelEnvironment(BasePythonScriptEngineEnvironment):
    """Stands where the library would run Python."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now

    def evaluate(self, expression: str, context: Mapping[str, Any], external_context: Any = None) -> Any:
        return values.plain(expressions.evaluate(feel(expression), dict(context), now=self.now))

    def execute(self, script: str, context: Any, external_context: Any = None) -> NoReturn:
        raise PermissionError("a diagram cannot run scripts other than FEEL")

    def call_service(self, context: Any, **kwargs: Any) -> NoReturn:
        raise PermissionError("services are called by the operator's name only")


class Environment(PythonScriptEngine):
    """The clock, the expressions, the decisions and the services of one step."""

    def __init__(self, decider: Decider, now: datetime, call_service: CallService) -> None:
        super().__init__(FeelEnvironment(now))
        self.now = now
        self._decider = decider
        self._call_service = call_service

    def validate(self, expression: str) -> None:
        """Check nothing: expressions are checked when a pack is installed."""

    def evaluate(self, task: CaseTask, expression: str, external_context: Any = None) -> Any:
        """Evaluate FEEL in the data of this task."""
        return self.evaluate_in(task, expression, task.data)

    def evaluate_in(self, task: CaseTask, expression: str, context: Mapping[str, Any]) -> Any:
        try:
            return self.environment.evaluate(expression, context)
        except (expressions.ExpressionFailed, values.NotPlain) as problem:
            raise failure(task, "expression_failed", problem, expression=expression.strip()) from problem

    def value(self, task: CaseTask, text: str) -> Any:
        """Evaluate what begins with `=`; everything else is meant literally."""
        return self.value_in(task, text, task.data)

    def value_in(self, task: CaseTask, text: str, context: Mapping[str, Any]) -> Any:
        return self.evaluate_in(task, text, context) if is_expression(text) else text

    def holds(self, task: CaseTask, expression: str, context: Mapping[str, Any] | None = None) -> bool:
        """Evaluate a condition. What is unknown (null) does not hold; what is neither is a mistake."""
        result = self.evaluate_in(task, expression, task.data if context is None else context)
        if result is None or isinstance(result, bool):
            return bool(result)
        raise failure(task, "condition_not_boolean", expression=expression.strip(), value=repr(result))

    def execute(self, task: CaseTask, script: str, external_context: Any = None) -> NoReturn:
        raise failure(task, "script_not_feel")

    def call_service(self, task: CaseTask, **kwargs: Any) -> Any:
        """Call a service operator by name; whatever goes wrong in it is the element's failure."""
        try:
            return self._call_service(kwargs["operator"], kwargs["inputs"])
        except Explained as refused:
            raise failure(task, "service_refused", refused) from refused
        except Exception as problem:
            reason = str(problem) or type(problem).__name__
            raise failure(task, "service_broken", problem, reason=reason) from problem

    def decide(self, task: CaseTask, decision_id: str) -> Any:
        try:
            return values.plain(self._decider.decide(decision_id, dict(task.data), now=self.now))
        except (DecisionFailed, values.NotPlain) as problem:
            raise failure(task, "decision_failed", problem) from problem

    def keep(self, task: CaseTask, name: str, value: Any) -> None:
        """Write into the data of the case, and let conditional events look again."""
        try:
            task.data[name] = values.kept(value)
        except values.NotPlain as problem:
            raise failure(task, "data_not_kept", problem) from problem
        task.workflow.top_workflow.has_news = True
