"""Where a service task is called, and how it says that it failed."""

import uuid
from dataclasses import dataclass

from workflows.access import Participant


@dataclass(frozen=True, slots=True)
class Place:
    """The case whose service task runs."""

    case_id: uuid.UUID
    organisation_id: uuid.UUID
    pack_version_id: uuid.UUID
    title: str
    participants: tuple[Participant, ...]


class OperatorFailed(Exception):
    """A service task cannot do what the diagram asks of it; says why, in words for the incident."""
