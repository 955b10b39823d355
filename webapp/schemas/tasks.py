"""Tasks as programs read and send them."""

from marshmallow import Schema, fields

from models.cases import CaseStatus
from models.tasks import TaskStatus
from webapp.schemas.inbox import PlaceField
from workflows.access import Permission


class InboxTask(Schema):
    """One task of the inbox."""

    id = fields.UUID()
    case_id = fields.UUID()
    organisation_id = fields.UUID()
    process = fields.String()
    element = fields.String()
    name = fields.String()
    case_title = fields.String()
    role = fields.String()
    opened_at = fields.AwareDateTime()
    due_at = fields.AwareDateTime(allow_none=True)
    follow_up_on = fields.Date(allow_none=True)
    assignee_id = fields.UUID(allow_none=True)
    delegated_by_id = fields.UUID(allow_none=True)
    is_paused = fields.Boolean(
        metadata={"description": "Its case stands still; the deadline moves on by as long as that lasts."}
    )
    is_overdue = fields.Boolean()


class InboxPageOut(Schema):
    """A page of the inbox; `next` is what to ask for as `after`, and nothing on the last page."""

    rows = fields.List(fields.Nested(InboxTask), data_key="tasks")
    total = fields.Integer()
    is_more = fields.Boolean(metadata={"description": "There are more tasks than `total` counts."})
    next = PlaceField(allow_none=True, metadata={"type": "string"})


class TaskOut(Schema):
    """One task, what was answered or drafted, and what the asker may do with it."""

    id = fields.UUID()
    case_id = fields.UUID()
    case_title = fields.String()
    case_status = fields.Enum(CaseStatus, by_value=True)
    organisation_id = fields.UUID()
    process = fields.String()
    element = fields.String()
    name = fields.String()
    role = fields.String()
    status = fields.Enum(TaskStatus, by_value=True)
    opened_at = fields.AwareDateTime()
    due_at = fields.AwareDateTime(allow_none=True)
    assignee_id = fields.UUID(allow_none=True)
    assignee_name = fields.String(allow_none=True)
    delegated_by_id = fields.UUID(allow_none=True)
    completed_at = fields.AwareDateTime(allow_none=True)
    completed_by_id = fields.UUID(allow_none=True)
    completed_by_name = fields.String(allow_none=True)
    answers = fields.Dict(allow_none=True)
    are_answers_hidden = fields.Boolean(
        metadata={"description": "There are answers, which only who gave them and the curator see."}
    )
    has_restricted = fields.Boolean(
        metadata={"description": "Some answers are left out: only those who help the person read them."}
    )
    draft = fields.Dict(allow_none=True)
    draft_saved_at = fields.AwareDateTime(allow_none=True)
    may = fields.List(fields.Enum(Permission, by_value=True))


class AnswersIn(Schema):
    """What was answered, by the keys of the form."""

    answers = fields.Dict(keys=fields.String(), load_default=dict)


class CompletedTaskOut(Schema):
    """A task that is done, and the tasks its case opened next."""

    id = fields.UUID()
    case_id = fields.UUID()
    is_case_finished = fields.Boolean()
    was_done_before = fields.Boolean()
    opened = fields.List(fields.UUID())
