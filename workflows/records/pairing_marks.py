"""The curator's word on two people, what the last word of all was, and how it is taken back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from models.pairing import MarkKind, PairingMark, ProposalRun
from models.programmes import Programme
from workflows.work import Work


@dataclass(frozen=True)
class LastAct:
    """What was said at one instant: the marks that were made then, and those that were taken back."""

    at: datetime
    made: Sequence[PairingMark]
    removed: Sequence[PairingMark]


def mark(
    work: Work,
    programme: Programme,
    mentee_id: uuid.UUID,
    mentor_id: uuid.UUID,
    kind: MarkKind,
    *,
    at: datetime | None = None,
) -> bool:
    """Write down the curator's word on two people; say whether it is new.

    What belongs to one act is written down for one instant, so that it can be taken back together.
    """
    at = at or work.now()
    standing = find_mark(work, programme.id, mentee_id, mentor_id)
    if standing is not None and standing.kind == kind:
        return False
    if standing is not None:
        standing.removed_at = at
        work.session.flush()
    work.session.add(
        PairingMark(
            id=uuid.uuid4(),
            programme_id=programme.id,
            mentee_entry_id=mentee_id,
            mentor_entry_id=mentor_id,
            kind=kind,
            made_by_id=work.actor.person_id,
            made_at=at,
        )
    )
    work.session.flush()
    return True


def unmark(
    work: Work,
    programme: Programme,
    mentee_id: uuid.UUID,
    mentor_id: uuid.UUID,
    *,
    at: datetime | None = None,
) -> bool:
    """Take the curator's word on two people back; say whether there was one."""
    standing = find_mark(work, programme.id, mentee_id, mentor_id)
    if standing is None:
        return False
    standing.removed_at = at or work.now()
    work.session.flush()
    return True


def find_mark(
    work: Work, programme_id: uuid.UUID, mentee_id: uuid.UUID, mentor_id: uuid.UUID
) -> PairingMark | None:
    """Find what the curator said of two people."""
    return work.session.scalars(
        select(PairingMark).where(
            PairingMark.programme_id == programme_id,
            PairingMark.mentee_entry_id == mentee_id,
            PairingMark.mentor_entry_id == mentor_id,
            PairingMark.removed_at.is_(None),
        )
    ).one_or_none()


def find_last_act(work: Work, programme_id: uuid.UUID) -> LastAct | None:
    """Find what was said last since proposals were handed on for the last time."""
    own = PairingMark.programme_id == programme_id
    last = select(func.greatest(func.max(PairingMark.made_at), func.max(PairingMark.removed_at))).where(own)
    handed_on = select(func.max(ProposalRun.submitted_at)).where(ProposalRun.programme_id == programme_id)
    at = last.scalar_subquery()
    wanted = select(PairingMark, at).where(own, or_(PairingMark.made_at == at, PairingMark.removed_at == at))
    since = handed_on.scalar_subquery()
    rows = work.session.execute(
        wanted.where(or_(since.is_(None), since < at)).order_by(PairingMark.made_at, PairingMark.id)
    ).all()
    if not rows:
        return None
    moment = rows[0][1]
    return LastAct(
        moment,
        [one for one, _at in rows if one.made_at == moment],
        [one for one, _at in rows if one.removed_at == moment],
    )


def take_back(work: Work, programme: Programme, act: LastAct) -> None:
    """Let the marks stand as they stood before an act."""
    now = work.now()
    for one in act.made:
        unmark(work, programme, one.mentee_entry_id, one.mentor_entry_id, at=now)
    for one in act.removed:
        if one.made_at != act.at:
            mark(work, programme, one.mentee_entry_id, one.mentor_entry_id, one.kind, at=now)
