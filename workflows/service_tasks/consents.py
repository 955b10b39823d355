"""Consents in the diagrams: who has to sign, what was signed in the product, what came on paper."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from models.consents import ConsentPurpose
from models.people import Person, User
from models.programmes import Programme
from workflows.records import (
    consent_effects,
    consent_texts,
    consents,
    guardians,
    mentees,
    mentors,
    programmes,
)
from workflows.records.participants import seat
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks.place import Done, Place
from workflows.work import Work


def missing(
    work: Work, place: Place, *, wait_for_signature: str, wait_without_account: str
) -> dict[str, Any]:
    """Say who has still to sign, and how long to wait before paper is asked for."""
    programme, person = _whose(work, place.case_id)
    signers = consents.list_missing(work, programme.id, person.id)
    with_account = set(work.session.scalars(select(User.person_id).where(User.person_id.in_(signers))))
    is_complete = consent_effects.after_yes(work, programme.id, person.id, tell_case=False)
    return {
        "signers": [str(one) for one in signers] or [str(person.id)],
        "is_complete": is_complete,
        "paper_after": wait_for_signature if with_account >= set(signers) else wait_without_account,
    }


def sign(work: Work, place: Place, done: Done) -> Mapping[str, Any]:
    """Write down what somebody signed, for oneself or for a child."""
    programme, person = _whose(work, place.case_id)
    is_refused = any(done.answers.get(one.value) == "no" for one in consents.REQUIRED)
    for purpose in ConsentPurpose:
        answer = done.answers.get(purpose.value)
        if answer:
            _write(work, place, programme, person, purpose, done.by_id, answer == "yes")
    if is_refused:
        consent_effects.after_no(work, programme.id, person.id, tell_case=False)
        return {"result": "refused"}
    is_complete = consent_effects.after_yes(work, programme.id, person.id, tell_case=False)
    return {"result": "complete" if is_complete else "signed"}


def enter(work: Work, place: Place, done: Done) -> None:
    """Write down what the curator read on paper."""
    programme, person = _whose(work, place.case_id)
    if done.answers["outcome"] == "refused":
        _enter_refusal(work, place, programme, person)
        return
    if guardians.is_minor(work, person) and not guardians.list_of(work, person.id):
        _add_guardian(work, place, person, done.answers)
    for purpose in consents.REQUIRED:
        for signer_id in list(consents.lacking(work, programme.id, person.id, purpose)):
            _write(work, place, programme, person, purpose, signer_id, True, way="on_paper")
    consent_effects.after_yes(work, programme.id, person.id, tell_case=False)


def _enter_refusal(work: Work, place: Place, programme: Programme, person: Person) -> None:
    """Write down the no of each who was asked and has not signed, then what follows from it."""
    for purpose in consents.REQUIRED:
        for signer_id in list(consents.lacking(work, programme.id, person.id, purpose)):
            _write(work, place, programme, person, purpose, signer_id, False, way="on_paper")
    consent_effects.after_no(work, programme.id, person.id, tell_case=False)


def note_removal(work: Work, place: Place, done: Done) -> None:
    """Write down in the journal of the programme that what needed the consent is gone."""
    programme = work.session.get_one(Programme, uuid.UUID(done.known["programme_id"]))
    details = {"person": done.known["person_id"], "purpose": done.known["purpose"]}
    programmes.note(work, programme, "consent.carried_out", details)


def _whose(work: Work, case_id: uuid.UUID) -> tuple[Programme, Person]:
    entry = mentees.entry_of(work, case_id) or mentors.entry_of(work, case_id)
    assert entry is not None, "only the intake of a base asks for consents"
    programme = work.session.get_one(Programme, entry.programme_id)
    return programme, work.session.get_one(Person, entry.person_id)


def _write(
    work: Work,
    place: Place,
    programme: Programme,
    person: Person,
    purpose: ConsentPurpose,
    signer_id: uuid.UUID,
    is_given: bool,
    way: str = "in_product",
) -> None:
    text, version = consent_texts.text_of(work, place.pack_version_id, purpose)
    what = {"signed_by_id": signer_id, "text": text, "text_version": version, "way": way}
    if is_given:
        consents.write(work, programme.id, person.id, purpose, is_given=True, **what)  # type: ignore[arg-type]
    else:
        consents.refuse(work, programme.id, person.id, purpose, **what)  # type: ignore[arg-type]


def _add_guardian(work: Work, place: Place, child: Person, answers: Mapping[str, Any]) -> None:
    name = " ".join((answers.get("guardian_name") or "").split())
    if not name:
        raise Invalid({"guardian_name": [Complaint("guardian_needed")]})
    guardian = Person(
        id=uuid.uuid4(),
        organisation_id=child.organisation_id,
        full_name=name,
        phone=answers.get("guardian_phone") or None,
        language=child.language,
    )
    work.session.add(guardian)
    work.session.flush()
    guardians.add(work, child.id, [guardian.id], answers.get("guardian_kin") or "")
    seat(work, place.case_id, "guardian", guardian.id)


OPERATORS: dict[str, Callable[..., Any]] = {"consents.missing": missing}
LISTENERS: dict[str, Callable[..., Any]] = {
    "consents.sign": sign,
    "consents.enter": enter,
    "consents.note_removal": note_removal,
}
