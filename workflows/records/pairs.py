"""Pairs and groups: how one comes about, what it comes to, and how it ends."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from models.bases import MenteeEntry, MentorEntry
from models.pairs import Pair, PairMember, PairStatus, PairStatusChange
from models.people import Person
from models.programmes import Programme
from workflows import journal
from workflows.records import days, pair_entries, participants, support
from workflows.records.cases import ask_for_case, find_begun
from workflows.records.pair_sets import OVER
from workflows.refusals import Conflict, NotFound
from workflows.work import Work

GROUP_AT_LEAST = 2
"""What the word means: one mentee alone is no group. The tables of the pack may ask for more."""
LONGEST_TITLE = 200
# Every act of a pair asks for these, so they are put together once.
_OF_CASE = select(Pair).where(Pair.case_id == bindparam("case_id"))
_MEMBERS = (
    select(PairMember)
    .where(PairMember.pair_id == bindparam("pair_id"), PairMember.until_on.is_(None))
    .order_by(PairMember.since_on, PairMember.id)
)


def form_pair(
    work: Work,
    programme_id: uuid.UUID,
    *,
    form: str,
    type: str,
    role_model: str = "",
    mentor_entry_ids: Sequence[uuid.UUID],
    mentee_entry_ids: Sequence[uuid.UUID],
    curator_id: uuid.UUID,
    order_number: str = "",
) -> uuid.UUID:
    """Bring mentors and mentees together and ask for the case that carries them; return the pair's id."""
    programme = work.session.get_one(Programme, programme_id)
    mentors = [work.session.get_one(MentorEntry, one) for one in dict.fromkeys(mentor_entry_ids)]
    mentees = [work.session.get_one(MenteeEntry, one) for one in dict.fromkeys(mentee_entry_ids)]
    _check_size(type, mentors, mentees)
    pair = Pair(
        id=uuid.uuid4(),
        organisation_id=programme.organisation_id,
        programme_id=programme_id,
        case_id=uuid.uuid4(),
        title=_title(work, mentors, mentees),
        status=PairStatus.APPROVED,
        form=form,
        role_model=role_model,
        type=type,
        cycle=1,
        order_number=order_number,
        formed_on=days.today(work, programme.organisation_id),
    )
    work.session.add(pair)
    work.session.flush()
    _seat_all(work, pair, mentors, mentees, curator_id)
    _begin(work, pair, programme, mentors, mentees, curator_id)
    return pair.id


def pair_of(work: Work, case_id: uuid.UUID) -> Pair:
    """Return the pair that a case carries, or to which a case beside it belongs."""
    pair = find_pair_of(work, case_id)
    if pair is None:
        raise NotFound(noun="pair")
    return pair


def find_pair_of(work: Work, case_id: uuid.UUID) -> Pair | None:
    """Find the pair that a case carries."""
    return work.remembered(
        ("pair of case", case_id),
        lambda: work.session.scalars(_OF_CASE, {"case_id": case_id}).one_or_none(),
    )


def get_pair(work: Work, pair_id: uuid.UUID) -> Pair:
    """Return a pair."""
    return work.remembered(("pair", pair_id), lambda: work.session.get_one(Pair, pair_id))


def list_members(work: Work, pair_id: uuid.UUID, *roles: str) -> list[PairMember]:
    """List who belongs to a pair now, the mentors first."""
    found = work.remembered(
        ("members of pair", pair_id), lambda: work.session.scalars(_MEMBERS, {"pair_id": pair_id}).all()
    )
    there = [one for one in found if one.until_on is None and (not roles or one.role in roles)]
    order = ("mentor", "mentee", "curator")
    return sorted(there, key=lambda one: order.index(one.role) if one.role in order else len(order))


def add_member(work: Work, member: PairMember) -> None:
    """Let somebody belong to a pair."""
    work.session.add(member)
    work.session.flush()
    work.forget(("members of pair", member.pair_id))


def set_status(work: Work, pair_id: uuid.UUID, status: PairStatus, reason: str = "") -> None:
    """Add a status to a pair; one it has already is not added again."""
    pair = get_pair(work, pair_id)
    if pair.status == status:
        return
    if pair.status in OVER:
        raise Conflict("pair_is_over")
    details = {"from": pair.status.value, "to": status.value, "reason": reason}
    pair.status = status
    _add_change(work, pair, reason)
    note(work, pair, "pair.advanced", details)


