"""What a closed programme hands to the next one: mentors who go on, mentees still looking, former mentees."""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.pairs import Pair, PairStatus
from models.people import Person
from models.programmes import Programme, ProgrammeStatus
from models.surveys import SurveyMoment, SurveyResponse
from workflows.records import mentees, mentors, programmes
from workflows.records.futures import Future
from workflows.work import Work

_STILL_LOOKING = (EntryStatus.READY, EntryStatus.SEARCHING)


def find_next(work: Work, programme_id: uuid.UUID) -> uuid.UUID | None:
    """Find the programme that follows this one and is running."""
    wanted = select(Programme.id).where(
        Programme.previous_id == programme_id, Programme.status == ProgrammeStatus.RUNNING
    )
    return work.session.scalars(wanted.order_by(Programme.starts_on).limit(1)).one_or_none()


def list_retained(work: Work, programme_id: uuid.UUID) -> list[MentorEntry]:
    """List the mentors who go on by the organisation's decision."""
    wanted = select(MentorEntry).where(
        MentorEntry.programme_id == programme_id, MentorEntry.retained_at.is_not(None)
    )
    return list(work.session.scalars(wanted.order_by(MentorEntry.retained_at, MentorEntry.id)))


def list_still_looking(work: Work, programme_id: uuid.UUID) -> list[MenteeEntry]:
    """List the mentees who had no mentor in the end and still look for one."""
    wanted = select(MenteeEntry).where(
        MenteeEntry.programme_id == programme_id, MenteeEntry.status.in_(_STILL_LOOKING)
    )
    return list(work.session.scalars(wanted.order_by(MenteeEntry.applied_at, MenteeEntry.id)))


def list_future_mentors(work: Work, programme_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """List the mentees of completed pairs who would like to be mentors, each with the form of the pair."""
    wanted = (
        select(SurveyResponse.person_id, Pair.form)
        .join(Pair, Pair.id == SurveyResponse.pair_id)
        .where(
            SurveyResponse.programme_id == programme_id,
            SurveyResponse.moment == SurveyMoment.EXIT,
            SurveyResponse.role == "mentee",
            SurveyResponse.answers["go_on"].astext == "as_mentor",
            Pair.status == PairStatus.COMPLETED,
        )
    )
    return list(work.session.execute(wanted.order_by(SurveyResponse.given_at)).tuples())


def carry_over(
    work: Work, programme_id: uuid.UUID, to_id: uuid.UUID, futures: Mapping[str, Future]
) -> dict[str, int]:
    """Let these people apply to the next programme; whoever is in its bases already stays as they are."""
    # Whoever carries over at the same moment waits here, and then finds these people in the bases.
    following = programmes.hold_programme(work, to_id)
    looking = [one for one in list_still_looking(work, programme_id) if not _is_mentee(work, to_id, one)]
    for entry in looking:
        person = work.session.get_one(Person, entry.person_id)
        mentees.add(work, following, person, entry.form, wants=entry.wants, channel=entry.channel)
    return {"mentors": _carry_mentors(work, programme_id, to_id, futures), "mentees": len(looking)}


def _carry_mentors(
    work: Work, programme_id: uuid.UUID, to_id: uuid.UUID, futures: Mapping[str, Future]
) -> int:
    retained = list_retained(work, programme_id)
    own = [(one.person_id, one.source, one.forms, one.partner_id) for one in retained]
    former = [
        (one, futures[form].source, [futures[form].mentors_in], None)
        for one, form in list_future_mentors(work, programme_id)
        if form in futures
    ]
    new = list(_without_known(work, to_id, [*own, *former]))
    for person_id, source, forms, partner_id in new:
        mentors.propose(work, to_id, person_id, source, forms, partner_id=partner_id)
    return len(new)


Proposed = tuple[uuid.UUID, str, list[str], uuid.UUID | None]


def _without_known(work: Work, to_id: uuid.UUID, people: Iterable[Proposed]) -> Iterable[Proposed]:
    seen: set[uuid.UUID] = set()
    for one in people:
        if one[0] not in seen and mentors.find_entry(work, to_id, one[0]) is None:
            seen.add(one[0])
            yield one


def _is_mentee(work: Work, programme_id: uuid.UUID, entry: MenteeEntry) -> bool:
    return mentees.find_entry(work, programme_id, entry.person_id) is not None
