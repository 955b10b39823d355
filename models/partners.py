"""Partner organisations and the contracts with them."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class Partner(Identified, Base):
    """An enterprise, a school, a university, a public organisation that gives mentors or resources."""

    __tablename__ = "partner"
    __table_args__ = (Index("ix_partner_organisation_id_name", "organisation_id", "name"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    kind: Mapped[str]
    contact_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    """The partner's own curator."""


class Contract(Identified, Base):
    """A contract with a partner: what it is about and how long it counts."""

    __tablename__ = "contract"
    __table_args__ = (Index("ix_contract_partner_id", "partner_id"),)

    partner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("partner.id"))
    kind: Mapped[str]
    number: Mapped[str]
    signed_on: Mapped[date]
    expires_on: Mapped[date | None]
