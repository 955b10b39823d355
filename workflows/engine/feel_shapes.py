"""Which names of a context can change how a text is read.

`a-b` is one name where the data have such a key, and a subtraction elsewhere. Plain names change nothing,
so that a tree can be kept for a text and the few odd names around it.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

WORDS = frozenset(
    {"if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "instance", "of", "and", "or"}
    | {"between", "not", "null", "true", "false", "external", "partial", "item", "get", "value"}
    | {"date", "time", "duration", "list", "context", "function", "range"}
)
PLAIN = re.compile(r"[A-Za-z_Ѐ-ӿ][A-Za-z_Ѐ-ӿ0-9]*")

Shape = tuple[tuple[str, "Shape"], ...]

_known: dict[str, bool] = {}
_MOST_KNOWN = 20_000


def is_plain(key: str) -> bool:
    """Say whether a key is a single ordinary word, which every text reads in the same way."""
    answer = _known.get(key)
    if answer is None:
        if len(_known) > _MOST_KNOWN:
            _known.clear()
        answer = _known[key] = key not in WORDS and PLAIN.fullmatch(key) is not None
    return answer


def shape_of(context: Mapping[str, Any], *, is_deep: bool) -> Shape:
    """Gather the odd names of a context, those inside its contexts too where a text can reach them."""
    shape = []
    for key, value in context.items():
        inner = shape_of(value, is_deep=True) if is_deep and isinstance(value, dict) else ()
        if inner or not (_known.get(key) or is_plain(key)):
            shape.append((key, inner))
    return tuple(shape)


def reaches_inside(text: str) -> bool:
    """Say whether a text can name what is inside a context."""
    return "." in text or "[" in text or "{" in text or "get value" in text


def names_of(shape: Shape) -> dict[str, Any]:
    """Give a context that has these names and nothing else."""
    return {key: names_of(inner) if inner else None for key, inner in shape}


def shape_of_names(names: Iterable[str]) -> Shape:
    """Give the shape of a context with these names at its top."""
    return tuple((name, ()) for name in sorted(names) if not is_plain(name))
