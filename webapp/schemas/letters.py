"""Which letters are asked for, and where the page begins."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, post_load, validate

from webapp.schemas.places import LONGEST_SEARCH, MomentPlaceField, tidy_search
from workflows.queries.letters import LetterPlace, LetterState


class LettersQuery(Schema):
    """Which letters, and where the page begins."""

    class Meta:
        unknown = EXCLUDE

    state = fields.Enum(LetterState, by_value=True, load_default=None)
    search = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    after = MomentPlaceField(LetterPlace, load_default=None)

    @post_load
    def tidy(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Leave out what nobody can be called by."""
        return data | {"search": tidy_search(data["search"])}
