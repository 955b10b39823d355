"""The days that a report is about: one period after the other, until the programme ends."""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from models.programmes import Programme
from workflows.engine.timers import Duration
from workflows.records import programme_people, reports
from workflows.records.cases import ask_for_case
from workflows.work import Work


def next_period(work: Work, programme: Programme, kind: str, months: int) -> tuple[date, date]:
    """Return the days of the next report of a kind; no months mean the programme as a whole."""
    last = reports.find_last(work, programme.id, kind)
    since = programme.starts_on if last is None else last.until_on + timedelta(days=1)
    since = min(since, programme.ends_on)
    if not months:
        return since, programme.ends_on
    after = Duration(months, timedelta()).after(datetime.combine(since, time(), UTC)).date()
    return since, min(after - timedelta(days=1), programme.ends_on)


def ask_for(work: Work, programme: Programme, rule: Mapping[str, Any]) -> uuid.UUID:
    """Ask for the case of the next report of this kind."""
    return ask_for_case(
        work,
        programme.organisation_id,
        "reporting",
        f"{rule['title']}: {programme.title}"[:200],
        participants=programme_people.with_curators(work, programme.id, {}),
        variables={"programme_id": programme.id, "variant": programme.variant, "kind": rule["kind"]},
    )


def day(text: str) -> date:
    """Read a day as the case keeps it."""
    return date.fromisoformat(text)
