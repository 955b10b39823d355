"""Partner organisations and the contracts with them."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from models.partners import Contract, Partner
from workflows import journal
from workflows.records.statuses import role_of
from workflows.refusals import NotFound
from workflows.work import Work

KINDS = ("enterprise", "school", "university", "public", "culture", "authority", "other")
CONTRACTS = ("cooperation", "network", "dual_training", "practice", "agreement")


def add_partner(
    work: Work, organisation_id: uuid.UUID, name: str, kind: str, *, contact_id: uuid.UUID | None = None
) -> Partner:
    """Add a partner; one of the same name is there already, and is returned."""
    known = find_partner(work, organisation_id, name)
    if known is not None:
        return known
    partner = Partner(
        id=uuid.uuid4(), organisation_id=organisation_id, name=name, kind=kind, contact_id=contact_id
    )
    work.session.add(partner)
    _note(work, partner, "partner.added", {"name": name, "kind": kind, "contact": contact_id})
    return partner


def add_contract(
    work: Work, partner: Partner, kind: str, number: str, signed_on: date, expires_on: date | None = None
) -> Contract:
    """Add a contract with a partner; the same one is not added twice."""
    wanted = select(Contract).where(
        Contract.partner_id == partner.id, Contract.kind == kind, Contract.number == number
    )
    known = work.session.scalars(wanted).first()
    if known is not None:
        return known
    contract = Contract(
        id=uuid.uuid4(),
        partner_id=partner.id,
        kind=kind,
        number=number,
        signed_on=signed_on,
        expires_on=expires_on,
    )
    work.session.add(contract)
    _note(work, partner, "contract.added", {"kind": kind, "number": number, "signed_on": signed_on})
    return contract


def find_partner(work: Work, organisation_id: uuid.UUID, name: str) -> Partner | None:
    """Find a partner by its name, however it is capitalised."""
    wanted = select(Partner).where(
        Partner.organisation_id == organisation_id, func.lower(Partner.name) == name.lower()
    )
    return work.session.scalars(wanted).first()


def get_partner(work: Work, partner_id: uuid.UUID) -> Partner:
    """Return a partner."""
    partner = work.session.get(Partner, partner_id)
    if partner is None:
        raise NotFound(noun="partner")
    return partner


def _note(work: Work, partner: Partner, act: str, details: Mapping[str, Any]) -> None:
    work.session.flush()
    journal.record(
        work,
        act,
        f"partner:{partner.id}",
        organisation_id=partner.organisation_id,
        role=role_of(work),
        details=details,
    )
