"""What the tables of both bases have in common: every row of a list, and what few may know of people."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import pgettext

from webapp import tables
from webapp.transaction import work
from workflows.access import Permission, can
from workflows.queries.bases.conditions import reads_consents
from workflows.queries.bases.places import BasePlace

Row = TypeVar("Row")
Page = Callable[[uuid.UUID | None], tuple[Sequence[Row], uuid.UUID | None]]


def every_row(page: Page[Row], after: uuid.UUID | None) -> Iterator[Row]:
    """Go through a list page by page, up to what a spreadsheet can use."""
    seen = 0
    while seen < tables.MOST_ROWS:
        rows, after = page(after)
        yield from rows
        seen += len(rows)
        if after is None:
            return


def guarded_head(place: BasePlace) -> list[str]:
    """Name the columns that not every reader of the base may see."""
    columns = [_("Consents")] if reads_consents(work(), place) else []
    if can(work(), Permission.PERSON_READ_CONTACTS, place.subject):
        columns += [_("E-mail"), _("Telephone")]
    return columns


def guarded_cells(place: BasePlace) -> Callable[[Any], list[str]]:
    """Return what writes those columns of a row, as far as the reader may know."""
    signed = reads_consents(work(), place)
    contacts = can(work(), Permission.PERSON_READ_CONTACTS, place.subject)

    def write(row: Any) -> list[str]:
        missing, there = pgettext("consents", "missing"), pgettext("consents", "there")
        written = [missing if row.lacks_consents else there] if signed else []
        return written + ([row.email or "", row.phone or ""] if contacts else [])

    return write
