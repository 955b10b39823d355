"""Who belongs to an organisation, as far as operations on cases and tasks need to know."""

import uuid
from collections.abc import Collection

from sqlalchemy import ARRAY, DateTime, String, Uuid, any_, bindparam, func, or_, select

from models.organisations import Organisation
from models.people import Membership, Person
from models.prepared import Prepared
from workflows.work import Work


def list_strangers(
    work: Work, organisation: Organisation | str, people: Collection[uuid.UUID]
) -> list[uuid.UUID]:
    """List who neither belongs to the organisation, or one above it, nor holds a role there."""
    if not people:
        return []
    path = organisation if isinstance(organisation, str) else organisation.path
    given = {"path": path, "people": list(people), "now": work.now()}
    known = {row.id for row in _KNOWN.all(work.session.connection(), given)}
    return sorted(set(people) - known)


_IS_ABOVE = func.starts_with(bindparam("path", type_=String), Organisation.path)
_HELD = (
    select(Membership.person_id)
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .where(_IS_ABOVE, Membership.counts_at(bindparam("now", type_=DateTime(timezone=True))))
)
_KNOWN = Prepared(
    select(Person.id).where(
        Person.id == any_(bindparam("people", type_=ARRAY(Uuid))),
        or_(Person.organisation_id.in_(select(Organisation.id).where(_IS_ABOVE)), Person.id.in_(_HELD)),
    )
)
