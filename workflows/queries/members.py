"""Who belongs to an organisation, as far as operations on cases and tasks need to know."""

import uuid
from collections.abc import Collection

from sqlalchemy import func, or_, select

from models.organisations import Organisation
from models.people import Membership, Person
from workflows.work import Work


def list_strangers(
    work: Work, organisation: Organisation | str, people: Collection[uuid.UUID]
) -> list[uuid.UUID]:
    """List who neither belongs to the organisation, or one above it, nor holds a role there."""
    if not people:
        return []
    path = organisation if isinstance(organisation, str) else organisation.path
    is_above = func.starts_with(path, Organisation.path)
    above = select(Organisation.id).where(is_above)
    held = (
        select(Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(is_above, Membership.counts_at(work.now()))
    )
    known = select(Person.id).where(
        Person.id.in_(people), or_(Person.organisation_id.in_(above), Person.id.in_(held))
    )
    return sorted(set(people) - set(work.session.scalars(known)))
