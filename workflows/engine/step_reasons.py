"""Why a step of a case could not be done: a code, values, and a plain sentence in English.

The doors put the same codes into the reader's language; the tables below are the list of them. A step may
fail because of something beneath it (an expression, a timer, a service); that is its cause, with a code of
its own.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol, runtime_checkable

STEP_REASONS: Mapping[str, str] = {
    # What an expression or a decision gives.
    "expression_failed": "{expression}: {reason}",
    "decision_failed": "{reason}",
    "condition_not_boolean": "{expression}: gave {value}, neither true nor false",
    "script_not_context": "the script gave {value}, but without a result variable a context is needed",
    "script_not_feel": "a diagram cannot run scripts other than FEEL",
    "data_not_kept": "{reason}",
    # The course of the process.
    "no_way_out": "no outgoing flow has a condition that holds, and none is the default",
    "not_a_list": "{expression}: gave {value}, but a list is needed",
    "not_a_count": "the number of instances is {value}, but a whole number is needed",
    "too_many_instances": "more than {limit} instances are not run at once",
    "too_many_steps": "the process made {limit} steps without waiting for anybody",
    "calls_too_deep": "processes call one another more than {limit} deep",
    "error_not_caught": "nothing around this process catches the error “{error}”",
    "stands_still": "the process stands still here: what it waits for can no longer come",
    # Who is to take part in a case that was promised.
    "role_unknown": "the methodology knows no role “{role}”",
    "person_not_here": "{person} does not belong to the organisation",
    "person_in_two_roles": "{person} can have only one role in the same case",
    # Time, messages, services.
    "timer_failed": "the timer: {reason}",
    "due_date_failed": "the due date: {reason}",
    "assignee_unknown": "the task is for {person}, and there is no such person in the organisation",
    "message_without_addressee": "message “{message}” has no addressee: input “to” gave {value}",
    "message_not_kept": "message “{message}”: {reason}",
    "addressee_unknown": "there is no case {address} that this case may send messages to",
    "message_storm": "cases answer one another for ever: the message went through {limit} of them already",
    "service_refused": "{reason}",
    "service_broken": "{reason}",
    "unforeseen": "{reason}",
}

CAUSES: Mapping[str, str] = {
    "beyond_calendar": "the date lies beyond the calendar",
    "not_a_duration": "“{text}” is no ISO duration such as P14D or PT2H",
    "duration_too_long": "“{text}” is too long",
    "not_a_moment": "“{text}” is no ISO date, date-time or duration",
    "moment_not_text": "a date, a date-time or a duration is needed, not {value}",
    "not_a_cycle": "“{text}” is no ISO cycle such as R3/P7D",
    "cycle_without_pause": "“{text}” would repeat more often than once a minute",
    "cycle_never_fires": "“{text}” would never fire",
    "kind_not_kept": "{kind} cannot be kept in the data of a case",
    "value_not_kept": "{detail}",
    "value_too_large": "the value has {size} bytes, more than the {limit} that a case keeps",
}
"""What timers and values are refused for; the causes of expressions are in `feel_reasons`."""

_LONGEST_VALUE = 300


@runtime_checkable
class Cause(Protocol):
    """Something beneath the step that says by a code why it failed."""

    @property
    def code(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


class Explained(Exception):
    """A failure that carries a code and values, so that each door can say it in its reader's language."""

    sentences: ClassVar[Mapping[str, str]] = CAUSES

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values: Mapping[str, Any] = values
        super().__init__(code, values)

    def __str__(self) -> str:
        return self.sentences[self.code].format_map(self.values)


def sentence(code: str, values: Mapping[str, Any]) -> str:
    """Say in English why a step failed."""
    return STEP_REASONS[code].format_map(values)


def explanation(code: str, values: Mapping[str, Any], cause: Cause | None = None) -> dict[str, Any]:
    """Write down why a step failed as JSON, to be kept with it and said by whoever shows it."""
    below = {"code": cause.code, "values": _plain(cause.values)} if cause else None
    return {"code": code, "values": _plain(values), "cause": below}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _shown(value) for name, value in values.items()}


def _shown(value: Any) -> Any:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple):
        return [_shown(one) for one in value]
    text = str(value)
    return text if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE] + "…"
