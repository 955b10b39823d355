"""How far a programme has come on the way to its pairs."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from models.bases import LOOKING, MAY_TAKE_ON, MenteeEntry, MentorEntry
from models.pairing import GeneralMeeting, Proposal, ProposalStatus
from workflows.queries.pair_forming.meetings import count_answers, find_meeting
from workflows.queries.pair_forming.place import PairingPlace
from workflows.queries.pair_forming.steps import PairingStep, Part, list_steps
from workflows.work import Work


@dataclass(frozen=True)
class Overview:
    """What has been done for the pairs of a programme, and whose turn it is."""

    mentees_waiting: int
    mentors_ready: int
    meeting: GeneralMeeting | None
    asked: int
    answered: int
    proposed: int
    pinned: int
    mentees_left: int
    approved: int
    refused: int
    undecided: int
    formed: int
    ordered: int
    steps: Sequence[PairingStep]

    @property
    def has_begun(self) -> bool:
        """Say whether anything has been done for pairs yet."""
        return bool(self.meeting or self.steps or self.proposed)

    def step(self, part: Part) -> PairingStep | None:
        """Return the open task of a part of the way, the reader's own first."""
        found = [one for one in self.steps if one.part is part]
        return next((one for one in found if one.is_own), found[0] if found else None)


def get_overview(work: Work, place: PairingPlace) -> Overview:
    """Read how far pairs have come."""
    mentees = (
        select(func.count())
        .select_from(MenteeEntry)
        .where(MenteeEntry.programme_id == place.programme.id, MenteeEntry.status.in_(LOOKING))
    )
    mentors = (
        select(func.count())
        .select_from(MentorEntry)
        .where(
            MentorEntry.programme_id == place.programme.id,
            MentorEntry.status.in_(MAY_TAKE_ON),
            MentorEntry.capacity > 0,
        )
    )
    waiting, ready = work.session.execute(select(mentees.scalar_subquery(), mentors.scalar_subquery())).one()
    meeting = find_meeting(work, place)
    asked, answered = count_answers(work, meeting.id) if meeting and meeting.asked_at else (0, 0)
    proposed, pinned, approved, refused, undecided, formed, ordered = _counts(work, place)
    left = sum(1 for one in place.run.left_over if one["side"] == "mentee") if place.run else 0
    return Overview(
        waiting,
        ready,
        meeting,
        asked,
        answered,
        proposed,
        pinned,
        left,
        approved,
        refused,
        undecided,
        formed,
        ordered,
        list_steps(work, place),
    )


def _counts(work: Work, place: PairingPlace) -> Sequence[int]:
    if place.run is None:
        return (0,) * 7
    wanted = select(
        func.count(),
        func.count().filter(Proposal.is_pinned),
        func.count().filter(Proposal.status == ProposalStatus.APPROVED),
        func.count().filter(Proposal.status == ProposalStatus.REFUSED),
        func.count().filter(Proposal.status == ProposalStatus.PROPOSED),
        func.count().filter(Proposal.pair_id.is_not(None)),
        func.count().filter(Proposal.order_number != ""),
    ).where(Proposal.proposal_run_id == place.run.id)
    return work.session.execute(wanted).one()
