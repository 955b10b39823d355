"""Where a base is: the programme, its organisation, the words of its methodology, what rules look at."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from models.organisations import Organisation
from models.programmes import Programme
from workflows.access import Permission, Subject, require
from workflows.queries.definitions import LoadedPack, find_version_to_start, load_pack
from workflows.records import days, mentees, programmes
from workflows.refusals import NotFound
from workflows.work import Work


@dataclass(frozen=True)
class BasePlace:
    """A programme whose bases somebody looks at."""

    programme: Programme
    organisation: Organisation
    subject: Subject
    today: date
    pack: LoadedPack | None
    own_forms: Mapping[str, str]

    @cached_property
    def forms(self) -> Mapping[str, str]:
        """Name the forms of mentoring that this programme uses, in the words of their source."""
        return self.own_forms or self.words("map_request", "mentoring_form")

    def words(self, form: str, key: str) -> dict[str, str]:
        """Name the codes of a dictionary as a form of the methodology does, in the words of its source."""
        if self.pack is None:
            return {}
        components = self.pack.definitions.form(form)["components"]
        found = next((one for one in _inside(components) if one.get("key") == key), {})
        return {one["value"]: one["label"] for one in found.get("values", ())}


def _inside(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in components:
        yield one
        yield from _inside(one.get("components", []))


def find_place(work: Work, programme_id: uuid.UUID) -> BasePlace:
    """Return where the bases of a programme are; the caller asks for permission."""
    programme = work.session.get(Programme, programme_id)
    if programme is None:
        raise NotFound(noun="programme")
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    version = find_version_to_start(work, organisation, mentees.INTAKE)
    return BasePlace(
        programme,
        organisation,
        Subject.of(organisation),
        days.today(work, organisation.id),
        load_pack(work, version.id) if version else None,
        {one.code: one.title for one in programmes.list_forms(work, programme.id)},
    )


def open_base(work: Work, programme_id: uuid.UUID, permission: Permission) -> BasePlace:
    """Return where the bases of a programme are, if the actor may do this there."""
    place = find_place(work, programme_id)
    require(work, permission, place.subject)
    return place
