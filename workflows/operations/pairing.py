"""The curator's word on proposals: compute, pin, forbid, take back, move, undo; the rest follows at once.

`seen` is the mentor with whom the curator saw the mentee: whoever looks at a page that others have
overtaken is told what changed, and nothing is done.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from models.bases import MenteeEntry, MentorEntry
from models.pairing import MarkKind
from models.programmes import Programme
from workflows import journal, matching
from workflows.access import Permission, require
from workflows.matching.proposing import Progress
from workflows.queries.pair_forming.overtaken import Seen, require_as_seen
from workflows.queries.pairing import get_programme, rules_of, subject_of
from workflows.records import cohorts, pairing, pairing_marks, programmes
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work


def propose_pairs(
    work: Work,
    programme_id: uuid.UUID,
    *,
    groups: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> uuid.UUID:
    """Propose pairs for the whole cohort; `groups` names the forms in which mentors get groups."""
    programme, role = _hold(work, programme_id, Permission.PAIRING_PROPOSE)
    return _propose(work, programme, role, progress, groups)


def pin(
    work: Work,
    programme_id: uuid.UUID,
    mentee_entry_id: uuid.UUID,
    mentor_entry_id: uuid.UUID,
    *,
    seen: Seen | None = None,
    progress: Progress | None = None,
) -> uuid.UUID:
    """Keep two people together whatever is computed; what the rules exclude cannot be pinned."""
    programme, role = _hold(work, programme_id, Permission.PAIRING_MARK)
    _require_both(work, programme, mentee_entry_id, mentor_entry_id)
    require_as_seen(work, programme, mentee_entry_id, seen)
    _require_possible(work, programme, mentee_entry_id, mentor_entry_id)
    _mark(work, programme, role, mentee_entry_id, mentor_entry_id, MarkKind.PINNED)
    return _propose(work, programme, role, progress)


def forbid(
    work: Work,
    programme_id: uuid.UUID,
    mentee_entry_id: uuid.UUID,
    mentor_entry_id: uuid.UUID,
    *,
    seen: Seen | None = None,
    progress: Progress | None = None,
) -> uuid.UUID:
    """Keep two people apart whatever is computed."""
    programme, role = _hold(work, programme_id, Permission.PAIRING_MARK)
    _require_both(work, programme, mentee_entry_id, mentor_entry_id)
    require_as_seen(work, programme, mentee_entry_id, seen)
    _mark(work, programme, role, mentee_entry_id, mentor_entry_id, MarkKind.FORBIDDEN)
    return _propose(work, programme, role, progress)


def unmark(
    work: Work,
    programme_id: uuid.UUID,
    mentee_entry_id: uuid.UUID,
    mentor_entry_id: uuid.UUID,
    *,
    progress: Progress | None = None,
) -> uuid.UUID:
    """Take back what was said of two people."""
    programme, role = _hold(work, programme_id, Permission.PAIRING_MARK)
    _require_both(work, programme, mentee_entry_id, mentor_entry_id)
    if pairing_marks.unmark(work, programme, mentee_entry_id, mentor_entry_id):
        two = {"mentee": mentee_entry_id, "mentor": mentor_entry_id}
        _record(work, programme, role, "pairing.unmarked", two)
    return _propose(work, programme, role, progress)


def move(
    work: Work,
    programme_id: uuid.UUID,
    mentee_entry_id: uuid.UUID,
    *,
    from_mentor_id: uuid.UUID,
    to_mentor_id: uuid.UUID,
    seen: Seen | None = None,
    progress: Progress | None = None,
) -> uuid.UUID:
    """Give a mentee another mentor: the new one is pinned, the old one is not proposed again."""
    programme, role = _hold(work, programme_id, Permission.PAIRING_MARK)
    for mentor_id in (from_mentor_id, to_mentor_id):
        _require_both(work, programme, mentee_entry_id, mentor_id)
    if from_mentor_id == to_mentor_id:
        raise Invalid({"to_mentor_id": [Complaint("moved_to_the_same")]})
    require_as_seen(work, programme, mentee_entry_id, seen)
    at = work.now()
    _mark(work, programme, role, mentee_entry_id, from_mentor_id, MarkKind.FORBIDDEN, at)
    _require_possible(work, programme, mentee_entry_id, to_mentor_id)
    _mark(work, programme, role, mentee_entry_id, to_mentor_id, MarkKind.PINNED, at)
    return _propose(work, programme, role, progress)


def undo(work: Work, programme_id: uuid.UUID, at: datetime, *, progress: Progress | None = None) -> uuid.UUID:
    """Take back what was said last, if it is still what the curator saw as the last."""
    programme, role = _hold(work, programme_id, Permission.PAIRING_MARK)
    last = pairing_marks.find_last_act(work, programme.id)
    if last is None or last.at != at:
        raise Conflict("last_act_is_another")
    pairing_marks.take_back(work, programme, last)
    _record(work, programme, role, "pairing.undone", {"at": last.at})
    return _propose(work, programme, role, progress)


def _hold(work: Work, programme_id: uuid.UUID, permission: Permission) -> tuple[Programme, str]:
    programme = get_programme(work, programme_id)
    role = require(work, permission, subject_of(work, programme))
    held = programmes.hold_programme(work, programme.id)
    pairing.require_open(work, held.id)
    return held, role


def _propose(
    work: Work,
    programme: Programme,
    role: str,
    progress: Progress | None,
    groups: Iterable[str] | None = None,
) -> uuid.UUID:
    """Compute anew, in the case and with the groups of the proposal before."""
    last = pairing.find_run(work, programme.id)
    before = last if last is not None and last.submitted_at is None else None
    chosen = list(groups) if groups is not None else before.groups if before else []
    run = pairing.propose(
        work,
        programme,
        rules_of(work, programme, chosen),
        case_id=before.case_id if before else None,
        groups=chosen,
        progress=progress,
    )
    found = {"run": run.id, "left_over": len(run.left_over)}
    _record(work, programme, role, "pairing.proposed", found)
    return run.id


def _mark(
    work: Work,
    programme: Programme,
    role: str,
    mentee_id: uuid.UUID,
    mentor_id: uuid.UUID,
    kind: MarkKind,
    at: datetime | None = None,
) -> None:
    if pairing_marks.mark(work, programme, mentee_id, mentor_id, kind, at=at):
        two = {"mentee": mentee_id, "mentor": mentor_id}
        _record(work, programme, role, f"pairing.{kind.value}", two)


def _record(work: Work, programme: Programme, role: str, act: str, details: dict[str, Any]) -> None:
    journal.record(
        work,
        act,
        f"programme:{programme.id}",
        organisation_id=programme.organisation_id,
        role=role,
        case_id=programme.case_id,
        details=details,
    )


def _require_both(work: Work, programme: Programme, mentee_id: uuid.UUID, mentor_id: uuid.UUID) -> None:
    mentee = work.session.get(MenteeEntry, mentee_id)
    if mentee is None or mentee.programme_id != programme.id:
        raise NotFound(noun="mentee")
    mentor = work.session.get(MentorEntry, mentor_id)
    if mentor is None or mentor.programme_id != programme.id:
        raise NotFound(noun="mentor")


def _require_possible(work: Work, programme: Programme, mentee_id: uuid.UUID, mentor_id: uuid.UUID) -> None:
    """Refuse to pin what the rules of the methodology exclude, or for which there is no room left."""
    cohort = cohorts.gather(work, programme)
    mentee, mentor = str(mentee_id), str(mentor_id)
    own = next((one for one in cohort.mentees if one.key == mentee), None)
    other = next((one for one in cohort.mentors if one.key == mentor), None)
    if own is None or other is None:
        raise Invalid({"mentor_entry_id": [Complaint("not_ready_for_a_pair")]})
    rules = rules_of(work, programme, ())
    # What the curator forbade before is overruled by what the curator pins now.
    free = matching.Cohort((own,), (other,), cohort.wishes, apart=cohort.apart)
    found = matching.find_obstacles(free, rules[own.form], mentee, mentor)
    if found:
        raise Invalid({"mentor_entry_id": [Complaint(f"cannot_pin_{found[0]}")]})
    pins = cohort.pinned - {(mentee, mentor)}
    if sum(1 for _a, b in pins if b == mentor) >= other.capacity:
        raise Invalid({"mentor_entry_id": [Complaint("mentor_has_no_room")]})
    if sum(1 for a, _b in pins if a == mentee) >= own.most_mentors - own.has_mentors:
        raise Invalid({"mentor_entry_id": [Complaint("mentee_is_pinned_already")]})
