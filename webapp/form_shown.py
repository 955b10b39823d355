"""What the template of a form is given: one `Shown` for each part of the page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from workflows.forms.components import Component

COLUMNS = 16


@dataclass
class Shown:
    """One part of the form on the page."""

    part: Component
    name: str
    mark: str
    label: str = ""
    title: str = ""
    """The label, with the row it stands in: for a message far from the field."""
    description: str = ""
    text: Markup | None = None
    value: Any = ""
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    carried: list[tuple[str, str]] = field(default_factory=list)
    is_hidden: bool = False
    is_locked: bool = False
    is_live: bool = False
    is_watched: bool = False
    has_focus: bool = False
    limits: tuple[Any, Any] = ("", "")
    """What will not be taken, in words."""
    bounds: tuple[str, str] = ("", "")
    """The first and the last moment, as the browser's own field for it reads them."""
    heads: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    prefix: str = ""
    suffix: str = ""
    can_grow: bool = False
    lines: list[list["Shown"]] = field(default_factory=list)
    rows: list["Row"] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Name the macro that writes this part."""
        return type(self.part).__name__.lower()

    @property
    def id(self) -> str:
        """Give the id of the control on the page."""
        return "f-" + self.name.replace(".", "-")

    @property
    def slot(self) -> str:
        """Give the id of the place that is renewed when other answers change."""
        return "slot-" + self.mark.replace(".", "-")

    @property
    def width(self) -> int:
        """Turn sixteenths of the width into twelfths."""
        return max(1, round((self.part.columns or COLUMNS) * 12 / COLUMNS))

    @property
    def anchor(self) -> str:
        """Give the id of the control that a message leads to."""
        return f"{self.id}-0" if self.options and not getattr(self.part, "is_list", False) else self.id


@dataclass
class Row:
    """One row of a dynamic list."""

    name: str
    number: int
    lines: list[list[Shown]]


def every(lines: list[list[Shown]]) -> Iterator[Shown]:
    """Go through everything on the page, outer parts first."""
    for line in lines:
        for shown in line:
            yield shown
            yield from every(shown.lines)
            for row in shown.rows:
                yield from every(row.lines)


def live_slots(lines: list[list[Shown]]) -> Iterator[str]:
    """Name the places to renew, leaving out those inside another."""
    for line in lines:
        for shown in line:
            if shown.is_live:
                yield shown.slot
            else:
                yield from live_slots(shown.lines)
                for row in shown.rows:
                    yield from live_slots(row.lines)
