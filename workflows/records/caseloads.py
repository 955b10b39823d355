"""Who looks after a pair: its curator in the case, and in the pair's own list of members."""

import uuid

from sqlalchemy import select

from models.pairs import Pair, PairMember
from workflows.records import days, participants
from workflows.work import Work

SEAT = "curator"


def give_seat(work: Work, case_id: uuid.UUID, old_id: uuid.UUID, new_id: uuid.UUID) -> bool:
    """Put one curator in the place of another; say whether the new one did not sit there before."""
    is_new = new_id not in participants.holders_of(work, case_id, SEAT)
    participants.replace(work, case_id, SEAT, old_id, new_id)
    _change_member(work, case_id, old_id, new_id)
    return is_new


def sit_beside(work: Work, case_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Let a curator sit again where another one sat all the time."""
    participants.seat(work, case_id, SEAT, person_id)


def _change_member(work: Work, case_id: uuid.UUID, old_id: uuid.UUID, new_id: uuid.UUID) -> None:
    pair = work.session.scalars(select(Pair).where(Pair.case_id == case_id)).one_or_none()
    if pair is None:
        return
    today = days.today(work, pair.organisation_id)
    wanted = select(PairMember).where(
        PairMember.pair_id == pair.id, PairMember.role == SEAT, PairMember.until_on.is_(None)
    )
    members = {member.person_id: member for member in work.session.scalars(wanted)}
    if old_id in members:
        members[old_id].until_on = today
    if new_id not in members:
        work.session.add(PairMember(pair_id=pair.id, person_id=new_id, role=SEAT, since_on=today))
    work.session.flush()
