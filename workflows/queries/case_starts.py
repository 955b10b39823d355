"""Read what the actor may start: in which organisations, which processes, and with whom."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, func, or_, select

from models.definitions import Pack, PackVersion
from models.organisations import Organisation
from workflows.access import Permission, Subject, require
from workflows.access.reach import BRANCH_ROLES
from workflows.access.rules import LEADERS
from workflows.queries.definitions import LoadedPack, list_latest_versions, load_pack
from workflows.queries.people import Member, list_members
from workflows.refusals import NotFound
from workflows.work import Work

MOST_ORGANISATIONS = 500


@dataclass(frozen=True)
class Startable:
    """A process that may be started, and the pack it would run on."""

    process: str
    pack: LoadedPack

    @property
    def title(self) -> str:
        """Name the process as its diagram does."""
        return self.pack.definitions.title(self.process)


@dataclass(frozen=True)
class Beginning:
    """An organisation in which the actor may start cases: its processes, and who could take part."""

    organisation: Organisation
    processes: Sequence[Startable]
    members: Sequence[Member]
    has_methodology: bool = True
    """Whether a pack is installed at all, be it one whose cases begin by themselves."""

    def find(self, process: str) -> Startable | None:
        """Find one of the processes by its key."""
        return next((one for one in self.processes if one.process == process), None)


def may_start_anywhere(work: Work) -> bool:
    """Say whether there is an organisation in which the actor may start cases."""
    return any(role.name in LEADERS for role in work.actor.roles)


def offers_a_start(work: Work) -> bool:
    """Say whether there is a process that the actor may start by hand, somewhere."""
    ways: list[ColumnElement[bool]] = [false()]
    for role in work.actor.roles:
        if role.name in LEADERS:
            ways.append(func.starts_with(role.path, Organisation.path))
            if role.name in BRANCH_ROLES:
                ways.append(Organisation.path.startswith(role.path, autoescape=True))
    newest = (
        select(PackVersion.id)
        .join(Pack, PackVersion.pack_id == Pack.id)
        .join(Organisation, Pack.organisation_id == Organisation.id)
        .where(or_(*ways))
        .distinct(Pack.id)
        .order_by(Pack.id, PackVersion.number.desc())
    )
    versions = work.session.scalars(newest) if may_start_anywhere(work) else ()
    return any(load_pack(work, version_id).settings.starts for version_id in versions)


def list_organisations_to_start_in(work: Work) -> list[tuple[uuid.UUID, str]]:
    """List the organisations in which the actor may start cases, by name."""
    return list_organisations_led(work, LEADERS)


def list_organisations_led(work: Work, leaders: Sequence[str]) -> list[tuple[uuid.UUID, str]]:
    """List the organisations in which the actor holds one of these roles, or above them, by name."""
    places = (
        select(Organisation.id, Organisation.name)
        .where(_led_by(work, leaders))
        .order_by(Organisation.name, Organisation.id)
        .limit(MOST_ORGANISATIONS)
    )
    return [(row.id, row.name) for row in work.session.execute(places)]


def _led_by(work: Work, leaders: Sequence[str]) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = [false()]
    for role in work.actor.roles:
        if role.name in leaders and role.name in BRANCH_ROLES:
            ways.append(Organisation.path.startswith(role.path, autoescape=True))
        elif role.name in leaders:
            ways.append(Organisation.id == role.organisation_id)
    return or_(*ways)


def get_beginning(work: Work, organisation_id: uuid.UUID) -> Beginning:
    """Return what may be started in an organisation: of several packs with a process, the nearest counts."""
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(noun="organisation")
    require(work, Permission.CASE_START, Subject.of(organisation))
    found: dict[str, Startable] = {}
    versions = list_latest_versions(work, organisation)
    for version in versions:
        pack = load_pack(work, version.id)
        for process in pack.settings.starts:
            found.setdefault(process, Startable(process, pack))
    members = list_members(work, organisation_id)
    return Beginning(organisation, tuple(found.values()), members, bool(versions))


def require_by_hand(work: Work, organisation_id: uuid.UUID, process: str) -> None:
    """Refuse a process that only the house itself begins, or that nobody knows here."""
    if get_beginning(work, organisation_id).find(process) is None:
        raise NotFound(noun="process", process=process)
