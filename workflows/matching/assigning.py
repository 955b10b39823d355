"""The best assignment for a whole cohort: mentors with room for several mentees, mentees for one at a time.

A mentor with room for three stands in three columns, of which the second and third are worth a little
less, so that nobody is loaded while another waits; that makes it the assignment problem proper, which
scipy solves for a thousand by a thousand in hundredths of a second. Second mentors of a mentee are looked
for in a further round: nobody gets a second one while another could still get a first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workflows.matching.scoring import Numbers, Truths

Spot = tuple[int, int]
LEAST = 1.0
"""Every admissible pair is worth something, or it would not be told from one that is not admissible."""
_EARLIER = 1e-6


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be assigned: points, who may be with whom, and how often."""

    total: Numbers
    admissible: Truths
    capacity: Sequence[int]
    wanted: Sequence[int]
    """How many mentors each mentee may still get."""
    had: Sequence[int]
    """How many mentors each mentee has already."""
    load: Sequence[float]
    """What each further mentee of a mentor costs, by the row of the mentee."""
    loaded: Sequence[int]
    pins: frozenset[Spot] = frozenset()
    least: Mapping[int, int] | None = None
    """For rows whose mentor works with groups: how many mentees make a group."""
    families: Sequence[str] = ()
    """The form of each row: groups are made of mentees of one form."""


def assign(task: Task) -> list[Spot]:
    """Return the best set of pairs, rows and columns, in the order of the rows."""
    allowed = task.admissible.copy()
    while True:
        found = _assign_rounds(task, allowed)
        small = _small_groups(task, found)
        if not small:
            return sorted(found)
        for family, column in small:
            allowed[np.array(task.families) == family, column] = False


def _assign_rounds(task: Task, allowed: Truths) -> set[Spot]:
    found = set(task.pins)
    room = np.array(task.capacity, dtype=int)
    given = np.array(task.had, dtype=int)
    most = given + np.array(task.wanted, dtype=int)
    for row, column in task.pins:
        room[column] -= 1
        given[row] += 1
    open_to = allowed.copy()
    for row, column in task.pins:
        open_to[row, column] = False
    for turn in range(int(most.max(initial=0))):
        rows = np.flatnonzero((given <= turn) & (given < most))
        for row, column in _best(task, rows, open_to, np.maximum(room, 0)):
            found.add((row, column))
            room[column] -= 1
            given[row] += 1
            open_to[row, column] = False
    return found


def _best(task: Task, rows: NDArray[np.intp], open_to: Truths, room: NDArray[np.int_]) -> list[Spot]:
    # The solver takes a third of a second to import, and most processes never assign anybody.
    from scipy.optimize import linear_sum_assignment

    columns, nth = _columns(room, len(rows))
    if not len(rows) or not len(columns):
        return []
    nth_mentee = nth + np.array(task.loaded)[columns]
    worth = task.total[np.ix_(rows, columns)] - np.outer(np.array(task.load)[rows], nth_mentee)
    worth = np.maximum(worth, LEAST) - _EARLIER * np.arange(len(rows))[:, None] / len(rows)
    is_open = open_to[np.ix_(rows, columns)]
    chosen = linear_sum_assignment(np.where(is_open, worth, 0), maximize=True)
    return [
        (int(rows[row]), int(columns[column]))
        for row, column in zip(*chosen, strict=True)
        if is_open[row, column]
    ]


def _columns(room: NDArray[np.int_], rows: int) -> tuple[NDArray[np.intp], NDArray[np.int_]]:
    """Repeat each mentor as often as there is room, but never more often than there are mentees."""
    times = np.minimum(room, rows)
    columns = np.repeat(np.arange(len(room)), times)
    nth = np.concatenate([np.arange(count) for count in times]) if len(times) else np.zeros(0, dtype=int)
    return columns, nth.astype(int)


def _small_groups(task: Task, found: set[Spot]) -> list[tuple[str, int]]:
    """Choose, of the groups that are too small, the quarter worth least: their mentees fill up others."""
    groups: dict[tuple[str, int], list[int]] = {}
    for row, column in found:
        if task.least and row in task.least:
            groups.setdefault((task.families[row], column), []).append(row)
    small = [
        (sum(float(task.total[row, column]) for row in rows), column, family)
        for (family, column), rows in groups.items()
        if len(rows) < (task.least or {})[rows[0]] and not any((row, column) in task.pins for row in rows)
    ]
    chosen = sorted(small)[: max(1, len(small) // 4)]
    return [(family, column) for _worth, column, family in chosen]
