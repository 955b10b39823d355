"""What the diagrams may call, by the name written in the diagram.

An operator is called by a service task. It gets the work, the place where the case stands and the
inputs of the diagram, writes rows and returns plain data.

A listener is called when a person has done a user task, before the case moves. It gets the work, the
place and the answers, writes them into rows, and may give small values for the case to keep beside the
answers. It may refuse the answers (`Invalid`), and its complaints stand beside the fields.

Neither moves a case.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from workflows.engine.check.pack import Setting
from workflows.engine.step import CallService
from workflows.service_tasks import (
    approvals,
    awards,
    base_analysis,
    completion,
    concerns,
    consents,
    general_meetings,
    goals,
    leaving,
    meetings,
    mentees,
    mentor_checks,
    mentors,
    monitoring,
    notices,
    pairing,
    pairs,
    practices,
    programmes,
    reports,
    searching,
    support,
    surveys,
    trainings,
)
from workflows.service_tasks.place import Done, OperatorFailed, Place
from workflows.work import Work

__all__ = ["ALL", "LISTENERS", "SETTINGS", "Done", "Listener", "OperatorFailed", "Place", "caller", "hear"]

Operator = Callable[..., Any]
Listener = Callable[[Work, Place, Done], Mapping[str, Any] | None]

ALL: dict[str, Operator] = {
    "notices.tell_curator": notices.tell_curator,
    "notices.tell_participants": notices.tell_participants,
    **programmes.OPERATORS,
    **consents.OPERATORS,
    **mentees.OPERATORS,
    **mentors.OPERATORS,
    **mentor_checks.OPERATORS,
    **trainings.OPERATORS,
    **pairing.OPERATORS,
    **general_meetings.OPERATORS,
    **pairs.OPERATORS,
    **awards.OPERATORS,
    **completion.OPERATORS,
    **monitoring.OPERATORS,
    **reports.OPERATORS,
    **surveys.OPERATORS,
    **practices.OPERATORS,
    **concerns.OPERATORS,
    **leaving.OPERATORS,
    **support.OPERATORS,
}

LISTENERS: dict[str, Listener] = {
    **programmes.LISTENERS,
    **consents.LISTENERS,
    **mentees.LISTENERS,
    **mentors.LISTENERS,
    **mentor_checks.LISTENERS,
    **trainings.LISTENERS,
    **base_analysis.LISTENERS,
    **pairing.LISTENERS,
    **approvals.LISTENERS,
    **general_meetings.LISTENERS,
    **searching.LISTENERS,
    **pairs.LISTENERS,
    **meetings.LISTENERS,
    **goals.LISTENERS,
    **awards.LISTENERS,
    **completion.LISTENERS,
    **monitoring.LISTENERS,
    **practices.LISTENERS,
    **reports.LISTENERS,
    **surveys.LISTENERS,
    **concerns.LISTENERS,
    **leaving.LISTENERS,
    **support.LISTENERS,
}

SETTINGS: dict[str, tuple[Setting, ...]] = {
    **programmes.SETTINGS,
    **base_analysis.SETTINGS,
    **meetings.SETTINGS,
}
"""What a diagram has to tell a listener by the properties of the task."""


def caller(work: Work, place: Place) -> CallService:
    """Make what the engine calls when a case reaches a service task."""

    def call(name: str, inputs: Mapping[str, Any]) -> Any:
        operator = ALL.get(name)
        if operator is None:
            raise OperatorFailed("operator_unknown", name=name)
        return operator(work, place, **inputs)

    return call


def hear(work: Work, place: Place, done: Done, names: Iterable[str]) -> dict[str, Any]:
    """Call these listeners one after another, and gather what they give for the case to keep."""
    results: dict[str, Any] = {}
    for name in names:
        listener = LISTENERS.get(name)
        if listener is None:
            raise OperatorFailed("listener_unknown", name=name)
        results |= listener(work, place, done) or {}
    # What the database refuses is to be refused here, where the task is known that is to blame.
    work.session.flush()
    return results
