"""The people of a cohort as far as matching looks at them, and what was said about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Two = tuple[str, str]
"""A mentee and a mentor, by their keys."""


@dataclass(frozen=True, slots=True)
class Mentee:
    """Somebody who looks for a mentor; earlier ones of a cohort come first where nothing else decides."""

    key: str
    person: str
    form: str
    problems: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    subject: str = ""
    study_level: int | None = None
    experience_years: int | None = None
    age: int | None = None
    is_equal: bool = False
    """The role model is of equals: a mentor need not stand higher."""
    priority: int = 0
    guardians: tuple[str, ...] = ()
    most_mentors: int = 1
    has_mentors: int = 0


@dataclass(frozen=True, slots=True)
class Mentor:
    """Somebody ready to be a mentor. `capacity` is what is left of it."""

    key: str
    person: str
    forms: tuple[str, ...]
    source: str = ""
    helps_with: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    subject: str = ""
    study_level: int | None = None
    experience_years: int | None = None
    age_from: int | None = None
    age_to: int | None = None
    capacity: int = 1
    has_mentees: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """With whom somebody would like to go on: the rank that each side gave, 1 being the first choice."""

    by_mentee: int | None = None
    by_mentor: int | None = None

    @property
    def is_mutual(self) -> bool:
        return self.by_mentee is not None and self.by_mentor is not None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Everybody at once, with all that was chosen, pinned and forbidden."""

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    wishes: Mapping[Two, Wish] = field(default_factory=dict)
    pinned: frozenset[Two] = frozenset()
    forbidden: frozenset[Two] = frozenset()
    apart: frozenset[Two] = frozenset()
    """People, not entries, who must not be paired with each other again: mentee, then mentor."""
    groups: frozenset[str] = frozenset()
    """The forms in which mentors work with groups."""
