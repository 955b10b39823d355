"""What a user task asks of the house beside its form: who listens to its answers, who reads for it."""

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


def readers_of(node: Any) -> tuple[str, ...]:
    """Name the readers of a task; what a later one gives wins."""
    found = extension(node, "properties")
    properties = found.iterfind(f"{{{ZEEBE}}}property") if found is not None else ()
    return tuple(
        name for one in properties if one.get("name") == READS for name in named_in(one.get("value", ""))
    )


def named_in(text: str) -> list[str]:
    """Take the names out of a list that is written with commas."""
    return [name for part in text.split(",") if (name := part.strip())]
