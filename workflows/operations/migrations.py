"""Operations that move running cases to another version of their pack."""

import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import OperationalError

from models.batches import Batch, BatchItem, BatchItemStatus
from models.cases import ALIVE
from models.definitions import PackVersion
from workflows import journal, later, process
from workflows.access import Permission, require
from workflows.engine import migrate
from workflows.engine.definitions import Definitions
from workflows.engine.migrate import Change
from workflows.engine.step import EngineError, StepFailed
from workflows.process import Moved
from workflows.queries.definitions import PackVersionRow, get_pack_version, load_pack
from workflows.queries.held import HeldCase, hold_case, read_cases
from workflows.refusals import Complaint, Conflict, Invalid, NotFound, Refusal
from workflows.work import Work

MOST_CASES = 10_000
_LONGEST_REASON = 500
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CasePlan:
    """Whether a case moves to the new version, why not if it stays, and what changes in it if it moves."""

    case_id: uuid.UUID
    title: str
    moves: bool
    reasons: tuple[Change, ...]
    changes: tuple[Change, ...] = ()


def plan_migration(
    work: Work, pack_version_id: uuid.UUID, case_ids: Sequence[uuid.UUID], mapping: Mapping[str, str]
) -> list[CasePlan]:
    """Say of each case whether it can move to the version; nothing is changed."""
    version = get_pack_version(work, pack_version_id)
    cases = _read(work, case_ids)
    _refuse_other_packs(work, cases, version)
    return [_plan(work, case, version, mapping) for case in cases]


def migrate_case(
    work: Work, case_id: uuid.UUID, pack_version_id: uuid.UUID, mapping: Mapping[str, str]
) -> None:
    """Move a case to another version of its pack, with all that waits in it."""
    _migrate(work, case_id, pack_version_id, mapping)


def _migrate(
    work: Work,
    case_id: uuid.UUID,
    pack_version_id: uuid.UUID,
    mapping: Mapping[str, str],
    asked: Mapping[str, Any] | None = None,
) -> None:
    """Move a case; `asked` says of which batch it is and who asked for that, for the journal."""
    case = hold_case(work, case_id)
    role = require(work, Permission.CASE_MIGRATE, case.subject)
    version = get_pack_version(work, pack_version_id)
    if case.pack_version_id == version.id:
        return
    _refuse_other_packs(work, [case], version)
    plan = _plan(work, case, version, mapping)
    if not plan.moves:
        raise Conflict("case_cannot_migrate", title=case.title, reasons=plan.reasons)
    moved = _move(work, case, version, mapping) if case.has_begun else None
    if moved is None:
        process.stand_on(work, case, version.id)
    details = {"version": [case.pack_version_id, version.id], "mapping": mapping, **(asked or {})}
    # The case stands on the new version from here on, and so does its entry.
    process.record(
        work, replace(case, pack_version_id=version.id), "case.migrated", role, details, moved=moved
    )


def _move(work: Work, case: HeldCase, version: PackVersionRow, mapping: Mapping[str, str]) -> Moved:
    old, new = _definitions(work, case, version)
    # The clock of a suspended case stands still: what begins now begins at the moment it stopped.
    now = case.local(case.suspended_at or work.now())
    try:
        step = migrate.move(old, new, case.state, mapping, now=now)
    except migrate.CannotMigrate as refused:
        # A plan does not know the hour, and an event that begins now may ask for it.
        raise Conflict("case_cannot_migrate", title=case.title, reasons=refused.reasons) from refused
    except EngineError as problem:
        reasons = (_unreadable(problem),)
        raise Conflict("case_cannot_migrate", title=case.title, reasons=reasons) from problem
    try:
        return process.migrate(work, case, version.id, step)
    except StepFailed as failure:
        reasons = (Change("cannot_begin", failure.element, failure.element_name or failure.element),)
        raise Conflict("case_cannot_migrate", title=case.title, reasons=reasons) from failure


def start_migration(
    work: Work, pack_version_id: uuid.UUID, case_ids: Sequence[uuid.UUID], mapping: Mapping[str, str]
) -> uuid.UUID:
    """Have the worker move many cases, each in a transaction of its own; return the id of the batch."""
    version = get_pack_version(work, pack_version_id)
    role = require(work, Permission.CASE_MIGRATE, version.subject)
    cases = _read(work, case_ids)
    _refuse_other_packs(work, cases, version)
    batch = Batch(
        id=uuid.uuid4(),
        organisation_id=version.organisation_id,
        act="migrate_case",
        arguments={"pack_version_id": str(version.id), "mapping": dict(mapping)},
        asked_by_id=work.actor.person_id,
        asked_at=work.now(),
    )
    work.session.add(batch)
    work.session.flush()
    items = [{"batch_id": batch.id, "case_id": case.id, "status": BatchItemStatus.WAITING} for case in cases]
    work.session.execute(insert(BatchItem), items)
    later.defer(work, "migrate_batch", batch_id=batch.id)
    journal.record(
        work,
        "migration.started",
        f"batch:{batch.id}",
        organisation_id=version.organisation_id,
        role=role,
        pack_version_id=version.id,
        details={"batch": batch.id, "cases": len(items), "mapping": mapping},
    )
    return batch.id


