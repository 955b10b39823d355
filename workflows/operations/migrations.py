"""Operations that move running cases to another version of their pack."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any

from sqlalchemy import func, select, update

from models.batches import Batch, BatchItem, BatchItemStatus
from models.cases import CaseStatus
from models.definitions import PackVersion
from workflows import journal, later, process
from workflows.access import Permission, require
from workflows.engine import migrate
from workflows.queries.definitions import PackVersionRow, get_pack_version, load_pack
from workflows.queries.held import HeldCase, hold_case
from workflows.refusals import Complaint, Conflict, Invalid, NotFound, Refusal
from workflows.work import Work

MOST_CASES = 10_000


@dataclass(frozen=True)
class CasePlan:
    """Whether a case moves to the new version, and why not if it stays."""

    case_id: uuid.UUID
    title: str
    moves: bool
    reasons: tuple[Any, ...]


def plan_migration(
    work: Work, pack_version_id: uuid.UUID, case_ids: Sequence[uuid.UUID], mapping: Mapping[str, str]
) -> list[CasePlan]:
    """Say of each case whether it can move to the version; nothing is changed."""
    version = get_pack_version(work, pack_version_id)
    plans = []
    for case_id in case_ids:
        case = hold_case(work, case_id)
        require(work, Permission.CASE_MIGRATE, case.subject)
        plans.append(_plan(work, case, version, mapping))
    return plans


def migrate_case(
    work: Work, case_id: uuid.UUID, pack_version_id: uuid.UUID, mapping: Mapping[str, str]
) -> None:
    """Move a case to another version of its pack, with all that waits in it."""
    case = hold_case(work, case_id)
    role = require(work, Permission.CASE_MIGRATE, case.subject)
    version = get_pack_version(work, pack_version_id)
    if case.pack_version_id == version.id:
        return
    plan = _plan(work, case, version, mapping)
    if not plan.moves:
        raise Conflict("case_cannot_migrate", title=case.title, reasons=plan.reasons)
    step = migrate.move(
        load_pack(work, case.pack_version_id).definitions,
        load_pack(work, version.id).definitions,
        case.state,
        mapping,
        now=case.local(work.now()),
    )
    process.migrate(work, case, version.id, step)
    details = {"version": [case.pack_version_id, version.id], "mapping": mapping}
    process.record(work, case, "case.migrated", role, details)


def start_migration(
    work: Work, pack_version_id: uuid.UUID, case_ids: Sequence[uuid.UUID], mapping: Mapping[str, str]
) -> uuid.UUID:
    """Have the worker move many cases, each in a transaction of its own; return the id of the batch."""
    version = get_pack_version(work, pack_version_id)
    role = require(work, Permission.CASE_MIGRATE, version.subject)
    if not case_ids or len(case_ids) > MOST_CASES:
        raise Invalid({"cases": [Complaint("wrong_number_of_cases", limit=MOST_CASES)]})
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
    for case_id in dict.fromkeys(case_ids):
        case = hold_case(work, case_id)
        require(work, Permission.CASE_MIGRATE, case.subject)
        work.session.add(BatchItem(batch_id=batch.id, case_id=case_id, status=BatchItemStatus.WAITING))
    work.session.flush()
    later.defer(work, "migrate_batch", batch_id=batch.id)
    journal.record(
        work,
        "migration.started",
        f"batch:{batch.id}",
        organisation_id=version.organisation_id,
        role=role,
        pack_version_id=version.id,
        details={"cases": len(case_ids), "mapping": mapping},
    )
    return batch.id


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
    try:
        with work.session.begin_nested():
            target = uuid.UUID(batch.arguments["pack_version_id"])
            migrate_case(work, item.case_id, target, batch.arguments["mapping"])
    except Refusal as refusal:
        item.status = BatchItemStatus.REFUSED
        item.reasons = journal.settle([_plain(one) for one in refusal.values.get("reasons", (refusal.key,))])
    else:
        item.status = BatchItemStatus.DONE
    item.done_at = work.now()
    work.session.flush()
    return True


def _finish(work: Work, batch_id: uuid.UUID) -> None:
    left = select(func.count()).where(
        BatchItem.batch_id == batch_id, BatchItem.status == BatchItemStatus.WAITING
    )
    if work.session.scalar(left) == 0:
        over = update(Batch).where(Batch.id == batch_id, Batch.finished_at.is_(None))
        work.session.execute(over.values(finished_at=work.now()))


def _plan(work: Work, case: HeldCase, version: PackVersionRow, mapping: Mapping[str, str]) -> CasePlan:
    if case.status not in (CaseStatus.RUNNING, CaseStatus.SUSPENDED):
        return CasePlan(case.id, case.title, False, (f"case_{case.status.value}",))
    if not _is_same_pack(work, case, version):
        raise NotFound(noun="pack")
    old, new = (load_pack(work, one).definitions for one in (case.pack_version_id, version.id))
    plan = migrate.plan(old, new, case.state, mapping)
    return CasePlan(case.id, case.title, plan.moves, tuple(plan.reasons))


def _is_same_pack(work: Work, case: HeldCase, version: PackVersionRow) -> bool:
    return work.session.get_one(PackVersion, case.pack_version_id).pack_id == version.pack_id


def _plain(reason: Any) -> Any:
    return asdict(reason) if is_dataclass(reason) and not isinstance(reason, type) else str(reason)
