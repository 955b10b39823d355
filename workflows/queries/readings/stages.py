"""What the forms of the stages show: how far the bases and the pairs are, what was done, who agreed."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.consents import Consent, ConsentPurpose
from models.contours import Announcement, Audience, Invitation
from models.pairs import Pair
from models.partners import Contract, Partner
from models.people import Person
from models.programmes import Programme, RoadmapItem, Stage
from workflows.queries.readings.options import options
from workflows.queries.readings.reader import Reader
from workflows.records import programmes
from workflows.records.pair_sets import OVER
from workflows.work import Work

MOST_AGREED = 500
_AGREED = "agreed"


def counts(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Count the people of both bases and the pairs, by what they have come to."""
    programme = programmes.programme_of(work, case_id)
    mentees, mentors = (_by_status(work, table, programme.id) for table in (MenteeEntry, MentorEntry))
    pairs = _by_status(work, Pair, programme.id)
    return {
        "counts": {
            "mentees": sum(mentees.values()),
            "mentees_in_base": _of(mentees, "selected", "ready", "searching", "matched"),
            "mentees_searching": _of(mentees, "searching", "ready", "selected"),
            "mentees_matched": _of(mentees, "matched"),
            "mentors": sum(mentors.values()),
            "mentors_ready": _of(mentors, "ready", "matched"),
            "pairs": sum(pairs.values()),
            "pairs_active": sum(count for status, count in pairs.items() if status not in OVER),
            "pairs_completed": _of(pairs, "completed"),
        }
    }


def _by_status(work: Work, table: Any, programme_id: uuid.UUID) -> dict[str, int]:
    wanted = select(table.status, func.count()).where(table.programme_id == programme_id)
    return dict(work.session.execute(wanted.group_by(table.status)).tuples().all())


def _of(counted: Mapping[str, int], *statuses: str) -> int:
    return sum(counted.get(status, 0) for status in statuses)


def request_groups(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Count the requests of the mentee base by form and by what people ask for."""
    programme = programmes.programme_of(work, case_id)
    problem = func.unnest(MenteeEntry.problems).label("problem")
    wanted = (
        select(MenteeEntry.form, problem, func.count())
        .where(MenteeEntry.programme_id == programme.id, MenteeEntry.status.not_in(_GONE))
        .group_by(MenteeEntry.form, problem)
        .order_by(func.count().desc(), MenteeEntry.form, problem)
    )
    titles = {one.code: one.title for one in programmes.list_forms(work, programme.id)}
    rows = work.session.execute(wanted).all()
    return {
        "request_groups": [
            {"form": titles.get(form, form), "problem": what, "number": number} for form, what, number in rows
        ]
    }


_GONE = (EntryStatus.DECLINED, EntryStatus.LEFT)


def mentor_sources(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Count the mentor base by the code of where its people come from."""
    programme = programmes.programme_of(work, case_id)
    number = func.count()
    wanted = select(MentorEntry.source, number).where(MentorEntry.programme_id == programme.id)
    rows = work.session.execute(wanted.group_by(MentorEntry.source).order_by(number.desc())).all()
    return {"mentor_sources": [{"source": {"code": f"source_{one}"}, "number": count} for one, count in rows]}


def measures(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List the measures of the roadmap for the stage that is under way."""
    programme = programmes.programme_of(work, case_id)
    number = _stage_under_way(work, programme)
    found = programmes.list_roadmap(work, programme.id, number)
    return {
        "stage_measures": options((one.id, _line(one)) for one in found),
        "measures_done": [str(one.id) for one in found if one.done_on is not None],
    }


def _line(item: RoadmapItem) -> list[str]:
    return [item.measure, item.responsible, item.due_on.isoformat()]


def _stage_under_way(work: Work, programme: Programme) -> int:
    wanted = select(func.max(Stage.number)).where(Stage.programme_id == programme.id)
    return work.session.scalar(wanted) or 1


def told(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List who was told of the programme so far, the newest first."""
    programme = programmes.programme_of(work, case_id)
    wanted = select(Announcement).where(Announcement.programme_id == programme.id)
    found = work.session.scalars(wanted.order_by(Announcement.told_on.desc(), Announcement.id).limit(100))
    return {
        "told_before": [
            {"audience": one.audience, "channel": one.channel, "told_on": one.told_on.isoformat()}
            for one in found
        ]
    }


def audiences(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List among whom mentors are looked for."""
    programme = programmes.programme_of(work, case_id)
    wanted = select(Audience).where(Audience.programme_id == programme.id).order_by(Audience.name)
    titles = {one.code: one.title for one in programmes.list_forms(work, programme.id)}
    found = work.session.scalars(wanted)
    return {
        "chosen_audiences": [
            {"form": titles.get(one.form, one.form), "name": one.name, "met_at": one.met_at} for one in found
        ]
    }


def experts(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List who from outside agreed to help, at whatever stage."""
    programme = programmes.programme_of(work, case_id)
    wanted = select(Invitation).where(Invitation.programme_id == programme.id, Invitation.reply == _AGREED)
    found = work.session.scalars(wanted.order_by(Invitation.name, Invitation.id))
    return {
        "experts": [{"name": one.name, "comes_from": one.comes_from, "purpose": one.purpose} for one in found]
    }


def partners_known(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List the partners of the organisation, each with its contracts."""
    programme = programmes.programme_of(work, case_id)
    numbers = func.string_agg(Contract.number, ", ")
    wanted = (
        select(Partner.name, numbers)
        .outerjoin(Contract, Contract.partner_id == Partner.id)
        .where(Partner.organisation_id == programme.organisation_id)
        .group_by(Partner.id, Partner.name)
        .order_by(Partner.name)
    )
    rows = work.session.execute(wanted.limit(200)).all()
    return {"partners_known": [{"name": name, "contracts": found or ""} for name, found in rows]}


def agreed_to_publicity(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List who agreed to be named in public and has not taken it back, and say how many more there are."""
    programme = programmes.programme_of(work, case_id)
    agreed = (
        select(Person.id, Person.full_name)
        .join(Consent, Consent.person_id == Person.id)
        .where(
            Consent.programme_id == programme.id,
            Consent.purpose == ConsentPurpose.PUBLICITY,
            Consent.is_given,
            Consent.withdrawn_at.is_(None),
        )
        .distinct()
    )
    first = agreed.order_by(Person.full_name, Person.id).limit(MOST_AGREED)
    rows = work.session.execute(first).tuples().all()
    count = work.session.scalar(select(func.count()).select_from(agreed.subquery())) or 0
    return {"agreed_people": options(rows), "agreed_more": count - len(rows)}


READERS = {
    "stages.agreed_to_publicity": Reader(agreed_to_publicity, gives=("agreed_people", "agreed_more")),
    "stages.counts": Reader(counts, gives=("counts",)),
    "stages.request_groups": Reader(request_groups, gives=("request_groups",)),
    "stages.mentor_sources": Reader(mentor_sources, gives=("mentor_sources",)),
    "stages.measures": Reader(measures, gives=("stage_measures", "measures_done")),
    "stages.told": Reader(told, gives=("told_before",)),
    "stages.audiences": Reader(audiences, gives=("chosen_audiences",)),
    "stages.experts": Reader(experts, gives=("experts",)),
    "stages.partners": Reader(partners_known, gives=("partners_known",)),
}
