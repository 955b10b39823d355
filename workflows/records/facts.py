"""What the system can see of a programme by itself: pairs, meetings, goals, answers, the roadmap."""

import uuid
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Float, and_, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from models.bases import MenteeEntry
from models.concerns import Concern
from models.goals import Goal
from models.meetings import Meeting, MeetingAttendance
from models.pairs import Pair, PairMember, PairStatus
from models.programmes import Programme, RoadmapItem
from models.surveys import SurveyMoment, SurveyRequest, SurveyResponse
from workflows.records import days
from workflows.records.pair_sets import OVER, UNFINISHED
from workflows.records.surveys import RATING
from workflows.work import Work

FULL_CYCLE = "full_cycle"
"""The counting rule by which only who went through the whole cycle counts as involved."""


def facts_of(
    work: Work,
    programme_id: uuid.UUID,
    *,
    counts: str,
    silent_after: int,
    satisfied_from: float,
    partner_forms: Collection[str],
) -> dict[str, Any]:
    """Return the facts of a programme, in a handful of queries however large it is."""
    programme = work.session.get_one(Programme, programme_id)
    silent = is_silent(days.today(work, programme.organisation_id), silent_after)
    facts = _pairs(work, programme_id, silent, partner_forms) | _mentees(work, programme_id)
    facts |= _meetings(work, programme_id) | _goals(work, programme_id) | _rest(work, programme_id)
    facts |= _answers(work, programme_id, satisfied_from) | _changes(work, programme_id)
    facts["involved"] = facts["full_cycle"] if counts == FULL_CYCLE else facts["mentees"]
    facts["involved_share"] = share(facts["involved"], facts["mentees"])
    return facts


def share(part: float, whole: float) -> int:
    """Return a share in whole per cent; of nothing it is none."""
    return round(100 * part / whole) if whole else 0


def is_silent(today: date, after: int) -> ColumnElement[bool]:
    """Keep the pairs that should meet and have not for so many days."""
    since = today - timedelta(days=after)
    last = func.coalesce(Pair.last_met_on, Pair.formed_on)
    return and_(Pair.status.not_in((*OVER, PairStatus.PAUSED)), last < since)


def _pairs(
    work: Work, programme_id: uuid.UUID, silent: ColumnElement[bool], partner_forms: Collection[str]
) -> dict[str, Any]:
    wanted = select(
        func.count().label("pairs"),
        func.count().filter(Pair.status.not_in(OVER)).label("pairs_active"),
        func.count().filter(Pair.status == PairStatus.COMPLETED).label("pairs_completed"),
        func.count().filter(Pair.status.in_(UNFINISHED)).label("pairs_unfinished"),
        func.count().filter(Pair.form.in_(partner_forms)).label("pairs_with_partners"),
        func.count().filter(silent).label("pairs_silent"),
    ).where(Pair.programme_id == programme_id)
    return dict(work.session.execute(wanted).one()._mapping)


def _mentees(work: Work, programme_id: uuid.UUID) -> dict[str, Any]:
    people = select(
        func.count(func.distinct(PairMember.mentee_entry_id)).label("mentees"),
        func.count(func.distinct(PairMember.mentor_entry_id)).label("mentors"),
    ).join(Pair, Pair.id == PairMember.pair_id)
    marked = select(func.count()).where(
        MenteeEntry.programme_id == programme_id, MenteeEntry.has_full_cycle.is_(True)
    )
    found = dict(work.session.execute(people.where(Pair.programme_id == programme_id)).one()._mapping)
    found["full_cycle"] = work.session.scalar(marked) or 0
    return found | {"full_cycle_share": share(found["full_cycle"], found["mentees"])}


def _meetings(work: Work, programme_id: uuid.UUID) -> dict[str, Any]:
    wanted = (
        select(
            func.count(func.distinct(Meeting.id)).label("meetings"),
            func.count(MeetingAttendance.id).label("expected"),
            func.count(MeetingAttendance.id).filter(MeetingAttendance.has_come).label("came"),
        )
        .join(Pair, Pair.id == Meeting.pair_id)
        .outerjoin(MeetingAttendance, MeetingAttendance.meeting_id == Meeting.id)
        .where(Pair.programme_id == programme_id, Meeting.held_on.is_not(None))
    )
    found = work.session.execute(wanted).one()
    return {"meetings": found.meetings, "attendance_share": share(found.came, found.expected)}


