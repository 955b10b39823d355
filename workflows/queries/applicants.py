"""Whom an act on the bases is about: the programme, the person of its organisation, the guardians."""

import uuid
from collections.abc import Iterable
from typing import Any

from models.organisations import Organisation
from models.people import Person
from models.programmes import Programme, ProgrammeStatus
from workflows.access import Participant, Subject
from workflows.queries.definitions import find_version_to_start, load_pack
from workflows.queries.members import list_strangers
from workflows.records import consent_effects, guardians, mentees, programmes, statuses
from workflows.records.statuses import Entry
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work


def subject_of(
    work: Work, programme_id: uuid.UUID, person_id: uuid.UUID
) -> tuple[Programme, Person | None, Subject]:
    """Return the programme, locked, the person if there is one, and what rules look at.

    Permission is asked before anything is refused, so that nobody learns by trying who is there.
    """
    programme = work.session.get(Programme, programme_id, with_for_update=True, populate_existing=True)
    if programme is None:
        raise NotFound(noun="programme")
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    person = work.session.get(Person, person_id)
    subject = Subject(
        organisation_id=organisation.id,
        path=organisation.path,
        participants=tuple(Participant("guardian", one) for one in guardians.list_of(work, person_id)),
        person_id=person_id,
    )
    return programme, person, subject


def require_running(programme: Programme) -> None:
    """Refuse what only a running programme takes."""
    if programme.status != ProgrammeStatus.RUNNING:
        raise Conflict("programme_not_running", title=programme.title)


def require_here(
    work: Work, programme: Programme, person: Person | None, others: Iterable[uuid.UUID] = ()
) -> Person:
    """Return the person; refuse those who do not belong to the organisation of the programme."""
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    people = {*others, *([person.id] if person else [])}
    strangers = list_strangers(work, organisation, people)
    if person is None or strangers:
        who = ", ".join(str(one) for one in strangers)
        raise Invalid({"person": [Complaint("person_not_here", person=who)]})
    return person


def require_forms(work: Work, programme: Programme, forms: Iterable[str]) -> None:
    """Refuse forms of mentoring that the programme does not use."""
    used = {one.code for one in programmes.list_forms(work, programme.id)}
    unused = sorted(set(forms) - used) if used else []
    if unused:
        raise Invalid({"form": [Complaint("form_not_used", form=", ".join(unused))]})


def require_free_to_leave(work: Work, entry: Entry) -> None:
    """Refuse to let somebody leave a base twice, or out of a pair: that is left first."""
    if entry.status in statuses.OUT:
        raise Conflict("has_left_already")
    if consent_effects.list_pairs(work, entry.programme_id, entry.person_id):
        raise Conflict("leaves_pair_first")


def entry_rules(work: Work, programme: Programme, form: str) -> dict[str, Any]:
    """Return whom the methodology takes in as a mentee, by the variant of the programme and the form."""
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    version = find_version_to_start(work, organisation, mentees.INTAKE)
    if version is None:
        raise NotFound(noun="process", process=mentees.INTAKE)
    definitions = load_pack(work, version.id).definitions
    asked = {"variant": programme.variant, "form": form}
    return definitions.decide("entry_rules", asked, now=work.now()) or {}
