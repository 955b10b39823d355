"""What may be asked of the inbox: the same words in the address of the page and of the API."""

import uuid
from datetime import datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from webapp import dates
from webapp.schemas.places import LONGEST_SEARCH, tidy_search
from workflows.queries.inbox import PAGE, Due, Filters, Order, Place, Whose

MOST_ON_A_PAGE = 200
NO_DEADLINE = "never"
LONGEST_NAME = 200
FILTERS = ("due", "role", "element", "case_id", "programme_id", "order")


class PlaceField(fields.Field[Place]):
    """After which task a page begins, as one word of an address."""

    def _serialize(self, value: Place | None, *_arguments: Any, **_options: Any) -> str | None:
        return written(value) if value else None

    def _deserialize(self, value: Any, *_arguments: Any, **_options: Any) -> Place:
        due, _, task_id = str(value).rpartition("_")
        try:
            return Place(None if due == NO_DEADLINE else datetime.fromisoformat(due), uuid.UUID(task_id))
        except ValueError as error:
            raise ValidationError("Not a place of this list.") from error


def written(place: Place) -> str:
    """Write a place as one word of an address."""
    return f"{place.due_at.isoformat() if place.due_at else NO_DEADLINE}_{place.id}"


class InboxQuery(Schema):
    """Whose tasks, which of them, and where the page begins."""

    class Meta:
        unknown = EXCLUDE

    whose = fields.Enum(Whose, by_value=True, load_default=Whose.ALL)
    search = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    due = fields.Enum(Due, by_value=True, load_default=None)
    role = fields.String(load_default="", validate=validate.Length(max=LONGEST_NAME))
    element = fields.String(load_default="", validate=validate.Length(max=LONGEST_NAME))
    case_id = fields.UUID(load_default=None, data_key="case")
    programme_id = fields.UUID(load_default=None, data_key="programme")
    order = fields.Enum(Order, by_value=True, load_default=Order.DUE)
    after = PlaceField(load_default=None)
    size = fields.Integer(load_default=PAGE, validate=validate.Range(min=1, max=MOST_ON_A_PAGE))

    @post_load
    def tidy(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Leave out what no task can be called by, and put together what narrows the list."""
        filters = {name: data.pop(name) for name in FILTERS}
        for name in ("role", "element"):
            filters[name] = tidy_search(filters[name])
        filters["zone"] = dates.reader_zone()
        return data | {"search": tidy_search(data["search"]), "filters": Filters(**filters)}


def in_address(filters: Filters) -> dict[str, str]:
    """Write what narrows a list as an address has it, leaving out the usual."""
    found = {
        "due": filters.due.value if filters.due else "",
        "role": filters.role,
        "element": filters.element,
        "case": str(filters.case_id or ""),
        "programme": str(filters.programme_id or ""),
        "order": "" if filters.order is Order.DUE else filters.order.value,
    }
    return {name: value for name, value in found.items() if value}
