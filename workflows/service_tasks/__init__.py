"""What the service tasks of the diagrams may call, by the name written in the diagram.

An operator gets the work, the place where the case stands and the inputs of the diagram. It writes
rows and returns plain data; it never moves a case.
"""

from collections.abc import Callable, Mapping
from typing import Any

from workflows.engine.step import CallService
from workflows.service_tasks import notices
from workflows.service_tasks.place import OperatorFailed, Place
from workflows.work import Work

__all__ = ["ALL", "OperatorFailed", "Place", "caller"]

Operator = Callable[..., Any]

ALL: dict[str, Operator] = {
    "notices.tell_curator": notices.tell_curator,
    "notices.tell_participants": notices.tell_participants,
}


def caller(work: Work, place: Place) -> CallService:
    """Make what the engine calls when a case reaches a service task."""

    def call(name: str, inputs: Mapping[str, Any]) -> Any:
        operator = ALL.get(name)
        if operator is None:
            raise OperatorFailed("operator_unknown", name=name)
        return operator(work, place, **inputs)

    return call
