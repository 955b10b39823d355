"""Which kinds of cases there can be where the actor is at home, to choose one of them in a list."""

import uuid

from sqlalchemy import ColumnElement, Select, func, or_, select

from models.definitions import Pack, PackVersion
from models.organisations import Organisation
from models.people import Person
from workflows.queries.definitions import LoadedPack, load_pack
from workflows.work import Work


def list_kinds(work: Work) -> list[tuple[str, LoadedPack]]:
    """List the processes of which cases begin, each with the newest pack that has it."""
    found: dict[str, LoadedPack] = {}
    for version_id in work.session.scalars(_newest(work)):
        pack = load_pack(work, version_id)
        for process in (*pack.settings.starts, *pack.settings.begun):
            found.setdefault(process, pack)
    return list(found.items())


def _newest(work: Work) -> Select[tuple[uuid.UUID]]:
    home = select(Organisation.path).join(Person, Person.organisation_id == Organisation.id)
    homes = home.where(Person.id == work.actor.person_id)
    here = {role.path for role in work.actor.roles}
    ways: list[ColumnElement[bool]] = [func.starts_with(path, Organisation.path) for path in here]
    ways += [Organisation.path.startswith(path, autoescape=True) for path in here]
    ways.append(func.starts_with(homes.scalar_subquery(), Organisation.path))
    return (
        select(PackVersion.id)
        .join(Pack, PackVersion.pack_id == Pack.id)
        .join(Organisation, Pack.organisation_id == Organisation.id)
        .where(or_(*ways))
        .distinct(Pack.id)
        .order_by(Pack.id, PackVersion.number.desc())
    )
