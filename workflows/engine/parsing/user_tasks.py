"""What a user task asks of the house beside its form: who listens to its answers, who reads for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.engine.parsing.documents import ZEEBE, extension

COMPLETING = "completing"
"""The one moment at which anybody listens: a person has answered, and the case has not moved yet."""
READS = "reads"


def listeners_of(node: Any) -> tuple[str, ...]:
    """Name the listeners of a task, in the order in which they are called."""
    found = extension(node, "taskListeners")
    listeners = found.iterfind(f"{{{ZEEBE}}}taskListener") if found is not None else ()
    return tuple(
        one.get("type", "").strip() for one in listeners if one.get("eventType", "").strip() == COMPLETING
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What one user task asks of the house."""

    listeners: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    """What the diagram tells those who listen: its other properties."""


def asked_by(node: Any) -> Asked:
    """Read what a task asks of the house."""
    given = _properties_of(node)
    readers = tuple(name for key, value in given if key == READS for name in named_in(value))
    return Asked(listeners_of(node), readers, {key: value.strip() for key, value in given if key != READS})


def _properties_of(node: Any) -> list[tuple[str, str]]:
    found = extension(node, "properties")
    properties = found.iterfind(f"{{{ZEEBE}}}property") if found is not None else ()
    return [(one.get("name", ""), one.get("value", "")) for one in properties]


def named_in(text: str) -> list[str]:
    """Take the names out of a list that is written with commas."""
    return [name for part in text.split(",") if (name := part.strip())]
