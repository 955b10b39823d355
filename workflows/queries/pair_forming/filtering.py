"""Which rows of the board of proposals are looked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from models.pairing import Proposal


class Shown(StrEnum):
    """Which rows of the board."""

    ALL = "all"
    PINNED = "pinned"
    DOUBTFUL = "doubtful"
    LEFT = "left"


@dataclass(frozen=True)
class BoardFilters:
    """What somebody looks for on the board."""

    search: str = ""
    form: str = ""
    show: Shown = Shown.ALL


def is_named(names: Iterable[str], search: str) -> bool:
    """Say whether all the words that are sought stand in these names."""
    words = search.casefold().replace("ё", "е").split()
    said = " ".join(names).casefold().replace("ё", "е")
    return all(word in said for word in words)


def is_shown(proposals: list[Proposal], show: Shown) -> bool:
    """Say whether a row with these proposals is one of those looked for."""
    if show is Shown.LEFT:
        return not proposals
    if show is Shown.PINNED:
        return any(one.is_pinned for one in proposals)
    return show is Shown.ALL or any(one.against for one in proposals)
