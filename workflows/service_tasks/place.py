"""Where a service task or a listener is called, and how it says that it failed."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.access import Participant
from workflows.engine.step_reasons import Explained


@dataclass(frozen=True, slots=True)
class Place:
    """The case whose service task runs, or one of whose tasks was done."""

    case_id: uuid.UUID
    organisation_id: uuid.UUID
    pack_version_id: uuid.UUID
    title: str
    participants: tuple[Participant, ...]
    hops: int = 0
    """How many cases a message has passed through, one causing the next, before it moved this one."""


@dataclass(frozen=True, slots=True)
class Done:
    """A task that a person has just done: its answers are checked, and the case has not moved yet."""

    task_id: uuid.UUID
    element: str
    form: str
    """The form that was filled in; another diagram may ask it under another element."""
    role: str
    """For whom the task waited: the lane in which it stands."""
    by_id: uuid.UUID
    answers: Mapping[str, Any]
    """All answers, also long texts and the rows of lists, which the case itself does not keep."""
    known: Mapping[str, Any]
    """What the case knows where the task stands."""
    now: datetime
    """This instant, in the zone of the case's organisation."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """What the diagram tells whoever listens to this task: its properties."""

    def setting(self, name: str) -> str:
        """Return what the diagram says under this name, without which nobody can listen."""
        value = self.settings.get(name)
        if not value:
            raise OperatorFailed("setting_missing", name=name)
        return value


OPERATOR_REASONS: Mapping[str, str] = {
    "operator_unknown": "there is no operation named {name}",
    "listener_unknown": "there is no listener named {name}",
    "setting_missing": "the task has no property {name}",
    "notice_empty": "the text of a notice is empty",
    "nobody_to_tell": "there is nobody to tell: name a participant or a curator",
    "no_proposal": "no pairs were proposed in this case",
    "no_general_meeting": "no general meeting was planned in this case",
    "no_search": "no mentee is looked after in this case",
}


class OperatorFailed(Explained):
    """A service task cannot do what the diagram asks of it; says why, for the incident."""

    sentences = OPERATOR_REASONS
