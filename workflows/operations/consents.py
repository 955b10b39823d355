"""Operations on consents outside of tasks: give, refuse, withdraw."""

import uuid

from models.consents import ConsentPurpose
from models.organisations import Organisation
from models.people import Person
from models.programmes import Programme
from workflows.access import Permission, require
from workflows.forms.reasons import read_reason
from workflows.queries.applicants import require_here, subject_of
from workflows.queries.definitions import find_version_to_start
from workflows.records import consent_effects, consent_texts, consents, guardians, mentees
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

IN_PRODUCT, ON_PAPER = "in_product", "on_paper"


def give_consent(
    work: Work,
    programme_id: uuid.UUID,
    person_id: uuid.UUID,
    purpose: str,
    *,
    signed_by_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Give a consent for oneself or a child; the curator enters what somebody signed on paper."""
    programme, person, signer_id, way = _signing(
        work, programme_id, person_id, signed_by_id, Permission.CONSENT_GIVE
    )
    named = _purpose(purpose)
    text, version = _text(work, programme, named)
    consent = consents.write(
        work,
        programme.id,
        person.id,
        named,
        signed_by_id=signer_id,
        is_given=True,
        text=text,
        text_version=version,
        way=way,
    )
    consent_effects.after_yes(work, programme.id, person.id, tell_case=True)
    return consent.id


def refuse_consent(
    work: Work,
    programme_id: uuid.UUID,
    person_id: uuid.UUID,
    purpose: str,
    *,
    signed_by_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Refuse a consent, before anything began that it would stop; what runs is stopped by a withdrawal."""
    programme, person, signer_id, way = _signing(
        work, programme_id, person_id, signed_by_id, Permission.CONSENT_REFUSE
    )
    named = _purpose(purpose)
    if consents.standing(work, programme.id, person.id, named) is not None:
        raise Conflict("consent_stands")
    text, version = _text(work, programme, named)
    consent = consents.refuse(
        work,
        programme.id,
        person.id,
        named,
        signed_by_id=signer_id,
        text=text,
        text_version=version,
        way=way,
    )
    if named in consents.REQUIRED:
        consent_effects.after_no(work, programme.id, person.id, tell_case=True)
    return consent.id


def withdraw_consent(
    work: Work, programme_id: uuid.UUID, person_id: uuid.UUID, purpose: str, reason: str = ""
) -> None:
    """Take a consent back: what needed it stops, and those concerned are told."""
    consent_effects.hold_cases(work, programme_id, person_id)
    programme, person, subject = subject_of(work, programme_id, person_id)
    require(work, Permission.CONSENT_WITHDRAW, subject)
    person = require_here(work, programme, person)
    said = read_reason(reason, is_required=False)
    if not consent_effects.withdraw(work, programme, person, _purpose(purpose), said):
        raise Conflict("no_consent_to_withdraw")


def _signing(
    work: Work,
    programme_id: uuid.UUID,
    person_id: uuid.UUID,
    signed_by_id: uuid.UUID | None,
    permission: Permission,
) -> tuple[Programme, Person, uuid.UUID, str]:
    """Say who signs and how: one's own hand in the product, or another's on paper."""
    programme, person, subject = subject_of(work, programme_id, person_id)
    signer_id = signed_by_id or work.actor.person_id or person_id
    is_own_hand = signer_id == work.actor.person_id
    require(work, permission if is_own_hand else Permission.CONSENT_ENTER, subject)
    person = require_here(work, programme, person)
    if signer_id != person.id and not guardians.is_guardian(work, signer_id, person.id):
        raise Invalid({"signed_by": [Complaint("not_a_guardian")]})
    if not consent_effects.entries_of(work, programme.id, person.id):
        raise Conflict("not_in_bases", person=person.full_name)
    return programme, person, signer_id, IN_PRODUCT if is_own_hand else ON_PAPER


def _purpose(purpose: str) -> ConsentPurpose:
    if purpose not in set(ConsentPurpose):
        raise Invalid({"purpose": [Complaint("out_of_choices")]})
    return ConsentPurpose(purpose)


def _text(work: Work, programme: Programme, purpose: ConsentPurpose) -> tuple[str, str]:
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    version = find_version_to_start(work, organisation, mentees.INTAKE)
    if version is None:
        raise NotFound(noun="process", process=mentees.INTAKE)
    return consent_texts.text_of(work, version.id, purpose)
