"""Consents: who agreed to what, with which text, and what is missing yet. A consent is never overwritten."""

import uuid
from collections.abc import Iterator

from sqlalchemy import bindparam, select

from models.consents import Consent, ConsentPurpose
from models.people import Person
from models.programmes import Programme
from workflows import journal
from workflows.records import guardians, statuses
from workflows.work import Work

REQUIRED = (ConsentPurpose.PARTICIPATION, ConsentPurpose.PERSONAL_DATA)
"""Without these nobody takes part; everything else is free."""

AS_ONESELF, AS_GUARDIAN = "self", "guardian"
_STANDING = (
    select(Consent)
    .where(
        Consent.programme_id == bindparam("programme_id"),
        Consent.person_id == bindparam("person_id"),
        Consent.is_given,
        Consent.withdrawn_at.is_(None),
    )
    .order_by(Consent.signed_at.desc(), Consent.id)
)


def write(
    work: Work,
    programme_id: uuid.UUID,
    person_id: uuid.UUID,
    purpose: ConsentPurpose,
    *,
    signed_by_id: uuid.UUID,
    is_given: bool,
    text: str,
    text_version: str,
    way: str = "in_product",
) -> Consent:
    """Write down what somebody signed, or refused to sign."""
    consent = Consent(
        id=uuid.uuid4(),
        programme_id=programme_id,
        person_id=person_id,
        purpose=purpose,
        text=text,
        text_version=text_version,
        signed_by_id=signed_by_id,
        signed_as=AS_ONESELF if signed_by_id == person_id else AS_GUARDIAN,
        way=way,
        is_given=is_given,
        signed_at=work.now(),
        entered_by_id=work.actor.person_id,
    )
    work.session.add(consent)
    work.session.flush()
    read_anew(work, programme_id, person_id)
    record_act(work, consent, "consent.given" if is_given else "consent.refused")
    return consent


def refuse(
    work: Work,
    programme_id: uuid.UUID,
    person_id: uuid.UUID,
    purpose: ConsentPurpose,
    *,
    signed_by_id: uuid.UUID,
    text: str,
    text_version: str,
    way: str = "in_product",
) -> Consent:
    """Write down a no; what the same person signed before does not stand any more."""
    for consent in standing_for(work, programme_id, person_id, purpose):
        if consent.signed_by_id == signed_by_id:
            withdraw(work, consent)
    return write(
        work,
        programme_id,
        person_id,
        purpose,
        signed_by_id=signed_by_id,
        is_given=False,
        text=text,
        text_version=text_version,
        way=way,
    )


def standing_for(
    work: Work, programme_id: uuid.UUID, person_id: uuid.UUID, purpose: ConsentPurpose
) -> list[Consent]:
    """List the consents that stand, one's own and those of guardians, the newest first."""
    found = work.remembered(
        ("consents", (programme_id, person_id)),
        lambda: work.session.scalars(_STANDING, {"programme_id": programme_id, "person_id": person_id}).all(),
    )
    return [one for one in found if one.purpose is ConsentPurpose(purpose)]


def read_anew(work: Work, programme_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Forget what this act has read of somebody's consents: others may have signed in the meantime."""
    work.forget(("consents", (programme_id, person_id)))


def lacking(
    work: Work, programme_id: uuid.UUID, person_id: uuid.UUID, purpose: ConsentPurpose
) -> Iterator[uuid.UUID]:
    """Give who has still to sign: oneself, and for a child one of the guardians."""
    stand = {one.signed_as for one in standing_for(work, programme_id, person_id, purpose)}
    if AS_ONESELF not in stand:
        yield person_id
    if AS_GUARDIAN not in stand and guardians.is_minor(work, work.session.get_one(Person, person_id)):
        yield from guardians.list_of(work, person_id)


def is_complete(work: Work, programme_id: uuid.UUID, person_id: uuid.UUID, purpose: ConsentPurpose) -> bool:
    """Say whether everybody has signed who has to: oneself, and for a child a guardian too."""
    stand = {one.signed_as for one in standing_for(work, programme_id, person_id, purpose)}
    is_child = guardians.is_minor(work, work.session.get_one(Person, person_id))
    return stand >= ({AS_ONESELF, AS_GUARDIAN} if is_child else {AS_ONESELF})


def standing(
    work: Work, programme_id: uuid.UUID, person_id: uuid.UUID, purpose: ConsentPurpose
) -> Consent | None:
    """Find the consent that stands for a purpose; a child's stands only with that of a guardian."""
    if not is_complete(work, programme_id, person_id, ConsentPurpose(purpose)):
        return None
    return next(iter(standing_for(work, programme_id, person_id, ConsentPurpose(purpose))), None)


def list_missing(work: Work, programme_id: uuid.UUID, person_id: uuid.UUID) -> list[uuid.UUID]:
    """List who has still to sign what nobody may do without."""
    missing = (lacking(work, programme_id, person_id, purpose) for purpose in REQUIRED)
    return list(dict.fromkeys(one for ones in missing for one in ones))


def withdraw(work: Work, consent: Consent, reason: str = "") -> None:
    """Take a consent back; it stays to be read."""
    consent.withdrawn_at, consent.withdrawn_because = work.now(), reason
    consent.withdrawn_by_id = work.actor.person_id
    work.session.flush()
    read_anew(work, consent.programme_id, consent.person_id)
    record_act(work, consent, "consent.withdrawn")


def record_act(work: Work, consent: Consent, act: str) -> None:
    """Write an act on a consent into the journal."""
    programme = work.session.get_one(Programme, consent.programme_id)
    journal.record(
        work,
        act,
        f"consent:{consent.id}",
        organisation_id=programme.organisation_id,
        role=statuses.role_of(work),
        details={
            "person": consent.person_id,
            "programme": consent.programme_id,
            "purpose": consent.purpose,
            "signed_by": consent.signed_by_id,
            "text_version": consent.text_version,
        },
    )
