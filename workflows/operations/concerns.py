"""Operations on concerns: say that something must not wait."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from models.concerns import Concern
from models.pairs import Pair
from workflows import journal
from workflows.access import Permission, require
from workflows.queries.concerns import subject_of
from workflows.records import concerns
from workflows.refusals import Complaint, Invalid, NotFound
from workflows.work import Work

LONGEST_TEXT = 4000
PRESSED_TWICE = timedelta(minutes=10)
"""Within this time the same words of the same person are the same concern."""


def raise_concern(work: Work, pair_id: uuid.UUID, kind: str, severity: str, text: str) -> uuid.UUID:
    """Tell the curator of something that worries one; any member, guardian or colleague may."""
    pair = work.session.get(Pair, pair_id, with_for_update=True, populate_existing=True)
    if pair is None:
        raise NotFound(noun="pair")
    role = require(work, Permission.CONCERN_RAISE, subject_of(work, pair))
    _refuse_if_wrong(kind, severity, text)
    known_id = _find_same(work, pair_id, kind, severity, text.strip())
    if known_id:
        return known_id
    concern_id = concerns.raise_concern(work, pair, kind, severity, text.strip())
    # What it says stays out of the journal, which more people read.
    journal.record(
        work,
        "concern.raised",
        f"concern:{concern_id}",
        organisation_id=pair.organisation_id,
        role=role,
        details={"severity": severity, "pair": pair.id},
    )
    return concern_id


def _find_same(work: Work, pair_id: uuid.UUID, kind: str, severity: str, text: str) -> uuid.UUID | None:
    """Find what the actor has just said in the same words; the pair is locked."""
    wanted = select(Concern.id).where(
        Concern.pair_id == pair_id,
        Concern.raised_by_id == work.actor.person_id,
        Concern.raised_at > work.now() - PRESSED_TWICE,
        Concern.closed_at.is_(None),
    )
    same = wanted.where(Concern.kind == kind, Concern.severity == severity, Concern.text == text)
    return work.session.scalars(same.limit(1)).first()


def _refuse_if_wrong(kind: str, severity: str, text: str) -> None:
    problems: dict[str, list[Complaint]] = {}
    if kind not in concerns.KINDS:
        problems["kind"] = [Complaint("not_a_choice")]
    if severity not in concerns.SEVERITIES:
        problems["severity"] = [Complaint("not_a_choice")]
    if not text.strip():
        problems["text"] = [Complaint("required")]
    elif len(text.strip()) > LONGEST_TEXT:
        problems["text"] = [Complaint("too_long", maximum=LONGEST_TEXT)]
    if problems:
        raise Invalid(problems)
