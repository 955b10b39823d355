"""Which day it is where an organisation is."""

import uuid
from datetime import date
from zoneinfo import ZoneInfo

from models.organisations import Organisation
from workflows.work import Work


def today(work: Work, organisation_id: uuid.UUID) -> date:
    """Return the day it is in an organisation, as `Organisation.day_at` says it in the database."""
    organisation = work.session.get_one(Organisation, organisation_id)
    return work.now().astimezone(ZoneInfo(organisation.time_zone)).date()
