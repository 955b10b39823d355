"""How far a case has come on each of its sheets: what is done, open, ahead, and what it does not come to."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from models.cases import ALIVE, CaseStatus
from models.journal import JournalEntry
from models.tasks import Task, TaskStatus
from workflows.engine.drawing import Drawing
from workflows.engine.whereabouts import Whereabouts, whereabouts
from workflows.queries.cases import CaseView
from workflows.work import Work

MOST_DEEP = 12


class Mark(StrEnum):
    """How a step of a case stands."""

    DONE = "done"
    OPEN = "open"
    AHEAD = "ahead"
    STOPPED = "stopped"
    """It had begun and was broken off."""
    NOT_TAKEN = "not_taken"


@dataclass(frozen=True)
class Deed:
    """What people have done at one step: how often, and the last time."""

    times: int
    last_at: datetime
    last_by_id: uuid.UUID | None


@dataclass(frozen=True)
class Sheet:
    """One process on the way of a case; `opened_in` is the step in which it opens, if it is not the first."""

    process: str
    opened_in: str
    marks: Mapping[str, Mark]


class Way:
    """The sheets of a case with the marks of their elements."""

    def __init__(
        self, view: CaseView, drawing: Drawing, passed: Collection[str], deeds: Mapping[str, Deed]
    ) -> None:
        self.drawing = drawing
        self.deeds = deeds
        self.process = view.case.process
        self._status = view.case.status
        self._passed = set(passed)
        has_stood = view.has_begun and view.case.status is not CaseStatus.COMPLETED
        self._stands = whereabouts(view.case.state) if has_stood else Whereabouts(frozenset(), {})
        self._has_begun = view.has_begun

    def first_sheet(self) -> Sheet:
        """Return the case's own sheet."""
        return Sheet(self.process, "", self.marks_inside(self.process, self._whole()))

    def inner_sheet(self, step: str) -> Sheet:
        """Return the sheet that opens in a step."""
        process = self.drawing.called_by(step)
        return Sheet(process, step, self.marks_inside(process, self.mark_of(step)))

    def find_sheet(self, step: str) -> Sheet | None:
        """Return the sheet that opens in a step, if the way of this case has one there."""
        if not self.drawing.called_by(step) or self.way_to(step)[:1] == [""]:
            return None
        return self.inner_sheet(step)

    def nearest_sheet(self) -> Sheet:
        """Return the innermost sheet on which everything stands that is open now."""
        sheet = self.first_sheet()
        for _depth in range(MOST_DEEP):
            here = [one for one, mark in sheet.marks.items() if mark is Mark.OPEN]
            if len(here) != 1 or not self.drawing.called_by(here[0]):
                return sheet
            sheet = self.inner_sheet(here[0])
        return sheet

    def way_to(self, step: str) -> list[str]:
        """List the steps through which one comes to a sheet, the outermost first; [""] if there is no way."""
        way = [step] if step else []
        while way and (process := self.drawing.process_of(way[0])) != self.process:
            caller = self._caller_of(process)
            if not caller or caller in way:
                return [""]
            way.insert(0, caller)
        return way

    def mark_of(self, step: str) -> Mark:
        """Say how a step stands, seen from the sheets around it."""
        mark = self._whole()
        for one in self.way_to(step):
            mark = self.marks_inside(self.drawing.process_of(one), mark).get(one, Mark.AHEAD)
        return mark

    def _whole(self) -> Mark:
        if not self._has_begun:
            return Mark.AHEAD if self._status in ALIVE else Mark.NOT_TAKEN
        if self._status is CaseStatus.CANCELLED:
            return Mark.STOPPED
        return Mark.DONE if self._status is CaseStatus.COMPLETED else Mark.OPEN

    def _caller_of(self, process: str) -> str:
        """Choose in which of several steps a sheet opens: where it is open, where it was, or the first."""
        callers = self.drawing.callers.get(process, ())
        if self._stands.callers.get(process) in callers:
            return self._stands.callers[process]
        return next((one for one in callers if one in self._passed), callers[0] if callers else "")

    def marks_inside(self, process: str, whole: Mark) -> dict[str, Mark]:
        """Mark everything on a sheet that stands as a whole as the step does in which it opens."""
        shapes = self.drawing.shapes_of(process)
        if whole in (Mark.AHEAD, Mark.NOT_TAKEN):
            return dict.fromkeys(shapes, whole)
        stands = whole in (Mark.OPEN, Mark.STOPPED)
        standing = {one for one in shapes if stands and self._is_open(one)}
        reached = self.drawing.reach(standing) if whole is Mark.OPEN else set()
        return {one: self._mark(one, one in standing, one in reached, whole) for one in shapes}

    def _mark(self, element: str, is_standing: bool, is_reached: bool, whole: Mark) -> Mark:
        if is_standing:
            return whole
        if element in self._passed:
            return Mark.DONE
        if is_reached:
            return Mark.AHEAD
        # An event at its edge has happened, and it never came to its own end.
        was_broken_off = any(event in self._passed for event in self.drawing.events_at(element))
        return Mark.STOPPED if was_broken_off else Mark.NOT_TAKEN

    def _is_open(self, element: str) -> bool:
        return element in self._stands.elements and not self.drawing.is_event_at_edge(element)


def find_way(work: Work, view: CaseView, drawing: Drawing) -> Way:
    """Tell how far a case has come that the actor has been shown."""
    return Way(view, drawing, _passed(work, view.case.id), _deeds(work, view.case.id))


def _passed(work: Work, case_id: uuid.UUID) -> set[str]:
    each = func.jsonb_array_elements_text(JournalEntry.details["passed"])
    wanted = (
        select(each).distinct().where(JournalEntry.case_id == case_id, JournalEntry.details.has_key("passed"))
    )
    return set(work.session.scalars(wanted))


def _deeds(work: Work, case_id: uuid.UUID) -> dict[str, Deed]:
    wanted = (
        select(
            Task.element,
            func.count().over(partition_by=Task.element),
            Task.completed_at,
            Task.completed_by_id,
        )
        .distinct(Task.element)
        .where(Task.case_id == case_id, Task.status == TaskStatus.COMPLETED)
        .order_by(Task.element, Task.completed_at.desc())
    )
    return {row[0]: Deed(*row[1:]) for row in work.session.execute(wanted)}