def _read(work: Work, case_ids: Sequence[uuid.UUID]) -> list[HeldCase]:
    if not case_ids or len(case_ids) > MOST_CASES:
        raise Invalid({"cases": [Complaint("wrong_number_of_cases", limit=MOST_CASES)]})
    cases = read_cases(work, case_ids)
    for case in cases:
        require(work, Permission.CASE_MIGRATE, case.subject)
    return cases


def migrate_next(work: Work, batch_id: uuid.UUID) -> bool:
    """Move the next case of a batch and note what became of it; say whether there was one left."""
    waiting = select(BatchItem).where(
        BatchItem.batch_id == batch_id, BatchItem.status == BatchItemStatus.WAITING
    )
    item = work.session.scalars(
        waiting.order_by(BatchItem.case_id).limit(1).with_for_update(skip_locked=True)
    ).one_or_none()
    if item is None:
        _finish(work, batch_id)
        return False
    batch = work.session.get_one(Batch, batch_id)
    require(work, Permission.CASE_MIGRATE, hold_case(work, item.case_id).subject)
    reasons = _try(work, item.case_id, batch)
    item.status = BatchItemStatus.REFUSED if reasons else BatchItemStatus.DONE
    item.reasons = [asdict(reason) for reason in reasons]
    item.done_at = work.now()
    work.session.flush()
    return True


def _try(work: Work, case_id: uuid.UUID, batch: Batch) -> Sequence[Change]:
    """Move one case of a batch, or say why it stays; what nobody foresaw is its own matter too."""
    target, mapping = uuid.UUID(batch.arguments["pack_version_id"]), batch.arguments["mapping"]
    asked = {"batch": batch.id, "asked_by": batch.asked_by_id}
    try:
        with work.session.begin_nested():
            _migrate(work, case_id, target, mapping, asked)
            work.session.flush()
    except Refusal as refusal:
        return refusal.values.get("reasons") or (Change(refusal.key, ""),)
    except OperationalError:
        # The connection was lost or a lock was not had: the job tries this case again.
        raise
    except Exception as problem:
        log.exception("case %s cannot be moved to another version", case_id)
        return (Change("unforeseen", "", f"{type(problem).__name__}: {problem}"[:_LONGEST_REASON]),)
    return ()


def _finish(work: Work, batch_id: uuid.UUID) -> None:
    left = select(func.count()).where(
        BatchItem.batch_id == batch_id, BatchItem.status == BatchItemStatus.WAITING
    )
    if work.session.scalar(left) == 0:
        over = update(Batch).where(Batch.id == batch_id, Batch.finished_at.is_(None))
        work.session.execute(over.values(finished_at=work.now()))


def _refuse_other_packs(work: Work, cases: Sequence[HeldCase], version: PackVersionRow) -> None:
    of_pack = set(work.session.scalars(select(PackVersion.id).where(PackVersion.pack_id == version.pack_id)))
    if not of_pack.issuperset(case.pack_version_id for case in cases):
        raise NotFound(noun="pack")


def _plan(work: Work, case: HeldCase, version: PackVersionRow, mapping: Mapping[str, str]) -> CasePlan:
    if case.status not in ALIVE:
        return _stays(case, Change(f"case_{case.status.value}", ""))
    if not case.has_begun:
        return _plan_unbegun(work, case, version)
    old, new = _definitions(work, case, version)
    try:
        plan = migrate.plan(old, new, case.state, mapping)
    except EngineError as problem:
        return _stays(case, _unreadable(problem))
    return CasePlan(case.id, case.title, plan.moves, plan.reasons, plan.changes)


def _plan_unbegun(work: Work, case: HeldCase, version: PackVersionRow) -> CasePlan:
    """Say that a case that has not begun takes any version that has its process: it stands nowhere yet."""
    try:
        is_there = case.process in load_pack(work, version.id).definitions.process_keys()
    except EngineError as problem:
        return _stays(case, _unreadable(problem))
    if not is_there:
        return _stays(case, Change("process_gone", case.process))
    return CasePlan(case.id, case.title, True, ())


def _stays(case: HeldCase, reason: Change) -> CasePlan:
    return CasePlan(case.id, case.title, False, (reason,))


def _unreadable(problem: EngineError) -> Change:
    return Change("state_unreadable", "", str(problem))


def _definitions(work: Work, case: HeldCase, version: PackVersionRow) -> tuple[Definitions, Definitions]:
    old, new = load_pack(work, case.pack_version_id), load_pack(work, version.id)
    return old.definitions, new.definitions
