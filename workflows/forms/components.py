"""The parts of a form that only show, and what all parts have in common."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Formula:
    """A FEEL expression, without the sign of equality that marks it in the schema."""

    text: str
    reads: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Component:
    """Anything that stands on a form. Columns are sixteenths of its width, as form-js counts them."""

    id: str
    label: str = ""
    row: str | None = None
    columns: int | None = None
    hide: Formula | None = None
    mentions: frozenset[str] = frozenset()
    """What its own words speak of: labels and texts may have expressions in them."""

    def formulas(self) -> Iterator[Formula]:
        if self.hide:
            yield self.hide


@dataclass(frozen=True, kw_only=True)
class Text(Component):
    """Words of the form itself, in a small Markdown."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Separator(Component):
    """A line between two parts."""


@dataclass(frozen=True, kw_only=True)
class Spacer(Component):
    """Empty room, in pixels."""

    height: int


@dataclass(frozen=True, kw_only=True)
class Computed(Component):
    """A value that nobody types: the expression gives it."""

    path: tuple[str, ...]
    expression: Formula

    def formulas(self) -> Iterator[Formula]:
        yield from super().formulas()
        yield self.expression


@dataclass(frozen=True)
class Head:
    """A column of a table: how it is called, and which part of each row stands in it."""

    label: str
    key: str


@dataclass(frozen=True, kw_only=True)
class Table(Component):
    """Rows that are only shown: the expression gives them."""

    heads: tuple[Head, ...]
    rows: Formula

    def formulas(self) -> Iterator[Formula]:
        yield from super().formulas()
        yield self.rows


SHOWN = (Text, Separator, Spacer, Table)
"""What only stands on the page: whether it does decides no answer."""


@dataclass(frozen=True, kw_only=True)
class Group(Component):
    """Fields that belong together. Its path is already part of theirs."""

    components: tuple[Component, ...]
    has_outline: bool = False
