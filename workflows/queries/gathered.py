"""What is gathered along with a case in one statement, as JSON: who takes part, which days are off."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import UUID, ColumnElement, Date, Table, any_, func, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from models.calendars import Break
from models.cases import CaseParticipant
from workflows.access import Participant

_PARTICIPANT = cast(Table, CaseParticipant.__table__)
_BREAK = cast(Table, Break.__table__)


def participants_of(case_id: ColumnElement[uuid.UUID]) -> ColumnElement[Any]:
    """Gather the participants of a case as JSON pairs of role and person, whoever came first first."""
    pair = func.json_build_array(_PARTICIPANT.c.role, _PARTICIPANT.c.person_id)
    pairs = func.json_agg(aggregate_order_by(pair, _PARTICIPANT.c.since_at, _PARTICIPANT.c.id))
    return (
        select(pairs)
        .where(_PARTICIPANT.c.case_id == case_id, _PARTICIPANT.c.until_at.is_(None))
        .scalar_subquery()
        .label("participants")
    )


def breaks_of(path: ColumnElement[str], since: ColumnElement[datetime] | datetime) -> ColumnElement[Any]:
    """Gather the breaks of an organisation and of those above it as JSON pairs of days."""
    own_and_above = sql_cast(func.string_to_array(func.btrim(path, "/"), "/"), ARRAY(UUID()))
    pairs = func.json_agg(func.json_build_array(_BREAK.c.since_on, _BREAK.c.until_on))
    # A break that was over on the day before is over in every time zone.
    is_later = _BREAK.c.until_on >= sql_cast(since - timedelta(days=1), Date)
    return (
        select(pairs)
        .where(_BREAK.c.organisation_id == any_(own_and_above), is_later)
        .scalar_subquery()
        .label("breaks")
    )


def breaks_from(pairs: Any) -> tuple[tuple[date, date], ...]:
    """Read what `breaks_of` has gathered."""
    return tuple((date.fromisoformat(since), date.fromisoformat(until)) for since, until in pairs or ())


def people_from(pairs: Any) -> tuple[Participant, ...]:
    """Read what `participants_of` has gathered."""
    return tuple(Participant(role, uuid.UUID(person)) for role, person in pairs or ())
