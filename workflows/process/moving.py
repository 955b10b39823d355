"""One step of a case through the engine: start, complete, receive, fire a timer."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from workflows import service_tasks
from workflows.engine import instances
from workflows.engine.definitions import Definitions
from workflows.engine.step import CallService, EngineError, NothingWaits, Step, StepFailed
from workflows.engine.values import small
from workflows.process.changes import Changes, Completion, Moved, changes_of
from workflows.process.keeping import keep
from workflows.process.listening import listen
from workflows.process.opening import refuse_strangers
from workflows.process.sending import send
from workflows.queries.definitions import load_pack
from workflows.queries.held import HeldCase, with_participants_of_now
from workflows.refusals import NotStarted, NotWaiting, Stalled
from workflows.work import Work


def start(work: Work, case: HeldCase, variables: Mapping[str, Any]) -> Moved:
    """Put a new case on its way; one that cannot begin is refused, and its row goes with it."""
    definitions = load_pack(work, case.pack_version_id).definitions
    known = {**small(variables), "case_id": str(case.id)}
    call = _caller(work, case)
    try:
        step = instances.start(
            definitions, case.process, known, now=case.local(work.now()), call_service=call
        )
        refuse_strangers(work, with_participants_of_now(work, case), step.opened)
        send(work, case, step.sent)
    except StepFailed as failure:
        name = failure.element_name or _name_of(definitions, failure.element)
        raise _not_started(failure, name) from failure
    except EngineError as problem:
        # The diagrams cannot be read or have no such process: the case as a whole is to blame.
        raise _not_started(StepFailed.at("", "", "unforeseen", problem), case.process) from problem
    return keep(work, case, Changes(step))


def _not_started(failure: StepFailed, name: str) -> NotStarted:
    return NotStarted(
        element=failure.element,
        element_name=name,
        reason=failure.reason,
        explanation=failure.explanation,
    )


def complete(work: Work, case: HeldCase, completion: Completion) -> Moved:
    """Complete a task of the case, with the answers of a person."""
    arguments = {"task_id": str(completion.task_id), "answers": dict(completion.answers)}

    def move(definitions: Definitions, call: CallService) -> Step:
        results = listen(work, case, _place(case), completion, definitions)
        return instances.complete(
            definitions,
            case.state,
            str(completion.task_id),
            {**completion.told, **results},
            now=case.local(work.now()),
            call_service=call,
        )

    step = _move(work, case, "complete_task", arguments, move)
    return keep(work, case, changes_of(step, completion))


def fire_timer(work: Work, case: HeldCase, timer_id: uuid.UUID) -> Moved:
    """Let a timer of the case fire."""

    def move(definitions: Definitions, call: CallService) -> Step:
        return instances.fire_timer(
            definitions, case.state, str(timer_id), now=case.local(work.now()), call_service=call
        )

    step = _move(work, case, "fire_timer", {"timer_id": str(timer_id)}, move)
    return keep(work, case, changes_of(step, None, timer_id))


def receive(
    work: Work,
    case: HeldCase,
    awaited_id: uuid.UUID,
    *,
    message_id: uuid.UUID,
    payload: Mapping[str, Any],
    hops: int = 0,
) -> Moved:
    """Hand a message to the case that awaits it; `hops` is how many cases it has come through."""

    def move(definitions: Definitions, call: CallService) -> Step:
        return instances.receive(
            definitions,
            case.state,
            str(awaited_id),
            small(payload),
            now=case.local(work.now()),
            call_service=call,
        )

    step = _move(work, case, "deliver_message", {"message_id": str(message_id)}, move, hops)
    return keep(work, case, changes_of(step, None, awaited_id, message_id))


def _move(
    work: Work,
    case: HeldCase,
    act: str,
    arguments: Mapping[str, Any],
    move: Callable[[Definitions, CallService], Step],
    hops: int = 0,
) -> Step:
    definitions = load_pack(work, case.pack_version_id).definitions
    try:
        step = move(definitions, _caller(work, case, hops))
        refuse_strangers(work, with_participants_of_now(work, case), step.opened)
        send(work, case, step.sent, hops)
    except NothingWaits as absent:
        raise NotWaiting(act=act) from absent
    except StepFailed as failure:
        name = failure.element_name or _name_of(definitions, failure.element)
        named = StepFailed(failure.element, name, failure.reason, failure.explanation)
        raise _stalled(case, act, arguments, named) from failure
    except EngineError as problem:
        # The state or the diagrams cannot be read: no element is to blame, the case as a whole is.
        whole = StepFailed.at("", definitions.title(case.process), "unforeseen", problem)
        raise _stalled(case, act, arguments, whole) from problem
    return step


def _name_of(definitions: Definitions, element: str) -> str:
    names = (definitions.elements(process).get(element, "") for process in definitions.process_keys())
    return next(filter(None, names), "")


def _stalled(case: HeldCase, act: str, arguments: Mapping[str, Any], failure: StepFailed) -> Stalled:
    return Stalled(
        case_id=str(case.id),
        act=act,
        arguments=arguments,
        element=failure.element,
        element_name=failure.element_name,
        reason=failure.reason,
        explanation=failure.explanation,
    )


def _caller(work: Work, case: HeldCase, hops: int = 0) -> CallService:
    """Make what calls a service task; it is told who takes part then, whoever changed that in this step."""

    def call(name: str, inputs: Mapping[str, Any]) -> Any:
        place = _place(with_participants_of_now(work, case), hops)
        return service_tasks.caller(work, place)(name, inputs)

    return call


def _place(case: HeldCase, hops: int = 0) -> service_tasks.Place:
    return service_tasks.Place(
        case_id=case.id,
        organisation_id=case.organisation_id,
        pack_version_id=case.pack_version_id,
        title=case.title,
        participants=case.participants,
        hops=hops,
    )
