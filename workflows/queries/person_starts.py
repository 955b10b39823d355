"""Where the actor may add people, and which roles the actor may give there."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from models.organisations import Organisation
from workflows.access import Permission, Subject, can
from workflows.access.ranks import ABOVE, is_above
from workflows.queries.invitations import PARTICIPANTS
from workflows.queries.organisations import get_organisation
from workflows.queries.people_sight import oversees
from workflows.work import Work


def may_add_people(work: Work) -> bool:
    """Say whether there is an organisation to which the actor may add people."""
    return any(role.name in ABOVE for role in work.actor.roles)


def list_organisations_to_add_in(work: Work) -> list[tuple[uuid.UUID, str]]:
    """List the organisations to which the actor may add people, by name."""
    if not may_add_people(work):
        return []
    wanted = select(Organisation).where(oversees(work)).order_by(Organisation.name)
    return [
        (one.id, one.name)
        for one in work.session.scalars(wanted)
        if can(work, Permission.PERSON_ADD, Subject.of(one))
    ]


def list_roles_to_give(work: Work, organisation_id: uuid.UUID, roles: Sequence[str]) -> list[str]:
    """List which of these roles the actor may give in an organisation."""
    organisation = get_organisation(work, organisation_id)
    subject = Subject.of(organisation)
    to_participants = can(work, Permission.MEMBERSHIP_ENROL, subject)
    to_others = can(work, Permission.MEMBERSHIP_CHANGE, subject)
    return [
        role
        for role in roles
        if (to_participants if role in PARTICIPANTS else to_others)
        and is_above(work.actor, role, organisation.path)
    ]
