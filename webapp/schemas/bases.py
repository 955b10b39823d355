"""Which people of a base are wanted, read from the address; what cannot be read counts as not asked for."""

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, post_load, validate

from models.bases import EntryStatus
from webapp.schemas.places import LONGEST_SEARCH, tidy_search
from workflows.queries.bases.request_map import Across

WAITING_DAYS = (14, 30, 60)


class _PeopleQuery(Schema):
    class Meta:
        unknown = EXCLUDE

    search = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    status = fields.Enum(EntryStatus, by_value=True, load_default=None)
    form = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    problem = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    after = fields.UUID(load_default=None)

    @post_load
    def tidy(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Leave out what nobody can be called by."""
        return {key: tidy_search(one) if isinstance(one, str) else one for key, one in data.items()}


class MenteesQuery(_PeopleQuery):
    """Which mentees."""

    group = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    minor = fields.Boolean(load_default=False)
    lacking = fields.Boolean(load_default=False)
    waiting = fields.Integer(load_default=0, validate=validate.OneOf((0, *WAITING_DAYS)))


class MentorsQuery(_PeopleQuery):
    """Which mentors."""

    source = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    free = fields.Boolean(load_default=False)
    expiring = fields.Boolean(load_default=False)


class RequestMapQuery(Schema):
    """What stands across the map."""

    class Meta:
        unknown = EXCLUDE

    across = fields.Enum(Across, by_value=True, load_default=Across.FORM)


def readable(arguments: Mapping[str, str]) -> dict[str, str]:
    """Return the filters that are filled in: an empty choice of a form is none."""
    return {name: value for name, value in arguments.items() if value}
