"""Read installed packs: which there are, what belongs to a version, and the parsed definitions of one."""

import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, String, bindparam, func, select

from models.definitions import Definition, DefinitionVersion, Pack, PackVersion, PackVersionItem
from models.organisations import Organisation
from models.prepared import Prepared
from workflows import forms
from workflows.access import Permission, Subject, require
from workflows.engine.definitions import Definitions
from workflows.engine.known import known_to
from workflows.engine.packs import read_settings
from workflows.engine.texts import PackTexts
from workflows.refusals import NotFound
from workflows.work import Work

_MOST_KEPT = 64
_kept: OrderedDict[uuid.UUID, "LoadedPack"] = OrderedDict()
_keeping = threading.Lock()


@dataclass(frozen=True)
class PackVersionRow:
    """A version of a pack and where the pack is installed."""

    id: uuid.UUID
    pack_id: uuid.UUID
    key: str
    number: int
    digest: str
    titles: dict[str, Any]
    note: str
    published_at: datetime
    organisation_id: uuid.UUID
    path: str

    @property
    def subject(self) -> Subject:
        return Subject(self.organisation_id, self.path)


class LoadedPack:
    """A pack version ready for use. Threads share it, and each of its parts is read once, when needed."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.definitions = Definitions(files)
        self.settings = read_settings(files)
        self.texts = PackTexts(files)
        self._forms: dict[str, forms.Form] = {}

    def form(self, key: str) -> forms.Form:
        """Return a form of the pack, ready to check answers."""
        if key not in self._forms:
            self._forms[key] = forms.read(self.definitions.form(key))
        return self._forms[key]

    def known_to(self, state: bytes, task_id: uuid.UUID) -> dict[str, Any]:
        """Return what a case knows where one of its open tasks stands."""
        return known_to(state, str(task_id))


def load_pack(work: Work, pack_version_id: uuid.UUID) -> LoadedPack:
    """Return what a pack version holds; it never changes, so each process keeps it."""
    with _keeping:
        if pack_version_id in _kept:
            _kept.move_to_end(pack_version_id)
            return _kept[pack_version_id]
    pack = LoadedPack(files_of(work, pack_version_id))
    with _keeping:
        _kept[pack_version_id] = pack
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return pack


def find_version_to_start(work: Work, organisation: Organisation, process: str) -> PackVersionRow | None:
    """Find the newest version of the nearest pack in which a case of this process may begin."""
    for version in list_latest_versions(work, organisation):
        if load_pack(work, version.id).settings.may_begin(process):
            return version
    return None


def files_of(work: Work, pack_version_id: uuid.UUID) -> dict[str, bytes]:
    """Return the files that belong to a pack version, by their names within the pack."""
    rows = work.session.execute(
        select(Definition.file_name, DefinitionVersion.content)
        .join(DefinitionVersion, DefinitionVersion.definition_id == Definition.id)
        .join(PackVersionItem, PackVersionItem.definition_version_id == DefinitionVersion.id)
        .where(PackVersionItem.pack_version_id == pack_version_id)
        .order_by(Definition.file_name)
    )
    return {row.file_name: row.content for row in rows}


def get_pack_version(work: Work, pack_version_id: uuid.UUID) -> PackVersionRow:
    """Return one version of a pack that the actor may know of."""
    row = work.session.execute(_versions().where(PackVersion.id == pack_version_id)).one_or_none()
    if row is None:
        raise NotFound(noun="pack")
    version = PackVersionRow(**row._mapping)
    require(work, Permission.PACK_READ, version.subject)
    return version


@cache
def _newest() -> Prepared:
    above = func.starts_with(bindparam("path", type_=String), Organisation.path)
    return Prepared(_versions().where(above).distinct(Pack.id).order_by(Pack.id, PackVersion.number.desc()))


def list_latest_versions(work: Work, organisation: Organisation) -> list[PackVersionRow]:
    """List the newest version of every pack that may be used here, the nearest installation first."""
    rows = _newest().all(work.session.connection(), {"path": organisation.path})
    versions = [PackVersionRow(**row._asdict()) for row in rows]
    return sorted(versions, key=lambda version: (-len(version.path), version.key))


def list_versions(work: Work, pack_id: uuid.UUID) -> list[PackVersionRow]:
    """List the versions of a pack, the newest first."""
    rows = work.session.execute(_versions().where(Pack.id == pack_id).order_by(PackVersion.number.desc()))
    versions = [PackVersionRow(**row._mapping) for row in rows]
    if not versions:
        raise NotFound(noun="pack")
    require(work, Permission.PACK_READ, versions[0].subject)
    return versions


def _versions() -> Select[Any]:
    return (
        select(
            PackVersion.id,
            PackVersion.pack_id,
            Pack.key,
            PackVersion.number,
            PackVersion.digest,
            PackVersion.titles,
            PackVersion.note,
            PackVersion.published_at,
            Pack.organisation_id,
            Organisation.path,
        )
        .join(Pack, PackVersion.pack_id == Pack.id)
        .join(Organisation, Pack.organisation_id == Organisation.id)
    )
