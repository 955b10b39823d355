"""Every table at once, for migrations and tests."""

from models import (
    batches,
    cases,
    definitions,
    journal,
    notices,
    organisations,
    people,
    tasks,
    waiting,
)
from models.base import Base

__all__ = [
    "Base",
    "batches",
    "cases",
    "definitions",
    "journal",
    "notices",
    "organisations",
    "people",
    "tasks",
    "waiting",
]
