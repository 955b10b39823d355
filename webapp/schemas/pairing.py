"""What an address may ask of the board of proposals."""

from marshmallow import fields, validate

from webapp.schemas.places import LONGEST_SEARCH
from webapp.schemas.programmes import Searched
from workflows.queries.pair_forming.filtering import Shown

MENTEES, MENTORS = "mentees", "mentors"


class BoardQuery(Searched):
    """Which rows of the board, by whom, and where the page begins."""

    by = fields.String(load_default=MENTEES, validate=validate.OneOf((MENTEES, MENTORS)))
    form = fields.String(load_default="", validate=validate.Length(max=LONGEST_SEARCH))
    show = fields.Enum(Shown, by_value=True, load_default=Shown.ALL)
    after = fields.UUID(load_default=None)
