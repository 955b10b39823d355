"""Read what is proposed for a programme, who is left over, and who might fit somebody still looked after."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import UUID, Select, any_, bindparam, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY

from models.bases import MenteeEntry, MentorEntry
from models.organisations import Organisation
from models.pairing import GeneralMeeting, PairingMark, ProposalRun, ProposalStatus
from models.people import Person
from models.prepared import Prepared
from models.programmes import Programme
from workflows import matching
from workflows.access import Permission, Subject, require
from workflows.matching import Plan
from workflows.queries.definitions import find_version_to_start, load_pack
from workflows.records import cohorts, halls, pairing
from workflows.refusals import NotFound
from workflows.work import Work

FORMATION = "pair_formation"
TYPES = ("pair", "group")


@dataclass(frozen=True)
class ProposalView:
    """Two people who are proposed to each other, by name, with what speaks for it and against it."""

    id: uuid.UUID
    mentee_entry_id: uuid.UUID
    mentor_entry_id: uuid.UUID
    mentee: str
    mentor: str
    form: str
    type: str
    is_pinned: bool
    score: float
    reasons: Sequence[Mapping[str, Any]]
    against: Sequence[Mapping[str, Any]]
    status: ProposalStatus
    refused_because: str


@dataclass(frozen=True)
class LeftOverView:
    """Somebody who got nobody, by name, and why."""

    entry_id: uuid.UUID
    side: str
    name: str
    reasons: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class PairingView:
    """The newest proposal for a programme."""

    run: ProposalRun | None
    proposals: Sequence[ProposalView]
    left_over: Sequence[LeftOverView]
    marks: Sequence[PairingMark]


def get_pairing(work: Work, programme_id: uuid.UUID) -> PairingView:
    """Return the newest proposal for a programme."""
    programme = get_programme(work, programme_id)
    require(work, Permission.PAIRING_READ, subject_of(work, programme))
    run = pairing.find_run(work, programme.id)
    marks = select(PairingMark).where(
        PairingMark.programme_id == programme.id, PairingMark.removed_at.is_(None)
    )
    return PairingView(
        run=run,
        proposals=list_proposals(work, run) if run else (),
        left_over=list_left_over(work, run) if run else (),
        marks=work.session.scalars(marks.order_by(PairingMark.made_at, PairingMark.id)).all(),
    )


def get_rounds(work: Work, meeting_id: uuid.UUID) -> tuple[GeneralMeeting, Plan, Mapping[str, str]]:
    """Return the plan of the rounds of a general meeting, and the names in it, ready to be printed."""
    meeting = work.session.get(GeneralMeeting, meeting_id)
    if meeting is None:
        raise NotFound(noun="pairing")
    programme = get_programme(work, meeting.programme_id)
    require(work, Permission.PAIRING_READ, subject_of(work, programme))
    plan, names = halls.plan_of(work, meeting)
    return meeting, plan, names


def list_proposals(work: Work, run: ProposalRun) -> list[ProposalView]:
    """List what a run proposes, the best of each form first."""
    found = pairing.list_proposals(work, run.id)
    names = names_of_entries(
        work, [one.mentee_entry_id for one in found] + [one.mentor_entry_id for one in found]
    )
    return [
        ProposalView(
            mentee=names.get(one.mentee_entry_id, ""),
            mentor=names.get(one.mentor_entry_id, ""),
            **{name: getattr(one, name) for name in _TAKEN_OVER},
        )
        for one in found
    ]


_TAKEN_OVER = tuple(name for name in ProposalView.__dataclass_fields__ if name not in ("mentee", "mentor"))


def list_left_over(work: Work, run: ProposalRun) -> list[LeftOverView]:
    """List who got nobody, and why."""
    ids = [uuid.UUID(one["id"]) for one in run.left_over]
    names = names_of_entries(work, ids)
    return [
        LeftOverView(entry_id, one["side"], names.get(entry_id, ""), one["reasons"])
        for entry_id, one in zip(ids, run.left_over, strict=True)
    ]


def list_candidates(work: Work, mentee_entry_id: uuid.UUID, limit: int = 10) -> list[matching.Proposed]:
    """List the mentors with room who fit one mentee, without asking whom anybody chose."""
    entry = work.session.get_one(MenteeEntry, mentee_entry_id)
    programme = work.session.get_one(Programme, entry.programme_id)
    cohort = cohorts.gather_around(work, programme, entry)
    if not cohort.mentees:
        return []
    rules = matching.Rules.read({**decide_rules(work, programme, entry.form, "pair"), "needs": "none"})
    return matching.list_candidates(cohort, rules, str(mentee_entry_id), limit)


def rules_of(work: Work, programme: Programme, groups: Iterable[str]) -> dict[str, matching.Rules]:
    """Ask the methodology what counts how much in each form of a programme."""
    forms = select(MenteeEntry.form).where(MenteeEntry.programme_id == programme.id).distinct()
    in_groups = set(groups)
    return {
        form: matching.Rules.read(decide_rules(work, programme, form, TYPES[form in in_groups]))
        for form in work.session.scalars(forms)
    }


def decide_rules(work: Work, programme: Programme, form: str, type: str) -> Mapping[str, Any]:
    """Ask the methodology what counts how much in a form."""
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    version = find_version_to_start(work, organisation, FORMATION)
    if version is None:
        raise NotFound(noun="process", process=FORMATION)
    asked = {"variant": programme.variant, "form": form, "type": type}
    found = load_pack(work, version.id).definitions.decide("matching_rules", asked, now=work.now())
    return found if isinstance(found, Mapping) else {}


def names_of_entries(work: Work, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Map entries of both bases to the names of their people."""
    if not (wanted := list(set(ids))):
        return {}
    rows = _NAMES.all(work.session.connection(), {"ids": wanted})
    return {row.id: row.full_name for row in rows}


def _names_in(table: type[MenteeEntry] | type[MentorEntry]) -> Select[Any]:
    is_wanted = table.id == any_(bindparam("ids", type_=ARRAY(UUID())))
    return select(table.id, Person.full_name).join(Person, Person.id == table.person_id).where(is_wanted)


_NAMES = Prepared(union_all(_names_in(MenteeEntry), _names_in(MentorEntry)))


def get_programme(work: Work, programme_id: uuid.UUID) -> Programme:
    """Return a programme; whether the actor may know of it is asked for right after."""
    programme = work.session.get(Programme, programme_id)
    if programme is None:
        raise NotFound(noun="pairing")
    return programme


def subject_of(work: Work, programme: Programme) -> Subject:
    """Return what a permission for the pairing of a programme is asked about."""
    return Subject.of(work.session.get_one(Organisation, programme.organisation_id))
