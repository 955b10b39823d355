"""The kinds of documents: about what each is, who of a pair reads it, what it cannot do without."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class About(StrEnum):
    """What a document is about, besides its programme."""

    PROGRAMME = "programme"
    PAIR = "pair"
    PERSON = "person"
    PARTNER = "partner"


class Place(StrEnum):
    """Where people fill in what is missing."""

    PROGRAMME = "programme"
    TEAM = "team"
    ROADMAP = "roadmap"
    STAGES = "stages"
    PAIRS = "pairs"
    PAIR = "pair"
    PERSON = "person"
    CLOSING = "closing"
    HERE = "here"
    """In the form itself, with which the document is made."""


@dataclass(frozen=True)
class Kind:
    """A kind of document."""

    code: str
    about: About
    register: str
    """Which kinds are numbered together."""
    needs: Mapping[str, Place]
    """The names that must not be empty, and where each is filled in."""
    typed: tuple[str, ...] = ()
    """What is typed by whoever makes the document; texts for it lie beside the templates."""
    read_by: frozenset[str] = frozenset()
    """Which members of the pair read it."""
    is_own: bool = False
    """Whether the person whose it is reads it."""
    at_once: bool = False
    """Whether it is made for many people at once."""
    language: str = "ru"


_HEAD = {"organisation.name": Place.PROGRAMME, "head.name": Place.TEAM}
_ORDER = {**_HEAD, "programme.title": Place.PROGRAMME, "curator.name": Place.TEAM}
_PAIR = {"pair.mentors": Place.PAIR, "pair.mentees": Place.PAIR, "programme.title": Place.PROGRAMME}
_BOTH = frozenset({"mentor", "mentee"})
_SIGNED = {"organisation.name": Place.PROGRAMME, "person.name": Place.PERSON, "consent.text": Place.PROGRAMME}
_GIVEN = {**_HEAD, "person.name": Place.PERSON, "programme.title": Place.PROGRAMME}

_ALL = (
    Kind(
        "launch_order",
        About.PROGRAMME,
        "order",
        {
            **_ORDER,
            "programme.expected_results": Place.STAGES,
            "forms": Place.STAGES,
            "roadmap": Place.ROADMAP,
            "typed.grounds": Place.HERE,
        },
        typed=("grounds", "control"),
    ),
    Kind("curator_order", About.PROGRAMME, "order", {**_ORDER, "typed.grounds": Place.HERE}, ("grounds",)),
    Kind(
        "pairs_order",
        About.PROGRAMME,
        "order",
        {**_ORDER, "pairs": Place.PAIRS, "typed.grounds": Place.HERE},
        typed=("grounds",),
    ),
    Kind(
        "pairs_protocol",
        About.PROGRAMME,
        "protocol",
        {
            "organisation.name": Place.PROGRAMME,
            "programme.title": Place.PROGRAMME,
            "pairs": Place.PAIRS,
            "typed.body": Place.HERE,
            "typed.chair": Place.HERE,
            "typed.secretary": Place.HERE,
            "typed.present": Place.HERE,
        },
        typed=("body", "chair", "secretary", "present"),
    ),
    Kind("roadmap", About.PROGRAMME, "plan", {**_HEAD, "roadmap": Place.ROADMAP}),
    Kind(
        "programme_report", About.PROGRAMME, "report", {**_ORDER, "counts.pairs": Place.PAIRS}, ("summary",)
    ),
    Kind(
        "winners_list",
        About.PROGRAMME,
        "protocol",
        {**_HEAD, "winners": Place.CLOSING},
    ),
    Kind(
        "agreement",
        About.PAIR,
        "agreement",
        {
            **_PAIR,
            **_HEAD,
            "curator.name": Place.TEAM,
            "pair.form": Place.PAIR,
            "guardians_known": Place.PERSON,
        },
        read_by=_BOTH,
    ),
    Kind("pair_plan", About.PAIR, "plan", {**_PAIR, "goals": Place.PAIR}, read_by=_BOTH),
    Kind("pair_summary", About.PAIR, "report", {**_PAIR, "meetings": Place.PAIR}, read_by=_BOTH),
    Kind("personal_data_consent", About.PERSON, "consent", _SIGNED, is_own=True),
    Kind("participation_consent", About.PERSON, "consent", _SIGNED, is_own=True),
    Kind("certificate", About.PERSON, "certificate", _GIVEN, is_own=True, at_once=True),
    Kind("certificate_en", About.PERSON, "certificate", _GIVEN, is_own=True, at_once=True, language="en"),
    Kind(
        "gratitude",
        About.PERSON,
        "gratitude",
        {**_GIVEN, "typed.merit": Place.HERE},
        typed=("merit",),
        is_own=True,
        at_once=True,
    ),
    Kind(
        "honour",
        About.PERSON,
        "gratitude",
        {**_GIVEN, "typed.merit": Place.HERE},
        typed=("merit",),
        is_own=True,
        at_once=True,
    ),
    Kind(
        "parents_letter",
        About.PERSON,
        "letter",
        {**_HEAD, "person.name": Place.PERSON, "children": Place.PERSON, "typed.merit": Place.HERE},
        typed=("merit",),
        at_once=True,
    ),
    Kind(
        "partner_letter",
        About.PARTNER,
        "letter",
        {**_HEAD, "partner.name": Place.PROGRAMME, "typed.merit": Place.HERE},
        typed=("merit",),
    ),
)
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in _ALL}


def codes(*, own: bool = False, read_by: str = "") -> tuple[str, ...]:
    """List the kinds that somebody reads whose document it is, or that a member of a pair reads."""
    return tuple(kind.code for kind in _ALL if (own and kind.is_own) or (read_by and read_by in kind.read_by))


def missing_in(kind: Kind, values: Mapping[str, object]) -> list[str]:
    """List the names that are empty and must not be."""
    return [name for name in kind.needs if not _at(values, name)]


def _at(values: Mapping[str, object], name: str) -> object:
    found: object = values
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found.strip() if isinstance(found, str) else found
