"""What one web process holds after 100 and after 10 000 completions."""

import os
from collections.abc import Iterator

import psutil
from sqlalchemy import text

from benchmarks.http_completion import press_all, serving, signed_in
from benchmarks.measuring import Finding, at_most
from benchmarks.town import Town

CASES = 500


def measure(town: Town, completions: int = 10_000) -> list[Finding]:
    """Return the table rows of the memory of a web process."""
    town.start_cases(CASES)
    with serving(town, "make_house", processes=1) as port:
        headers = signed_in(port)
        rounds = _rounds(town, completions)
        press_all(port, headers, next(rounds)[:100])
        early = _held()
        for tasks in rounds:
            press_all(port, headers, tasks)
        late = _held()
    return [
        Finding("memory of one web process after 100 completions", f"{early / 2**20:.0f} MB"),
        Finding(f"memory of one web process after {completions} completions", f"{late / 2**20:.0f} MB"),
        at_most(f"memory after {completions} completions ÷ after 100", late / early, 1.2),
    ]


def _rounds(town: Town, completions: int) -> Iterator[list[str]]:
    waiting = text("SELECT id FROM task WHERE status = 'open' AND assignee_id = :mentor LIMIT :cases")
    for _ in range(completions // CASES + 1):
        with town.database.engine.connect() as connection:
            values = {"mentor": town.mentor.person_id, "cases": CASES}
            yield list(connection.scalars(waiting, values))


def _held() -> int:
    """Return the bytes that the server's one worker holds: the largest of our descendants but PostgreSQL."""
    family = psutil.Process(os.getpid()).children(recursive=True)
    return max(one.memory_info().rss for one in family if "python" in one.name().lower())
