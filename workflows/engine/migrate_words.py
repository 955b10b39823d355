"""What a migration is told and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.engine.step import EngineError

REASONS = (
    "process_gone",
    "element_gone",
    "element_changed_kind",
    "waits_for_something_else",
    "calls_another_process",
    "flow_into_gateway_gone",
    "branch_never_started",
    "parallel_gateway_gone",
    "leaves_parallel_branches",
    "all_events_gone",
    "never_open_together",
    "event_cannot_begin",
    "results_are_lost",
)
"""Why a case stays; the doors have a sentence for each."""

CHANGES = ("event_begins", "event_ends")
"""What a move does besides moving."""


@dataclass(frozen=True)
class Change:
    """A reason why a case stays, or a change that moving it makes: its code, and the element it is about."""

    code: str
    element: str
    name: str = ""


@dataclass(frozen=True)
class Plan:
    """Whether a case moves, why not if it stays, and what changes in it if it moves."""

    moves: bool
    reasons: tuple[Change, ...] = ()
    changes: tuple[Change, ...] = ()


class CannotMigrate(EngineError):
    """The case has to stay on its version."""

    def __init__(self, reasons: tuple[Change, ...]) -> None:
        super().__init__(", ".join(f"{reason.code}: {reason.name or reason.element}" for reason in reasons))
        self.reasons = reasons


class Renaming:
    """New ids of elements; whatever is not named keeps its own."""

    def __init__(self, mapping: Mapping[str, str]) -> None:
        self._new = dict(mapping)

    def name(self, name: str) -> str:
        """Rename a node: an element's id, alone or with what stands behind it."""
        for mark in (" [child]", ".BoundaryEventSplit"):
            if name.endswith(mark):
                return self.name(name.removesuffix(mark)) + mark
        return self._new.get(name, name)

    def node(self, spec: Any) -> str:
        """Give the name that the node of a spec has in the new version."""
        return self.name(spec.name)

    def process(self, name: str) -> str:
        """Rename what runs inside: a process keeps its key, an embedded one is called by its element."""
        outer, slash, element = name.partition("/")
        return outer + slash + self.name(element) if slash else name
