"""Who decides on the pairs of each form, what was decided, and what came of it."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from models.pairing import Decision, Proposal, ProposalStatus
from models.people import Person
from workflows.access import Permission, can
from workflows.queries.pair_forming.people import Named, list_mentees, list_mentors
from workflows.queries.pair_forming.place import PairingPlace, place_of
from workflows.queries.pair_forming.steps import decides, pack_of
from workflows.queries.pairing import get_programme, subject_of
from workflows.records import pairing
from workflows.refusals import NotFound
from workflows.work import Work

ROUTE, SUBJECT = "approval_route", "pairs"


@dataclass(frozen=True)
class Route:
    """Whose opinion is heard on the pairs of a form, who decides, and what else is needed."""

    advice: str
    decider: str
    agreement: bool
    order: bool


@dataclass(frozen=True)
class Decided:
    """What a body advised or decided on the pairs of a form."""

    body: str
    outcome: str
    is_advice: bool
    protocol_number: str
    decided_on: date
    note: str
    entered_by: str


@dataclass(frozen=True)
class DecidedPair:
    """A pair that was put before those who decide."""

    proposal: Proposal
    mentee: Named | None
    mentor: Named | None


@dataclass(frozen=True)
class FormDecision:
    """The pairs of one form before those who decide."""

    form: str
    route: Route | None
    decided: Sequence[Decided]
    pairs: Sequence[DecidedPair]

    @property
    def counts(self) -> Mapping[ProposalStatus, int]:
        """Count the pairs by what came of them."""
        return Counter(one.proposal.status for one in self.pairs)

    @property
    def refused(self) -> list[DecidedPair]:
        """List what those who decide took out."""
        return [one for one in self.pairs if one.proposal.status is ProposalStatus.REFUSED]

    @property
    def approved(self) -> list[DecidedPair]:
        """List the pairs that come about."""
        return [one for one in self.pairs if one.proposal.status is ProposalStatus.APPROVED]

    @property
    def orders(self) -> list[str]:
        """List the numbers of the orders by which pairs were fixed."""
        return sorted({one.proposal.order_number for one in self.pairs if one.proposal.order_number})

    @property
    def are_formed(self) -> bool:
        """Say whether the pairs that were approved have come about."""
        return bool(self.approved) and all(one.proposal.pair_id for one in self.approved)


def open_decision(work: Work, programme_id: uuid.UUID) -> PairingPlace:
    """Return where pairs are decided on, to those who do it and to those who oversee it."""
    programme = get_programme(work, programme_id)
    place = place_of(work, programme, subject_of(work, programme))
    if not decides(work, place):
        raise NotFound(noun="pairing")
    return place


def sees_board(work: Work, place: PairingPlace) -> bool:
    """Say whether the reader may see more than what is decided on."""
    return can(work, Permission.PAIRING_READ, place.subject)


def list_decisions(work: Work, place: PairingPlace) -> list[FormDecision]:
    """List the forms whose pairs were handed on, each with its route and what was decided."""
    run = place.run
    if run is None or run.submitted_at is None:
        return []
    proposals = pairing.list_proposals(work, run.id)
    mentees = list_mentees(work, {one.mentee_entry_id for one in proposals})
    mentors = list_mentors(work, {one.mentor_entry_id for one in proposals})
    pairs: dict[str, list[DecidedPair]] = {}
    for one in proposals:
        pair = DecidedPair(one, mentees.get(one.mentee_entry_id), mentors.get(one.mentor_entry_id))
        pairs.setdefault(one.form, []).append(pair)
    routes, decided = _routes(work, place, list(pairs)), _decided(work, place)
    return [
        FormDecision(form, routes.get(form), decided.get(form, []), sorted(found, key=_by_mentee))
        for form, found in pairs.items()
    ]


def list_routes(work: Work, place: PairingPlace) -> dict[str, Route]:
    """Say for each form of the programme who will decide, before anything is handed on."""
    return _routes(work, place, list(place.forms))


def _by_mentee(one: DecidedPair) -> tuple[str, str]:
    return (one.mentee.name if one.mentee else "", str(one.proposal.id))


def _routes(work: Work, place: PairingPlace, forms: Sequence[str]) -> dict[str, Route]:
    pack = pack_of(work, place)
    if pack is None or not pack.definitions.has_decision(ROUTE):
        return {}
    found = {}
    for form in forms:
        asked = {"variant": place.programme.variant, "form": form}
        said = pack.definitions.decide(ROUTE, asked, now=work.now())
        if isinstance(said, Mapping):
            found[form] = _route(said)
    return found


def _route(said: Mapping[str, Any]) -> Route:
    return Route(
        str(said.get("advice") or ""),
        str(said.get("decider") or ""),
        bool(said.get("agreement")),
        bool(said.get("order")),
    )


def _decided(work: Work, place: PairingPlace) -> dict[str, list[Decided]]:
    """Read what was decided since these proposals were handed on, in the order in which it was written."""
    assert place.run is not None
    wanted = (
        select(Decision, Person.full_name)
        .join(Person, Person.id == Decision.entered_by_id)
        .where(
            Decision.programme_id == place.programme.id,
            Decision.subject == SUBJECT,
            Decision.case_id == place.case_id,
            Decision.entered_at >= place.run.submitted_at,
        )
        .order_by(Decision.entered_at, Decision.id)
    )
    found: dict[str, list[Decided]] = {}
    for one, name in work.session.execute(wanted).tuples():
        said = (one.body, one.outcome, one.is_advice, one.protocol_number, one.decided_on, one.note, name)
        found.setdefault(one.form or "", []).append(Decided(*said))
    return found
