"""Play the people of an organisation: do the tasks that are open, let days pass, look at what is there."""

import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from random import Random
from types import SimpleNamespace
from typing import Any, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, sessionmaker

from models.cases import Case, CaseStatus
from models.people import Membership, Person
from models.tasks import Task, TaskOffer, TaskStatus
from models.waiting import Timer
from workflows.demonstration.filling import fill
from workflows.operations.tasks import complete_task
from workflows.operations.timers import fire_next_timer
from workflows.queries.people import get_actor_of_person
from workflows.queries.tasks import get_task
from workflows.work import SYSTEM, Actor, Work

Result = TypeVar("Result")


class Play:
    """Everything happens through the operations of the product, by the test's own clock."""

    def __init__(
        self,
        college: SimpleNamespace,
        sessions: sessionmaker[Session],
        session: Session,
        clock: Any,
        settle: Callable[[], int],
    ) -> None:
        self.college, self.session, self.clock = college, session, clock
        self._sessions, self.settle = sessions, settle

    def work(self, actor: Actor = SYSTEM) -> Work:
        """Return work of somebody."""
        return Work(self.session, actor, self.clock)

    def actor(self, person_id: uuid.UUID) -> Actor:
        return get_actor_of_person(self.session, person_id, self.clock())

    def find(self, element: str, case_id: uuid.UUID | None = None) -> Task | None:
        """Find the open task at this element, the oldest first."""
        wanted = select(Task).where(Task.element == element, Task.status == TaskStatus.OPEN)
        if case_id is not None:
            wanted = wanted.where(Task.case_id == case_id)
        return self.session.scalars(wanted.order_by(Task.opened_at, Task.id).limit(1)).one_or_none()

    def waits(self, case_id: uuid.UUID | None = None) -> set[str]:
        """Name the elements of the tasks that are open."""
        wanted = select(Task.element).where(Task.status == TaskStatus.OPEN)
        if case_id is not None:
            wanted = wanted.where(Task.case_id == case_id)
        return set(self.session.scalars(wanted))

    def do(
        self, element: str, case_id: uuid.UUID | None = None, by: Actor | None = None, /, **answers: Any
    ) -> Any:
        """Complete the open task at this element as whoever it waits for, then do what the worker would."""
        task = self.find(element, case_id)
        assert task is not None, f"{element} is not open; open are {sorted(self.waits(case_id))}"
        return self.complete(by or self.actor(self._doer(task)), task.id, answers)

    def complete(self, actor: Actor, task_id: uuid.UUID, answers: Mapping[str, Any]) -> Any:
        """Complete a task as somebody, then do what the worker would."""
        done = complete_task(self.work(actor), task_id, answers)
        self.settle()
        return done

    def fill(
        self, element: str, case_id: uuid.UUID | None = None, by: Actor | None = None, /, **wanted: Any
    ) -> Any:
        """Complete the open task with answers that its form takes; those that matter are given."""
        task = self.find(element, case_id)
        assert task is not None, f"{element} is not open; open are {sorted(self.waits(case_id))}"
        actor = by or self.actor(self._doer(task))
        shown = get_task(self.work(actor), task.id)
        answers = fill(shown.form, shown.known, self.clock(), Random(element), wanted) if shown.form else {}
        return self.do(element, case_id, actor, **answers)

    def pass_days(self, days: float) -> None:
        """Let days pass; each timer fires at its own moment, and its messages are handed over."""
        until = self.clock.at + timedelta(days=days)
        while due := self._next_due(until):
            self.clock.at = max(self.clock.at, due)
            fire_next_timer(self.work())
            self.settle()
        self.clock.at = until

    def is_over(self, case_id: uuid.UUID) -> bool:
        """Say whether a case has come to its end."""
        case = self.session.get_one(Case, case_id, populate_existing=True)
        return case.status in (CaseStatus.COMPLETED, CaseStatus.CANCELLED)

    def _next_due(self, until: Any) -> Any:
        wanted = select(Timer.due_at).where(Timer.due_at <= until, ~Timer.is_paused)
        return self.session.scalars(wanted.order_by(Timer.due_at).limit(1)).one_or_none()

    def _doer(self, task: Task) -> uuid.UUID:
        if task.assignee_id:
            return task.assignee_id
        offered = select(TaskOffer.person_id).where(TaskOffer.task_id == task.id)
        held = select(Membership.person_id).where(
            Membership.organisation_id == task.organisation_id, Membership.role == task.role
        )
        found = self._first_by_name(offered) or self._first_by_name(held)
        assert found is not None, f"nobody may do {task.element}: it waits for {task.role}"
        return found

    def _first_by_name(self, people: Select[tuple[uuid.UUID]]) -> uuid.UUID | None:
        """Find the same person in each run: rows have no order of their own."""
        named = select(Person.id).where(Person.id.in_(people)).order_by(Person.full_name, Person.id)
        return self.session.scalars(named.limit(1)).one_or_none()
