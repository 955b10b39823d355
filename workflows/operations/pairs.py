"""Operations on pairs: somebody leaves one, it stands still, goes on, or ends before its time."""

import uuid
from dataclasses import replace

from models.cases import Case, CaseStatus
from models.organisations import Organisation
from models.pairs import Pair, PairStatus
from workflows import process
from workflows.access import Participant, Permission, Subject, require
from workflows.forms.reasons import read_reason
from workflows.queries.held import HeldCase, hold_case
from workflows.records import leaving, pair_sets, pairs, pausing
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work


def leave_pair(work: Work, pair_id: uuid.UUID, person_id: uuid.UUID, reason: str) -> None:
    """Announce that a mentor or a mentee leaves a pair; its case finds out how it goes on."""
    case, pair = _hold_even_unbegun(work, pair_id)
    subject = case.subject if case else _subject(work, pair)
    # Everybody may speak for themselves, but a stranger does not even learn that there is such a pair.
    require(work, Permission.PAIR_READ, subject)
    role = require(work, Permission.PAIR_LEAVE, replace(subject, person_id=person_id))
    _refuse_over(pair)
    member = leaving.find_member(work, pair, person_id)
    if member is None:
        raise Invalid({"person_id": [Complaint("person_not_in_pair")]})
    said = read_reason(reason)
    details = {"person": person_id, "role": member.role, "reason": said}
    if case is None:
        pairs.note(work, pair, "pair.leaving_announced", details, role)
    else:
        process.record(work, case, "pair.leaving_announced", role, details, subject=("pair", pair.id))
    leaving.announce(work, pair, member, said)
    if case is not None and case.has_begun and case.status is CaseStatus.SUSPENDED:
        # Whoever waits for the end of the pause has to hear of it now.
        _go_on(work, case, pair, role)


def pause_pair(work: Work, pair_id: uuid.UUID, reason: str) -> None:
    """Let a pair stand still: nothing of it falls due until it goes on."""
    case, pair = _hold(work, pair_id)
    role = require(work, Permission.PAIR_PAUSE, case.subject)
    _refuse_over(pair)
    said = read_reason(reason)
    if case.status is not CaseStatus.RUNNING:
        raise Conflict(f"case_{case.status.value}", title=case.title)
    pausing.pause(work, pair.id, said)
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
    case, pair = _hold_even_unbegun(work, pair_id)
    role = require(work, Permission.PAIR_END, case.subject if case else _subject(work, pair))
    _refuse_over(pair)
    said = read_reason(reason)
    pairs.close_pair(work, pair.id, PairStatus.ENDED_EARLY, said)
    if case is not None:
        process.stop(work, case, said)
        process.record(work, case, "case.cancelled", role, {"reason": said})


def _hold(work: Work, pair_id: uuid.UUID) -> tuple[HeldCase, Pair]:
    pair = _get_pair(work, pair_id)
    case = hold_case(work, pair.case_id)
    work.session.refresh(pair)
    return case, pair


def _hold_even_unbegun(work: Work, pair_id: uuid.UUID) -> tuple[HeldCase | None, Pair]:
    """Hold a pair together with its case, or without one as long as the worker has not begun it."""
    pair = _get_pair(work, pair_id)
    if work.session.get(Case, pair.case_id) is None:
        # Whoever begins the case holds the pair: it is there now, or nobody begins it until this act is over.
        work.session.refresh(pair, with_for_update=True)
        if work.session.get(Case, pair.case_id) is None:
            return None, pair
    return _hold(work, pair_id)


def _get_pair(work: Work, pair_id: uuid.UUID) -> Pair:
    pair = work.session.get(Pair, pair_id)
    if pair is None:
        raise NotFound(noun="pair")
    return pair


def _subject(work: Work, pair: Pair) -> Subject:
    """Say of a pair without a case what its case would say: where it is, and who takes part."""
    organisation = work.session.get_one(Organisation, pair.organisation_id)
    people = (Participant(one.role, one.person_id) for one in pairs.list_members(work, pair.id))
    return replace(Subject.of(organisation), participants=tuple(people))


def _go_on(work: Work, case: HeldCase, pair: Pair, role: str) -> None:
    stood = process.resume(work, case)
    pausing.go_on(work, pair.id)
    process.record(work, case, "case.resumed", role, {"stood_for_seconds": int(stood.total_seconds())})


def _refuse_over(pair: Pair) -> None:
    if pair.status in pair_sets.OVER:
        raise Conflict("pair_is_over")
