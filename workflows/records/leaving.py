"""Somebody leaves a pair, and somebody else takes the place."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select

from models.bases import MAY_TAKE_ON, EntryStatus, MentorEntry
from models.pairing import Avoidance
from models.pairs import Pair, PairMember, PairStatus
from models.people import Person
from workflows.records import days, guardians, mentors, pairs, participants, pausing
from workflows.records.cases import has_begun
from workflows.records.messages import send
from workflows.records.pair_sets import MOST_CHOICES, others_in_pairs
from workflows.work import Work

MEMBER_LEFT = "member_left"


@dataclass(frozen=True)
class FreeMentor:
    """A mentor who could take the pair on, and for how many more there would be room."""

    entry_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    free: int


def announce(work: Work, pair: Pair, member: PairMember, reason: str) -> None:
    """Tell the case of a pair that somebody is leaving it; where no case hears it, they leave at once."""
    told = {"role": member.role, "person_id": member.person_id, "reason": reason}
    if not hears(work, pair) or send(work, pair.case_id, MEMBER_LEFT, payload=told) is None:
        let_go(work, pair, member, reason)


def hears(work: Work, pair: Pair) -> bool:
    """Say whether the case of a pair has begun; one that has not would begin as if nothing had happened."""
    if has_begun(work, pair.case_id):
        return True
    # The worker may be at it: whoever begins the case holds the pair.
    work.session.execute(select(Pair.id).where(Pair.id == pair.id).with_for_update())
    return has_begun(work, pair.case_id)


def let_go(work: Work, pair: Pair, member: PairMember, reason: str) -> None:
    """Let somebody go at once; the others carry on where they can, and else the pair ends."""
    least = pairs.GROUP_AT_LEAST if pair.type == "group" else 1
    if can_do_without(work, pair, [member], least):
        pairs.end_membership(work, pair, member, reason)
    else:
        pairs.close_pair(work, pair.id, PairStatus.ENDED_EARLY, reason)


def find_member(work: Work, pair: Pair, person_id: uuid.UUID) -> PairMember | None:
    """Find the mentor or mentee that somebody is in this pair now."""
    members = pairs.list_members(work, pair.id, "mentor", "mentee")
    return next((one for one in members if one.person_id == person_id), None)


def can_do_without(
    work: Work,
    pair: Pair,
    gone: Sequence[PairMember],
    least_mentees: int,
    *,
    is_mentor_sought: bool = False,
) -> bool:
    """Say whether those who stay are a pair still, or as large a group as the rules ask for."""
    leaving = {one.id for one in gone}
    left = [one.role for one in pairs.list_members(work, pair.id) if one.id not in leaving]
    least = max(least_mentees, pairs.GROUP_AT_LEAST if pair.type == "group" else 1)
    return left.count("mentee") >= least and (is_mentor_sought or "mentor" in left)


def those_concerned(work: Work, pair: Pair) -> list[uuid.UUID]:
    """List the people of a pair, and who decides for its mentees."""
    members = pairs.list_members(work, pair.id)
    children = (one.person_id for one in members if one.role == "mentee")
    return [*(one.person_id for one in members), *_guardians_of(work, children)]


def list_free_mentors(work: Work, pair: Pair) -> list[FreeMentor]:
    """List the mentors of the programme for this form who have room, the freest first."""
    mine = PairMember.mentor_entry_id
    taken = others_in_pairs(mine, "mentee").where(mine == MentorEntry.id).correlate(MentorEntry)
    needed = max(1, len(pairs.list_members(work, pair.id, "mentee")))
    others = taken.with_only_columns(func.count()).scalar_subquery()
    free = (MentorEntry.capacity - func.coalesce(others, 0)).label("free")
    wanted = (
        select(MentorEntry.id, MentorEntry.person_id, Person.full_name, free)
        .join(Person, Person.id == MentorEntry.person_id)
        .where(
            MentorEntry.programme_id == pair.programme_id,
            MentorEntry.status.in_(MAY_TAKE_ON),
            MentorEntry.forms.contains([pair.form]),
            free >= needed,
            ~_was_here(pair),
            ~_is_to_be_kept_apart(work, pair),
        )
        .order_by(free.desc(), Person.full_name, MentorEntry.id)
        .limit(MOST_CHOICES)
    )
    return [FreeMentor(*row) for row in work.session.execute(wanted)]


def take_on(work: Work, pair: Pair, entry_id: uuid.UUID) -> None:
    """Make somebody of the mentor base the mentor of a pair that goes on."""
    entry = mentors.hold(work, entry_id)
    member = PairMember(
        pair_id=pair.id,
        person_id=entry.person_id,
        role="mentor",
        mentor_entry_id=entry.id,
        since_on=days.today(work, pair.organisation_id),
    )
    pairs.add_member(work, member)
    participants.seat(work, pair.case_id, "mentor", entry.person_id)
    mentors.set_status(work, entry.id, EntryStatus.MATCHED)
    pausing.go_on(work, pair.id, "replaced")
    pairs.note(work, pair, "pair.joined", {"person": entry.person_id, "role": "mentor"})


def _was_here(pair: Pair) -> ColumnElement[bool]:
    return exists().where(PairMember.pair_id == pair.id, PairMember.person_id == MentorEntry.person_id)


def _is_to_be_kept_apart(work: Work, pair: Pair) -> ColumnElement[bool]:
    mentees = [one.person_id for one in pairs.list_members(work, pair.id, "mentee")]
    return exists().where(
        Avoidance.mentor_person_id == MentorEntry.person_id,
        Avoidance.mentee_person_id.in_(mentees),
    )


def _guardians_of(work: Work, children: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    return [guardian for child in children for guardian in guardians.list_of(work, child)]
