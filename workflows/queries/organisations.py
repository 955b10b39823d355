"""Read organisations."""

import uuid

from sqlalchemy import select

from models.journal import JournalUnsealed
from models.organisations import Organisation
from workflows.access import Permission, Subject, can
from workflows.refusals import NotFound
from workflows.work import Work


def hold_organisation(work: Work, organisation_id: uuid.UUID) -> Organisation:
    """Return an organisation, kept as it is until the transaction ends; the caller asks for permission."""
    organisation = work.session.get(
        Organisation, organisation_id, with_for_update={"read": True}, populate_existing=True
    )
    if organisation is None:
        raise NotFound(noun="organisation")
    return organisation


def get_organisation(work: Work, organisation_id: uuid.UUID) -> Organisation:
    """Return an organisation; the caller asks for permission."""
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(noun="organisation")
    return organisation


def list_unsealed(work: Work) -> list[uuid.UUID]:
    """List the organisations whose journal has entries that wait to be sealed."""
    return list(work.session.scalars(select(JournalUnsealed.organisation_id).distinct()))


def list_organisations(work: Work) -> list[Organisation]:
    """List the organisations the actor belongs to or oversees, each after the one above it."""
    every = work.session.scalars(select(Organisation).order_by(Organisation.path))
    return [one for one in every if can(work, Permission.ORGANISATION_READ, Subject.of(one))]
