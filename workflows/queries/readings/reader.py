"""What a reader is."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.work import Work


@dataclass(frozen=True, slots=True)
class Reader:
    """A way to read something for a case, and the names of the variables that it may give."""

    read: Callable[[Work, uuid.UUID], Mapping[str, Any]]
    gives: tuple[str, ...]
    past: Callable[[Work, uuid.UUID], Mapping[str, Any]] | None = None
    """Also gives what could be chosen once: an answer is read back though nobody could give it today."""
