"""Concerns about a pair and what was found out. Their texts are never in a case or in the journal."""

import uuid

from sqlalchemy import select

from models.concerns import Concern, ConcernNote
from models.pairs import Pair
from models.programmes import Programme
from workflows import journal
from workflows.records import pairs
from workflows.records.cases import ask_for_case
from workflows.refusals import NotFound
from workflows.work import Work

KINDS = ("safety", "health", "conflict", "boundaries", "no_progress", "other")
SEVERITIES = ("low", "serious", "urgent")


def raise_concern(
    work: Work, pair: Pair, kind: str, severity: str, text: str, *, role: str = ""
) -> uuid.UUID:
    """Write a concern down and ask for its case; with a role the journal says who raised it."""
    concern = Concern(
        id=uuid.uuid4(),
        organisation_id=pair.organisation_id,
        programme_id=pair.programme_id,
        pair_id=pair.id,
        case_id=uuid.uuid4(),
        kind=kind,
        severity=severity,
        text=text,
        raised_by_id=work.actor.person_id,
        raised_at=work.now(),
    )
    work.session.add(concern)
    work.session.flush()
    if role:
        note_act(work, concern, "concern.raised", role)
    _begin(work, pair, concern)
    return concern.id


def concern_of(work: Work, case_id: uuid.UUID) -> Concern:
    """Return the concern that a case looks into."""
    found = work.session.scalars(select(Concern).where(Concern.case_id == case_id)).one_or_none()
    if found is None:
        raise NotFound(noun="concern")
    return found


def add_note(work: Work, concern: Concern, text: str, by_id: uuid.UUID) -> None:
    """Write down what was found out or agreed on."""
    row = ConcernNote(concern_id=concern.id, text=text, written_by_id=by_id, written_at=work.now())
    work.session.add(row)
    work.session.flush()


def close(work: Work, concern: Concern, outcome: str) -> None:
    """End the work on a concern with what came of it."""
    if concern.closed_at is None:
        concern.outcome, concern.closed_at = outcome, work.now()
        concern.closed_by_id = work.actor.person_id
        work.session.flush()
        note_act(work, concern, "concern.closed")


def note_act(work: Work, concern: Concern, act: str, role: str = "system") -> None:
    """Write in the journal what became of a concern, without a word of its text."""
    journal.record(
        work,
        act,
        f"concern:{concern.id}",
        organisation_id=concern.organisation_id,
        role=role,
        details={"severity": concern.severity, "outcome": concern.outcome, "pair": concern.pair_id},
    )


def _begin(work: Work, pair: Pair, concern: Concern) -> None:
    programme = work.session.get_one(Programme, pair.programme_id)
    curators = [one.person_id for one in pairs.list_members(work, pair.id, "curator")]
    facts = {
        "programme_id": programme.id,
        "variant": programme.variant,
        "pair_id": pair.id,
        "concern_id": concern.id,
        "severity": concern.severity,
    }
    ask_for_case(
        work,
        pair.organisation_id,
        "concern",
        pair.title,
        participants={"curator": curators},
        variables=facts,
        case_id=concern.case_id,
    )
