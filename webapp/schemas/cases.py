"""Cases as programs read and start them."""

from marshmallow import Schema, fields, validate

from models.cases import CaseStatus
from webapp import problems
from workflows.access import Permission


class ParticipantOut(Schema):
    """Somebody who takes part in a case."""

    person_id = fields.UUID()
    name = fields.String()
    role = fields.String()
    since_at = fields.AwareDateTime()


class OpenTaskOut(Schema):
    """A task that is open in a case."""

    id = fields.UUID()
    element = fields.String()
    name = fields.String()
    role = fields.String()
    due_at = fields.AwareDateTime(allow_none=True)
    assignee_id = fields.UUID(allow_none=True)


class IncidentOut(Schema):
    """A step of a case that could not be done."""

    id = fields.UUID()
    element = fields.String()
    element_name = fields.String()
    reason = fields.Function(lambda incident: problems.why(incident.explanation))
    code = fields.Function(lambda incident: incident.explanation.get("code", "unforeseen"))
    attempts = fields.Integer()
    opened_at = fields.AwareDateTime()


class CaseOut(Schema):
    """A case with its people and what waits in it."""

    id = fields.UUID(attribute="case.id")
    organisation_id = fields.UUID(attribute="case.organisation_id")
    organisation_name = fields.String()
    pack_version_number = fields.Integer()
    process = fields.String(attribute="case.process")
    title = fields.String(attribute="case.title")
    status = fields.Enum(CaseStatus, by_value=True, attribute="case.status")
    has_begun = fields.Boolean(metadata={"description": "A case that was asked for may not have begun yet."})
    started_at = fields.AwareDateTime(attribute="case.started_at")
    suspended_at = fields.AwareDateTime(attribute="case.suspended_at", allow_none=True)
    ended_at = fields.AwareDateTime(attribute="case.ended_at", allow_none=True)
    end_reason = fields.String(attribute="case.end_reason", allow_none=True)
    participants = fields.List(fields.Nested(ParticipantOut))
    open_tasks = fields.List(fields.Nested(OpenTaskOut))
    incidents = fields.List(fields.Nested(IncidentOut))
    may = fields.List(fields.Enum(Permission, by_value=True))


class StartCaseIn(Schema):
    """Which process to start, where, under which title and with whom."""

    organisation_id = fields.UUID(required=True)
    process = fields.String(required=True, validate=validate.Length(1, 200))
    title = fields.String(required=True, validate=validate.Length(max=1000))
    participants = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 100)),
        values=fields.List(fields.UUID(), validate=validate.Length(max=200)),
        load_default=dict,
    )
    variables = fields.Dict(keys=fields.String(), load_default=dict)


class StartedCaseOut(Schema):
    """A case that has begun."""

    id = fields.UUID()
    is_finished = fields.Boolean()
    opened = fields.List(fields.UUID())
