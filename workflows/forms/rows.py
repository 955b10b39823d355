"""Where the rows of lists stood before the blank ones were dropped: a message goes where somebody typed."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from workflows.forms.checking import examine, is_blank
from workflows.forms.paths import find, name_of
from workflows.forms.schemas import Problems
from workflows.forms.scopes import Form, Scope


def as_sent(
    form: Form, raw: Any, problems: Problems, *, context: Mapping[str, Any], now: datetime
) -> Problems:
    """Name the fields of complaints about checked answers as they were called when they were sent."""
    if not form.scope.lists:
        return problems
    answers, _ = examine(form, raw, context=context, now=now)
    moved = dict(_moved(form.scope, answers))
    return {_renamed(path, moved): said for path, said in problems.items()}


def _moved(
    scope: Scope, answers: Mapping[str, Any], now: str = "", sent: str = ""
) -> Iterator[tuple[str, str]]:
    """Pair the name that each kept row has now with the one under which it was sent."""
    for part in scope.lists:
        rows = find(answers, part.path)
        kept = [
            (place, row)
            for place, row in enumerate(rows if isinstance(rows, list) else [])
            if not (part.can_change and is_blank(part.scope, row))
        ]
        for number, (place, row) in enumerate(kept):
            names = name_of(now, *part.path, number), name_of(sent, *part.path, place)
            yield names
            yield from _moved(part.scope, row, *names)


def _renamed(path: str, moved: Mapping[str, str]) -> str:
    """Replace the innermost row that the path leads through."""
    parts = path.split(".")
    for length in range(len(parts), 0, -1):
        row = ".".join(parts[:length])
        if row in moved:
            return name_of(moved[row], *parts[length:])
    return path
