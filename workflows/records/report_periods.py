"""The days that a report is about: one period after the other, until the programme ends."""

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from models.programmes import Programme
from models.reports import ReportDuty
from workflows.engine.timers import Duration
from workflows.records import programme_people, reports
from workflows.records.cases import ask_for_case
from workflows.records.messages import send
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
    """Ask for the case of the reports of this kind; a programme has one of each kind."""
    duty = _find_duty(work, programme.id, rule["kind"])
    if duty is None:
        duty = ReportDuty(programme_id=programme.id, kind=rule["kind"], begun_at=work.now())
        duty.case_id = _begin(work, programme, rule)
        work.session.add(duty)
        work.session.flush()
    return duty.case_id


def call_in(work: Work, programme_id: uuid.UUID, hops: int) -> None:
    """Tell the reports that wait for the end of their period that the programme is over."""
    waiting = select(ReportDuty.case_id).where(ReportDuty.programme_id == programme_id)
    for case_id in work.session.scalars(waiting.order_by(ReportDuty.kind)).all():
        send(work, case_id, "programme_over", hops=hops)


def _find_duty(work: Work, programme_id: uuid.UUID, kind: str) -> ReportDuty | None:
    wanted = select(ReportDuty).where(ReportDuty.programme_id == programme_id, ReportDuty.kind == kind)
    return work.session.scalars(wanted).one_or_none()


def _begin(work: Work, programme: Programme, rule: Mapping[str, Any]) -> uuid.UUID:
    return ask_for_case(
        work,
        programme.organisation_id,
        "reporting",
        f"{rule['title']}: {programme.title}",
        participants=programme_people.with_curators(work, programme.id, {}),
        variables={"programme_id": programme.id, "variant": programme.variant, "kind": rule["kind"]},
    )


def day(text: str) -> date:
    """Read a day as the case keeps it."""
    return date.fromisoformat(text)
