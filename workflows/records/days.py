"""Which day it is where an organisation is."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.organisations import Organisation
from workflows.work import Work


def today(work: Work, organisation_id: uuid.UUID) -> date:
    """Return the day it is in an organisation, as `Organisation.day_at` says it in the database."""
    return day_of(work, organisation_id, work.now())


def day_of(work: Work, organisation_id: uuid.UUID, moment: datetime) -> date:
    """Return the day that a moment falls on in an organisation."""
    organisation = work.session.get_one(Organisation, organisation_id)
    return moment.astimezone(ZoneInfo(organisation.time_zone)).date()
