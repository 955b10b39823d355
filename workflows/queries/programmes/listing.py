"""The programmes around the reader: those that run, with where they stand, and those that are over."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, true, tuple_

from models.bases import MenteeEntry, MentorEntry
from models.cases import CaseParticipant
from models.organisations import Organisation
from models.pairs import Pair
from models.programmes import Appointment, Programme, ProgrammeStatus, Stage
from workflows.access import OVERSEERS, Permission, Subject, can
from workflows.access.reach import BRANCH_ROLES, roles_at
from workflows.queries.programmes.showing import is_appointed
from workflows.records import statuses
from workflows.records.pair_sets import OVER
from workflows.work import Work

PAGE = 50
ENDED = (ProgrammeStatus.CLOSED, ProgrammeStatus.STOPPED)


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme in the list; the numbers are only for those who see all of it."""

    programme: Programme
    organisation: str
    is_mentee: bool
    is_mentor: bool
    is_inside: bool
    sees_bases: bool
    stage: int | None
    stage_opened_at: datetime | None
    pairs: int | None
    pairs_active: int | None


@dataclass(frozen=True)
class ProgrammePlace:
    """After which programme the next page begins."""

    starts_on: date
    id: uuid.UUID


def list_programmes(
    work: Work,
    *,
    is_over: bool = False,
    search: str = "",
    after: ProgrammePlace | None = None,
    size: int = PAGE,
) -> tuple[list[ProgrammeRow], ProgrammePlace | None]:
    """List the programmes that the reader may know of, the newest first, and where the next page begins."""
    found = work.session.execute(_page(work, is_over, search, after).limit(size + 1)).tuples().all()
    rows = _rows(work, found[:size])
    last = rows[-1].programme if len(found) > size else None
    return rows, ProgrammePlace(last.starts_on, last.id) if last else None


def _page(
    work: Work, is_over: bool, search: str, after: ProgrammePlace | None
) -> Select[tuple[Programme, str, str]]:
    wanted = [visible_to(work), Programme.status.in_(ENDED if is_over else (ProgrammeStatus.RUNNING,))]
    wanted += [
        or_(
            Programme.title.icontains(one, autoescape=True), Organisation.name.icontains(one, autoescape=True)
        )
        for one in search.split()
    ]
    if after:
        place = tuple_(literal(after.starts_on), literal(after.id))
        wanted.append(tuple_(Programme.starts_on, Programme.id) < place)
    return (
        select(Programme, Organisation.name, Organisation.path)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(*wanted)
        .order_by(Programme.starts_on.desc(), Programme.id.desc())
    )


def visible_to(work: Work) -> ColumnElement[bool]:
    """Keep the programmes of where the reader belongs, and those in whose bases the reader stands."""
    if work.actor.is_system:
        return true()
    ways: list[ColumnElement[bool]] = [
        Programme.id.in_(select(kind.programme_id).where(kind.person_id == work.actor.person_id))
        for kind in (MenteeEntry, MentorEntry)
    ]
    appointed = Appointment.person_id == work.actor.person_id, is_appointed(work.now().date())
    ways.append(Programme.id.in_(select(Appointment.programme_id).where(*appointed)))
    ways.append(Programme.organisation_id.in_([role.organisation_id for role in work.actor.roles]))
    ways += [
        Organisation.path.startswith(role.path, autoescape=True)
        for role in work.actor.roles
        if role.name in BRANCH_ROLES
    ]
    return or_(*ways)


def _rows(work: Work, found: Sequence[tuple[Programme, str, str]]) -> list[ProgrammeRow]:
    ids = [programme.id for programme, _name, _path in found]
    if not ids:
        return []
    mentee_in, mentor_in = _bases(work, MenteeEntry, ids), _bases(work, MentorEntry, ids)
    team_in = _teams(work, ids)
    stages, pairs = _stages(work, ids), _pairs(work, ids)
    rows = []
    for programme, name, path in found:
        is_inside = programme.id in team_in or bool(roles_at(work.actor, path) & set(OVERSEERS))
        number, opened_at = stages.get(programme.id, (None, None))
        counted = pairs.get(programme.id, (0, 0)) if is_inside else (None, None)
        bases = programme.id in mentee_in, programme.id in mentor_in
        place = Subject(programme.organisation_id, path)
        sees = is_inside, can(work, Permission.MENTEE_READ, place)
        rows.append(ProgrammeRow(programme, name, *bases, *sees, number, opened_at, *counted))
    return rows


def _bases(work: Work, kind: type[MenteeEntry | MentorEntry], ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    may_return: Sequence[Any] = tuple(statuses.MAY_RETURN)
    wanted = select(kind.programme_id).where(
        kind.person_id == work.actor.person_id, kind.status.not_in(may_return), kind.programme_id.in_(ids)
    )
    return set(work.session.scalars(wanted))


def _teams(work: Work, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Give the programmes in which the reader is appointed, or takes part in the case."""
    person_id = work.actor.person_id
    appointed = select(Appointment.programme_id).where(
        Appointment.programme_id.in_(ids),
        Appointment.person_id == person_id,
        is_appointed(work.now().date()),
    )
    seated = (
        select(Programme.id)
        .join(CaseParticipant, CaseParticipant.case_id == Programme.case_id)
        .where(
            Programme.id.in_(ids), CaseParticipant.person_id == person_id, CaseParticipant.until_at.is_(None)
        )
    )
    return set(work.session.scalars(appointed.union(seated)))


def _stages(work: Work, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[int, datetime]]:
    newest = (
        select(Stage.programme_id, Stage.number, Stage.opened_at)
        .distinct(Stage.programme_id)
        .where(Stage.programme_id.in_(ids))
        .order_by(Stage.programme_id, Stage.number.desc())
    )
    return {one: (number, at) for one, number, at in work.session.execute(newest).tuples()}


def _pairs(work: Work, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[int, int]]:
    wanted = select(Pair.programme_id, func.count(), func.count().filter(Pair.status.not_in(OVER))).where(
        Pair.programme_id.in_(ids)
    )
    rows = work.session.execute(wanted.group_by(Pair.programme_id)).tuples()
    return {one: (number, active) for one, number, active in rows}
