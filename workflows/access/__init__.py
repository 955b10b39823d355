"""Who may do what: permissions on one page, asked for by every operation."""

from workflows.access.permissions import Permission
from workflows.access.ranks import require_above
from workflows.access.rules import LEADERS, OVERSEERS, RULES, acting_person, can, require
from workflows.access.subjects import Participant, Subject

__all__ = [
    "LEADERS",
    "OVERSEERS",
    "RULES",
    "Participant",
    "Permission",
    "Subject",
    "acting_person",
    "can",
    "require",
    "require_above",
]
