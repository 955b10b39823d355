"""What an event waits for, and what it throws.

A catching event arms its trigger when a token reaches it: what it waits for is written down in the task
(`internal_data`), so that nothing has to be evaluated again after the case was saved.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.engine import timers
from workflows.engine.case import CaseTask
from workflows.engine.environment import failure
from workflows.engine.messages import key_text

DUE = "due"
ANCHOR = "anchor"
TURN = "turn"
CYCLE = "cycle"
KEY = "key"
HELD = "held"


@dataclass(frozen=True)
class Trigger:
    """Nothing to wait for: the event passes at once."""

    is_awaited = False
    is_watched = False

    def arm(self, task: CaseTask) -> None:
        """Write down what the task waits for from now on."""

    def arm_again(self, fired: CaseTask, task: CaseTask) -> bool:
        """Do the same after it has fired without interrupting; False if it fires no more."""
        self.arm(task)
        return True


@dataclass(frozen=True)
class DateTrigger(Trigger):
    """A date, or so long from now."""

    expression: str
    is_awaited = True

    def arm(self, task: CaseTask) -> None:
        value = _value(task, self.expression)
        try:
            due = timers.moment(value, now=_now(task))
        except timers.TimerProblem as problem:
            raise failure(task, "timer_failed", problem) from problem
        task.internal_data[DUE] = due.isoformat()
        if timers.is_duration(value):
            task.workflow.top_workflow.note_relative(task)

    def arm_again(self, fired: CaseTask, task: CaseTask) -> bool:
        return False


@dataclass(frozen=True)
class CycleTrigger(Trigger):
    """A row of dates; those that have passed together fire once."""

    expression: str
    is_awaited = True

    def arm(self, task: CaseTask) -> None:
        text = _value(task, self.expression)
        cycle = self._cycle(task, text)
        anchor, turn = self._counted(task, lambda: cycle.anchor(_now(task)))
        self._note(task, text, anchor, turn)

    def arm_again(self, fired: CaseTask, task: CaseTask) -> bool:
        notes = fired.internal_data
        anchor = datetime.fromisoformat(notes[ANCHOR])
        cycle = self._cycle(task, notes[CYCLE])
        turn = self._counted(task, lambda: cycle.next_turn(anchor, notes[TURN], _now(task)))
        if turn is None:
            return False
        self._note(task, notes[CYCLE], anchor, turn)
        return True

    def _note(self, task: CaseTask, text: str, anchor: datetime, turn: int) -> None:
        due = self._counted(task, lambda: timers.cycle(text).due(anchor, turn))
        task.internal_data.update({CYCLE: text, ANCHOR: anchor.isoformat(), TURN: turn, DUE: due.isoformat()})
        task.workflow.top_workflow.note_relative(task)

    def _cycle(self, task: CaseTask, text: Any) -> timers.Cycle:
        return self._counted(task, lambda: timers.cycle(text))  # type: ignore[no-any-return]

    def _counted(self, task: CaseTask, count: Any) -> Any:
        try:
            return count()
        except timers.TimerProblem as problem:
            raise failure(task, "timer_failed", problem) from problem


@dataclass(frozen=True)
class MessageTrigger(Trigger):
    """A message of this name, with this key if it has one."""

    name: str
    key: str = ""
    is_awaited = True

    def arm(self, task: CaseTask) -> None:
        task.internal_data[KEY] = key_text(_value(task, self.key)) if self.key else ""


@dataclass(frozen=True)
class ConditionTrigger(Trigger):
    """A condition that becomes true; to fire again it must have been false in between."""

    expression: str
    is_awaited = True
    is_watched = True

    def arm_again(self, fired: CaseTask, task: CaseTask) -> bool:
        task.internal_data[HELD] = True
        return True

    def has_come(self, task: CaseTask) -> bool:
        holds = task.workflow.script_engine.holds(task, self.expression)
        held = task.internal_data.pop(HELD, False) if not holds else task.internal_data.get(HELD, False)
        return holds and not held


@dataclass(frozen=True)
class CodeTrigger(Trigger):
    """Thrown inside a process, caught at the edge of the activity that holds it; no code catches all."""

    code: str | None = None
    is_awaited = True

    def catches(self, thrown: "CodeTrigger") -> bool:
        return type(self) is type(thrown) and self.code in (None, thrown.code)


@dataclass(frozen=True)
class ErrorTrigger(CodeTrigger):
    """The activity cannot go on."""


@dataclass(frozen=True)
class EscalationTrigger(CodeTrigger):
    """Somebody further up should know."""


@dataclass(frozen=True)
class TerminateTrigger(Trigger):
    """Everything that still runs in this process ends."""


def _value(task: CaseTask, text: str) -> Any:
    return task.workflow.script_engine.value(task, text)


def _now(task: CaseTask) -> datetime:
    now: datetime = task.workflow.top_workflow.now
    return now
