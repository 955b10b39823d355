"""How a programme closes: reports, rating, jury, awards, practices, full cycles, what goes on."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from models.awards import Award, Festival, JuryVote
from models.bases import MenteeEntry, MentorEntry
from models.pairs import Pair
from models.people import Person
from models.practices import Practice, PracticeStatus
from models.programmes import Programme
from models.reports import Report, ReportStatus
from workflows.queries.programmes.showing import ProgrammeView
from workflows.records import awards, festivals, full_cycles, practices
from workflows.work import Work

MOST_ROWS = 500
CATALOGUE = "award_catalogue"


@dataclass(frozen=True)
class Awarded:
    """An award: what, for what, to whom, by which document."""

    kind: str
    reason: str
    to: str
    number: str
    awarded_on: date


@dataclass(frozen=True)
class Reported:
    """A report for a period."""

    kind: str
    status: ReportStatus
    since_on: date
    until_on: date


@dataclass(frozen=True)
class Ranked:
    """A pair in the rating."""

    place: int
    title: str
    points: int
    votes: int
    total: int


@dataclass(frozen=True)
class Jury:
    """The festival at which pairs are judged: who judges, and how many of them have."""

    festival: Festival
    names: Sequence[str]
    voted: int
    votes: int


@dataclass(frozen=True)
class Cycles:
    """Who went through the whole cycle, by the mark of the curator."""

    passed: int
    not_passed: int
    undecided: int


@dataclass(frozen=True)
class Following:
    """What the bases keep for the next programme."""

    mentors_kept: int
    next_id: uuid.UUID | None
    next_title: str | None
    previous_id: uuid.UUID | None


def list_ranked(work: Work, programme_id: uuid.UUID) -> list[Ranked]:
    """List the pairs that have points or votes, the best first."""
    found = awards.rank(work, programme_id)[:MOST_ROWS]
    keys = ("place", "title", "points", "votes", "total")
    return [Ranked(*(one[key] for key in keys)) for one in found]


def find_jury(work: Work, programme_id: uuid.UUID) -> Jury | None:
    """Find the festival of a programme, with its jury."""
    festival = festivals.find_festival(work, programme_id)
    if festival is None:
        return None
    people = select(Person.full_name).where(Person.id.in_(festival.jury_ids)).order_by(Person.full_name)
    voted = select(func.count(func.distinct(JuryVote.person_id)), func.count()).where(
        JuryVote.programme_id == programme_id
    )
    return Jury(festival, work.session.scalars(people).all(), *work.session.execute(voted).one())


def list_awarded(work: Work, programme_id: uuid.UUID) -> list[Awarded]:
    """List the awards of a programme."""
    to = func.coalesce(Pair.title, Person.full_name, "")
    wanted = (
        select(Award.kind, Award.title, to, Award.number, Award.awarded_on)
        .outerjoin(Pair, Pair.id == Award.pair_id)
        .outerjoin(Person, Person.id == Award.person_id)
        .where(Award.programme_id == programme_id)
        .order_by(Award.awarded_on, to, Award.id)
        .limit(MOST_ROWS)
    )
    return [Awarded(*row) for row in work.session.execute(wanted).tuples()]


def award_names(work: Work, view: ProgrammeView) -> Mapping[str, str]:
    """Name the awards as the catalogue of the methodology does."""
    if view.pack is None or not view.pack.definitions.has_decision(CATALOGUE):
        return {}
    variant = {"variant": view.programme.variant}
    found: list[dict[str, Any]] = view.pack.definitions.decide(CATALOGUE, variant, now=work.now()) or []
    return {one["value"]: one["label"] for one in found}


def list_published(work: Work, programme_id: uuid.UUID) -> Sequence[Practice]:
    """List the practices that may be read now: a consent that was taken back hides them."""
    return practices.list_shown(work, programme_id)


def count_practices(work: Work, programme_id: uuid.UUID) -> dict[PracticeStatus, int]:
    """Count the practices by what became of them."""
    wanted = select(Practice.status, func.count()).where(Practice.programme_id == programme_id)
    return dict(work.session.execute(wanted.group_by(Practice.status)).tuples().all())


def count_cycles(work: Work, programme_id: uuid.UUID) -> Cycles:
    """Count the full cycles; undecided are those mentees of completed pairs who have no mark."""
    passed = func.count().filter(MenteeEntry.has_full_cycle.is_(True))
    not_passed = func.count().filter(MenteeEntry.has_full_cycle.is_(False))
    wanted = select(passed, not_passed).where(MenteeEntry.programme_id == programme_id)
    marked = work.session.execute(wanted).one()
    return Cycles(marked[0], marked[1], full_cycles.count_unmarked(work, programme_id))


def get_following(work: Work, programme: Programme) -> Following:
    """Return what goes on: mentors who stay, and the programme that follows."""
    kept = select(func.count()).where(
        MentorEntry.programme_id == programme.id, MentorEntry.retained_at.is_not(None)
    )
    following = select(Programme.id, Programme.title).where(Programme.previous_id == programme.id)
    found = work.session.execute(following.order_by(Programme.starts_on).limit(1)).one_or_none()
    next_id, next_title = found or (None, None)
    return Following(work.session.scalar(kept) or 0, next_id, next_title, programme.previous_id)


def list_reported(work: Work, programme_id: uuid.UUID) -> list[Reported]:
    """List the reports of a programme, the newest first."""
    wanted = (
        select(Report.kind, Report.status, Report.since_on, Report.until_on)
        .where(Report.programme_id == programme_id)
        .order_by(Report.until_on.desc(), Report.submitted_at.desc(), Report.id)
        .limit(MOST_ROWS)
    )
    return [Reported(*row) for row in work.session.execute(wanted).tuples()]
