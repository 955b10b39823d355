"""What the engine is told and what it answers: plain data, both ways.

Ids are the engine's own (UUID as text) and stay the same for as long as the thing waits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.engine.feel_reasons import FeelFailed
from workflows.engine.step_reasons import Explained, explanation, sentence

CallService = Callable[[str, Mapping[str, Any]], Any]
"""Called with the operator's name and its inputs; returns JSON-able data. It may raise."""


@dataclass(frozen=True)
class OpenTask:
    """A user or manual task that has begun to wait for a person."""

    id: str
    element: str
    process: str
    name: str
    role: str
    form: str | None
    due_at: datetime | None
    is_manual: bool
    assignee: str = ""
    """The id of the person whose task it is; without one it is for whoever holds its role."""
    is_relative: bool = field(default=False, compare=False)
    """Whether it is due so long after now, not at a moment that was named; known in the step that says so."""


@dataclass(frozen=True)
class Timer:
    """A timer that has begun to run."""

    id: str
    element: str
    name: str
    due_at: datetime
    is_relative: bool = field(default=False, compare=False)
    """Whether it fires so long after now, not at a moment that was named; known in the step that says so."""


@dataclass(frozen=True)
class Awaited:
    """A message that the case has begun to wait for."""

    id: str
    element: str
    name: str
    key: str


@dataclass(frozen=True)
class Sent:
    """A message that the case has sent. `to` is the id of the case it is for."""

    element: str
    name: str
    to: str
    key: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """Where a case stands after one step, and what changed by it."""

    state: bytes
    finished: bool
    opened: tuple[OpenTask, ...] = ()
    closed: tuple[str, ...] = ()
    timers_started: tuple[Timer, ...] = ()
    timers_stopped: tuple[str, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    no_longer_awaited: tuple[str, ...] = ()
    sent: tuple[Sent, ...] = ()
    variables: Mapping[str, Any] = field(default_factory=dict)
    """The data of the case where it ended or last moved; for tests and for the caller of a finished case."""
    passed: tuple[str, ...] = ()
    """Ids of the elements that completed in this step, in order: for the journal and the diagram."""


class EngineError(Exception):
    """The step could not be done; the state given in stays valid."""


class NothingWaits(EngineError):
    """No such task, timer or message waits in this state."""


class StepFailed(EngineError):
    """A service task, an expression or a decision failed. Says where and why.

    `reason` is English; `explanation` says the same in codes and values, for the reader's language.
    """

    def __init__(self, element: str, element_name: str, reason: str, explanation: Mapping[str, Any]) -> None:
        super().__init__(f"{element_name or element}: {reason}")
        self.element = element
        self.element_name = element_name
        self.reason = reason
        self.explanation = explanation

    @classmethod
    def at(
        cls, element: str, element_name: str, code: str, cause: Exception | None = None, **values: Any
    ) -> "StepFailed":
        """Say by a code of `step_reasons` why the step failed at this element, and what lies beneath."""
        if cause is not None:
            values.setdefault("reason", str(cause))
        below = cause if isinstance(cause, FeelFailed | Explained) else None
        return cls(element, element_name, sentence(code, values), explanation(code, values, below))
