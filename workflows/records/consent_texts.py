"""The texts that people sign: those of the form of the pack, in the version in which they were shown."""

import json
import uuid
from typing import Any

from sqlalchemy import select

from models.consents import ConsentPurpose
from models.definitions import Definition, DefinitionVersion, Pack, PackVersion, PackVersionItem
from workflows.refusals import NotFound
from workflows.work import Work

FORM = "forms/sign_consents.form"


def text_of(work: Work, pack_version_id: uuid.UUID, purpose: ConsentPurpose) -> tuple[str, str]:
    """Return the text of a consent and the name of its version."""
    wanted = (
        select(DefinitionVersion.content, Pack.key, DefinitionVersion.number)
        .join(Definition, Definition.id == DefinitionVersion.definition_id)
        .join(PackVersionItem, PackVersionItem.definition_version_id == DefinitionVersion.id)
        .join(PackVersion, PackVersion.id == PackVersionItem.pack_version_id)
        .join(Pack, Pack.id == PackVersion.pack_id)
        .where(PackVersion.id == pack_version_id, Definition.file_name == FORM)
    )
    found = work.session.execute(wanted).one_or_none()
    if found is None:
        raise NotFound(noun="pack")
    content, key, number = found
    return _component(json.loads(content), f"text_{purpose.value}"), f"{key}/{number}"


def _component(form: dict[str, Any], own_id: str) -> str:
    return next((str(one["text"]) for one in form["components"] if one.get("id") == own_id), "")
