"""Operations on organisations: add one to the tree, change one."""

import uuid
from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from models.organisations import Organisation, OrganisationKind
from workflows import journal
from workflows.access import Permission, Subject, require
from workflows.queries.organisations import hold_organisation
from workflows.refusals import Complaint, Conflict, Invalid
from workflows.work import Work

LONGEST_NAME = 200

_ABOVE = {
    OrganisationKind.REGION: (),
    OrganisationKind.MUNICIPALITY: (OrganisationKind.REGION,),
    OrganisationKind.ORGANISATION: tuple(OrganisationKind),
}


def add_organisation(
    work: Work,
    name: str,
    kind: OrganisationKind = OrganisationKind.ORGANISATION,
    *,
    parent_id: uuid.UUID | None = None,
    time_zone: str = "Europe/Moscow",
) -> uuid.UUID:
    """Add an organisation to the tree; only the system plants a new root."""
    own_id = uuid.uuid4()
    parent = hold_organisation(work, parent_id) if parent_id else None
    # Nobody holds a role above a root, so that only the system passes here without a parent.
    above = Subject.of(parent) if parent else Subject(own_id, "")
    role = require(work, Permission.ORGANISATION_ADD, above)
    if parent and parent.kind not in _ABOVE[kind]:
        raise Conflict("organisation_cannot_be_below", kind=kind.value, parent=parent.name)
    _refuse_if_wrong(name, time_zone)
    work.session.add(
        Organisation(
            id=own_id,
            parent_id=parent_id,
            kind=kind,
            name=name.strip(),
            path=f"{parent.path if parent else '/'}{own_id}/",
            time_zone=time_zone,
        )
    )
    work.session.flush()
    details = {"name": name.strip(), "kind": kind.value, "parent": parent_id, "time_zone": time_zone}
    _record(work, "organisation.added", own_id, role, details)
    return own_id


def change_organisation(work: Work, organisation_id: uuid.UUID, *, name: str, time_zone: str) -> None:
    """Give an organisation another name or time zone."""
    organisation = hold_organisation(work, organisation_id)
    role = require(work, Permission.ORGANISATION_CHANGE, Subject.of(organisation))
    _refuse_if_wrong(name, time_zone)
    old = {"name": organisation.name, "time_zone": organisation.time_zone}
    new = {"name": name.strip(), "time_zone": time_zone}
    if old == new:
        return
    organisation.name, organisation.time_zone = new["name"], new["time_zone"]
    work.session.flush()
    changed = {field: [old[field], new[field]] for field in new if old[field] != new[field]}
    _record(work, "organisation.changed", organisation_id, role, changed)


def _refuse_if_wrong(name: str, time_zone: str) -> None:
    problems: dict[str, list[Complaint]] = {}
    if not name.strip():
        problems["name"] = [Complaint("required")]
    elif len(name.strip()) > LONGEST_NAME:
        problems["name"] = [Complaint("too_long", maximum=LONGEST_NAME)]
    if time_zone not in available_timezones():
        problems["time_zone"] = [Complaint("not_a_time_zone")]
    if problems:
        raise Invalid(problems)


def _record(work: Work, act: str, organisation_id: uuid.UUID, role: str, details: Mapping[str, Any]) -> None:
    journal.record(
        work,
        act,
        f"organisation:{organisation_id}",
        organisation_id=organisation_id,
        role=role,
        details=details,
    )
