"""Who is signed in, as programs read it."""

from marshmallow import Schema, fields


class RoleOut(Schema):
    """A role held today."""

    name = fields.String()
    organisation_id = fields.UUID()


class SessionOut(Schema):
    """The person behind this session; acts carry the token in the header X-CSRFToken."""

    person_id = fields.UUID(attribute="actor.person_id")
    name = fields.String(attribute="actor.name")
    language = fields.String(attribute="actor.language")
    roles = fields.List(fields.Nested(RoleOut), attribute="actor.roles")
    csrf_token = fields.String()
