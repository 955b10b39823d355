"""What the mentees of each form can become, as a table of the pack says it: mentors, and of which kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Future:
    """As whom a former mentee comes into the base of mentors, and for which awards a mentee counts."""

    source: str
    mentors_in: str
    category: str


def read_futures(rows: Any) -> dict[str, Future]:
    """Read the rows that the diagram has looked up, one for each form."""
    given = [one for one in rows if isinstance(one, Mapping)] if isinstance(rows, list) else []
    return {
        str(one["form"]): Future(str(one["source"]), str(one["mentors_in"]), str(one["category"]))
        for one in given
    }
