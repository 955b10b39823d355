"""One pair as its reader may see it: its people, its way, whose turn it is, what may be done."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, select

from models.cases import Case, CaseStatus
from models.meetings import SupportContact
from models.organisations import Organisation
from models.pairs import Pair, PairMember, PairStatus, PairStatusChange
from models.people import Person
from models.programmes import MentoringForm, Programme
from workflows.access import Participant, Permission, Subject, can, require
from workflows.queries.cases import list_participants
from workflows.queries.concerns import subject_of
from workflows.queries.pair_list import held_by, is_silent
from workflows.queries.pair_steps import PairStep, list_steps, processes_of
from workflows.queries.pair_ways import WayStep, way_of
from workflows.refusals import NotFound
from workflows.work import Work

_OF_CASE = (
    Permission.PAIR_PAUSE,
    Permission.PAIR_TICK,
    Permission.PAIR_RESUME,
    Permission.PAIR_END,
    Permission.JOURNAL_READ,
    Permission.CASE_READ,
)
_OF_PEOPLE = (
    Permission.PAIR_READ_CONTACTS,
    Permission.PAIR_READ_SUPPORT,
    Permission.CONCERN_RAISE,
    Permission.CONCERN_READ,
)


@dataclass(frozen=True)
class MemberView:
    """Somebody of a pair; the contacts are there only for those who may read them, once they were shared."""

    person_id: uuid.UUID
    name: str
    role: str
    since_on: date
    until_on: date | None
    phone: str
    email: str
    is_gone: bool
    """Left while the others went on."""


@dataclass(frozen=True)
class ChangeView:
    """A status that a pair has come to; why is told to those who answer for it."""

    status: PairStatus
    reason: str
    at: datetime
    who: str


@dataclass(frozen=True)
class SupportView:
    """A talk of the curator with one side."""

    with_role: str
    made_on: date
    channel: str
    summary: str
    who: str


@dataclass(frozen=True)
class PairView:
    """A pair before its reader."""

    pair: Pair
    organisation: str
    programme: str
    form_title: str
    case_status: CaseStatus | None
    has_begun: bool
    pack_version_id: uuid.UUID | None
    members: Sequence[MemberView]
    way: Sequence[WayStep]
    steps: Sequence[PairStep]
    changes: Sequence[ChangeView]
    support: Sequence[SupportView]
    is_silent: bool
    subject: Subject
    """The people of its case, by which acts and answers are judged."""
    may: frozenset[Permission]


def get_pair(work: Work, pair_id: uuid.UUID) -> PairView:
    """Return a pair that the actor may see."""
    pair = work.session.get(Pair, pair_id)
    if pair is None:
        raise NotFound(noun="pair")
    people = subject_of(work, pair)
    require(work, Permission.PAIR_READ, people)
    found = work.session.execute(_around(work, pair_id)).one()
    organisation, programme, form_title, status, is_begun, pack_version_id, silent = found
    subject = replace(people, participants=list_participants(work, pair.case_id))
    may = _acts(work, people, subject)
    shows_contacts = pair.contacts_shared_at is not None and Permission.PAIR_READ_CONTACTS in may
    cases = [one for one in (pair.case_id, pair.support_case_id) if one]
    open_steps = list_steps(work, cases)
    own_support = [one for one in open_steps.get(pair.support_case_id or pair.id, ()) if one.is_own]
    steps = open_steps[pair.case_id]
    return PairView(
        pair=pair,
        organisation=organisation,
        programme=programme,
        form_title=form_title or "",
        case_status=status,
        has_begun=bool(is_begun),
        pack_version_id=pack_version_id,
        members=_members(work, pair, shows_contacts=shows_contacts),
        way=way_of(pair.status, pair.cycle, held_by(work, [pair_id])[pair_id], processes_of(steps)),
        # What the curator does beside the meetings comes after what the pair itself waits for.
        steps=sorted([*steps, *own_support], key=lambda one: not one.is_own),
        changes=_changes(work, pair_id, tells_why=Permission.JOURNAL_READ in may),
        support=_support(work, pair_id) if Permission.PAIR_READ_SUPPORT in may else (),
        is_silent=silent,
        subject=subject,
        may=may,
    )


def _around(work: Work, pair_id: uuid.UUID) -> Select[Any]:
    form = and_(MentoringForm.programme_id == Pair.programme_id, MentoringForm.code == Pair.form)
    return (
        select(
            Organisation.name,
            Programme.title,
            MentoringForm.title,
            Case.status,
            func.length(Case.state) > 0,
            Case.pack_version_id,
            is_silent(work),
        )
        .select_from(Pair)
        .join(Organisation, Organisation.id == Pair.organisation_id)
        .join(Programme, Programme.id == Pair.programme_id)
        .outerjoin(MentoringForm, form)
        .outerjoin(Case, Case.id == Pair.case_id)
        .where(Pair.id == pair_id)
    )


def _acts(work: Work, people: Subject, subject: Subject) -> frozenset[Permission]:
    own = replace(subject, person_id=work.actor.person_id)
    is_member = bool({"mentor", "mentee"} & {one.role for one in _own_seats(work, people)})
    may = {act for act in _OF_CASE if can(work, act, subject)}
    may |= {act for act in _OF_PEOPLE if can(work, act, people)}
    if can(work, Permission.PAIR_LEAVE, own if is_member else subject):
        may.add(Permission.PAIR_LEAVE)
    return frozenset(may)


def _own_seats(work: Work, people: Subject) -> list[Participant]:
    return [one for one in people.participants if one.person_id == work.actor.person_id]


def _members(work: Work, pair: Pair, *, shows_contacts: bool) -> list[MemberView]:
    wanted = (
        select(PairMember, Person.full_name, Person.phone, Person.email)
        .join(Person, Person.id == PairMember.person_id)
        .where(PairMember.pair_id == pair.id)
        .order_by(PairMember.since_on, Person.full_name)
    )
    return [
        MemberView(
            person_id=member.person_id,
            name=name,
            role=member.role,
            since_on=member.since_on,
            until_on=member.until_on,
            phone=(phone or "") if shows_contacts else "",
            email=(email or "") if shows_contacts else "",
            is_gone=member.until_on is not None and member.until_on != pair.ended_on,
        )
        for member, name, phone, email in work.session.execute(wanted)
    ]


def _changes(work: Work, pair_id: uuid.UUID, *, tells_why: bool) -> list[ChangeView]:
    wanted = (
        select(PairStatusChange, Person.full_name)
        .outerjoin(Person, Person.id == PairStatusChange.by_id)
        .where(PairStatusChange.pair_id == pair_id)
    )
    way = list(PairStatus)
    # Of two steps at one instant the later is the one that lies further on the way of a pair.
    found = sorted(
        work.session.execute(wanted).all(),
        key=lambda row: (row[0].at, way.index(row[0].status)),
        reverse=True,
    )
    return [
        ChangeView(change.status, change.reason if tells_why else "", change.at, who or "")
        for change, who in found
    ]


def _support(work: Work, pair_id: uuid.UUID) -> list[SupportView]:
    wanted = (
        select(
            SupportContact.with_role,
            SupportContact.made_on,
            SupportContact.channel,
            SupportContact.summary,
            Person.full_name,
        )
        .join(Person, Person.id == SupportContact.made_by_id)
        .where(SupportContact.pair_id == pair_id)
        .order_by(SupportContact.made_on.desc(), SupportContact.recorded_at.desc())
    )
    return [SupportView(*row) for row in work.session.execute(wanted)]
