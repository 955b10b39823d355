"""Lists as tables that spreadsheets open."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from webapp import dates

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 10_000
PAGE = 500
# A spreadsheet takes what begins so for a formula; the wide ones are what some keyboards type.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def table(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """Answer with a table to keep, named after what is in it and the day."""
    file = io.StringIO()
    # Without this mark spreadsheets take the Russian letters for something else.
    file.write("\ufeff")
    # A Russian spreadsheet takes the comma for a decimal point and parts columns by semicolons.
    writer = csv.writer(file, delimiter=";")
    writer.writerow(head)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return to_keep(file.getvalue().encode(), f"{name}-{dates.today().isoformat()}.csv", CSV)


def workbook(name: str, title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """Answer with the same table as a workbook, its head in bold and in view while one scrolls."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, word in enumerate(head):
        sheet.column_dimensions[chr(ord("A") + number)].width = max(14, min(40, len(word) + 6))
    sheet.append([bold(sheet, word) for word in head])
    for row in rows:
        sheet.append([as_text(printable(cell)) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return to_keep(file.getvalue(), f"{name}-{dates.today().isoformat()}.xlsx", XLSX)


def bold(sheet: object, word: str) -> WriteOnlyCell:
    """Return a cell of the head."""
    cell = WriteOnlyCell(sheet, value=word)
    cell.font = Font(bold=True)
    return cell


def to_keep(content: bytes, name: str, content_type: str) -> Response:
    """Answer with a file that the browser saves under this name."""
    answer = Response(content, content_type=content_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def printable(cell: str) -> str:
    """Leave out the signs that a workbook cannot hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", cell))


def as_text(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
