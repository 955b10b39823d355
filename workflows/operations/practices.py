"""Operations on practices: show a story, show it no more."""

import uuid

from models.organisations import Organisation
from models.practices import Practice
from models.programmes import Programme
from workflows.access import Participant, Permission, Subject, require
from workflows.records import practices, programmes, publicity
from workflows.refusals import NotFound
from workflows.work import Work


def publish_practice(work: Work, practice_id: uuid.UUID, *, address: str = "") -> None:
    """Show a story; refused unless all whom it shows agreed to it."""
    practice, programme = _load(work, practice_id)
    require(work, Permission.PRACTICE_PUBLISH, _subject(work, practice, programme))
    today = programmes.today_of(work, programme)
    practices.publish(work, practice, programme.organisation_id, today, address)


def withdraw_practice(work: Work, practice_id: uuid.UUID, *, reason: str = "") -> None:
    """Show a story no more: the curator may ask for it, and everybody whom it shows."""
    practice, programme = _load(work, practice_id)
    subject = _subject(work, practice, programme)
    require(work, Permission.PRACTICE_WITHDRAW, subject)
    if work.actor.person_id in {one.person_id for one in subject.participants}:
        # Who takes it back does not agree any more, and nobody shows it again without asking.
        practices.agree(work, practice.id, work.actor.person_id, is_given=False)
    practices.take_back(work, practice, programme.organisation_id, reason)


def _load(work: Work, practice_id: uuid.UUID) -> tuple[Practice, Programme]:
    practice = work.session.get(Practice, practice_id, with_for_update=True, populate_existing=True)
    if practice is None:
        raise NotFound(noun="practice")
    return practice, work.session.get_one(Programme, practice.programme_id)


def _subject(work: Work, practice: Practice, programme: Programme) -> Subject:
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    shown = publicity.members_of(work, practice.pair_id) if practice.pair_id else set()
    people = tuple(Participant("participant", one) for one in sorted(shown))
    return Subject(organisation_id=organisation.id, path=organisation.path, participants=people)
