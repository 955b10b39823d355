"""Who listens to the answers of a person is called before the case moves, and may refuse them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import OperationalError

from workflows import service_tasks
from workflows.engine.definitions import Definitions
from workflows.engine.known import known_to
from workflows.engine.step import StepFailed
from workflows.engine.step_reasons import Explained
from workflows.process.changes import Completion
from workflows.queries.held import HeldCase
from workflows.refusals import Refusal
from workflows.work import Work


def listen(
    work: Work,
    case: HeldCase,
    place: service_tasks.Place,
    completion: Completion,
    definitions: Definitions,
) -> dict[str, Any]:
    """Call the listeners of a task; return what they give for the case to keep beside the answers."""
    listeners = definitions.listeners(completion.element)
    if not listeners:
        return {}
    done = _done(work, case, completion, definitions.settings(completion.element))
    try:
        return service_tasks.hear(work, place, done, listeners)
    except (Refusal, OperationalError):
        # A refusal is meant for the person. A lost connection says nothing about the task.
        raise
    except Explained as refused:
        raise StepFailed.at(completion.element, "", "service_refused", refused) from refused
    except Exception as problem:
        reason = str(problem) or type(problem).__name__
        raise StepFailed.at(completion.element, "", "service_broken", problem, reason=reason) from problem


def _done(
    work: Work, case: HeldCase, completion: Completion, settings: Mapping[str, str]
) -> service_tasks.Done:
    # Only a person does a task; the system repeats what a person did, in that person's name.
    assert completion.by_id is not None
    return service_tasks.Done(
        task_id=completion.task_id,
        element=completion.element,
        form=completion.form or completion.element,
        role=completion.role,
        settings=settings,
        by_id=completion.by_id,
        answers=completion.answers,
        known=known_to(case.state, str(completion.task_id)),
        now=case.local(work.now()),
    )
