"""Say that an answer cannot be taken, so that marshmallow collects it and the door can word it."""

from typing import Any

from marshmallow import ValidationError

from workflows.refusals import Complaint


def wrong(key: str, **values: Any) -> ValidationError:
    """Make the error that marshmallow files under the field."""
    return ValidationError([Complaint(key, **values)])
