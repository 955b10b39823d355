"""What people and packs are called, for lists that hold only their ids."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, select

from models.cases import Case
from models.organisations import Organisation
from models.people import Person
from models.prepared import Prepared
from models.tasks import Task
from workflows.queries.definitions import LoadedPack, load_pack
from workflows.work import Work


@dataclass(frozen=True)
class Home:
    """The organisation to which a person belongs."""

    name: str
    time_zone: str


def get_home(work: Work, person_id: uuid.UUID) -> Home:
    """Return the organisation to which a person belongs, for the head of their own pages."""
    return Home(*_HOME.find(work.session.connection(), {"person_id": person_id}))


_HOME = Prepared(
    select(Organisation.name, Organisation.time_zone)
    .join(Person, Person.organisation_id == Organisation.id)
    .where(Person.id == bindparam("person_id"))
)


def names_of(work: Work, people: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """Map people to their names."""
    wanted = {one for one in people if one}
    if not wanted:
        return {}
    rows = work.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(wanted)))
    return {row.id: row.full_name for row in rows}


def packs_of(work: Work, cases: Collection[uuid.UUID]) -> dict[uuid.UUID, LoadedPack]:
    """Map cases to the packs they run on."""
    if not cases:
        return {}
    rows = work.session.execute(select(Case.id, Case.pack_version_id).where(Case.id.in_(cases))).all()
    packs = {version: load_pack(work, version) for version in {version for _, version in rows}}
    return {case_id: packs[version] for case_id, version in rows}


def find_own_among(work: Work, tasks: Collection[uuid.UUID]) -> uuid.UUID | None:
    """Find the task among these that waits for the actor: assigned, or else free for a role held there."""
    if not tasks:
        return None
    columns = (Task.id, Task.assignee_id, Task.pool_role, Task.organisation_id)
    rows = work.session.execute(
        select(*columns).where(Task.id.in_(tasks)).order_by(Task.due_at, Task.id)
    ).all()
    held = {(role.name, role.organisation_id) for role in work.actor.roles}
    assigned = (row.id for row in rows if row.assignee_id == work.actor.person_id)
    free = (row.id for row in rows if (row.pool_role, row.organisation_id) in held)
    return next(assigned, None) or next(free, None)
