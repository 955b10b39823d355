"""What bodies say of proposals: their opinion, their decision, the consent of the college, the order."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from models.pairing import Decision, ProposalRun
from workflows.records import approvals, pairing
from workflows.records.programmes import hold_programme
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks.pairing import get_run, strings
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

APPROVED, PARTLY, REFUSED = "approved", "partly", "refused"


def advise(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down the opinion of a body that is heard and does not decide."""
    run = get_run(work, place)
    body = str(_route(done).get("advice") or "")
    _add(work, place, run, done, body, str(done.answers["opinion"]), is_advice=True)
    return {}


def decide(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down the decision on the pairs of a form; each of them may be refused by itself."""
    run = get_run(work, place)
    form = str(done.known["form"])
    refused = _refused(work, run, form, done)
    number = len(pairing.list_proposals(work, run.id, form=form))
    outcome = APPROVED if not refused else REFUSED if len(refused) == number else PARTLY
    body = str(_route(done).get("decider") or "")
    decision = _add(work, place, run, done, body, outcome, is_advice=False)
    approved, against = approvals.apply_decision(work, run, form, decision, refused)
    return {"approved": approved, "refused_pairs": against}


def agree(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down that the college agrees to what an employer or a partner has decided, pair by pair."""
    run = get_run(work, place)
    form = str(done.known["form"])
    refused = _refused(work, run, form, done)
    _add(work, place, run, done, "curator", PARTLY if refused else APPROVED, is_advice=False)
    return {"approved": approvals.disagree(work, run, form, refused)}


def order(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down the head's order."""
    run = get_run(work, place)
    number = str(done.answers["protocol_number"])
    _add(work, place, run, done, "head", "ordered", is_advice=False)
    approvals.set_order(work, run, str(done.known["form"]), number)
    return {}


def _refused(work: Work, run: ProposalRun, form: str, done: Done) -> dict[uuid.UUID, str]:
    chosen = set(strings(done.answers.get("refused")))
    because = str(done.answers.get("refused_because") or "")
    if chosen and not because.strip():
        raise Invalid({"refused_because": [Complaint("refusal_needs_reason")]})
    own = pairing.list_proposals(work, run.id, form=form)
    return {one.id: because for one in own if str(one.id) in chosen}


def _add(
    work: Work, place: Place, run: ProposalRun, done: Done, body: str, outcome: str, *, is_advice: bool
) -> Decision:
    decided_on = str(done.answers.get("decided_on") or done.now.date().isoformat())
    return approvals.add_decision(
        work,
        hold_programme(work, run.programme_id),
        case_id=place.case_id,
        form=str(done.known["form"]),
        body=body,
        outcome=outcome,
        is_advice=is_advice,
        decided_on=date.fromisoformat(decided_on),
        by_id=done.by_id,
        protocol_number=str(done.answers.get("protocol_number") or ""),
        note=str(done.answers.get("note") or ""),
    )


def _route(done: Done) -> Mapping[str, Any]:
    route = done.known.get("route")
    return route if isinstance(route, Mapping) else {}


LISTENERS = {
    "approvals.advise": advise,
    "approvals.decide": decide,
    "approvals.agree": agree,
    "approvals.order": order,
}
