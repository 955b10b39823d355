"""Read the notices that cases have written to the actor."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select, tuple_

from models.cases import Case
from models.notices import Notice
from models.organisations import Organisation
from models.prepared import Prepared
from workflows.queries.cases import visible_to
from workflows.work import Work

PAGE = 50
NEWS_LASTS = timedelta(days=30)
COUNTED = 99


@dataclass(frozen=True)
class NoticeRow:
    """What a case told the actor; the case may have gone out of sight since."""

    id: uuid.UUID
    case_id: uuid.UUID
    case_title: str
    pack_version_id: uuid.UUID
    text: str
    values: dict[str, Any]
    written_at: datetime
    read_at: datetime | None
    may_see_case: bool


@dataclass(frozen=True)
class NoticePlace:
    """After which notice the next page begins."""

    written_at: datetime
    id: uuid.UUID


def list_news(work: Work, *, size: int = PAGE) -> list[NoticeRow]:
    """List the actor's own unread notices, the newest first; what has grown old is no news."""
    is_new = Notice.written_at > work.now() - NEWS_LASTS
    unread = _own(work).where(Notice.read_at.is_(None), is_new).limit(size)
    return [NoticeRow(*row) for row in work.session.execute(unread)]


def list_notices(
    work: Work, *, after: NoticePlace | None = None, size: int = PAGE
) -> tuple[list[NoticeRow], NoticePlace | None]:
    """List all notices of the actor, the newest first, and where the next page begins."""
    wanted = _own(work).limit(size + 1)
    if after:
        place = tuple_(literal(after.written_at), literal(after.id))
        wanted = wanted.where(tuple_(Notice.written_at, Notice.id) < place)
    found = work.session.execute(wanted).all()
    rows = [NoticeRow(*row) for row in found[:size]]
    following = NoticePlace(rows[-1].written_at, rows[-1].id) if len(found) > size else None
    return rows, following


def count_unread(work: Work) -> int:
    """Count the actor's unread notices, up to one more than anybody wants to know of."""
    found = _UNREAD.find(work.session.connection(), {"person_id": work.actor.person_id})
    count: int = found.number
    return count


# Every page tells it.
_UNREAD = Prepared(
    select(func.count().label("number")).select_from(
        select(Notice.id)
        .where(Notice.person_id == bindparam("person_id"), Notice.read_at.is_(None))
        .limit(COUNTED + 1)
        .subquery()
    )
)


def _own(work: Work) -> Select[Any]:
    return (
        select(
            Notice.id,
            Notice.case_id,
            Case.title,
            Case.pack_version_id,
            Notice.text,
            Notice.values,
            Notice.written_at,
            Notice.read_at,
            visible_to(work).label("may_see_case"),
        )
        .join(Case, Notice.case_id == Case.id)
        .join(Organisation, Case.organisation_id == Organisation.id)
        .where(Notice.person_id == work.actor.person_id)
        .order_by(Notice.written_at.desc(), Notice.id.desc())
    )
