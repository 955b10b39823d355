"""The words of a base in the reader's language, and the addresses that its pages share."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from models.bases import EntryStatus
from webapp import words
from webapp.languages import current
from webapp.navigation import sees_pairs
from webapp.words.bases import SOURCES
from webapp.words.entries import ORDER
from workflows.queries.bases.places import BasePlace

Tab = tuple[str, str, bool]


@dataclass(frozen=True)
class Names:
    """What the codes of one programme are called."""

    place: BasePlace

    def say(self, text: str) -> str:
        """Say a text of the methodology in the reader's language."""
        return self.place.pack.texts.say(text, current()) if self.place.pack else text

    def dictionary(self, form: str, key: str) -> dict[str, str]:
        """Name the codes of a dictionary of the methodology."""
        return {code: self.say(label) for code, label in self.place.words(form, key).items()}

    @cached_property
    def forms(self) -> dict[str, str]:
        """Name the forms of mentoring."""
        return {code: self.say(title) for code, title in self.place.forms.items()}

    @cached_property
    def problems(self) -> dict[str, str]:
        """Name what mentees come with."""
        return self.dictionary("map_request", "problems")

    @cached_property
    def sources(self) -> dict[str, str]:
        """Name the sub-bases of mentors."""
        return {code.removeprefix("source_"): words.say(code) for code in SOURCES}

    def role(self, code: str) -> str:
        """Name a role as the methodology does, or that somebody looked at their own page."""
        if code == "self":
            return _("own page")
        return words.role(code, self.place.pack.settings.roles if self.place.pack else {}, current())


def in_words(codes: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Name codes; one that nobody knows any more stays as it is."""
    return [names.get(code, code) for code in codes]


def room_tabs(place: BasePlace, here: str) -> list[Tab]:
    """List the rooms of the bases, each with its address and whether it is this one."""
    rooms = {"mentees": _("Mentees"), "mentors": _("Mentors"), "request_map": _("Map of requests")}
    return [
        (name, url_for(f"{room}.show", programme_id=place.programme.id), room == here)
        for room, name in rooms.items()
    ]


def trail_to(place: BasePlace, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """List the places above: the programmes, this one if it has a page, what else is given."""
    own = url_for("programmes.one", programme_id=place.programme.id)
    return [(_("Programmes"), url_for("programmes.show")), (place.programme.title, own), *more]


def pair_address(pair_id: uuid.UUID) -> str:
    """Return the page of a pair, or nothing for those who only look after the bases."""
    return url_for("pairs.one", pair_id=pair_id) if sees_pairs() else ""


def kept_filters(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters as an address keeps them: only those that say something."""
    found = {name: value for name, value in wanted.items() if value and name != "after"}
    return {name: getattr(value, "value", 1 if value is True else value) for name, value in found.items()}


def status_figures(
    counts: Mapping[EntryStatus, int], names: Mapping[EntryStatus, Any], looks: Mapping[EntryStatus, str]
) -> Iterator[dict[str, Any]]:
    """List how many have come how far, in the order of the way through the base."""
    for status in ORDER:
        if counts.get(status):
            look = looks.get(status, "")
            yield {"status": status, "number": counts[status], "words": str(names[status]), "look": look}
