"""The ways the house says no. Each door turns them into its own language.

A refusal carries a key of the message catalogue and values for it, never a finished sentence,
because only the door knows the reader's language. The text of each key is in the catalogues.
"""

from collections.abc import Mapping
from typing import Any


class NotBuilt(RuntimeError):
    """This installation lacks a part of itself; the message says what to do about it."""


class Refusal(Exception):
    """Nothing is wrong with the program; this may not be done now, or not by you."""

    key = "refused"

    def __init__(self, key: str | None = None, **values: Any) -> None:
        self.key = key or type(self).key
        self.values: Mapping[str, Any] = values
        super().__init__(self.key, values)


class Forbidden(Refusal):
    """The actor may not do this to this record."""

    key = "forbidden"


class NotFound(Refusal):
    """There is no such record, or the actor may not know that there is."""

    key = "not_found"


class Conflict(Refusal):
    """Somebody was here first, or the case has moved on."""

    key = "conflict"


class NotWaiting(Conflict):
    """The case does not wait for this task, timer or message any more."""

    key = "not_waiting"


class TooLate(Conflict):
    """What was typed into a task cannot be taken any more: somebody was first, or the case moved on.

    The doors catch it: they roll back and keep the answers as the person's draft, so that nothing is lost.
    """

    key = "too_late"

    def __init__(self, key: str, *, task_id: str, answers: Mapping[str, Any], **values: Any) -> None:
        super().__init__(key, **values)
        self.task_id = task_id
        self.answers = answers


class NotStarted(Conflict):
    """A case cannot begin: says at which element and why, as `Stalled` does of a case that runs.

    Whoever started it by hand is told and nothing is kept. A case that an act promised is kept unbegun.
    """

    key = "case_not_started"

    def __init__(
        self, *, element: str, element_name: str, reason: str, explanation: Mapping[str, Any]
    ) -> None:
        super().__init__(element=element_name or element, reason=reason, explanation=explanation)
        self.element = element
        self.element_name = element_name
        self.reason = reason
        self.explanation = explanation


class Invalid(Refusal):
    """What was given cannot be taken. `problems` maps a field to its messages (keys with values)."""

    key = "invalid"

    def __init__(
        self, problems: Mapping[str, list["Complaint"]], key: str | None = None, **values: Any
    ) -> None:
        super().__init__(key, **values)
        self.problems = problems


class Complaint:
    """One thing wrong with one field: a key of the message catalogue and its values."""

    __slots__ = ("key", "values")

    def __init__(self, key: str, /, **values: Any) -> None:
        self.key = key
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Complaint) and (self.key, self.values) == (other.key, other.values)

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"Complaint({self.key!r}, {self.values!r})"


class Stalled(Refusal):
    """A step of a case failed in a service task or an expression: undo all, then open an incident.

    The doors catch it: they roll back, open the incident in a new transaction, and say so.
    `act` and `arguments` are what has to be repeated when the incident is retried. `reason` is English;
    `explanation` says the same in codes and values, for the reader's language.
    """

    key = "stalled"

    def __init__(
        self,
        *,
        case_id: str,
        act: str,
        arguments: Mapping[str, Any],
        element: str,
        element_name: str,
        reason: str,
        explanation: Mapping[str, Any] | None = None,
    ) -> None:
        self.explanation = explanation or {}
        super().__init__(element=element_name or element, reason=reason, explanation=self.explanation)
        self.case_id = case_id
        self.act = act
        self.arguments = arguments
        self.element = element
        self.element_name = element_name
        self.reason = reason


class WrongSignIn(Refusal):
    """The name or the password is wrong; which of them is not said.

    The doors remember the attempt in a transaction of its own, once the refused one is undone.
    """

    key = "wrong_sign_in"

    def __init__(self, *, name: str, address: str) -> None:
        super().__init__()
        self.name = name
        self.address = address


class WrongGuess(Invalid):
    """A field tells something to whoever tries it again and again: the attempt is remembered too.

    The doors do it as for `WrongSignIn`; `name` is under what the attempts are counted.
    """

    def __init__(self, problems: Mapping[str, list[Complaint]], *, name: str) -> None:
        super().__init__(problems)
        self.name = name
        self.address = ""


class TooManyAttempts(Refusal):
    """Too many wrong sign-ins: `until` says when the next attempt is looked at."""

    key = "too_many_attempts"
