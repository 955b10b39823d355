"""Which people are wanted, read from the address; what cannot be read counts as not asked for."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, post_load, validate

from webapp.schemas.places import LONGEST_SEARCH, tidy_search
from workflows.queries.people_list import Account


class PeopleQuery(Schema):
    """Which people, and after whom the page begins."""

    class Meta:
        unknown = EXCLUDE

    search = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    role = fields.String(load_default="", validate=validate.Length(max=48))
    organisation = fields.UUID(load_default=None)
    account = fields.Enum(Account, by_value=True, load_default=None)
    after = fields.UUID(load_default=None)

    @post_load
    def tidy(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Leave out what nobody can be called by."""
        return {key: tidy_search(one) if isinstance(one, str) else one for key, one in data.items()}
