"""Operations on pairs: somebody leaves one, it stands still, goes on, or ends before its time."""

import uuid
from dataclasses import replace

from models.cases import CaseStatus
from models.pairs import Pair, PairStatus
from workflows import process
from workflows.access import Permission, require
from workflows.queries.held import HeldCase, hold_case
from workflows.records import leaving, pair_sets, pairs, pausing
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

LONGEST_REASON = 1000


def leave_pair(work: Work, pair_id: uuid.UUID, person_id: uuid.UUID, reason: str) -> None:
    """Announce that a mentor or a mentee leaves a pair; its case finds out how it goes on."""
    case, pair = _hold(work, pair_id)
    # Everybody may speak for themselves, but a stranger does not even learn that there is such a pair.
    require(work, Permission.PAIR_READ, case.subject)
    role = require(work, Permission.PAIR_LEAVE, replace(case.subject, person_id=person_id))
    _refuse_over(pair)
    member = leaving.find_member(work, pair, person_id)
    if member is None:
        raise Invalid({"person_id": [Complaint("person_not_in_pair")]})
    _refuse_wordless(reason)
    leaving.announce(work, pair, member, reason.strip())
    if case.status is CaseStatus.SUSPENDED:
        # Whoever waits for the end of the pause has to hear of it now.
        _go_on(work, case, pair, role)
    details = {"person": person_id, "role": member.role, "reason": reason.strip()}
    process.record(work, case, "pair.leaving_announced", role, details, subject=("pair", pair.id))


def pause_pair(work: Work, pair_id: uuid.UUID, reason: str) -> None:
    """Let a pair stand still: nothing of it falls due until it goes on."""
    case, pair = _hold(work, pair_id)
    role = require(work, Permission.PAIR_PAUSE, case.subject)
    _refuse_over(pair)
    _refuse_wordless(reason)
    if case.status is not CaseStatus.RUNNING:
        raise Conflict(f"case_{case.status.value}", title=case.title)
    pausing.pause(work, pair.id, reason.strip())
    process.suspend(work, case)
    process.record(work, case, "case.suspended", role)


def resume_pair(work: Work, pair_id: uuid.UUID) -> None:
    """Let a pair that stood still go on from where it was."""
    case, pair = _hold(work, pair_id)
    role = require(work, Permission.PAIR_RESUME, case.subject)
    if case.status is not CaseStatus.SUSPENDED:
        raise Conflict(f"case_{case.status.value}", title=case.title)
    _go_on(work, case, pair, role)


def end_pair(work: Work, pair_id: uuid.UUID, reason: str) -> None:
    """End a pair before its time, wherever it stands."""
    case, pair = _hold(work, pair_id)
    role = require(work, Permission.PAIR_END, case.subject)
    _refuse_over(pair)
    _refuse_wordless(reason)
    pairs.close_pair(work, pair.id, PairStatus.ENDED_EARLY, reason.strip())
    process.stop(work, case, reason.strip())
    process.record(work, case, "case.cancelled", role, {"reason": reason.strip()})


def _hold(work: Work, pair_id: uuid.UUID) -> tuple[HeldCase, Pair]:
    pair = work.session.get(Pair, pair_id)
    if pair is None:
        raise NotFound(noun="pair")
    case = hold_case(work, pair.case_id)
    work.session.refresh(pair)
    return case, pair


def _go_on(work: Work, case: HeldCase, pair: Pair, role: str) -> None:
    stood = process.resume(work, case)
    pausing.go_on(work, pair.id)
    process.record(work, case, "case.resumed", role, {"stood_for_seconds": int(stood.total_seconds())})


def _refuse_over(pair: Pair) -> None:
    if pair.status in pair_sets.OVER:
        raise Conflict("pair_is_over")


def _refuse_wordless(reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": [Complaint("required")]})
    if len(reason.strip()) > LONGEST_REASON:
        raise Invalid({"reason": [Complaint("too_long", maximum=LONGEST_REASON)]})
