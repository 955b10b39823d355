"""Operations on the ways to look at the inbox: give one a name, change it, forget it."""

import uuid
from collections.abc import Mapping

from sqlalchemy import func, select, update

from models.organisations import Organisation
from models.tasks import InboxFilter
from workflows.access import Permission, Subject, require
from workflows.refusals import Complaint, Invalid, NotFound
from workflows.work import Work

LONGEST_NAME = 80
MOST_FILTERS = 30


def keep_filter(
    work: Work,
    name: str,
    asked: Mapping[str, str],
    *,
    is_first: bool = False,
    organisation_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Keep a way to look at the inbox under a name, for oneself or for the people of an organisation."""
    person_id = work.actor.person_id
    if person_id is None:
        raise NotFound(noun="inbox")
    _require(work, person_id, organisation_id)
    name = _checked(name)
    own = select(func.count()).where(InboxFilter.person_id == person_id)
    if work.session.execute(own).scalar_one() >= MOST_FILTERS:
        raise Invalid({"name": [Complaint("too_many_filters", limit=MOST_FILTERS)]})
    kept = InboxFilter(
        id=uuid.uuid4(), person_id=person_id, organisation_id=organisation_id, name=name, asked=dict(asked)
    )
    work.session.add(kept)
    _put_first(work, kept, is_first=is_first)
    return kept.id


def change_filter(
    work: Work,
    filter_id: uuid.UUID,
    *,
    name: str,
    is_first: bool = False,
    organisation_id: uuid.UUID | None = None,
) -> None:
    """Give a filter another name, share it or stop sharing it, let the inbox open with it."""
    kept = _hold(work, filter_id)
    _require(work, kept.person_id, organisation_id)
    kept.name, kept.organisation_id = _checked(name), organisation_id
    _put_first(work, kept, is_first=is_first)


def forget_filter(work: Work, filter_id: uuid.UUID) -> None:
    """Forget a filter; no task is touched by it."""
    work.session.delete(_hold(work, filter_id))
    work.session.flush()


def _hold(work: Work, filter_id: uuid.UUID) -> InboxFilter:
    kept = work.session.get(InboxFilter, filter_id, with_for_update=True, populate_existing=True)
    if kept is None:
        raise NotFound(noun="inbox")
    _require(work, kept.person_id, None)
    return kept


def _require(work: Work, person_id: uuid.UUID, organisation_id: uuid.UUID | None) -> None:
    """Refuse to touch what is another's, and to share without the right to."""
    place = work.session.get(Organisation, organisation_id) if organisation_id else None
    if organisation_id and place is None:
        raise NotFound(noun="organisation")
    path = place.path if place else ""
    subject = Subject(organisation_id or person_id, path, person_id=person_id)
    require(work, Permission.INBOX_FILTER, subject)
    if place:
        require(work, Permission.INBOX_SHARE, subject)


def _checked(name: str) -> str:
    tidy = " ".join(name.replace("\x00", "").split())
    if not tidy:
        raise Invalid({"name": [Complaint("required")]})
    if len(tidy) > LONGEST_NAME:
        raise Invalid({"name": [Complaint("too_long", maximum=LONGEST_NAME)]})
    return tidy


def _put_first(work: Work, kept: InboxFilter, *, is_first: bool) -> None:
    """Let the inbox of its owner open with this one, and with no other."""
    work.session.flush()
    if is_first:
        others = update(InboxFilter).where(InboxFilter.person_id == kept.person_id, InboxFilter.id != kept.id)
        work.session.execute(others.values(is_first=False))
    kept.is_first = is_first
    work.session.flush()
