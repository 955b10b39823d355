"""What follows from a consent: who may go on, what stops, and who is told of it."""

import uuid

from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry
from models.cases import Case, CaseStatus
from models.consents import Consent, ConsentPurpose
from models.pairs import Pair, PairMember, PairStatus
from models.people import Person
from models.programmes import Programme
from workflows.records import (
    consents,
    leaving,
    mentees,
    mentors,
    messages,
    pairs,
    pausing,
    practices,
    programme_people,
    searching,
    statuses,
)
from workflows.records.cases import ask_for_case
from workflows.work import Work

OVER = (PairStatus.COMPLETED, PairStatus.REFUSED, PairStatus.PARTED, PairStatus.ENDED_EARLY)


def entries_of(work: Work, programme_id: uuid.UUID, person_id: uuid.UUID) -> list[statuses.Entry]:
    """List the entries of somebody in the two bases of a programme, as long as they are in them."""
    both = (
        mentees.find_entry(work, programme_id, person_id),
        mentors.find_entry(work, programme_id, person_id),
    )
    return [one for one in both if one is not None and one.status not in statuses.OUT]


def after_yes(work: Work, programme_id: uuid.UUID, person_id: uuid.UUID, *, tell_case: bool) -> bool:
    """Let somebody go on who has signed all that must be; say whether that is so."""
    # The entries are held first: of two who sign at once the second sees what the first has signed.
    found = entries_of(work, programme_id, person_id)
    consents.read_anew(work, programme_id, person_id)
    if consents.list_missing(work, programme_id, person_id):
        return False
    if not all(consents.is_complete(work, programme_id, person_id, one) for one in consents.REQUIRED):
        return False
    for entry in found:
        if entry.status == EntryStatus.APPLIED:
            statuses.change_status(work, entry, EntryStatus.CONSENTED)
            if tell_case:
                messages.send(work, entry.case_id, "consents_signed")
    return True


def after_no(work: Work, programme_id: uuid.UUID, person_id: uuid.UUID, *, tell_case: bool) -> None:
    """Close the entries of somebody who did not agree to what nobody may do without."""
    for entry in entries_of(work, programme_id, person_id):
        if entry.status in (EntryStatus.APPLIED, EntryStatus.CONSENTED):
            statuses.change_status(work, entry, EntryStatus.DECLINED, "consent_refused")
            if tell_case:
                messages.send(work, entry.case_id, "consent_refused")


def withdraw(
    work: Work, programme: Programme, person: Person, purpose: ConsentPurpose, reason: str
) -> list[Consent]:
    """Take back all consents to a purpose and stop what needed them."""
    taken = consents.standing_for(work, programme.id, person.id, purpose)
    for consent in taken:
        consents.withdraw(work, consent, reason)
    if not taken:
        return []
    if purpose in consents.REQUIRED:
        _stop(work, programme.id, person.id)
    else:
        practices.take_back_all_of(work, programme.id, person.id, "consent_withdrawn")
    _ask_for_withdrawal(work, programme, person, purpose)
    return taken


def list_pairs(work: Work, programme_id: uuid.UUID, person_id: uuid.UUID) -> list[tuple[Pair, str]]:
    """List the pairs that somebody belongs to today, with the role held there."""
    wanted = (
        select(Pair, PairMember.role)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(
            Pair.programme_id == programme_id,
            Pair.status.not_in(OVER),
            PairMember.person_id == person_id,
            PairMember.until_on.is_(None),
        )
    )
    return [(pair, role) for pair, role in work.session.execute(wanted.order_by(Pair.id))]


def hold_cases(work: Work, programme_id: uuid.UUID, person_id: uuid.UUID) -> None:
    """Lock the cases of somebody's pairs before what belongs to them, as everywhere."""
    ids = [pair.case_id for pair, _role in list_pairs(work, programme_id, person_id)]
    work.session.execute(select(Case.id).where(Case.id.in_(ids)).order_by(Case.id).with_for_update())


def _stop(work: Work, programme_id: uuid.UUID, person_id: uuid.UUID) -> None:
    for entry in entries_of(work, programme_id, person_id):
        statuses.change_status(work, entry, EntryStatus.LEFT, "consent_withdrawn")
        messages.send(work, entry.case_id, "consent_withdrawn", payload={"person_id": person_id})
        if isinstance(entry, MenteeEntry):
            searching.end_search(work, entry.id, "left")
    for pair, role in list_pairs(work, programme_id, person_id):
        _stop_in(work, pair, person_id, role)


def _stop_in(work: Work, pair: Pair, person_id: uuid.UUID, role: str) -> None:
    told = {"person_id": person_id, "role": role}
    is_heard = leaving.hears(work, pair)
    if not is_heard or messages.send(work, pair.case_id, "consent_withdrawn", payload=told) is None:
        # Its case hears nothing, or not any more, and would begin as if nothing had happened.
        members = pairs.list_members(work, pair.id, role)
        for member in (one for one in members if one.person_id == person_id):
            leaving.let_go(work, pair, member, "consent_withdrawn")
    elif _stands_still(work, pair):
        # Nobody waits for the end of a pause with what must stop at once.
        pausing.ask_to_resume(work, pair.id)


def _stands_still(work: Work, pair: Pair) -> bool:
    status = work.session.scalar(select(Case.status).where(Case.id == pair.case_id))
    return status is CaseStatus.SUSPENDED


def _ask_for_withdrawal(work: Work, programme: Programme, person: Person, purpose: ConsentPurpose) -> None:
    ask_for_case(
        work,
        programme.organisation_id,
        "consent_withdrawal",
        person.full_name,
        participants=programme_people.with_curators(work, programme.id, {}),
        variables={
            "programme_id": programme.id,
            "variant": programme.variant,
            "person_id": person.id,
            "title": person.full_name,
            "purpose": purpose,
        },
    )
