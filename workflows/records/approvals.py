"""What bodies advise and decide on proposals, and the pairs that come of it."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from models.bases import MAY_TAKE_ON, MenteeEntry, MentorEntry
from models.pairing import Decision, Proposal, ProposalRun, ProposalStatus
from models.programmes import Programme
from workflows.records import entries, pair_entries, pairing, pairs
from workflows.records.cohorts import LOOKED_FOR
from workflows.records.pairing import GROUP, PAIR
from workflows.work import Work

SUBJECT = "pairs"


def add_decision(
    work: Work,
    programme: Programme,
    *,
    case_id: uuid.UUID,
    form: str,
    body: str,
    outcome: str,
    is_advice: bool,
    decided_on: date,
    by_id: uuid.UUID,
    protocol_number: str = "",
    note: str = "",
) -> Decision:
    """Write down what a body advised or decided on the pairs of a form."""
    decision = Decision(
        id=uuid.uuid4(),
        programme_id=programme.id,
        case_id=case_id,
        subject=SUBJECT,
        form=form,
        body=body,
        is_advice=is_advice,
        outcome=outcome,
        protocol_number=protocol_number,
        decided_on=decided_on,
        note=note,
        entered_by_id=by_id,
        entered_at=work.now(),
    )
    work.session.add(decision)
    act = "decision.advised" if is_advice else "decision.made"
    details = {"form": form, "body": body, "outcome": outcome, "protocol": protocol_number}
    pairing.record_act(work, programme, act, details | {"decided_on": decided_on})
    return decision


def apply_decision(
    work: Work, run: ProposalRun, form: str, decision: Decision, refused: Mapping[uuid.UUID, str]
) -> tuple[int, int]:
    """Approve the proposals of a form but those that are refused; return how many of each."""
    waiting = pairing.list_proposals(work, run.id, form=form, status=ProposalStatus.PROPOSED)
    for one in waiting:
        one.decision_id = decision.id
        one.status = ProposalStatus.REFUSED if one.id in refused else ProposalStatus.APPROVED
        one.refused_because = refused.get(one.id, "")
    work.session.flush()
    against = sum(1 for one in waiting if one.id in refused)
    return len(waiting) - against, against


def disagree(work: Work, run: ProposalRun, form: str, refused: Mapping[uuid.UUID, str]) -> int:
    """Refuse proposals that another body has approved; return how many are approved still."""
    approved = pairing.list_proposals(work, run.id, form=form, status=ProposalStatus.APPROVED)
    for one in approved:
        if one.id in refused:
            one.status, one.refused_because = ProposalStatus.REFUSED, refused[one.id]
    work.session.flush()
    return sum(1 for one in approved if one.status is ProposalStatus.APPROVED)


def set_order(work: Work, run: ProposalRun, form: str, order_number: str) -> None:
    """Write the number of the head's order beside the approved proposals of a form."""
    for one in pairing.list_proposals(work, run.id, form=form, status=ProposalStatus.APPROVED):
        one.order_number = order_number
    work.session.flush()


class Room:
    """Who still wants a pair and has room for one: much happens while councils sit."""

    def __init__(self, work: Work, proposals: Sequence[Proposal]) -> None:
        own = {one.mentee_entry_id for one in proposals}
        theirs = {one.mentor_entry_id for one in proposals}
        self._mentees = entries.hold_all(work, MenteeEntry, own)
        self._mentors = entries.hold_all(work, MentorEntry, theirs)
        self._taken = pair_entries.count_others(work, MenteeEntry, own)
        self._taken += pair_entries.count_others(work, MentorEntry, theirs)

    def take(self, proposal: Proposal) -> bool:
        """Give both a place beside each other; say whether there was one."""
        mentee = self._mentees[proposal.mentee_entry_id]
        mentor = self._mentors[proposal.mentor_entry_id]
        if mentee.status not in LOOKED_FOR or mentor.status not in MAY_TAKE_ON:
            return False
        if self._taken[mentee.id] >= mentee.most_mentors or self._taken[mentor.id] >= mentor.capacity:
            return False
        self._taken.update((mentee.id, mentor.id))
        return True


def form_pairs(
    work: Work, run: ProposalRun, curator_id: uuid.UUID, least: Mapping[str, int]
) -> list[uuid.UUID]:
    """Form a pair or group of everything that is approved and is not one yet, if it still can be.

    The rules of a form say how many mentees make a group at least.
    """
    approved = pairing.list_proposals(work, run.id, status=ProposalStatus.APPROVED)
    waiting = [one for one in approved if one.pair_id is None]
    room = Room(work, waiting)
    sets: dict[tuple[uuid.UUID, str, uuid.UUID | None], list[Proposal]] = {}
    for one in waiting:
        if not room.take(one):
            # Left as approved it would be waited for, and nothing could be proposed any more.
            one.status = ProposalStatus.REFUSED
            continue
        alone = None if one.type == GROUP else one.mentee_entry_id
        sets.setdefault((one.mentor_entry_id, one.form, alone), []).append(one)
    found = [one for each in sets.values() for one in _as_groups(each, least)]
    return [_form(work, run, each, curator_id) for each in found]


def _as_groups(each: list[Proposal], least: Mapping[str, int]) -> list[list[Proposal]]:
    # Of a group some may have been refused; those who are too few for one are pairs.
    enough = max(least.get(each[0].form, 0), pairs.GROUP_AT_LEAST)
    return [each] if len(each) >= enough else [[one] for one in each]


def _form(work: Work, run: ProposalRun, each: Sequence[Proposal], curator_id: uuid.UUID) -> uuid.UUID:
    first = each[0]
    models = select(MenteeEntry.role_model).where(MenteeEntry.id == first.mentee_entry_id)
    pair_id = pairs.form_pair(
        work,
        run.programme_id,
        form=first.form,
        type=GROUP if len(each) > 1 else PAIR,
        role_model=work.session.scalar(models) or "",
        mentor_entry_ids=[first.mentor_entry_id],
        mentee_entry_ids=[one.mentee_entry_id for one in each],
        curator_id=curator_id,
        order_number=first.order_number,
    )
    for one in each:
        one.pair_id = pair_id
    work.session.flush()
    return pair_id
