"""Find the options of a choice: written in the form, kept in the case, or computed."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from workflows.forms import numbers
from workflows.forms.formulas import Results
from workflows.forms.questions import Choice, Option
from workflows.forms.wrong import wrong

MAX_OPTIONS = 1000
MAX_TEXT = 1000


def options_of(part: Choice, context: Mapping[str, Any], results: Results) -> tuple[Option, ...]:
    """List what can be chosen now."""
    if part.options_formula is not None:
        return tuple(readable(results.get(part.options_formula)))
    if part.options_key:
        return tuple(readable(context.get(part.options_key)))
    return part.options


def readable(values: Any) -> Iterator[Option]:
    """Read options as form-js does: bare values, or labels with values; leave out what cannot be shown."""
    if not isinstance(values, list | tuple):
        return
    seen: set[str] = set()
    for value in values[:MAX_OPTIONS]:
        option = read_option(value)
        if option and option.text not in seen:
            seen.add(option.text)
            yield option


def read_option(entry: Any) -> Option | None:
    """Read one option, if it is one."""
    value: Any = entry.get("value") if isinstance(entry, Mapping) else entry
    label = entry.get("label") if isinstance(entry, Mapping) else None
    try:
        text = text_of(value)
    except ValidationError:
        return None
    if isinstance(label, list) and label and all(isinstance(part, str) for part in label):
        return Option(value, text, ", ".join(filter(None, label)), tuple(label)) if text else None
    return Option(value, text, label if isinstance(label, str) and label else text) if text else None


def text_of(value: Any) -> str:
    """Give the text that stands for a value that can be chosen, or refuse the value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) <= numbers.MAX_NUMBER:
        return str(value)
    if isinstance(value, float | Decimal):
        return numbers.written(numbers.to_decimal(value, is_text=True))
    if isinstance(value, str) and len(value) <= MAX_TEXT:
        return value
    raise wrong("out_of_choices")


def by_text(options: tuple[Option, ...]) -> dict[str, Any]:
    """Index options by the text that stands for them; the first of two equal ones counts."""
    return {option.text: option.value for option in reversed(options)}


def pick(options: Mapping[str, Any], text: str) -> Any:
    """Give the value that was chosen, or refuse it."""
    if text not in options:
        raise wrong("out_of_choices")
    return options[text]
