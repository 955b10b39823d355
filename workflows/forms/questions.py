"""The questions that a form can ask, each with the rules it may have."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from workflows.forms.components import Component, Formula
from workflows.forms.patterns import Pattern


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen. Its text is what an HTML form sends for it."""

    value: str | int | float | bool
    text: str
    label: str
    parts: tuple[str, ...] = ()
    """What its words are made of, where days stand among them, for each reader to hear in their own way."""


class Moment(StrEnum):
    DATE = "date"
    TIME = "time"
    DATE_AND_TIME = "datetime"


class Zone(StrEnum):
    """How an hour is kept: with its distance to UTC, as UTC itself, or as the clock on the wall showed it."""

    OFFSET = "utc_offset"
    UTC = "utc_normalized"
    NONE = "no_timezone"


@dataclass(frozen=True, kw_only=True)
class Field(Component):
    """Something that asks for an answer. A locked one shows what is known and takes nothing."""

    path: tuple[str, ...]
    description: str = ""
    default: Any = None
    locked: bool | Formula = False
    required: bool = False
    restricted: bool = False
    """Whether few may read the answer; it is kept out of the journal and out of the case."""
    routes: bool = False
    """Whether the case keeps it all the same, because its way depends on it."""
    in_row: bool = False
    """Whether not even the task keeps it: it stands in a row of ours, with rules of its own."""

    @property
    def blank(self) -> Any:
        """The answer of somebody who gave none."""
        return None

    def formulas(self) -> Iterator[Formula]:
        yield from super().formulas()
        if isinstance(self.locked, Formula):
            yield self.locked


@dataclass(frozen=True, kw_only=True)
class TextField(Field):
    has_lines: bool = False
    min_length: int | Formula | None = None
    max_length: int | Formula | None = None
    kind: str = ""
    pattern: Pattern | None = None
    pattern_message: str = ""
    prefix: str = ""
    suffix: str = ""

    @property
    def blank(self) -> str:
        return ""

    def formulas(self) -> Iterator[Formula]:
        yield from super().formulas()
        yield from (limit for limit in (self.min_length, self.max_length) if isinstance(limit, Formula))


@dataclass(frozen=True, kw_only=True)
class NumberField(Field):
    minimum: Decimal | Formula | None = None
    maximum: Decimal | Formula | None = None
    digits: int | None = None
    step: Decimal | None = None
    is_text: bool = False
    prefix: str = ""
    suffix: str = ""

    def formulas(self) -> Iterator[Formula]:
        yield from super().formulas()
        yield from (limit for limit in (self.minimum, self.maximum) if isinstance(limit, Formula))


@dataclass(frozen=True, kw_only=True)
class Checkbox(Field):
    """Yes or no."""

    @property
    def blank(self) -> bool:
        return False


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of several. The options are written in the form, kept in the case, or computed."""

    options: tuple[Option, ...] = ()
    options_key: str = ""
    options_formula: Formula | None = None
    is_list: bool = False

    @property
    def has_written_options(self) -> bool:
        return not self.options_key and self.options_formula is None

    def formulas(self) -> Iterator[Formula]:
        yield from super().formulas()
        if self.options_formula:
            yield self.options_formula


@dataclass(frozen=True, kw_only=True)
class Choices(Choice):
    """Any number of several."""

    @property
    def blank(self) -> list[Any]:
        return []


@dataclass(frozen=True, kw_only=True)
class MomentField(Field):
    kind: Moment = Moment.DATE
    zone: Zone = Zone.OFFSET
    allows_past: bool = True
    earliest: date | Formula | None = None
    latest: date | Formula | None = None
    minutes: int | None = None

    def formulas(self) -> Iterator[Formula]:
        yield from super().formulas()
        yield from (limit for limit in (self.earliest, self.latest) if isinstance(limit, Formula))
