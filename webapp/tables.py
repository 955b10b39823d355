"""Lists as tables that spreadsheets open."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from webapp import dates

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
    answer = Response(file.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers.set(
        "Content-Disposition", "attachment", filename=f"{name}-{dates.today().isoformat()}.csv"
    )
    return answer


def as_text(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
