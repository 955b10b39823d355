"""What a list of pairs is asked for in its address."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, post_load, validate

from webapp.schemas.places import LONGEST_SEARCH, tidy_search
from workflows.queries.pair_list import Group

LONGEST_CODE = 100


class PairsQuery(Schema):
    """Which pairs, and after which of them the page begins."""

    class Meta:
        unknown = EXCLUDE

    group = fields.Enum(Group, by_value=True, load_default=None)
    programme = fields.UUID(load_default=None)
    form = fields.String(load_default="", validate=validate.Length(max=LONGEST_CODE))
    silent = fields.Boolean(load_default=False)
    search = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    after = fields.UUID(load_default=None)

    @post_load
    def tidy(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Leave out what no pair can be called by."""
        return data | {"search": tidy_search(data["search"]), "form": tidy_search(data["form"])}
