"""Operations on deputies: name one from a day to a day, end it before its time."""

import uuid
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from models.people import Person
from models.standing_in import Deputyship
from workflows import journal
from workflows.access import Permission, require, require_above
from workflows.queries.deputies import list_possible_deputies
from workflows.queries.people import hold_person, list_held
from workflows.records import days
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

LONGEST = timedelta(days=366)


def name_deputy(
    work: Work, person_id: uuid.UUID, deputy_id: uuid.UUID, since_on: date, until_on: date
) -> uuid.UUID:
    """Let a colleague do somebody's tasks from a day to a day; it ends by itself."""
    person, subject = hold_person(work, person_id)
    role = require(work, Permission.DEPUTY_NAME, subject)
    if person_id != work.actor.person_id:
        require_above(work, list_held(work, person_id))
    _refuse_days(days.today(work, person.organisation_id), since_on, until_on)
    if deputy_id not in dict(list_possible_deputies(work, person_id)):
        raise Invalid({"deputy_id": [Complaint("cannot_stand_in")]})
    _refuse_twice(work, person_id, deputy_id, since_on, until_on)
    deputyship = Deputyship(
        id=uuid.uuid4(),
        organisation_id=person.organisation_id,
        person_id=person_id,
        deputy_id=deputy_id,
        since_on=since_on,
        until_on=until_on,
        named_by_id=work.actor.person_id,
        named_at=work.now(),
    )
    work.session.add(deputyship)
    work.session.flush()
    details = {"deputy": deputy_id, "since_on": since_on, "until_on": until_on}
    _record(work, "deputy.named", deputyship, role, details)
    return deputyship.id


def end_deputyship(work: Work, deputyship_id: uuid.UUID) -> None:
    """End it before its time: from now on the tasks are again only the person's own."""
    deputyship = work.session.get(Deputyship, deputyship_id, with_for_update=True, populate_existing=True)
    if deputyship is None:
        raise NotFound(noun="deputy")
    _, subject = hold_person(work, deputyship.person_id)
    role = require(work, Permission.DEPUTY_NAME, subject)
    if deputyship.person_id != work.actor.person_id:
        require_above(work, list_held(work, deputyship.person_id))
    if deputyship.ended_at or deputyship.until_on < days.today(work, deputyship.organisation_id):
        raise Conflict("deputy_over_already")
    deputyship.ended_at = work.now()
    work.session.flush()
    _record(work, "deputy.ended", deputyship, role, {"deputy": deputyship.deputy_id})


def _refuse_days(today: date, since_on: date, until_on: date) -> None:
    problems: dict[str, list[Complaint]] = {}
    if since_on < today:
        problems["since_on"] = [Complaint("day_is_past")]
    if until_on < since_on:
        problems["until_on"] = [Complaint("ends_before_it_begins")]
    elif until_on - since_on > LONGEST:
        problems["until_on"] = [Complaint("deputy_for_too_long")]
    if problems:
        raise Invalid(problems)


def _refuse_twice(
    work: Work, person_id: uuid.UUID, deputy_id: uuid.UUID, since_on: date, until_on: date
) -> None:
    overlapping = select(Deputyship.id).where(
        Deputyship.person_id == person_id,
        Deputyship.deputy_id == deputy_id,
        Deputyship.ended_at.is_(None),
        Deputyship.since_on <= until_on,
        Deputyship.until_on >= since_on,
    )
    if work.session.scalar(overlapping.limit(1)):
        name = work.session.get_one(Person, deputy_id).full_name
        raise Conflict("deputy_named_already", person=name)


def _record(work: Work, act: str, deputyship: Deputyship, role: str, details: dict[str, Any]) -> None:
    journal.record(
        work,
        act,
        f"person:{deputyship.person_id}",
        organisation_id=deputyship.organisation_id,
        role=role,
        details=details,
    )
