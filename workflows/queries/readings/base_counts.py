"""What the two bases hold: how many wait, with what, and whom mentors can still take."""

import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from models.bases import LOOKING, EntryStatus, MenteeEntry, MentorEntry
from models.pairs import PairMember
from models.people import Person
from workflows.queries.readings.bases import WORKING, names_of_forms, words_of
from workflows.queries.readings.options import options
from workflows.queries.readings.reader import Reader
from workflows.records import programmes
from workflows.records.pair_sets import MOST_CHOICES, others_in_pairs
from workflows.work import Work

IN_BASE = (*LOOKING, EntryStatus.MATCHED, EntryStatus.PAUSED)


def mentee_counts(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Count the mentees by form and by what they come with."""
    programme = programmes.find_programme_of(work, case_id)
    if programme is None:
        return {"mentee_counts": [], "problem_counts": [], "mentees_total": 0, "mentees_waiting": 0}
    forms, problems = names_of_forms(work, case_id, programme.id), words_of(work, case_id, "problems")
    by_form = _by_form(work, programme.id)
    helping = Counter(dict(_each(work, MentorEntry.helps_with, _working(programme.id))))
    return {
        "mentees_total": sum(count for _code, count, _waiting in by_form),
        "mentees_waiting": sum(waiting for _code, _count, waiting in by_form),
        "mentee_counts": [
            {"code": code, "name": forms.get(code, code), "count": count, "waiting": waiting}
            for code, count, waiting in by_form
        ],
        "problem_counts": [
            {"code": code, "name": problems.get(code, code), "count": count, "mentors": helping[code]}
            for code, count in _each(work, MenteeEntry.problems, _in_base(programme.id))
        ],
    }


def mentor_counts(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Count the mentors by form, with the places they have left."""
    programme = programmes.find_programme_of(work, case_id)
    if programme is None:
        return {"mentor_counts": [], "mentors_total": 0, "mentors_ready": 0, "places_free": 0}
    names, mentors = names_of_forms(work, case_id, programme.id), _with_places(programme.id)
    is_ready = mentors.c.status == EntryStatus.READY
    wanted = select(func.count(), func.count().filter(is_ready), func.sum(mentors.c.places))
    total, ready, places = work.session.execute(wanted.select_from(mentors)).one()
    each = func.unnest(mentors.c.forms).table_valued("code").render_derived()
    by_form = select(each.c.code, func.count(), func.sum(mentors.c.places)).select_from(mentors)
    by_form = by_form.join(each, true()).group_by(each.c.code)
    return {
        "mentors_total": total,
        "mentors_ready": ready,
        "places_free": int(places or 0),
        "mentor_counts": [
            {"code": code, "name": names.get(code, code), "count": count, "places": int(places)}
            for code, count, places in sorted(work.session.execute(by_form).tuples())
        ],
    }


def working_mentors(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List the mentors who may be called to a training."""
    programme = programmes.find_programme_of(work, case_id)
    programme_id = programme.id if programme else None
    wanted = (
        select(MentorEntry.id, Person.full_name)
        .join(Person, Person.id == MentorEntry.person_id)
        .where(MentorEntry.programme_id == programme_id, MentorEntry.status.in_(WORKING))
        .order_by(Person.full_name, MentorEntry.id)
        .limit(MOST_CHOICES)
    )
    rows = options(work.session.execute(wanted).tuples())
    return {"working_mentors": rows, "invited_mentors": rows}


def _in_base(programme_id: uuid.UUID) -> ColumnElement[bool]:
    return and_(MenteeEntry.programme_id == programme_id, MenteeEntry.status.in_(IN_BASE))


def _working(programme_id: uuid.UUID) -> ColumnElement[bool]:
    return and_(MentorEntry.programme_id == programme_id, MentorEntry.status.in_(WORKING))


def _by_form(work: Work, programme_id: uuid.UUID) -> list[tuple[str, int, int]]:
    """Count the mentees of each form, and those of them who wait."""
    waiting = func.count().filter(MenteeEntry.status.in_(LOOKING))
    wanted = select(MenteeEntry.form, func.count(), waiting).where(_in_base(programme_id))
    return sorted(work.session.execute(wanted.group_by(MenteeEntry.form)).tuples())


def _each(
    work: Work, codes: InstrumentedAttribute[list[str]], which: ColumnElement[bool]
) -> list[tuple[str, int]]:
    """Count how many entries have each of these codes, the most frequent first."""
    each = func.unnest(codes).table_valued("code").render_derived()
    wanted = select(each.c.code, func.count()).select_from(codes.class_).join(each, true()).where(which)
    counted = wanted.group_by(each.c.code).order_by(func.count().desc(), each.c.code)
    return list(work.session.execute(counted).tuples())


def _with_places(programme_id: uuid.UUID) -> Subquery:
    """Give each working mentor with the places left."""
    mine = PairMember.mentor_entry_id
    others = others_in_pairs(mine, "mentee").where(mine == MentorEntry.id).correlate(MentorEntry)
    taken = func.coalesce(others.with_only_columns(func.count()).scalar_subquery(), 0)
    places = func.greatest(0, MentorEntry.capacity - taken).label("places")
    wanted = select(MentorEntry.id, MentorEntry.status, MentorEntry.forms, places)
    return wanted.where(_working(programme_id)).subquery()


READERS = {
    "bases.mentee_counts": Reader(
        mentee_counts, gives=("mentee_counts", "problem_counts", "mentees_total", "mentees_waiting")
    ),
    "bases.mentor_counts": Reader(
        mentor_counts, gives=("mentor_counts", "mentors_total", "mentors_ready", "places_free")
    ),
    "bases.working_mentors": Reader(working_mentors, gives=("working_mentors", "invited_mentors")),
}
