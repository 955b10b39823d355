"""Read a table that somebody filled in a spreadsheet, trusting nothing in the file; write one to fill in."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from workflows.refusals import Complaint, Invalid

LARGEST = 2_000_000
# What is unpacked costs a second of reading for every few millions.
LARGEST_INSIDE = 12_000_000
MOST_PARTS = 200
MOST_ROWS = 2000
MOST_COLUMNS = 40
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
OLD, WITH_MACROS = (".xls", ".xlt"), (".xlsm", ".xltm", ".xlsb", ".xlam")


def read_table(
    name: str, content: bytes, heads: Mapping[str, str], required: Sequence[str]
) -> list[dict[str, Any]]:
    """Return the rows of the first sheet with their numbers, each cell under the key of its column."""
    refuse_what_is_no_workbook(name, content)
    try:
        # Values only: formulas are not carried out, and what they gave last is taken.
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        lines = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        numbered = enumerate(lines, start=1)
        columns = read_head(next(numbered, (1, ()))[1], heads, required)
        return list(read_rows(numbered, columns))
    except Invalid:
        raise
    except Exception as failure:
        # The library reports a broken file by whatever went wrong inside it.
        raise refused("file_not_a_workbook") from failure


def refuse_what_is_no_workbook(name: str, content: bytes) -> None:
    """Refuse a file by its name, its size, and what its parts would unpack to, before it is opened."""
    if not content:
        raise refused("file_missing")
    if len(content) > LARGEST:
        raise refused("file_too_large")
    if name.lower().endswith(OLD):
        raise refused("file_old_format")
    if name.lower().endswith(WITH_MACROS):
        raise refused("file_with_macros")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            refuse_parts(file)
    except zipfile.BadZipFile as failure:
        raise refused("file_not_a_workbook") from failure


def refuse_parts(file: zipfile.ZipFile) -> None:
    """Refuse a workbook that unpacks to too much, holds macros, or declares entities of its own."""
    parts = file.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INSIDE:
        raise refused("file_too_much_inside")
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names:
        raise refused("file_not_a_workbook")
    if any(one.endswith("vbaproject.bin") for one in names):
        raise refused("file_with_macros")
    if any(declares(file.read(part)) for part in parts):
        raise refused("file_not_a_workbook")


def declares(content: bytes) -> bool:
    """Say whether a part declares entities, wherever in it and in whatever width of letters."""
    plain_letters = content.replace(b"\0", b"")
    return any(one in plain_letters for one in DECLARATIONS)


def refused(key: str, **values: Any) -> Invalid:
    """Return the refusal of a file."""
    return Invalid({"file": [Complaint(key, **values)]})


def read_head(cells: Sequence[Any], heads: Mapping[str, str], required: Sequence[str]) -> dict[int, str]:
    """Map the places of columns to their keys; a column of another name is left out."""
    found = {place: heads[plain(cell)] for place, cell in enumerate(cells) if plain(cell) in heads}
    missing = [one for one in required if one not in found.values()]
    if missing:
        names: dict[str, str] = {}
        for name, key in heads.items():
            names.setdefault(key, name)
        raise refused("table_without_columns", columns=", ".join(names[one] for one in missing))
    return found


def plain(head: Any) -> str:
    """Return the name of a column as names of columns are compared."""
    return " ".join(str(head or "").replace("*", " ").split()).lower()


def read_rows(
    numbered: Iterator[tuple[int, Sequence[Any]]], columns: Mapping[int, str]
) -> Iterator[dict[str, Any]]:
    """Go through the rows in which there is something."""
    for number, cells in numbered:
        read = {key: as_text(cells[place]) for place, key in columns.items() if place < len(cells)}
        filled = {key: text for key, text in read.items() if text}
        if filled and number > MOST_ROWS + 1:
            raise refused("table_too_long", maximum=MOST_ROWS)
        if filled:
            yield {"row": number, "cells": filled}


def as_text(cell: Any) -> str:
    """Write a cell as text: a day as programs write it, a whole number without its point."""
    if isinstance(cell, datetime | date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).replace("\x00", "").split())[:5000]


def as_day(text: str) -> str:
    """Write a day that somebody typed as programs write it; what is none stays as it is."""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(text.removesuffix(" г.").strip(), pattern).date().isoformat()  # noqa: DTZ007
        except ValueError:
            continue
    return text
