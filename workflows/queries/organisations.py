"""Read organisations."""

import uuid

from sqlalchemy import select

from models.journal import JournalUnsealed
from models.organisations import Organisation
from workflows.refusals import NotFound
from workflows.work import Work


def hold_organisation(work: Work, organisation_id: uuid.UUID) -> Organisation:
    """Return an organisation, kept as it is until the transaction ends; the caller asks for permission."""
    organisation = work.session.get(Organisation, organisation_id, with_for_update={"read": True})
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
