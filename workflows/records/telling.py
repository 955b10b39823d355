"""Tell people something from a case, whether they take part in it or not."""

import uuid
from collections.abc import Iterable
from typing import cast

from sqlalchemy import Table, insert

from models.notices import Notice
from workflows import journal
from workflows.work import Work

_LONGEST_TEXT = 2000


def tell(
    work: Work, organisation_id: uuid.UUID, case_id: uuid.UUID, people: Iterable[uuid.UUID], text: str
) -> int:
    """Write a notice to each of these people; return how many they are."""
    to = list(dict.fromkeys(people))
    if not to or not text.strip():
        return 0
    said = {"text": text[:_LONGEST_TEXT], "written_at": work.now()}
    where = {"organisation_id": organisation_id, "case_id": case_id}
    rows = [{"id": uuid.uuid4(), "person_id": one, **where, **said} for one in to]
    work.session.connection().execute(insert(cast(Table, Notice.__table__)), rows)
    journal.record(
        work,
        "notice.written",
        f"case:{case_id}",
        organisation_id=organisation_id,
        role="system",
        case_id=case_id,
        details={"text": said["text"], "people": to},
    )
    return len(to)
