"""What a list of documents is asked for in its address."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, post_load, validate

from models.documents import DocumentStatus
from webapp.schemas.places import LONGEST_SEARCH, MomentPlaceField, tidy_search
from workflows.documents.kinds import KINDS
from workflows.queries.documents.listing import DocumentPlace


class DocumentsQuery(Schema):
    """Which documents, and where the page begins."""

    class Meta:
        unknown = EXCLUDE

    search = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    kind = fields.String(load_default="", validate=validate.OneOf(["", *KINDS]))
    status = fields.Enum(DocumentStatus, by_value=True, load_default=None)
    programme = fields.UUID(load_default=None)
    since = fields.Date(load_default=None)
    until = fields.Date(load_default=None)
    after = MomentPlaceField(DocumentPlace, load_default=None)

    @post_load
    def tidy(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Leave out what no document can be called by."""
        return data | {"search": tidy_search(data["search"])}
