"""Children and those who decide for them."""

import uuid
from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, select

from models.people import Guardianship, Person
from workflows.records import days
from workflows.work import Work

GROWN_UP_AT = 18
_OF_CHILD = (
    select(Guardianship.guardian_id)
    .join(Person, Person.id == Guardianship.guardian_id)
    .where(Guardianship.child_id == bindparam("child_id"))
    .order_by(Person.full_name, Person.id)
)


def list_of(work: Work, child_id: uuid.UUID) -> list[uuid.UUID]:
    """List the guardians of somebody."""
    return list(
        work.remembered(
            ("guardians", child_id), lambda: work.session.scalars(_OF_CHILD, {"child_id": child_id}).all()
        )
    )


def add(work: Work, child_id: uuid.UUID, guardian_ids: Iterable[uuid.UUID], kin: str = "") -> None:
    """Write down who decides for a child; whoever is written down already stays."""
    known = {child_id, *list_of(work, child_id)}
    for guardian_id in dict.fromkeys(guardian_ids):
        if guardian_id not in known:
            row = Guardianship(id=uuid.uuid4(), child_id=child_id, guardian_id=guardian_id, kin=kin)
            work.session.add(row)
    work.session.flush()
    work.forget(("guardians", child_id))


def is_guardian(work: Work, guardian_id: uuid.UUID | None, child_id: uuid.UUID) -> bool:
    """Say whether somebody decides for this child."""
    return guardian_id in list_of(work, child_id)


def age_of(work: Work, person: Person) -> int | None:
    """Return the full years of somebody today, where the organisation is."""
    return (
        None
        if person.born_on is None
        else years_between(person.born_on, days.today(work, person.organisation_id))
    )


def is_minor(work: Work, person: Person) -> bool:
    """Say whether a guardian has to sign too; one whose age nobody knows is a child if there is one."""
    has_guardian = person.born_on is None and bool(list_of(work, person.id))
    return is_child(person.born_on, days.today(work, person.organisation_id), has_guardian)


def is_child(born_on: date | None, today: date, has_guardian: bool) -> bool:
    """Say whether somebody born then is a child today; of unknown age, whoever has a guardian is."""
    return has_guardian if born_on is None else years_between(born_on, today) < GROWN_UP_AT


def years_between(born_on: date, day: date) -> int:
    """Count the birthdays between two days."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
