"""The way of a case for its reader: one sheet as a picture, and all sheets in words."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from webapp import dates
from webapp.pages.case_views import CaseDesk, Step
from webapp.transaction import work
from workflows.queries.case_way import MOST_DEEP, Mark, Sheet, Way, find_way
from workflows.queries.names import names_of
from workflows.refusals import NotFound

LOOKS = {Mark.DONE: "is-good", Mark.OPEN: "is-warning", Mark.STOPPED: "is-bad"}
"""How the word beside a step looks; what may come and what did not come stay quiet."""


@dataclass(frozen=True)
class Stage:
    """A step of a sheet in words, and the steps of the sheet that opens inside it."""

    element: str
    name: str
    mark: str
    said: str
    look: str
    about: tuple[str, ...]
    sheet_address: str
    inside: tuple["Stage", ...]


@dataclass(frozen=True)
class Picture:
    """The sheet that is shown, and the way to it from the case's own."""

    sheet: Sheet
    name: str
    address: str
    trail: list[tuple[str, str]]
    """What lies around it: name and address, the case's own sheet first."""
    doors: list[tuple[str, str, str]]
    """Steps in which a sheet opens: element, name, address."""

    @property
    def addresses(self) -> dict[str, str]:
        """Say where each of these steps leads."""
        return {element: address for element, _name, address in self.doors}


@dataclass(frozen=True)
class WayDesk:
    """The way of one case, before its reader."""

    desk: CaseDesk
    way: Way
    open_steps: Mapping[str, list[Step]]
    names: Mapping[uuid.UUID, str]

    def picture(self) -> Picture:
        """Choose the sheet: the one asked for, or the innermost on which all stands that is open."""
        sheet = asked_sheet(self.way) or self.way.nearest_sheet()
        around = self.way.way_to(sheet.opened_in)[:-1]
        names = [("", self.title(self.way.process))] if sheet.opened_in else []
        names += [(step, self.name(step)) for step in around]
        doors = [one for one in sheet.marks if self.way.drawing.called_by(one)]
        return Picture(
            sheet,
            self.name(sheet.opened_in) if sheet.opened_in else self.title(sheet.process),
            url_for("cases.diagram", case_id=self.desk.view.case.id, sheet=sheet.opened_in or None),
            [(name, self.address(step)) for step, name in names],
            [(one, self.name(one), self.address(one)) for one in doors],
        )

    def title(self, process: str) -> str:
        """Name a process."""
        return self.desk.say(self.desk.pack.definitions.title(process))

    def name(self, element: str) -> str:
        """Name a step."""
        return self.desk.pack.texts.name(element, self.desk.language)

    def address(self, step: str) -> str:
        """Write the address of the page with the sheet that opens in a step."""
        return url_for("cases.show", case_id=self.desk.view.case.id, sheet=step, _anchor="way")

    def stages(self) -> tuple[Stage, ...]:
        """Tell the whole way in words, in the order in which one comes to its steps."""
        return tuple(self._stages(self.way.first_sheet(), ()))

    def _stages(self, sheet: Sheet, around: tuple[str, ...]) -> Iterator[Stage]:
        stops = [
            (one, sheet.marks.get(one, Mark.AHEAD))
            for one in self.way.drawing.stops_of(sheet.process)
            if self.name(one)
        ]
        ends = [one for one, mark in stops if self.way.drawing.is_end(one) and mark is not Mark.DONE]
        for element, mark in stops:
            if element not in ends:
                yield self._stage(element, mark, around)
        possible = [self.name(one) for one, mark in stops if one in ends and mark is Mark.AHEAD]
        if possible:
            about = (" · ".join(possible),)
            yield Stage("", _("How it may end"), Mark.AHEAD.value, "", "", about, "", ())

    def _stage(self, element: str, mark: Mark, around: tuple[str, ...]) -> Stage:
        opens = self.way.drawing.called_by(element)
        goes_in = opens and opens not in around and len(around) < MOST_DEEP and mark is not Mark.NOT_TAKEN
        inside = self._inside(element, opens, mark, around) if goes_in else ()
        about = tuple(filter(None, self._about(element, mark)))
        address = self.address(element) if opens else ""
        said = words_of(mark, is_end=self.way.drawing.is_end(element))
        return Stage(
            element, self.name(element), mark.value, said, LOOKS.get(mark, ""), about, address, inside
        )

    def _inside(self, element: str, opens: str, mark: Mark, around: tuple[str, ...]) -> tuple[Stage, ...]:
        sheet = Sheet(opens, element, self.way.marks_inside(opens, mark))
        return tuple(self._stages(sheet, (*around, opens)))

    def _about(self, element: str, mark: Mark) -> Iterator[str]:
        if mark is Mark.OPEN:
            for step in self.open_steps.get(element, []):
                yield " · ".join(filter(None, (step.who, dates.due(step.due_at).words)))
        deed = self.way.deeds.get(element)
        if deed and mark in (Mark.DONE, Mark.OPEN):
            yield self._deed(
                deed.times, deed.last_at, self.names.get(deed.last_by_id or uuid.UUID(int=0), "")
            )
        if mark in (Mark.OPEN, Mark.AHEAD):
            yield from self._instead(element)

    def _deed(self, times: int, last_at: datetime, who: str) -> str:
        day = dates.day(last_at)
        once = " · ".join(filter(None, (who, day)))
        if times == 1:
            return once
        return ngettext(
            "done %(num)d time, last: %(last)s", "done %(num)d times, last: %(last)s", times, last=once
        )

    def _instead(self, element: str) -> Iterator[str]:
        texts, language = self.desk.pack.texts, self.desk.language
        for event in self.way.drawing.events_at(element):
            steps = ", ".join(texts.next_steps(event, language)) or self._ends_after(event)
            if self.name(event) and steps:
                yield _("if “%(event)s”: %(steps)s", event=self.name(event), steps=steps)

    def _ends_after(self, element: str) -> str:
        return ", ".join(filter(None, map(self.name, self.way.drawing.stops_after(element))))


def way_of(desk: CaseDesk, open_steps: list[Step]) -> WayDesk:
    """Lay the way of a case before the reader."""
    way = find_way(work(), desk.view, desk.pack.texts.drawing)
    by_element: dict[str, list[Step]] = {}
    for task, step in zip(desk.view.open_tasks, open_steps, strict=True):
        by_element.setdefault(task.element, []).append(step)
    names = names_of(work(), (deed.last_by_id for deed in way.deeds.values()))
    return WayDesk(desk, way, by_element, names)


def asked_sheet(way: Way) -> Sheet | None:
    """Return the sheet that the address names; the case's own is named by nothing at all."""
    step = request.args.get("sheet")
    if step is None:
        return None
    found = way.find_sheet(step) if step else way.first_sheet()
    if found is None:
        raise NotFound(noun="case")
    return found


def words_of(mark: Mark, *, is_end: bool) -> str:
    """Say in a word how a step stands."""
    if is_end and mark is Mark.DONE:
        return pgettext("step", "reached")
    return {
        Mark.DONE: pgettext("step", "done"),
        Mark.OPEN: pgettext("step", "now"),
        Mark.AHEAD: pgettext("step", "may come"),
        Mark.STOPPED: pgettext("step", "broken off"),
        Mark.NOT_TAKEN: pgettext("step", "was not needed"),
    }[mark]
