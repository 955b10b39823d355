"""What one step changes, gathered before any of it is written."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.engine.step import Step


@dataclass(frozen=True, slots=True)
class Completion:
    """A task that a person completes: what was answered, and whether a draft of it lies about."""

    task_id: uuid.UUID
    element: str
    answers: Mapping[str, Any]
    by_id: uuid.UUID | None
    has_draft: bool = False
    kept: Mapping[str, Any] = field(default_factory=dict)
    """The answers that the task keeps: without those that stand only in rows of their own."""
    told: Mapping[str, Any] = field(default_factory=dict)
    """The answers that the case is told: without those that only few may read."""
    role: str = ""
    """For whom the task waited."""
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a case in one step."""

    is_finished: bool
    opened: tuple[uuid.UUID, ...]
    passed: tuple[str, ...]
    variables: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """Where the case stands now, what began to wait (in `step`) and what ceased to."""

    step: Step
    completion: Completion | None = None
    withdrawn: frozenset[uuid.UUID] = frozenset()
    stopped: frozenset[uuid.UUID] = frozenset()
    ceased: frozenset[uuid.UUID] = frozenset()

    @property
    def over(self) -> frozenset[uuid.UUID]:
        """The tasks that no longer wait, done or withdrawn."""
        return self.withdrawn | {self.completion.task_id} if self.completion else self.withdrawn


def changes_of(step: Step, completion: Completion | None, *happened: uuid.UUID) -> Changes:
    """Gather what a step changes; what happened (a timer, a message) waits no more, whoever says so."""
    done = {completion.task_id} if completion else set()
    return Changes(
        step=step,
        completion=completion,
        withdrawn=ids(step.closed) - done,
        stopped=ids(step.timers_stopped) | set(happened),
        ceased=ids(step.no_longer_awaited) | set(happened),
    )


def ids(texts: Iterable[str]) -> frozenset[uuid.UUID]:
    """Read the engine's ids."""
    return frozenset(map(uuid.UUID, texts))
