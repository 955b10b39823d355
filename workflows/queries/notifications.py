"""What somebody wants to be told, and whether letters can reach them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import exists, select

from models.letters import LetterKind, NotificationChoice, Way
from models.people import Person, User
from workflows.records.letters import USUAL, WAYS
from workflows.work import Work


@dataclass(frozen=True)
class Notifications:
    """The ways somebody has chosen, and the address letters go to, if there is one."""

    ways: Mapping[LetterKind, Way]
    email: str | None


def ways_of(work: Work, person_id: uuid.UUID) -> dict[LetterKind, Way]:
    """Return the way of every kind: what was chosen, else the usual one."""
    row = work.session.scalar(
        select(NotificationChoice.ways).where(NotificationChoice.person_id == person_id)
    )
    chosen = row or {}
    return {kind: _way(kind, chosen.get(kind.value)) for kind in USUAL}


def get_notifications(work: Work, person_id: uuid.UUID) -> Notifications:
    """Return what somebody is told, and where to."""
    has_account = exists().where(User.person_id == Person.id, ~User.is_blocked)
    email = work.session.scalar(select(Person.email).where(Person.id == person_id, has_account))
    return Notifications(ways_of(work, person_id), email)


def _way(kind: LetterKind, chosen: str | None) -> Way:
    return next((way for way in WAYS[kind] if way.value == chosen), USUAL[kind])
