"""What was decided and written down in a programme: papers, decisions, orders, consents, contracts."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from models.consents import Consent, ConsentPurpose
from models.contours import MeasureResult
from models.pairing import Decision
from models.pairs import Pair
from models.partners import Contract, Partner
from models.people import Person
from models.programmes import ProgrammeDocument
from workflows.access import Permission
from workflows.queries.programmes.showing import ProgrammeView
from workflows.work import Work

MOST_ROWS = 500


@dataclass(frozen=True)
class Paper:
    """A paper of the programme; without a day it is a draft."""

    kind: str
    number: str
    dated_on: date | None
    stage: int
    link: str
    entered_by: str
    entered_at: datetime


@dataclass(frozen=True)
class Decided:
    """What a body decided or advised, taken together; of whom, stands in their own case."""

    subject: str
    body: str
    is_advice: bool
    form: str | None
    outcome: str
    number: int
    protocols: str
    last_on: date


@dataclass(frozen=True)
class Order:
    """An order by which pairs were fixed."""

    number: str
    pairs: int
    dated_on: date


@dataclass(frozen=True)
class Consented:
    """How many signed a version of a text, refused to, or took it back."""

    purpose: ConsentPurpose
    version: str
    standing: int
    refused: int
    withdrawn: int


@dataclass(frozen=True)
class Partnership:
    """A partner, and a contract with it, if there is one."""

    name: str
    kind: str
    contract: str | None
    number: str | None
    signed_on: date | None
    expires_on: date | None


@dataclass(frozen=True)
class Written:
    """A measure of a stage whose result somebody wrote down."""

    stage: int
    activity: str
    person: str
    at: datetime


def list_papers(work: Work, programme_id: uuid.UUID) -> list[Paper]:
    """List the papers of a programme, the oldest first; drafts at the end."""
    paper = ProgrammeDocument
    wanted = (
        select(
            paper.kind,
            paper.number,
            paper.dated_on,
            paper.stage,
            paper.link,
            Person.full_name,
            paper.entered_at,
        )
        .join(Person, Person.id == paper.entered_by_id)
        .where(paper.programme_id == programme_id)
        .order_by(paper.dated_on.asc().nulls_last(), paper.entered_at, paper.kind)
        .limit(MOST_ROWS)
    )
    return [Paper(*row) for row in work.session.execute(wanted).tuples()]


def list_decided(work: Work, programme_id: uuid.UUID) -> list[Decided]:
    """List what was decided, by body and outcome; how each of them was reasoned is not for this page."""
    kinds = (Decision.subject, Decision.body, Decision.is_advice, Decision.form, Decision.outcome)
    protocols = func.string_agg(func.nullif(Decision.protocol_number, "").distinct(), ", ")
    last_on = func.max(Decision.decided_on)
    wanted = (
        select(*kinds, func.count(), func.coalesce(protocols, ""), last_on)
        .where(Decision.programme_id == programme_id)
        .group_by(*kinds)
        .order_by(Decision.subject, Decision.form, Decision.is_advice.desc(), Decision.body, last_on)
    )
    return [Decided(*row) for row in work.session.execute(wanted).tuples()]


def list_orders(work: Work, programme_id: uuid.UUID) -> list[Order]:
    """List the orders by which pairs were fixed."""
    formed_on = func.min(Pair.formed_on)
    wanted = (
        select(Pair.order_number, func.count(), formed_on)
        .where(Pair.programme_id == programme_id, Pair.order_number != "")
        .group_by(Pair.order_number)
        .order_by(formed_on, Pair.order_number)
        .limit(MOST_ROWS)
    )
    return [Order(*row) for row in work.session.execute(wanted).tuples()]


def list_consented(work: Work, programme_id: uuid.UUID) -> list[Consented]:
    """Count the consents of a programme by what for and by the version of their text."""
    stands = Consent.is_given & Consent.withdrawn_at.is_(None)
    wanted = (
        select(
            Consent.purpose,
            Consent.text_version,
            func.count().filter(stands),
            func.count().filter(~Consent.is_given),
            func.count().filter(Consent.withdrawn_at.is_not(None)),
        )
        .where(Consent.programme_id == programme_id)
        .group_by(Consent.purpose, Consent.text_version)
        .order_by(Consent.purpose, Consent.text_version)
    )
    return [Consented(*row) for row in work.session.execute(wanted).tuples()]


def list_partnerships(work: Work, view: ProgrammeView) -> list[Partnership]:
    """List the partners of the organisation with their contracts, for those who may see them."""
    if Permission.PARTNER_READ not in view.may:
        return []
    wanted = (
        select(
            Partner.name,
            Partner.kind,
            Contract.kind,
            Contract.number,
            Contract.signed_on,
            Contract.expires_on,
        )
        .outerjoin(Contract, Contract.partner_id == Partner.id)
        .where(Partner.organisation_id == view.programme.organisation_id)
        .order_by(Partner.name, Contract.signed_on, Contract.id)
        .limit(MOST_ROWS)
    )
    return [Partnership(*row) for row in work.session.execute(wanted).tuples()]


def list_written(work: Work, programme_id: uuid.UUID) -> Sequence[Written]:
    """List the measures whose results were written down; what was written stands in their tasks."""
    wanted = (
        select(MeasureResult.stage, MeasureResult.activity, Person.full_name, MeasureResult.entered_at)
        .join(Person, Person.id == MeasureResult.entered_by_id)
        .where(MeasureResult.programme_id == programme_id)
        .order_by(MeasureResult.entered_at, MeasureResult.id)
        .limit(MOST_ROWS)
    )
    return [Written(*row) for row in work.session.execute(wanted).tuples()]
