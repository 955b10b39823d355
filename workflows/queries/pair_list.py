"""The list of pairs that somebody may see: filtered, by name, a page at a time."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select, tuple_

from models.concerns import Concern
from models.meetings import Meeting
from models.organisations import Organisation
from models.pairs import Pair, PairMember, PairStatus
from models.people import Person
from models.programmes import MentoringForm, Programme
from models.tasks import Task, TaskStatus
from workflows.queries.pair_sight import helps_with, seen_by
from workflows.queries.pair_steps import MEETINGS, PairStep, list_steps, processes_of
from workflows.queries.pair_ways import Held, WayStep, way_of
from workflows.records.pair_sets import OVER, stood_to_the_end
from workflows.work import Work

PAGE = 50
COUNTED = 1000
MOST_CHOICES = 200


class Group(StrEnum):
    """How far pairs have come, as people ask for it."""

    FORMING = "forming"
    WORKING = "working"
    PAUSED = "paused"
    ENDED = "ended"


STATUSES: Mapping[Group, Sequence[PairStatus]] = {
    Group.FORMING: (PairStatus.APPROVED, PairStatus.ACQUAINTED, PairStatus.TRIED),
    Group.WORKING: (PairStatus.PLANNED, PairStatus.WORKING, PairStatus.CONCLUDING),
    Group.PAUSED: (PairStatus.PAUSED,),
    Group.ENDED: OVER,
}


@dataclass(frozen=True)
class PairsWanted:
    """Which pairs to list."""

    group: Group | None = None
    programme_id: uuid.UUID | None = None
    form: str = ""
    is_silent: bool = False
    search: str = ""


@dataclass(frozen=True)
class PairRow:
    """A pair in a list."""

    id: uuid.UUID
    case_id: uuid.UUID
    title: str
    status: PairStatus
    form: str
    form_title: str
    programme: str
    organisation: str
    formed_on: date
    last_met_on: date | None
    mentors: Sequence[str]
    mentees: Sequence[str]
    way: Sequence[WayStep]
    step: PairStep | None
    is_silent: bool
    has_concern: bool
    """There is an open concern, and the reader is one of those who may know."""


@dataclass(frozen=True)
class PairChoice:
    """A programme by which the list can be narrowed, with one of its forms."""

    programme_id: uuid.UUID
    programme: str
    form: str
    form_title: str


def list_pairs(
    work: Work, wanted: PairsWanted, *, after: uuid.UUID | None = None, size: int = PAGE
) -> tuple[list[PairRow], uuid.UUID | None]:
    """List the pairs by name, and say after which the next page begins."""
    found = work.session.execute(_page(work, wanted, _place(work, after)).limit(size + 1)).all()
    shown = found[:size]
    pairs = {row.Pair.id: row.Pair for row in shown}
    people, held = _people(work, pairs), held_by(work, pairs)
    steps = list_steps(work, [pair.case_id for pair in pairs.values()])
    troubled = _troubled(work, pairs)
    rows = [
        PairRow(
            id=pair.id,
            case_id=pair.case_id,
            title=pair.title,
            status=pair.status,
            form=pair.form,
            form_title=form_title or "",
            programme=programme,
            organisation=organisation,
            formed_on=pair.formed_on,
            last_met_on=pair.last_met_on,
            mentors=people.get((pair.id, "mentor"), ()),
            mentees=people.get((pair.id, "mentee"), ()),
            way=way_of(pair.status, pair.cycle, held[pair.id], processes_of(steps[pair.case_id])),
            step=next(iter(steps[pair.case_id]), None) if pair.status is not PairStatus.PAUSED else None,
            is_silent=is_silent,
            has_concern=pair.id in troubled,
        )
        for pair, form_title, programme, organisation, is_silent in shown
    ]
    return rows, rows[-1].id if len(found) > size else None


def count_pairs(work: Work, wanted: PairsWanted) -> int:
    """Count the pairs of a list, up to one more than anybody wants to know of."""
    found = _chosen(work, wanted).with_only_columns(Pair.id).limit(COUNTED + 1).subquery()
    return work.session.execute(select(func.count()).select_from(found)).scalar_one()


def list_choices(work: Work) -> list[PairChoice]:
    """List the programmes whose pairs the actor sees, each once for every form."""
    has_pairs = exists().where(
        Pair.programme_id == Programme.id, Pair.organisation_id == Organisation.id, seen_by(work)
    )
    wanted = (
        select(Programme.id, Programme.title, MentoringForm.code, MentoringForm.title)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .outerjoin(MentoringForm, MentoringForm.programme_id == Programme.id)
        .where(has_pairs)
        .order_by(Programme.starts_on.desc(), Programme.title, Programme.id, MentoringForm.title)
        .limit(MOST_CHOICES)
    )
    return [
        PairChoice(id_, title, code or "", name or "")
        for id_, title, code, name in work.session.execute(wanted)
    ]


def is_silent(work: Work) -> ColumnElement[bool]:
    """Say in SQL that a pair goes on, and has not met by the day by which its rules want it to."""
    late = exists().where(
        Task.case_id == Pair.case_id,
        Task.status == TaskStatus.OPEN,
        Task.element.in_(MEETINGS),
        Task.due_at < work.now(),
    )
    return and_(Pair.status.not_in((*OVER, PairStatus.PAUSED)), late)


def held_by(work: Work, pairs: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Held]]:
    """Map pairs to the meetings that they have held; one that is only agreed on is none yet."""
    wanted = (
        select(Meeting.pair_id, Meeting.kind, Meeting.cycle, func.count(), func.max(Meeting.held_on))
        .where(Meeting.pair_id.in_(pairs), Meeting.held_on.is_not(None))
        .group_by(Meeting.pair_id, Meeting.kind, Meeting.cycle)
        .order_by(Meeting.cycle)
    )
    found: dict[uuid.UUID, list[Held]] = {one: [] for one in pairs}
    for pair_id, *held in work.session.execute(wanted):
        found[pair_id].append(Held(*held))
    return found


def _page(work: Work, wanted: PairsWanted, place: ColumnElement[bool] | None) -> Select[Any]:
    chosen = _chosen(work, wanted)
    return (chosen if place is None else chosen.where(place)).order_by(Pair.title, Pair.id)


def _chosen(work: Work, wanted: PairsWanted) -> Select[Any]:
    conditions = [seen_by(work)]
    if wanted.group:
        conditions.append(Pair.status.in_(STATUSES[wanted.group]))
    if wanted.programme_id:
        conditions.append(Pair.programme_id == wanted.programme_id)
    if wanted.form:
        conditions.append(Pair.form == wanted.form)
    if wanted.is_silent:
        conditions.append(is_silent(work))
    conditions += [Pair.title.icontains(word, autoescape=True) for word in wanted.search.split()]
    form = and_(MentoringForm.programme_id == Pair.programme_id, MentoringForm.code == Pair.form)
    return (
        select(Pair, MentoringForm.title, Programme.title, Organisation.name, is_silent(work))
        .join(Organisation, Organisation.id == Pair.organisation_id)
        .join(Programme, Programme.id == Pair.programme_id)
        .outerjoin(MentoringForm, form)
        .where(*conditions)
    )


def _place(work: Work, after: uuid.UUID | None) -> ColumnElement[bool] | None:
    """Say in SQL what follows a pair in the order of the list; one that is gone is the beginning."""
    if after is None:
        return None
    # Only of one that the reader sees: the place of another would tell what it is called.
    wanted = select(Pair.title, Pair.id).join(Organisation, Organisation.id == Pair.organisation_id)
    before = work.session.execute(wanted.where(Pair.id == after, seen_by(work))).one_or_none()
    return tuple_(Pair.title, Pair.id) > tuple_(*map(literal, before)) if before else None


def _people(work: Work, pairs: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, str], list[str]]:
    wanted = (
        select(PairMember.pair_id, PairMember.role, Person.full_name)
        .join(Person, Person.id == PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(PairMember.pair_id.in_(pairs), stood_to_the_end())
        .order_by(PairMember.since_on, Person.full_name)
    )
    found: dict[tuple[uuid.UUID, str], list[str]] = {}
    for pair_id, role, name in work.session.execute(wanted):
        found.setdefault((pair_id, role), []).append(name)
    return found


def _troubled(work: Work, pairs: Collection[uuid.UUID]) -> set[uuid.UUID]:
    wanted = (
        select(Concern.pair_id)
        .join(Pair, Pair.id == Concern.pair_id)
        .where(Concern.pair_id.in_(pairs), Concern.closed_at.is_(None), helps_with(work))
    )
    return {one for one in work.session.scalars(wanted) if one}
