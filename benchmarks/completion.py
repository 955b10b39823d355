"""One task completed durably through the operation, beside the bare rows of the same completion."""

import uuid

from benchmarks.bare_rows import BareRows
from benchmarks.diagrams import ANSWERS
from benchmarks.measuring import Finding, at_most, median_in_turn, plain
from benchmarks.town import Town, clock
from workflows.operations.tasks import complete_task
from workflows.transaction import carry_out
from workflows.work import Work


def measure(town: Town, runs: int = 1500) -> list[Finding]:
    """Return the table rows of a completion through the operation."""
    tasks = iter(town.start_cases(2 * (runs + 3)))
    town.settle()
    bare = BareRows.of(town)
    found = median_in_turn(
        {
            "operation": lambda: complete_one(town, next(tasks)),
            "bare": lambda: bare.complete(next(tasks)),
        },
        runs=runs,
    )
    bare.connection.close()
    return [
        plain("a task completed through the operation", found["operation"]),
        plain("a bare transaction that reads and writes the same rows", found["bare"]),
        at_most("task completed ÷ bare transaction", found["operation"] / found["bare"], 3),
    ]


def complete_one(town: Town, task_id: uuid.UUID) -> None:
    """Complete a task as its mentor, in a transaction of its own."""

    def act(work: Work) -> None:
        complete_task(work, task_id, ANSWERS)

    carry_out(town.database.sessions, town.mentor, act, clock=clock)
