"""Certificates of mentors: which were shown, until when they count, what happens when one runs out."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from models.bases import EntryStatus, MentorCheck, MentorEntry
from models.organisations import Organisation
from models.people import Person
from models.programmes import Programme
from workflows.records import consent_effects, leaving, mentors, pairs, programme_people, statuses
from workflows.records.cases import ask_for_case
from workflows.records.months import months_after
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks import notices
from workflows.service_tasks.place import Done, Place
from workflows.work import Work


def accept_checks(work: Work, place: Place, done: Done) -> None:
    """Write down the certificates that were shown; every one that is asked for has to be there."""
    entry, required = mentors.hold_by_case(work, place.case_id), done.known["required"]
    rows, today = list(done.answers.get("checks") or []), done.now.date()
    shown = [_dated(row, required) for row in rows]
    problems = {
        f"checks.{index}.expires_on": [Complaint("check_expired")]
        for index, (_, expires_on) in enumerate(shown)
        if expires_on < today
    }
    lacking = set(required["kinds"]) - {row["kind"] for row in rows}
    if lacking:
        problems["checks"] = [Complaint("check_lacking", count=len(lacking))]
    if problems:
        raise Invalid(problems)
    for row, (issued_on, expires_on) in zip(rows, shown, strict=True):
        days = int(required["remind_days"])
        add(work, entry, done, row["kind"], row["document"], issued_on, expires_on, remind_days=days)


def _dated(row: Mapping[str, Any], required: Mapping[str, Any]) -> tuple[date, date]:
    issued_on = date.fromisoformat(row["issued_on"])
    if row.get("expires_on"):
        return issued_on, date.fromisoformat(row["expires_on"])
    return issued_on, months_after(issued_on, int(required["valid_months"]))


def add(
    work: Work,
    entry: MentorEntry,
    done: Done,
    kind: str,
    document: str,
    issued_on: date,
    expires_on: date,
    *,
    remind_days: int,
) -> None:
    """Write a certificate down, and let somebody look after it before it runs out."""
    check = MentorCheck(
        id=uuid.uuid4(),
        mentor_entry_id=entry.id,
        kind=kind,
        document=document,
        issued_on=issued_on,
        expires_on=expires_on,
        accepted_by_id=done.by_id,
        accepted_at=work.now(),
    )
    work.session.add(check)
    work.session.flush()
    details = {"kind": kind, "document": document, "expires_on": expires_on}
    statuses.record_act(work, entry, "mentor.check_accepted", details)
    _ask_for_renewal(work, entry, check, remind_days)


def _ask_for_renewal(work: Work, entry: MentorEntry, check: MentorCheck, remind_days: int) -> None:
    assert check.expires_on is not None
    programme = work.session.get_one(Programme, entry.programme_id)
    organisation = work.session.get_one(Organisation, entry.organisation_id)
    person = work.session.get_one(Person, entry.person_id)
    last = datetime.combine(check.expires_on, time(0), ZoneInfo(organisation.time_zone)) + timedelta(days=1)
    ask_for_case(
        work,
        entry.organisation_id,
        "check_renewal",
        person.full_name,
        participants=programme_people.with_curators(work, programme.id, {"mentor": [person.id]}),
        variables={
            "programme_id": programme.id,
            "variant": programme.variant,
            "mentor_entry_id": entry.id,
            "kind": check.kind,
            "title": check.document,
            "valid_until": check.expires_on.isoformat(),
            "remind_days": remind_days,
            "remind_at": (last - timedelta(days=remind_days)).isoformat(),
            "expires_at": last.isoformat(),
        },
    )


def look_again(work: Work, place: Place, *, mentor_entry_id: str) -> dict[str, Any]:
    """Say whether somebody is still a mentor whose certificates matter."""
    entry = mentors.hold(work, uuid.UUID(mentor_entry_id))
    return {"is_mentor": entry.status not in statuses.MAY_RETURN}


def bring_document(work: Work, place: Place, done: Done) -> Mapping[str, Any]:
    """Keep what the mentor says of the new certificate, for the curator to look at."""
    return {"new_document": done.answers["document"]}


def accept_renewal(work: Work, place: Place, done: Done) -> None:
    """Take the new certificate, which lets a paused mentor go on; or let the mentor pause."""
    entry = mentors.hold(work, uuid.UUID(done.known["mentor_entry_id"]))
    answers = done.answers
    if answers["outcome"] == "refused":
        statuses.change_status(work, entry, EntryStatus.PAUSED, "check_expired")
        return
    days = int(done.known["remind_days"])
    dates = date.fromisoformat(answers["issued_on"]), date.fromisoformat(answers["expires_on"])
    add(work, entry, done, done.known["kind"], answers["document"], *dates, remind_days=days)
    if entry.status == EntryStatus.PAUSED:
        is_paired = consent_effects.list_pairs(work, entry.programme_id, entry.person_id)
        statuses.change_status(work, entry, EntryStatus.MATCHED if is_paired else EntryStatus.READY)


def pause_for_check(
    work: Work, place: Place, /, *, mentor_entry_id: str, text: str, text_for_met: str, **values: Any
) -> dict[str, Any]:
    """Pause a mentor whose certificate has run out; whoever meets this mentor does not learn of what."""
    entry = mentors.hold(work, uuid.UUID(mentor_entry_id))
    if entry.status in statuses.MAY_RETURN:
        return {"told": 0}
    statuses.change_status(work, entry, EntryStatus.PAUSED, "check_expired")
    own = [pair for pair, _ in consent_effects.list_pairs(work, entry.programme_id, entry.person_id)]
    curators = {one.person_id for one in place.participants if one.role == "curator"}
    curators |= {one.person_id for pair in own for one in pairs.list_members(work, pair.id, "curator")}
    # Which document it was is the mentor's own affair: the others only learn that they do not meet.
    knowing = {entry.person_id, *curators}
    met = {one for pair in own for one in leaving.those_concerned(work, pair)} - knowing
    notices.tell(work, place, sorted(met), text_for_met, {})
    return {"told": len(met) + notices.tell(work, place, sorted(knowing), text, values)["told"]}


OPERATORS: dict[str, Callable[..., Any]] = {
    "mentors.look_again": look_again,
    "mentors.pause_for_check": pause_for_check,
}
LISTENERS: dict[str, Callable[..., Any]] = {
    "mentors.accept_checks": accept_checks,
    "mentors.bring_document": bring_document,
    "mentors.accept_renewal": accept_renewal,
}
