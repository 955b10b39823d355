"""What a permission is asked about, as far as the rules look at it."""

import uuid
from dataclasses import dataclass
from typing import Self

from models.organisations import Organisation


@dataclass(frozen=True, slots=True)
class Participant:
    """A person with a role in one case."""

    role: str
    person_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Subject:
    """An organisation, or a case or task of it: where it is, who takes part, whose turn it is.

    Operations build it from what they have loaded anyway, so that a rule never asks the database.
    """

    organisation_id: uuid.UUID
    path: str
    participants: tuple[Participant, ...] = ()
    task_role: str | None = None
    assignee_id: uuid.UUID | None = None
    delegated_by_id: uuid.UUID | None = None
    completed_by_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    """Whose own record it is, when it is a person's."""

    @classmethod
    def of(cls, organisation: Organisation) -> Self:
        """Ask about an organisation itself."""
        return cls(organisation_id=organisation.id, path=organisation.path)

    def holders(self, role: str) -> tuple[uuid.UUID, ...]:
        """List the participants of the case in this role."""
        return tuple(one.person_id for one in self.participants if one.role == role)
