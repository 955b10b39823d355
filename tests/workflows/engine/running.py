"""Run a case the way the house does: state in, state out, and a ledger kept by what the steps report."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from workflows.engine import instances
from workflows.engine.definitions import Definitions
from workflows.engine.step import Awaited, OpenTask, Sent, Step, Timer

BEGINNING = datetime(2026, 9, 1, 9, tzinfo=UTC)


def unknown_service(operator: str, inputs: Mapping[str, Any]) -> Any:
    raise LookupError(f"no service {operator}")


class Run:
    """One case; after each step what the steps reported is compared with what the state says."""

    def __init__(
        self,
        content: bytes | Definitions,
        process: str | None = None,
        *,
        now: datetime = BEGINNING,
        call_service: Callable[..., Any] = unknown_service,
        **variables: Any,
    ) -> None:
        self.definitions = (
            content if isinstance(content, Definitions) else Definitions({"diagram.bpmn": content})
        )
        self.now = now
        self.call_service = call_service
        self.tasks: dict[str, OpenTask] = {}
        self.timers: dict[str, Timer] = {}
        self.awaited: dict[str, Awaited] = {}
        self.sent: list[Sent] = []
        self.passed: list[str] = []
        process = process or self.definitions.process_keys()[0]
        self.step = self._take(instances.start(self.definitions, process, variables, **self._ways()))

    @property
    def finished(self) -> bool:
        return self.step.finished

    @property
    def variables(self) -> Mapping[str, Any]:
        return self.step.variables

    def open(self) -> list[str]:
        return sorted(task.element for task in self.tasks.values())

    def running(self) -> list[str]:
        return sorted(timer.element for timer in self.timers.values())

    def expected(self) -> list[str]:
        return sorted(message.element for message in self.awaited.values())

    def complete(self, element: str, *, place: int = 0, **answers: Any) -> Step:
        return self.complete_id(_nth(self.tasks, element, place), answers)

    def complete_id(self, task_id: str, answers: Mapping[str, Any]) -> Step:
        return self._take(
            instances.complete(self.definitions, self.step.state, task_id, answers, **self._ways())
        )

    def fire(self, element: str, *, place: int = 0) -> Step:
        return self.fire_id(_nth(self.timers, element, place))

    def fire_id(self, timer_id: str) -> Step:
        return self._take(instances.fire_timer(self.definitions, self.step.state, timer_id, **self._ways()))

    def receive(self, element: str, *, place: int = 0, **payload: Any) -> Step:
        return self.receive_id(_nth(self.awaited, element, place), payload)

    def receive_id(self, awaited_id: str, payload: Mapping[str, Any]) -> Step:
        return self._take(
            instances.receive(self.definitions, self.step.state, awaited_id, payload, **self._ways())
        )

    def wait(self, **span: float) -> list[str]:
        """Let time pass and fire what comes due, in order; say which timers fired."""
        until = self.now + timedelta(**span)
        fired = []
        while due := [timer for timer in self.timers.values() if timer.due_at <= until]:
            timer = min(due, key=lambda timer: timer.due_at)
            self.now = max(self.now, timer.due_at)
            fired.append(timer.element)
            self.fire_id(timer.id)
        self.now = until
        return fired

    def _ways(self) -> dict[str, Any]:
        return {"now": self.now, "call_service": self.call_service}

    def _take(self, step: Step) -> Step:
        _move(self.tasks, step.opened, step.closed)
        _move(self.timers, step.timers_started, step.timers_stopped)
        _move(self.awaited, step.awaited, step.no_longer_awaited)
        self.sent += step.sent
        self.passed += step.passed
        self.step = step
        standing = instances.standing(self.definitions, step.state)
        assert {task.id: task for task in standing.opened} == self.tasks
        assert {timer.id: timer for timer in standing.timers_started} == self.timers
        assert {message.id: message for message in standing.awaited} == self.awaited
        assert standing.finished == step.finished
        assert standing.variables == step.variables
        return step


def _move(ledger: dict[str, Any], begun: tuple[Any, ...], ended: tuple[str, ...]) -> None:
    for key in ended:
        del ledger[key]
    for thing in begun:
        assert thing.id not in ledger
        ledger[thing.id] = thing


def _nth(ledger: Mapping[str, Any], element: str, place: int) -> str:
    return [key for key, thing in ledger.items() if thing.element == element][place]
