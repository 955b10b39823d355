"""Reports: facts that the system saw beside what people wrote, from submission to acceptance."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from models.reports import Report, ReportStatus
from workflows import journal
from workflows.work import Work


def submit(
    work: Work,
    programme_id: uuid.UUID,
    *,
    kind: str,
    since_on: date,
    until_on: date,
    facts: Mapping[str, Any],
    answers: Mapping[str, Any],
    by_id: uuid.UUID | None,
    case_id: uuid.UUID | None = None,
    status: ReportStatus = ReportStatus.SUBMITTED,
) -> uuid.UUID:
    """Write a report down; one of the same period that was returned is written anew."""
    report = find_returned(work, programme_id, kind, since_on) or Report(id=uuid.uuid4(), remarks="")
    report.programme_id, report.kind, report.status = programme_id, kind, status
    report.since_on, report.until_on, report.case_id = since_on, until_on, case_id
    report.facts, report.answers = journal.settle(facts), journal.settle(answers)
    report.submitted_by_id, report.submitted_at = by_id, work.now()
    work.session.add(report)
    work.session.flush()
    return report.id


def check(work: Work, report: Report, *, is_accepted: bool, remarks: str, by_id: uuid.UUID | None) -> None:
    """Accept a report, or give it back with remarks."""
    report.status = ReportStatus.ACCEPTED if is_accepted else ReportStatus.RETURNED
    report.remarks, report.checked_by_id, report.checked_at = remarks, by_id, work.now()
    work.session.flush()


def find_returned(work: Work, programme_id: uuid.UUID, kind: str, since_on: date) -> Report | None:
    """Find a report of this period that waits to be written anew."""
    return _find(
        work, programme_id, kind, Report.since_on == since_on, Report.status == ReportStatus.RETURNED
    )


def find_of_case(work: Work, case_id: uuid.UUID) -> Report | None:
    """Find the report that a case is about."""
    wanted = select(Report).where(Report.case_id == case_id).order_by(Report.submitted_at.desc(), Report.id)
    return work.session.scalars(wanted.limit(1)).one_or_none()


def find_last(work: Work, programme_id: uuid.UUID, kind: str) -> Report | None:
    """Find the newest report of a kind."""
    return _find(work, programme_id, kind)


def _find(work: Work, programme_id: uuid.UUID, kind: str, *conditions: Any) -> Report | None:
    wanted = select(Report).where(Report.programme_id == programme_id, Report.kind == kind, *conditions)
    newest_first = wanted.order_by(Report.until_on.desc(), Report.submitted_at.desc(), Report.id)
    return work.session.scalars(newest_first.limit(1)).one_or_none()
