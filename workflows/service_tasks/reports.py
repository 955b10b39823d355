"""What the diagram of reports calls: which period is due, submit, check, begin the next period."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from models.programmes import Programme, ProgrammeStatus
from workflows.records import programmes, report_periods, reports
from workflows.refusals import Conflict
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

Rule = Mapping[str, Any]


def begin(work: Work, place: Place, *, programme_id: str, kinds: Sequence[Rule]) -> dict[str, Any]:
    """Begin a case for each kind of report that the programme owes."""
    programme = work.session.get_one(Programme, uuid.UUID(programme_id))
    for rule in kinds:
        report_periods.ask_for(work, programme, rule)
    return {"count": len(kinds)}


def find_period(
    work: Work, place: Place, *, programme_id: str, kinds: Sequence[Rule], kind: str | None = None
) -> dict[str, Any]:
    """Return which report is due, for which days, who checks it and how long it may take to write."""
    programme = work.session.get_one(Programme, uuid.UUID(programme_id))
    rule = next((one for one in kinds if kind in (None, one["kind"])), kinds[0])
    months = int(rule["months"])
    since, until = report_periods.next_period(work, programme, rule["kind"], months)
    about = {key: rule[key] for key in ("kind", "title", "checked_by", "write_within")}
    opens = (until + timedelta(days=1)).isoformat()
    days = {"since_on": since.isoformat(), "until_on": until.isoformat(), "opens_on": opens}
    return about | days | {"is_whole": not months}


def submit(work: Work, place: Place, done: Done) -> None:
    """Keep the report: the facts of the system and the conclusions of the curator."""
    period = done.known["period"]
    programme = work.session.get_one(Programme, uuid.UUID(done.known["programme_id"]))
    # A programme may close before its last day: nothing is reported of days to come.
    until_on = min(report_periods.day(period["until_on"]), programmes.today_of(work, programme))
    reports.submit(
        work,
        programme.id,
        case_id=place.case_id,
        kind=period["kind"],
        since_on=report_periods.day(period["since_on"]),
        until_on=until_on,
        facts=done.known.get("facts") or {},
        answers=done.answers,
        by_id=done.by_id,
    )


def check(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Accept the report, or give it back with remarks; say whether another period follows."""
    report = reports.find_of_case(work, place.case_id)
    if report is None:
        raise Conflict("report_not_there")
    is_accepted = done.answers["decision"] == "accept"
    remarks = done.answers.get("remarks") or ""
    reports.check(work, report, is_accepted=is_accepted, remarks=remarks, by_id=done.by_id)
    programme = work.session.get_one(Programme, report.programme_id)
    is_over = programme.status is not ProgrammeStatus.RUNNING
    return {"has_next": is_accepted and not is_over and report.until_on < programme.ends_on}


OPERATORS: dict[str, Callable[..., Any]] = {
    "reports.begin": begin,
    "reports.find_period": find_period,
}
LISTENERS: dict[str, Callable[..., Any]] = {"reports.submit": submit, "reports.check": check}
