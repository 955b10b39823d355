"""REST: one case, and starting one."""

import uuid
from typing import Any

from webapp.api.reading import part
from webapp.schemas.cases import CaseOut, StartCaseIn, StartedCaseOut
from webapp.transaction import work
from workflows.operations.cases import StartedCase, start_case
from workflows.queries.cases import CaseView, get_case

api = part("api_cases", "cases", "Processes that run.")


@api.get("/<uuid:case_id>")
@api.response(200, CaseOut)
def get(case_id: uuid.UUID) -> CaseView:
    """Return one case."""
    return get_case(work(), case_id)


@api.post("")
@api.arguments(StartCaseIn)
@api.response(201, StartedCaseOut)
def start(given: dict[str, Any]) -> StartedCase:
    """Start a case."""
    return start_case(
        work(),
        given["organisation_id"],
        given["process"],
        given["title"],
        participants=given["participants"],
        variables=given["variables"],
    )
