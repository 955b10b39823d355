"""Where a service task is called, and how it says that it failed."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from workflows.access import Participant
from workflows.engine.step_reasons import Explained


@dataclass(frozen=True, slots=True)
class Place:
    """The case whose service task runs."""

    case_id: uuid.UUID
    organisation_id: uuid.UUID
    pack_version_id: uuid.UUID
    title: str
    participants: tuple[Participant, ...]


OPERATOR_REASONS: Mapping[str, str] = {
    "operator_unknown": "there is no operation named {name}",
    "notice_empty": "the text of a notice is empty",
    "nobody_to_tell": "there is nobody to tell: name a participant or a curator",
}


class OperatorFailed(Explained):
    """A service task cannot do what the diagram asks of it; says why, for the incident."""

    sentences = OPERATOR_REASONS
