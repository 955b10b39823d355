"""The tasks of a day: what is overdue, what asks for a decision, what is due on which day."""

import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from models.cases import Case
from models.tasks import Task
from workflows.queries.definitions import LoadedPack, load_pack
from workflows.queries.inbox import InboxRow, list_inbox
from workflows.work import Work

MOST_READ = 200
"""Nobody does more in a week; beyond it the day says "more than"."""
DECIDES = "decision"


@dataclass(frozen=True)
class DayTasks:
    """The most urgent open tasks of the reader, and the ids of those that ask for a decision."""

    rows: tuple[InboxRow, ...]
    decisions: frozenset[uuid.UUID]
    total: int
    is_more: bool
    packs: dict[uuid.UUID, LoadedPack]
    """By the cases of the tasks."""

    @property
    def overdue(self) -> int:
        return sum(row.is_overdue for row in self.rows)

    def to_decide(self) -> tuple[InboxRow, ...]:
        """Return the tasks that ask for a decision, the most urgent first."""
        return tuple(row for row in self.rows if row.id in self.decisions)


def list_day_tasks(work: Work, *, size: int = MOST_READ) -> DayTasks:
    """List the most urgent open tasks of the reader, what is paused last."""
    page = list_inbox(work, size=size)
    rows = tuple(sorted(page.rows, key=lambda row: row.is_paused))
    packs, decisions = dict[uuid.UUID, LoadedPack](), set[uuid.UUID]()
    for task_id, case_id, form, version_id in work.session.execute(
        select(Task.id, Task.case_id, Task.form, Case.pack_version_id)
        .join(Case, Case.id == Task.case_id)
        .where(Task.id.in_([row.id for row in rows]))
    ):
        packs[case_id] = load_pack(work, version_id)
        if form and _decides(packs[case_id], form):
            decisions.add(task_id)
    return DayTasks(rows, frozenset(decisions), page.total, page.next is not None, packs)


@lru_cache(maxsize=1024)
def _decides(pack: LoadedPack, form: str) -> bool:
    """Say whether a form asks for a decision: by its name, or by a question of that name in it."""
    return form.startswith("decide_") or _asks_for(pack.definitions.form(form).get("components"))


def _asks_for(components: Any) -> bool:
    return any(one.get("key") == DECIDES or _asks_for(one.get("components")) for one in components or ())
