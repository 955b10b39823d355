"""Proposals of a programme, and the curator's word on two people."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.dialects.postgresql import insert

from models.pairing import Proposal, ProposalRun, ProposalStatus
from models.programmes import Programme
from workflows import journal, matching
from workflows.matching.proposing import Progress, Proposed
from workflows.records import cohorts
from workflows.records.statuses import role_of
from workflows.refusals import Conflict
from workflows.work import Work

GROUP, PAIR = "group", "pair"


def propose(
    work: Work,
    programme: Programme,
    rules: Mapping[str, matching.Rules],
    *,
    case_id: uuid.UUID | None,
    groups: Iterable[str] = (),
    progress: Progress | None = None,
) -> ProposalRun:
    """Compute a proposal for the whole cohort; it takes the place of one on which nobody decided yet."""
    chosen = sorted(set(groups))
    outcome = matching.propose(cohorts.gather(work, programme, chosen), rules, progress)
    _forget_undecided(work, programme.id)
    left = [{"id": one.key, "side": one.side, "reasons": one.reasons} for one in outcome.left_over]
    run = _add_run(work, programme, case_id=case_id, groups=chosen, left_over=left)
    _add_proposals(work, run, outcome.pairs)
    return run


def begin(work: Work, programme: Programme, case_id: uuid.UUID) -> ProposalRun:
    """Begin to form pairs in a case, with nothing proposed yet."""
    _forget_undecided(work, programme.id)
    return _add_run(work, programme, case_id=case_id, left_over=[])


def propose_one(
    work: Work, programme: Programme, case_id: uuid.UUID, mentee_entry_id: uuid.UUID, one: Proposed
) -> ProposalRun:
    """Propose a single pair, chosen by a person for a mentee who was left over."""
    run = _add_run(work, programme, case_id=case_id, mentee_entry_id=mentee_entry_id, left_over=[])
    run.submitted_at = work.now()
    _add_proposals(work, run, [one])
    record_act(work, programme, "pairing.proposed", {"proposed": 1, "left_over": 0})
    return run


def _add_run(work: Work, programme: Programme, **values: Any) -> ProposalRun:
    run = ProposalRun(
        id=uuid.uuid4(),
        programme_id=programme.id,
        made_at=work.now(),
        made_by_id=work.actor.person_id,
        **values,
    )
    work.session.add(run)
    work.session.flush()
    return run


def _add_proposals(work: Work, run: ProposalRun, pairs: Sequence[Proposed]) -> None:
    rows = [
        {
            "id": uuid.uuid4(),
            "proposal_run_id": run.id,
            "mentee_entry_id": uuid.UUID(one.mentee),
            "mentor_entry_id": uuid.UUID(one.mentor),
            "form": one.form,
            "type": GROUP if one.is_group else PAIR,
            "is_pinned": one.is_pinned,
            "score": one.score,
            "reasons": journal.settle(one.reasons),
            "against": journal.settle(one.against),
            "status": ProposalStatus.PROPOSED,
            "refused_because": "",
            "order_number": "",
        }
        for one in pairs
    ]
    if rows:
        work.session.execute(insert(Proposal), rows)


def _forget_undecided(work: Work, programme_id: uuid.UUID) -> None:
    """Remove what nobody has seen through: the journal says that it was there."""
    stale = select(ProposalRun.id).where(
        ProposalRun.programme_id == programme_id,
        ProposalRun.mentee_entry_id.is_(None),
        ProposalRun.submitted_at.is_(None),
    )
    stale_ids = list(work.session.scalars(stale))
    work.session.execute(delete(Proposal).where(Proposal.proposal_run_id.in_(stale_ids)))
    work.session.execute(delete(ProposalRun).where(ProposalRun.id.in_(stale_ids)))


def find_run(work: Work, programme_id: uuid.UUID) -> ProposalRun | None:
    """Find the newest proposal for the whole cohort of a programme."""
    wanted = select(ProposalRun).where(
        ProposalRun.programme_id == programme_id, ProposalRun.mentee_entry_id.is_(None)
    )
    return work.session.scalars(_newest(wanted)).one_or_none()


def find_run_of_case(work: Work, case_id: uuid.UUID) -> ProposalRun | None:
    """Find the newest proposal that is decided on in a case."""
    run: ProposalRun | None = work.session.scalars(_RUN_OF_CASE, {"case_id": case_id}).one_or_none()
    return run


def _newest(wanted: Any) -> Any:
    return wanted.order_by(ProposalRun.made_at.desc(), ProposalRun.id.desc()).limit(1)


_RUN_OF_CASE = _newest(select(ProposalRun).where(ProposalRun.case_id == bindparam("case_id")))


def list_proposals(
    work: Work, run_id: uuid.UUID, *, form: str | None = None, status: ProposalStatus | None = None
) -> list[Proposal]:
    """List the proposals of a run, the best first."""
    wanted = select(Proposal).where(Proposal.proposal_run_id == run_id)
    if form is not None:
        wanted = wanted.where(Proposal.form == form)
    if status is not None:
        wanted = wanted.where(Proposal.status == status)
    wanted = wanted.order_by(Proposal.form, Proposal.score.desc(), Proposal.id)
    return list(work.session.scalars(wanted.execution_options(populate_existing=True)))


def require_open(work: Work, programme_id: uuid.UUID) -> ProposalRun | None:
    """Return the newest proposal; refuse while those who decide have it before them."""
    run = find_run(work, programme_id)
    if run is None or run.submitted_at is None:
        return run
    undecided = (Proposal.status == ProposalStatus.PROPOSED) | (
        (Proposal.status == ProposalStatus.APPROVED) & Proposal.pair_id.is_(None)
    )
    if work.session.scalar(select(exists().where(Proposal.proposal_run_id == run.id, undecided))):
        raise Conflict("pairing_is_being_decided")
    return run


def submit(work: Work, programme: Programme, run: ProposalRun) -> None:
    """Hand the proposals on to those who decide."""
    run.submitted_at = work.now()
    record_act(work, programme, "pairing.submitted", {"run": run.id})


def record_act(work: Work, programme: Programme, act: str, details: dict[str, Any]) -> None:
    """Write an act of pairing into the journal."""
    work.session.flush()
    journal.record(
        work,
        act,
        f"programme:{programme.id}",
        organisation_id=programme.organisation_id,
        role=role_of(work),
        case_id=programme.case_id,
        details=details,
    )
