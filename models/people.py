"""People, how they sign in, and the roles they hold in organisations."""

import uuid
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    and_,
    func,
    literal_column,
    not_,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identified
from models.organisations import Moment, Organisation
from models.searching import words_of


class Person(Identified, Base):
    """Somebody who takes part. A guardian or a small child may have no account."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_words", words_of(literal_column("full_name")), postgresql_using="gin"),
        Index("ix_person_email", func.lower(literal_column("email"))),
        Index("ix_person_full_name_id", "full_name", "id"),
        Index("ix_person_organisation_id_full_name_id", "organisation_id", "full_name", "id"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    full_name: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    born_on: Mapped[date | None]
    study_group: Mapped[str | None]
    """The class of a pupil, the group of a student."""
    position: Mapped[str | None]
    """What somebody who works does there."""
    language: Mapped[str] = mapped_column(default="ru")


class Guardianship(Identified, Base):
    """Who decides for a child and signs what the child cannot sign."""

    __tablename__ = "guardianship"
    __table_args__ = (UniqueConstraint("child_id", "guardian_id"),)

    child_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    guardian_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kin: Mapped[str]


class User(Identified, Base):
    """An account. `session_generation` grows when all its sessions must end."""

    __tablename__ = "user"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    sign_in_name: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    is_blocked: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    session_generation: Mapped[int] = mapped_column(default=1, server_default="1")
    must_change_password: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Somebody else knows the password, because it was set for the person."""
    person: Mapped[Person] = relationship()


class Membership(Identified, Base):
    """A role of a person in an organisation, from a day to a day."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("ix_membership_person_id_since_on", "person_id", "since_on"),
        CheckConstraint("until_on >= since_on", name="ends_after_it_begins"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    role: Mapped[str]
    since_on: Mapped[date]
    until_on: Mapped[date | None]
    person: Mapped[Person] = relationship()
    organisation: Mapped[Organisation] = relationship()

    @classmethod
    def is_over_at(cls, now: Moment) -> ColumnElement[bool]:
        """Say that the role has ended; memberships are joined to their organisations, whose days count."""
        return and_(cls.until_on.is_not(None), cls.until_on < Organisation.day_at(now))

    @classmethod
    def counts_at(cls, now: Moment) -> ColumnElement[bool]:
        """Say that the role is held by the day of its own organisation."""
        begun = cls.since_on <= Organisation.day_at(now)
        return and_(Organisation.id == cls.organisation_id, begun, not_(cls.is_over_at(now)))


class EndedSession(Base):
    """A session that its person has ended, kept until the cookie that names it is too old to be used."""

    __tablename__ = "ended_session"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    ended_at: Mapped[datetime] = mapped_column(index=True)


class SignInFailure(Base):
    """A failed sign-in, kept for as long as it slows further attempts down."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_sign_in_name_failed_at", "sign_in_name", "failed_at"),
        Index("ix_sign_in_failure_address_failed_at", "address", "failed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_in_name: Mapped[str]
    address: Mapped[str]
    failed_at: Mapped[datetime]
