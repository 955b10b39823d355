"""Read which cases can be moved to another version of their pack, and what became of those that were."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.batches import Batch, BatchItem, BatchItemStatus
from models.cases import ALIVE, Case
from models.definitions import PackVersion
from models.organisations import Organisation
from workflows.access import Permission, Subject, require
from workflows.queries.definitions import PackVersionRow
from workflows.work import Work


@dataclass(frozen=True)
class Outcome:
    """What became of one case of a batch, and why it stayed if it did."""

    title: str
    status: BatchItemStatus
    reasons: Sequence[dict[str, Any]]


def list_cases_elsewhere(work: Work, version: PackVersionRow) -> list[uuid.UUID]:
    """List the cases under way that run on another version of the same pack, the oldest first."""
    require(work, Permission.CASE_MIGRATE, version.subject)
    elsewhere = (
        select(Case.id)
        .join(PackVersion, PackVersion.id == Case.pack_version_id)
        .where(
            PackVersion.pack_id == version.pack_id,
            PackVersion.id != version.id,
            Case.status.in_(ALIVE),
        )
        .order_by(Case.started_at, Case.id)
    )
    return list(work.session.scalars(elsewhere))


def list_outcomes(work: Work, batch_id: uuid.UUID) -> list[Outcome]:
    """Tell case by case what became of a batch."""
    batch = work.session.get_one(Batch, batch_id)
    organisation = work.session.get_one(Organisation, batch.organisation_id)
    require(work, Permission.CASE_MIGRATE, Subject.of(organisation))
    rows = work.session.execute(
        select(Case.title, BatchItem.status, BatchItem.reasons)
        .join(Case, Case.id == BatchItem.case_id)
        .where(BatchItem.batch_id == batch_id)
        .order_by(Case.started_at, Case.id)
    )
    return [Outcome(*row) for row in rows]
