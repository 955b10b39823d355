"""Read the ways to look at the inbox that were given names, and what a filter can be made of."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from models.organisations import Organisation
from models.programmes import Programme
from models.tasks import InboxFilter
from workflows.access.reach import BRANCH_ROLES
from workflows.work import Work

MOST_PROGRAMMES = 200


@dataclass(frozen=True)
class KeptFilter:
    """A named way to look at the inbox."""

    id: uuid.UUID
    name: str
    asked: dict[str, Any]
    is_first: bool
    is_own: bool
    is_shared: bool


def list_filters(work: Work) -> list[KeptFilter]:
    """List the actor's own named filters and those shared where the actor holds a role, by name."""
    places = {role.organisation_id for role in work.actor.roles}
    own = InboxFilter.person_id == work.actor.person_id
    wanted = select(InboxFilter).where(or_(own, InboxFilter.organisation_id.in_(places)))
    found = work.session.scalars(wanted.order_by(InboxFilter.name, InboxFilter.id)).all()
    return [_kept(work, one) for one in found]


def _kept(work: Work, one: InboxFilter) -> KeptFilter:
    is_own = one.person_id == work.actor.person_id
    shared = one.organisation_id is not None
    return KeptFilter(one.id, one.name, one.asked, one.is_first and is_own, is_own, shared)


def list_programme_choices(work: Work) -> list[tuple[uuid.UUID, str]]:
    """List the programmes of the organisations where the actor holds a role, by title."""
    here = [
        Organisation.path.startswith(role.path, autoescape=True)
        if role.name in BRANCH_ROLES
        else Organisation.id == role.organisation_id
        for role in work.actor.roles
    ]
    if not here:
        return []
    wanted = (
        select(Programme.id, Programme.title)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(or_(*here))
        .order_by(Programme.title, Programme.id)
        .limit(MOST_PROGRAMMES)
    )
    return [(id_, title) for id_, title in work.session.execute(wanted)]