def close_pair(work: Work, pair_id: uuid.UUID, status: PairStatus, reason: str = "") -> None:
    """End a pair: its memberships, its day, and what its people are in their bases from now on."""
    pair = get_pair(work, pair_id)
    if pair.status in OVER:
        return
    before, pair.status = pair.status, status
    pair.ended_on = days.today(work, pair.organisation_id)
    _add_change(work, pair, reason)
    members = list_members(work, pair_id)
    for member in members:
        member.until_on, member.left_because = pair.ended_on, reason
    work.session.flush()
    pair_entries.release(work, pair, members, reason)
    if status in (PairStatus.PARTED, PairStatus.REFUSED):
        pair_entries.keep_apart(work, pair, members, reason)
    support.end(work, pair)
    note(work, pair, "pair.closed", {"from": before.value, "to": status.value, "reason": reason})


def note(work: Work, pair: Pair, act: str, details: dict[str, Any], role: str = "system") -> None:
    """Write in the journal what became of a pair."""
    work.session.flush()
    journal.record(
        work,
        act,
        f"pair:{pair.id}",
        organisation_id=pair.organisation_id,
        role=role,
        case_id=find_begun(work, pair.case_id),
        details={"title": pair.title, **details},
    )


def _check_size(type: str, mentors: Sequence[MentorEntry], mentees: Sequence[MenteeEntry]) -> None:
    if not mentors or not mentees:
        raise Conflict("pair_lacks_somebody")
    if type == "group" and len(mentees) < GROUP_AT_LEAST:
        raise Conflict("group_too_small", least=GROUP_AT_LEAST)
    if {one.person_id for one in mentors} & {one.person_id for one in mentees}:
        raise Conflict("pair_of_oneself")


def _title(work: Work, mentors: Sequence[MentorEntry], mentees: Sequence[MenteeEntry]) -> str:
    def names(entries: Sequence[MentorEntry] | Sequence[MenteeEntry]) -> str:
        return ", ".join(work.session.get_one(Person, one.person_id).full_name for one in entries)

    whole = f"{names(mentors)} – {names(mentees)}"
    return whole if len(whole) <= LONGEST_TITLE else whole[: LONGEST_TITLE - 1] + "…"


def _seat_all(
    work: Work,
    pair: Pair,
    mentors: Sequence[MentorEntry],
    mentees: Sequence[MenteeEntry],
    curator_id: uuid.UUID,
) -> None:
    def member(role: str, person_id: uuid.UUID, **entry: uuid.UUID) -> PairMember:
        return PairMember(pair_id=pair.id, person_id=person_id, role=role, since_on=pair.formed_on, **entry)

    work.session.add_all(member("mentor", one.person_id, mentor_entry_id=one.id) for one in mentors)
    work.session.add_all(member("mentee", one.person_id, mentee_entry_id=one.id) for one in mentees)
    work.session.add(member("curator", curator_id))
    _add_change(work, pair, "")
    work.session.flush()


def _begin(
    work: Work,
    pair: Pair,
    programme: Programme,
    mentors: Sequence[MentorEntry],
    mentees: Sequence[MenteeEntry],
    curator_id: uuid.UUID,
) -> None:
    people = {
        "mentor": [one.person_id for one in mentors],
        "mentee": [one.person_id for one in mentees],
        "curator": [curator_id],
    }
    facts = {
        "programme_id": programme.id,
        "variant": programme.variant,
        "pair_id": pair.id,
        "form": pair.form,
    }
    ask_for_case(
        work,
        pair.organisation_id,
        "pair",
        pair.title,
        participants=people,
        variables=facts | {"form": pair.form, "type": pair.type, "cycle": 1},
        case_id=pair.case_id,
    )
    note(work, pair, "pair.formed", {"form": pair.form, "type": pair.type, "people": people})
    support.begin(work, pair, programme, curator_id)
    pair_entries.match(work, list_members(work, pair.id))


def _add_change(work: Work, pair: Pair, reason: str) -> None:
    work.session.add(
        PairStatusChange(
            pair_id=pair.id,
            status=pair.status,
            reason=reason,
            at=work.now(),
            by_id=work.actor.person_id,
        )
    )


def end_membership(work: Work, pair: Pair, member: PairMember, reason: str) -> None:
    """Let somebody go whom the others carry on without; the case does not wait for them any more."""
    member.until_on, member.left_because = days.today(work, pair.organisation_id), reason
    work.session.flush()
    if find_begun(work, pair.case_id) is not None:
        participants.unseat(work, pair.case_id, member.role, member.person_id)
    pair_entries.release(work, pair, [member], reason)
    note(work, pair, "pair.left", {"person": member.person_id, "role": member.role, "reason": reason})
