"""One pair that goes through its five meetings, by a clock that the test sets."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import bpmn
from workflows.engine import instances
from workflows.engine.definitions import Definitions
from workflows.engine.packs import read_pack
from workflows.engine.step import OpenTask, Step, Timer

FILES = read_pack(Path(bpmn.__file__).parent / "five-meetings")
SEPTEMBER = datetime(2026, 9, 1, 9, tzinfo=UTC)


class Play:
    """One pair: who has what to do, which timers run, what was told to whom."""

    def __init__(self, mentoring_form: str = "student_student") -> None:
        self.now = SEPTEMBER
        self.told: list[tuple[str, str]] = []
        self.passed: list[str] = []
        self.tasks: dict[str, OpenTask] = {}
        self.timers: dict[str, Timer] = {}
        self.mentoring_form = mentoring_form
        self._take(instances.start(self._definitions(), "pair", {}, now=self.now, call_service=self._call))

    def _definitions(self) -> Definitions:
        # Read anew at every step, as after a restart of the server.
        return Definitions(FILES)

    def _call(self, operator: str, inputs: Mapping[str, Any]) -> Any:
        self.told.append((operator, inputs["text"]))
        return {"told": 1}

    def _take(self, step: Step) -> None:
        self.state, self.finished = step.state, step.finished
        self.passed += step.passed
        self.variables = step.variables
        self.tasks = {task.element: task for task in self.tasks.values() if task.id not in step.closed}
        self.timers = {key: one for key, one in self.timers.items() if one.id not in step.timers_stopped}
        self.tasks |= {task.element: task for task in step.opened}
        self.timers |= {timer.element: timer for timer in step.timers_started}

    def do(self, element: str, **answers: Any) -> None:
        """Complete the task that waits at this element."""
        task = self.tasks[element]
        self._take(
            instances.complete(
                self._definitions(), self.state, task.id, answers, now=self.now, call_service=self._call
            )
        )

    def wait(self, days: int) -> None:
        """Let days pass, and the timers fire that come due in them, each at its time."""
        until = self.now + timedelta(days=days)
        while due := [timer for timer in self.timers.values() if timer.due_at <= until]:
            timer = min(due, key=lambda one: one.due_at)
            self.now = max(self.now, timer.due_at)
            del self.timers[timer.element]
            self._take(
                instances.fire_timer(
                    self._definitions(), self.state, timer.id, now=self.now, call_service=self._call
                )
            )
        self.now = until

    def get_acquainted(self) -> None:
        self.do("record_acquaintance", mentoring_form=self.mentoring_form, minutes=40)
        self.do("confirm_mentor_readiness", answer="ready")
        self.do("confirm_mentee_readiness", answer="ready")

    def try_together(self) -> None:
        self.do("record_trial", minutes=45)
        self.do("reflect_on_trial", wish="continue")
        self.do("review_trial", decision="continue")

    def plan_together(self) -> None:
        self.do("list_wishes", main_wish="Сдать проект")
        self.do("set_goals", meetings=8)
        self.do("approve_plan", decision="agreed")

    def meet(self, outcome: str = "next") -> None:
        self.do("record_meeting", minutes=60, outcome=outcome)
        self.do("reflect_on_meeting", feeling="good")

    def conclude(self, decision: str = "finish") -> None:
        self.do("look_back_as_mentee", nearness=8)
        self.do("look_back_as_mentor", nearness=9)
        self.do("record_final", decision=decision)


def at_work(mentoring_form: str = "student_student") -> Play:
    """Bring a pair to its working meetings."""
    play = Play(mentoring_form)
    play.get_acquainted()
    play.try_together()
    play.plan_together()
    return play
