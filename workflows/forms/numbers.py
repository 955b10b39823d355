"""Numbers as people type them, with a comma or a point, and as programs send them."""

import re
from decimal import Context, Decimal
from typing import Any

from workflows.forms.wrong import wrong

MAX_NUMBER = 2**53 - 1  # Beyond this a browser and a FEEL expression no longer count exactly.
MAX_DIGITS = 30
MAX_LENGTH = 60

_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-", ",": "."})
_NUMBER = re.compile(r"([+-]?)((?:[0-9]{1,3}(?: [0-9]{3})+)|[0-9]+)(?:\.([0-9]+))?")
_EXACT = Context(prec=2 * MAX_LENGTH)


def to_decimal(value: Any, *, is_text: bool) -> Decimal:
    """Read a number, or say that it is none. `is_text` allows more digits than a JSON number can carry."""
    if isinstance(value, str):
        number = _from_text(value)
    elif isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise wrong("not_a_number")
    elif isinstance(value, int) and abs(value) > 10**MAX_DIGITS:
        raise _beyond(value > 0)
    else:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return _within_reach(number, is_text)


def _from_text(text: str) -> Decimal:
    found = _NUMBER.fullmatch(text.translate(_SPACES).strip()) if len(text) <= MAX_LENGTH else None
    if not found:
        raise wrong("not_a_number")
    return Decimal(f"{found[1]}{found[2].replace(' ', '')}.{found[3] or 0}")


def _within_reach(number: Decimal, is_text: bool) -> Decimal:
    if not number.is_finite():
        raise wrong("not_a_number")
    if not number:
        return Decimal(0)
    if number.adjusted() >= MAX_DIGITS or (not is_text and abs(number) > MAX_NUMBER):
        raise _beyond(number > 0)
    if _exponent(number) < -MAX_DIGITS:
        raise wrong("too_many_decimals", digits=MAX_DIGITS)
    return number


def _beyond(is_positive: bool) -> Exception:
    if is_positive:
        return wrong("too_large", maximum=MAX_NUMBER)
    return wrong("too_small", minimum=-MAX_NUMBER)


def _exponent(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


def check_digits(number: Decimal, digits: int | None) -> None:
    """Refuse more digits after the point than asked for."""
    if digits is not None and -_exponent(number.normalize(_EXACT)) > digits:
        raise wrong("too_many_decimals", digits=digits) if digits else wrong("not_whole")


def check_step(number: Decimal, step: Decimal | None) -> None:
    """Refuse a number between two steps, and name both neighbours."""
    if step is None:
        return
    over = _EXACT.remainder(number, step)
    if over:
        below = _EXACT.subtract(number, over if over > 0 else _EXACT.add(over, step))
        raise wrong("off_step", below=plain(below), above=plain(_EXACT.add(below, step)))


def check_limits(number: Decimal, minimum: Decimal | None, maximum: Decimal | None) -> None:
    """Refuse a number outside the limits."""
    if minimum is not None and number < minimum:
        raise wrong("too_small", minimum=plain(minimum))
    if maximum is not None and number > maximum:
        raise wrong("too_large", maximum=plain(maximum))


def plain(number: Decimal) -> int | float:
    """Give a number as JSON knows it."""
    return int(number) if number == number.to_integral_value() else float(number)


def written(number: Decimal) -> str:
    """Give a number as text, without an exponent and without idle zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
