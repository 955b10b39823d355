"""What counts how much: the rules of matching as a decision of the pack gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

MUTUAL, EITHER, NONE = "mutual", "either", "none"


@dataclass(frozen=True, slots=True)
class Rules:
    """Points for what speaks for two people, and what they must fulfil. One set for each form."""

    needs: str = NONE
    """Whose choice is needed: of both sides, of either side, of nobody."""
    higher_level: bool = False
    not_own_child: bool = False
    more_experience: bool = False
    young_up_to: int = 3
    least_mentees: int = 2
    everybody: float = 100
    mutual: float = 60
    mentee_choice: float = 20
    mentor_choice: float = 15
    fit: float = 30
    interests: float = 10
    times: float = 10
    age: float = 5
    subject: float = 10
    young: float = 5
    priority: float = 5
    load: float = 8

    @classmethod
    def read(cls, given: Mapping[str, Any] | None) -> Self:
        """Take what a decision gives; what it leaves out stays as it is here."""
        known = {one.name: one.type for one in fields(cls)}
        found = {name: value for name, value in (given or {}).items() if name in known and value is not None}
        for name in ("young_up_to", "least_mentees"):
            if name in found:
                found[name] = int(found[name])
        return cls(**found)
