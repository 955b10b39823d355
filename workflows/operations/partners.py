"""Operations on partners: add one, add a contract with one."""

import uuid
from datetime import date

from models.organisations import Organisation
from workflows.access import Permission, Subject, require
from workflows.queries.members import list_strangers
from workflows.records import partners
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

LONGEST_NAME = 200


def add_partner(
    work: Work, organisation_id: uuid.UUID, name: str, kind: str, *, contact_id: uuid.UUID | None = None
) -> uuid.UUID:
    """Add a partner of the organisation, with its own curator if one is known."""
    organisation = _organisation(work, organisation_id)
    require(work, Permission.PARTNER_ADD, Subject.of(organisation))
    problems: dict[str, list[Complaint]] = {}
    if not name.strip():
        problems["name"] = [Complaint("required")]
    elif len(name.strip()) > LONGEST_NAME:
        problems["name"] = [Complaint("too_long", maximum=LONGEST_NAME)]
    if kind not in partners.KINDS:
        problems["kind"] = [Complaint("out_of_choices")]
    if contact_id is not None and list_strangers(work, organisation, {contact_id}):
        problems["contact"] = [Complaint("person_not_here", person=str(contact_id))]
    if problems:
        raise Invalid(problems)
    if partners.find_partner(work, organisation_id, name.strip()) is not None:
        raise Conflict("partner_is_there", name=name.strip())
    return partners.add_partner(work, organisation_id, name.strip(), kind, contact_id=contact_id).id


def add_contract(
    work: Work,
    partner_id: uuid.UUID,
    kind: str,
    number: str,
    signed_on: date,
    expires_on: date | None = None,
) -> uuid.UUID:
    """Add a contract with a partner."""
    partner = partners.get_partner(work, partner_id)
    organisation = _organisation(work, partner.organisation_id)
    require(work, Permission.PARTNER_AGREE, Subject.of(organisation))
    problems: dict[str, list[Complaint]] = {}
    if kind not in partners.CONTRACTS:
        problems["kind"] = [Complaint("out_of_choices")]
    if not number.strip():
        problems["number"] = [Complaint("required")]
    if expires_on is not None and expires_on <= signed_on:
        problems["expires_on"] = [Complaint("contract_ends_before_it_begins")]
    if problems:
        raise Invalid(problems)
    return partners.add_contract(work, partner, kind, number.strip(), signed_on, expires_on).id


def _organisation(work: Work, organisation_id: uuid.UUID) -> Organisation:
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(noun="organisation")
    return organisation
