"""Read who stands in for whom, and who could."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from models.organisations import Organisation
from models.people import Membership, Person
from models.standing_in import Deputyship
from workflows.access import LEADERS, Permission, require
from workflows.queries.people import get_subject_of
from workflows.work import Work

NEVER_STOOD_FOR = frozenset({"mentee", "guardian"})
"""What a child or a parent says, nobody says in their place."""
MOST_SHOWN = 50


@dataclass(frozen=True)
class StandingIn:
    """Somebody stands in for somebody, from a day to a day."""

    id: uuid.UUID
    person_id: uuid.UUID
    person_name: str
    deputy_id: uuid.UUID
    deputy_name: str
    since_on: date
    until_on: date
    ended_at: datetime | None
    today: date

    @property
    def state(self) -> str:
        """Say whether it is yet to come, counts now, or is over."""
        if self.ended_at or self.until_on < self.today:
            return "over"
        return "ahead" if self.since_on > self.today else "now"


def list_standing_in(work: Work) -> list[StandingIn]:
    """List who stands in for the actor today, and for whom the actor does."""
    me = work.actor.person_id
    return _list(work, or_(Deputyship.person_id == me, Deputyship.deputy_id == me), is_now=True)


def list_deputyships(work: Work, person_id: uuid.UUID) -> list[StandingIn]:
    """List the deputies of a person and for whom the person stands in, the newest first."""
    require(work, Permission.DEPUTY_READ, get_subject_of(work, person_id))
    return _list(work, or_(Deputyship.person_id == person_id, Deputyship.deputy_id == person_id))


def _list(work: Work, concerned: object, *, is_now: bool = False) -> list[StandingIn]:
    person, deputy = aliased(Person), aliased(Person)
    wanted = (
        select(
            Deputyship.id,
            person.id,
            person.full_name,
            deputy.id,
            deputy.full_name,
            Deputyship.since_on,
            Deputyship.until_on,
            Deputyship.ended_at,
            Organisation.day_at(work.now()),
        )
        .join(Organisation, Organisation.id == Deputyship.organisation_id)
        .join(person, person.id == Deputyship.person_id)
        .join(deputy, deputy.id == Deputyship.deputy_id)
        .where(concerned)  # type: ignore[arg-type]
        .order_by(Deputyship.until_on.desc(), Deputyship.id)
        .limit(MOST_SHOWN)
    )
    if is_now:
        wanted = wanted.where(Deputyship.counts_at(work.now()))
    return [StandingIn(*row) for row in work.session.execute(wanted)]


def list_possible_deputies(work: Work, person_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """List who may stand in for a person, by name.

    Who goes away chooses among colleagues of the same role and those who lead. Whom somebody else
    names must hold every role of that person: nobody comes by such a deputy to see more than before.
    """
    held = _roles_by_place(work, Membership.person_id == person_id)
    own = {(place, role) for _, _, place, role in held if role not in NEVER_STOOD_FOR}
    if not own:
        return []
    others = _roles_by_place(work, Membership.organisation_id.in_({place for place, _ in own}))
    roles: dict[tuple[str, uuid.UUID], set[tuple[uuid.UUID, str]]] = {}
    for id_, name, place, role in others:
        roles.setdefault((name, id_), set()).add((place, role))
    is_own = person_id == work.actor.person_id
    leading = {(place, role) for place, _ in own for role in LEADERS}
    fits = (lambda has: bool(has & (own | leading))) if is_own else own.issubset
    return [(id_, name) for (name, id_), has in sorted(roles.items()) if id_ != person_id and fits(has)]


def _roles_by_place(work: Work, concerned: object) -> list[tuple[uuid.UUID, str, uuid.UUID, str]]:
    wanted = (
        select(Person.id, Person.full_name, Membership.organisation_id, Membership.role)
        .join(Person, Person.id == Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(concerned, Membership.counts_at(work.now()))  # type: ignore[arg-type]
    )
    return [(id_, name, place, role) for id_, name, place, role in work.session.execute(wanted)]
