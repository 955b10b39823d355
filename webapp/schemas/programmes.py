"""What an address may ask of the pages of programmes."""

import uuid
from datetime import date
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from webapp.schemas.places import LONGEST_SEARCH, tidy_search
from workflows.queries.programmes.listing import ProgrammePlace
from workflows.queries.programmes.roadmap import MeasureState, RoadmapOrder
from workflows.queries.programmes.stages import NUMBERS


class DayPlaceField(fields.Field[Any]):
    """After which row a page begins, in a list that is in the order of a day and an id."""

    def _deserialize(self, value: Any, *_arguments: Any, **_options: Any) -> Any:
        day, _, row_id = str(value).rpartition("_")
        try:
            return ProgrammePlace(date.fromisoformat(day), uuid.UUID(row_id))
        except ValueError as error:
            raise ValidationError("Not a place of this list.") from error


class Searched(Schema):
    """What a list with a search has in its address."""

    class Meta:
        unknown = EXCLUDE

    search = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))

    @post_load
    def tidy(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Leave out what nothing can be called by."""
        return data | {"search": tidy_search(data["search"])}


class ProgrammesQuery(Searched):
    """Which programmes, and where the page begins."""

    show = fields.String(load_default="", validate=validate.OneOf(("", "over")))
    after = DayPlaceField(load_default=None)


class RoadmapQuery(Searched):
    """Which measures, in which order."""

    stage = fields.Integer(load_default=None, validate=validate.OneOf(list(NUMBERS)))
    state = fields.Enum(MeasureState, by_value=True, load_default=None)
    order = fields.Enum(RoadmapOrder, by_value=True, load_default=RoadmapOrder.PLAN)
