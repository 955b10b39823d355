"""Read the notices that cases have written to the actor."""

from collections.abc import Sequence

from sqlalchemy import select

from models.notices import Notice
from workflows.work import Work

PAGE = 50


def list_unread(work: Work) -> Sequence[Notice]:
    """List the actor's own unread notices, the newest first."""
    if work.actor.person_id is None:
        return []
    unread = select(Notice).where(Notice.person_id == work.actor.person_id, Notice.read_at.is_(None))
    return work.session.scalars(unread.order_by(Notice.written_at.desc(), Notice.id).limit(PAGE)).all()