def _goals(work: Work, programme_id: uuid.UUID) -> dict[str, Any]:
    wanted = (
        select(
            func.count().label("goals"),
            func.count().filter(Goal.reached_on.is_not(None)).label("goals_reached"),
        )
        .select_from(Goal)
        .join(Pair, Pair.id == Goal.pair_id)
        .where(Pair.programme_id == programme_id, Goal.dropped_at.is_(None))
    )
    return dict(work.session.execute(wanted).one()._mapping)


def _rest(work: Work, programme_id: uuid.UUID) -> dict[str, Any]:
    roadmap = select(func.count(), func.count().filter(RoadmapItem.done_on.is_not(None))).where(
        RoadmapItem.programme_id == programme_id
    )
    concerns = select(func.count(), func.count().filter(Concern.closed_at.is_(None))).where(
        Concern.programme_id == programme_id
    )
    asked = select(func.count(), func.count().filter(SurveyRequest.answered_at.is_not(None))).where(
        SurveyRequest.programme_id == programme_id
    )
    items, done = work.session.execute(roadmap).one()
    raised, unsettled = work.session.execute(concerns).one()
    requests, answered = work.session.execute(asked).one()
    return {
        "roadmap_items": items,
        "roadmap_done": done,
        # A programme without a roadmap has left nothing of it undone.
        "roadmap_share": share(done, items) if items else 100,
        "concerns": raised,
        "concerns_open": unsettled,
        "asked": requests,
        "answered_share": share(answered, requests),
    }


def _answers(work: Work, programme_id: uuid.UUID, satisfied_from: float) -> dict[str, Any]:
    late = SurveyResponse.moment != SurveyMoment.ENTRY
    newest = (
        select(SurveyResponse.person_id, SurveyResponse.score)
        .distinct(SurveyResponse.person_id)
        .where(
            SurveyResponse.programme_id == programme_id,
            SurveyResponse.score.is_not(None),
            SurveyResponse.role.in_(("mentor", "mentee")),
            late,
        )
        .order_by(SurveyResponse.person_id, SurveyResponse.given_at.desc())
        .subquery()
    )
    wanted = select(func.count(), func.count().filter(newest.c.score >= satisfied_from))
    scored, satisfied = work.session.execute(wanted.select_from(newest)).one()
    return {"scored": scored, "satisfied": satisfied, "satisfied_share": share(satisfied, scored)}


def _changes(work: Work, programme_id: uuid.UUID) -> dict[str, Any]:
    """Compare each person's first ratings with the later ones of the same person to the same questions."""
    first, later = aliased(SurveyResponse), aliased(SurveyResponse)
    was, became = (func.jsonb_each_text(one.answers).table_valued("key", "value") for one in (first, later))

    def mean(role: str, moment: SurveyMoment) -> Any:
        is_here = and_(later.role == role, later.moment == moment)
        return func.avg(case((is_here, cast(became.c.value, Float) - cast(was.c.value, Float))))

    wanted = (
        select(
            mean("mentee", SurveyMoment.MIDDLE).label("mentee_change_middle"),
            mean("mentee", SurveyMoment.EXIT).label("mentee_change"),
            mean("mentor", SurveyMoment.EXIT).label("mentor_change"),
        )
        .select_from(first)
        .join(later, and_(later.person_id == first.person_id, later.programme_id == first.programme_id))
        .join(was, was.c.key.startswith(RATING, autoescape=True))
        .join(became, became.c.key == was.c.key)
        .where(
            first.instrument == later.instrument,
            first.programme_id == programme_id,
            first.moment == SurveyMoment.ENTRY,
            or_(later.moment == SurveyMoment.MIDDLE, later.moment == SurveyMoment.EXIT),
            first.role == later.role,
        )
    )
    found = work.session.execute(wanted).one()._mapping
    return {name: None if value is None else round(float(value), 1) for name, value in found.items()}
