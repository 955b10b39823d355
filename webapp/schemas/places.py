"""Where a page of a list begins, as one word of an address; and what is sought in it."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from models.cases import CaseStatus
from workflows.queries.cases import CasePlace
from workflows.queries.notices import NoticePlace

LONGEST_SEARCH = 100


class MomentPlaceField(fields.Field[Any]):
    """After which row a page begins, in a list that is in the order of an instant and an id."""

    def __init__(self, kind: Callable[[datetime, uuid.UUID], Any], **options: Any) -> None:
        super().__init__(**options)
        self.kind = kind

    def _deserialize(self, value: Any, *_arguments: Any, **_options: Any) -> Any:
        moment, _, row_id = str(value).rpartition("_")
        try:
            at = datetime.fromisoformat(moment)
            if at.tzinfo is None:
                raise ValueError("no zone")
            return self.kind(at, uuid.UUID(row_id))
        except ValueError as error:
            raise ValidationError("Not a place of this list.") from error


def written(at: datetime, row_id: uuid.UUID) -> str:
    """Write a place as one word of an address."""
    return f"{at.isoformat()}_{row_id}"


def tidy_search(text: str) -> str:
    """Leave out what nothing can be called by."""
    return " ".join(text.replace("\x00", "").split())


class CasesQuery(Schema):
    """Which cases, and where the page begins."""

    class Meta:
        unknown = EXCLUDE

    status = fields.Enum(CaseStatus, by_value=True, load_default=None)
    process = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    search = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    after = MomentPlaceField(CasePlace, load_default=None)

    @post_load
    def tidy(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Leave out what no case can be called by."""
        return data | {name: tidy_search(data[name]) for name in ("search", "process")}


class NoticesQuery(Schema):
    """Where the page begins."""

    class Meta:
        unknown = EXCLUDE

    after = MomentPlaceField(NoticePlace, load_default=None)


def asked(schema: Schema, arguments: Any) -> dict[str, Any]:
    """Read the filters of an address; what cannot be read counts as not asked for."""
    try:
        found: dict[str, Any] = schema.load(arguments)
    except ValidationError as error:
        readable = {name: value for name, value in arguments.items() if name not in error.messages_dict}
        found = schema.load(readable)
    return found
