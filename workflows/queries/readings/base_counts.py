"""What the two bases hold: how many wait, with what, and whom mentors can still take."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.pairs import Pair, PairMember
from models.people import Person
from workflows.queries.readings.bases import WORKING, names_of_forms, words_of
from workflows.queries.readings.options import options
from workflows.queries.readings.reader import Reader
from workflows.records import programmes
from workflows.records.consent_effects import OVER
from workflows.work import Work

IN_BASE = (EntryStatus.READY, EntryStatus.SEARCHING, EntryStatus.MATCHED, EntryStatus.PAUSED)
WAITING = (EntryStatus.READY, EntryStatus.SEARCHING)


def mentee_counts(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Count the mentees by form and by what they come with."""
    programme = programmes.find_programme_of(work, case_id)
    if programme is None:
        return {"mentee_counts": [], "problem_counts": [], "mentees_total": 0, "mentees_waiting": 0}
    mentees = _entries(work, MenteeEntry, programme.id, IN_BASE)
    mentors = _entries(work, MentorEntry, programme.id, WORKING)
    forms, problems = names_of_forms(work, case_id, programme.id), words_of(work, case_id, "problems")
    by_form = Counter(one.form for one in mentees)
    waiting = Counter(one.form for one in mentees if one.status in WAITING)
    by_problem = Counter(problem for one in mentees for problem in one.problems)
    helping = Counter(problem for one in mentors for problem in one.helps_with)
    return {
        "mentees_total": len(mentees),
        "mentees_waiting": sum(waiting.values()),
        "mentee_counts": [
            {"code": code, "name": forms.get(code, code), "count": count, "waiting": waiting[code]}
            for code, count in sorted(by_form.items())
        ],
        "problem_counts": [
            {"code": code, "name": problems.get(code, code), "count": count, "mentors": helping[code]}
            for code, count in by_problem.most_common()
        ],
    }


def mentor_counts(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Count the mentors by form, with the places they have left."""
    programme = programmes.find_programme_of(work, case_id)
    if programme is None:
        return {"mentor_counts": [], "mentors_total": 0, "mentors_ready": 0, "places_free": 0}
    mentors = _entries(work, MentorEntry, programme.id, WORKING)
    names, taken = names_of_forms(work, case_id, programme.id), _taken(work, programme.id)
    free = {one.id: max(0, one.capacity - taken[one.id]) for one in mentors}
    codes = sorted({code for one in mentors for code in one.forms})
    return {
        "mentors_total": len(mentors),
        "mentors_ready": sum(one.status == EntryStatus.READY for one in mentors),
        "places_free": sum(free.values()),
        "mentor_counts": [
            {
                "code": code,
                "name": names.get(code, code),
                "count": sum(code in one.forms for one in mentors),
                "places": sum(free[one.id] for one in mentors if code in one.forms),
            }
            for code in codes
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
    )
    rows = options(work.session.execute(wanted).tuples())
    return {"working_mentors": rows, "invited_mentors": rows}


def _entries(work: Work, table: Any, programme_id: uuid.UUID, statuses: Sequence[EntryStatus]) -> list[Any]:
    wanted = select(table).where(table.programme_id == programme_id, table.status.in_(statuses))
    return list(work.session.scalars(wanted.order_by(table.id)))


def _taken(work: Work, programme_id: uuid.UUID) -> Counter[uuid.UUID]:
    """Count the mentees whom each mentor has today."""
    mentees = (
        select(PairMember.pair_id, func.count().label("mentees"))
        .where(PairMember.role == "mentee", PairMember.until_on.is_(None))
        .group_by(PairMember.pair_id)
        .subquery()
    )
    wanted = (
        select(PairMember.mentor_entry_id, func.sum(mentees.c.mentees))
        .join(Pair, Pair.id == PairMember.pair_id)
        .join(mentees, mentees.c.pair_id == Pair.id)
        .where(
            Pair.programme_id == programme_id,
            Pair.status.not_in(OVER),
            PairMember.mentor_entry_id.is_not(None),
        )
        .where(PairMember.until_on.is_(None))
        .group_by(PairMember.mentor_entry_id)
    )
    return Counter({one: int(count) for one, count in work.session.execute(wanted)})


READERS = {
    "bases.mentee_counts": Reader(
        mentee_counts, gives=("mentee_counts", "problem_counts", "mentees_total", "mentees_waiting")
    ),
    "bases.mentor_counts": Reader(
        mentor_counts, gives=("mentor_counts", "mentors_total", "mentors_ready", "places_free")
    ),
    "bases.working_mentors": Reader(working_mentors, gives=("working_mentors", "invited_mentors")),
}
