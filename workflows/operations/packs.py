"""Operations on packs: install one, export one."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from models.definitions import (
    Definition,
    DefinitionKind,
    DefinitionVersion,
    Pack,
    PackVersion,
    PackVersionItem,
)
from models.organisations import Organisation
from workflows import journal
from workflows.access import Permission, Subject, require
from workflows.engine.check.problems import Problem
from workflows.engine.check.settings import PackSettings
from workflows.engine.packs import read_settings
from workflows.pack_files import check_files, refusal
from workflows.queries.definitions import files_of, get_pack_version
from workflows.refusals import NotFound
from workflows.work import Work

_KINDS = {
    "bpmn": DefinitionKind.PROCESS,
    "dmn": DefinitionKind.DECISION,
    "form": DefinitionKind.FORM,
    "po": DefinitionKind.TRANSLATION,
    "toml": DefinitionKind.SETTINGS,
}


@dataclass(frozen=True)
class InstalledPack:
    """The version that holds now, which files it changed, and what the check wants to be looked at."""

    pack_version_id: uuid.UUID
    key: str
    number: int
    is_new: bool
    changed: tuple[str, ...]
    warnings: tuple[Problem, ...]


def install_pack(
    work: Work, organisation_id: uuid.UUID, files: Mapping[str, bytes], *, note: str = ""
) -> InstalledPack:
    """Check a pack and install it as a new version; nothing changes when nothing has changed."""
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(noun="organisation")
    role = require(work, Permission.PACK_INSTALL, Subject.of(organisation))
    warnings = _check(files)
    settings = read_settings(files)
    pack_id = _hold_pack(work, organisation_id, settings.key)
    digest, latest = _digest_of(files), _find_latest(work, pack_id)
    if latest is not None and latest.digest == digest:
        return InstalledPack(latest.id, settings.key, latest.number, False, (), warnings)
    version_ids, changed = _keep_definitions(work, pack_id, files)
    version = _add_version(work, pack_id, latest, digest, settings, note)
    work.session.execute(
        insert(PackVersionItem),
        [{"pack_version_id": version.id, "definition_version_id": one} for one in version_ids],
    )
    journal.record(
        work,
        "pack.installed",
        f"pack:{pack_id}",
        organisation_id=organisation_id,
        role=role,
        pack_version_id=version.id,
        details={"key": settings.key, "number": version.number, "changed": changed, "note": note},
    )
    return InstalledPack(version.id, settings.key, version.number, True, tuple(changed), warnings)


def export_pack(work: Work, pack_version_id: uuid.UUID) -> dict[str, bytes]:
    """Return the files of a pack version, as they were installed."""
    version = get_pack_version(work, pack_version_id)
    require(work, Permission.PACK_EXPORT, version.subject)
    return files_of(work, pack_version_id)


def _check(files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    found = check_files(files)
    errors = [one for one in found if one.is_error]
    if errors:
        raise refusal(errors)
    return tuple(found)


def _hold_pack(work: Work, organisation_id: uuid.UUID, key: str) -> uuid.UUID:
    """Lock the pack, made if need be, so that two installations give two numbers."""
    new = insert(Pack).values(id=uuid.uuid4(), organisation_id=organisation_id, key=key)
    work.session.execute(new.on_conflict_do_nothing())
    held = select(Pack.id).where(Pack.organisation_id == organisation_id, Pack.key == key).with_for_update()
    pack_id: uuid.UUID = work.session.execute(held).scalar_one()
    return pack_id


def _find_latest(work: Work, pack_id: uuid.UUID) -> PackVersion | None:
    newest = select(PackVersion).where(PackVersion.pack_id == pack_id).order_by(PackVersion.number.desc())
    return work.session.scalars(newest.limit(1)).one_or_none()


def _add_version(
    work: Work, pack_id: uuid.UUID, latest: PackVersion | None, digest: str, settings: PackSettings, note: str
) -> PackVersion:
    version = PackVersion(
        id=uuid.uuid4(),
        pack_id=pack_id,
        number=latest.number + 1 if latest else 1,
        digest=digest,
        titles=dict(settings.titles),
        note=note,
        published_at=work.now(),
        published_by_id=work.actor.person_id,
    )
    work.session.add(version)
    work.session.flush()
    return version


def _keep_definitions(
    work: Work, pack_id: uuid.UUID, files: Mapping[str, bytes]
) -> tuple[list[uuid.UUID], list[str]]:
    """Give every changed file a new version; return the versions that belong together and what changed."""
    known = _latest_definitions(work, pack_id)
    ids, changed = [], []
    for name, content in sorted(files.items()):
        definition_id, version_id, number, digest = known.get(name, (None, None, 0, ""))
        if version_id is None or digest != _digest(content):
            version_id = _add_definition_version(work, pack_id, definition_id, name, number + 1, content)
            changed.append(name)
        ids.append(version_id)
    return ids, changed


def _latest_definitions(
    work: Work, pack_id: uuid.UUID
) -> dict[str, tuple[uuid.UUID | None, uuid.UUID | None, int, str]]:
    rows = work.session.execute(
        select(
            Definition.file_name,
            Definition.id,
            DefinitionVersion.id,
            DefinitionVersion.number,
            DefinitionVersion.digest,
        )
        .join(DefinitionVersion, DefinitionVersion.definition_id == Definition.id)
        .where(Definition.pack_id == pack_id)
        .distinct(Definition.id)
        .order_by(Definition.id, DefinitionVersion.number.desc())
    )
    return {name: (definition, version, number, digest) for name, definition, version, number, digest in rows}


def _add_definition_version(
    work: Work, pack_id: uuid.UUID, definition_id: uuid.UUID | None, name: str, number: int, content: bytes
) -> uuid.UUID:
    if definition_id is None:
        definition_id = uuid.uuid4()
        kind = _KINDS[name.rsplit(".", 1)[-1]]
        work.session.add(Definition(id=definition_id, pack_id=pack_id, kind=kind, file_name=name))
        work.session.flush()
    version = DefinitionVersion(
        id=uuid.uuid4(),
        definition_id=definition_id,
        number=number,
        digest=_digest(content),
        content=content,
        published_at=work.now(),
    )
    work.session.add(version)
    work.session.flush()
    return version.id


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _digest_of(files: Mapping[str, bytes]) -> str:
    named = (f"{name}\0{_digest(content)}\n" for name, content in sorted(files.items()))
    return _digest("".join(named).encode())
