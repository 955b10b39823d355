"""Packs of methodology and the immutable numbered versions of all that is in them.

A pack version lists the version of each process, decision, form and translation that belong
together. A case runs on one pack version, so that nothing under it changes by surprise; moving
a case to another pack version is a migration.
"""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identified


class DefinitionKind(StrEnum):
    PROCESS = "process"
    DECISION = "decision"
    FORM = "form"
    TRANSLATION = "translation"
    SETTINGS = "settings"


class Pack(Identified, Base):
    """A methodology installed in an organisation."""

    __tablename__ = "pack"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str]


class PackVersion(Identified, Base):
    """What belongs together. Never changed once written."""

    __tablename__ = "pack_version"
    __table_args__ = (UniqueConstraint("pack_id", "number"),)

    pack_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pack.id"))
    number: Mapped[int]
    digest: Mapped[str]
    titles: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime]
    published_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    pack: Mapped[Pack] = relationship()


class Definition(Identified, Base):
    """A process, a decision file, a form or a catalogue of words, by its file name within the pack."""

    __tablename__ = "definition"
    __table_args__ = (UniqueConstraint("pack_id", "file_name"),)

    pack_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pack.id"))
    kind: Mapped[DefinitionKind]
    file_name: Mapped[str]


class DefinitionVersion(Identified, Base):
    """One numbered text of a definition. Never changed once written."""

    __tablename__ = "definition_version"
    __table_args__ = (UniqueConstraint("definition_id", "number"),)

    definition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("definition.id"))
    number: Mapped[int]
    digest: Mapped[str]
    content: Mapped[bytes]
    published_at: Mapped[datetime]
    definition: Mapped[Definition] = relationship()


class PackVersionItem(Base):
    """This definition version belongs to this pack version."""

    __tablename__ = "pack_version_item"

    pack_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pack_version.id"), primary_key=True)
    definition_version_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("definition_version.id"), primary_key=True
    )
