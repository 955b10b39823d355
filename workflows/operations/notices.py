"""Operations on notices: mark one as read."""

import uuid

from models.notices import Notice
from models.organisations import Organisation
from workflows.access import Permission, Subject, require
from workflows.refusals import NotFound
from workflows.work import Work


def read_notice(work: Work, notice_id: uuid.UUID) -> None:
    """Take a notice off the list of its reader."""
    notice = work.session.get(Notice, notice_id)
    if notice is None:
        raise NotFound(noun="notice")
    organisation = work.session.get_one(Organisation, notice.organisation_id)
    subject = Subject(organisation.id, organisation.path, person_id=notice.person_id)
    require(work, Permission.NOTICE_READ, subject)
    notice.read_at = notice.read_at or work.now()
    work.session.flush()
