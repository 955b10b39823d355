"""What the diagrams do about pairs: look who waits, propose, form what is approved, go on looking."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, cast

from sqlalchemy import select

from models.bases import LOOKING, MenteeEntry, MentorEntry
from models.pairing import MarkKind, Proposal, ProposalRun, ProposalStatus
from models.pairs import PairMember
from models.programmes import Programme
from workflows.matching import Rules
from workflows.records import (
    approvals,
    general_meetings,
    pairing,
    pairing_marks,
    programme_people,
    programmes,
    searching,
)
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks.notices import curators_of, tell
from workflows.service_tasks.place import Done, OperatorFailed, Place
from workflows.work import Work


def look(work: Work, place: Place, *, programme_id: str) -> dict[str, Any]:
    """Say which forms have somebody who waits for a mentor, and how many people there are."""
    programme = programmes.hold_programme(work, uuid.UUID(programme_id))
    own, theirs = general_meetings.waiting(work, programme.id)
    pairing.begin(work, programme, place.case_id)
    return {
        "forms": sorted({one.form for one in own}),
        "mentees": len(own),
        "mentors": len(theirs),
    }


def propose(work: Work, place: Place, *, programme_id: str, rules: Any, groups: Any = None) -> dict[str, Any]:
    """Propose pairs for everybody who waits, by the rules of each form."""
    programme = programmes.hold_programme(work, uuid.UUID(programme_id))
    run = pairing.propose(
        work, programme, rules_by_form(rules), case_id=place.case_id, groups=strings(groups)
    )
    proposals = pairing.list_proposals(work, run.id)
    found = {"proposed": len(proposals), "left_over": len(run.left_over)}
    pairing.record_act(work, programme, "pairing.proposed", found)
    return {**found, "forms": sorted({one.form for one in proposals})}


def review(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Hear what the curator says of the proposals: keep these, not those, hand on or compute again."""
    run = get_run(work, place)
    programme = programmes.hold_programme(work, run.programme_id)
    kept, unfit = strings(done.answers.get("keep")), strings(done.answers.get("unfit"))
    if set(kept) & set(unfit):
        raise Invalid({"unfit": [Complaint("pair_kept_and_refused")]})
    for kind, chosen in ((MarkKind.PINNED, kept), (MarkKind.FORBIDDEN, unfit)):
        for one in _chosen(pairing.list_proposals(work, run.id), chosen):
            mentee_id, mentor_id = one.mentee_entry_id, one.mentor_entry_id
            if pairing_marks.mark(work, programme, mentee_id, mentor_id, kind, at=done.now):
                two = {"mentee": mentee_id, "mentor": mentor_id}
                pairing.record_act(work, programme, f"pairing.{kind.value}", two)
    if unfit or done.answers.get("decision") == "again":
        # What the curator has just taken out must not go to those who decide.
        return {"goes_on": False}
    pairing.submit(work, programme, run)
    return {"goes_on": True}


def form_pairs(work: Work, place: Place, *, rules: Any = None, text: str = "") -> dict[str, Any]:
    """Form the pairs that are approved, groups as large as the rules of their form ask for at least.

    Where a text is given, those who are a pair now are told so.
    """
    run = get_run(work, place)
    programmes.hold_programme(work, run.programme_id)
    if run.mentee_entry_id is not None:
        # Whoever is looked for is found here, and need not be told so from elsewhere.
        searching.end_search(work, run.mentee_entry_id, "pair_found", tell=False)
    least = {form: own.least_mentees for form, own in rules_by_form(rules).items()}
    formed = approvals.form_pairs(work, run, curator_for(work, place, run.programme_id), least)
    if text:
        tell(work, place, _mentors_and_mentees(work, formed), text, {})
    return {"formed": len(formed)}


def _mentors_and_mentees(work: Work, pair_ids: Collection[uuid.UUID]) -> list[uuid.UUID]:
    wanted = select(PairMember.person_id).where(
        PairMember.pair_id.in_(pair_ids), PairMember.role.in_(("mentor", "mentee"))
    )
    return list(work.session.scalars(wanted.order_by(PairMember.role, PairMember.person_id)))


def tell_outcome(
    work: Work, place: Place, /, *, paired: str, left: str, free: str, **values: Any
) -> dict[str, Any]:
    """Tell everybody who was looked at what came of it."""
    run = get_run(work, place)
    formed = [one for one in pairing.list_proposals(work, run.id) if one.pair_id is not None]
    with_pair = {one.mentee_entry_id for one in formed} | {one.mentor_entry_id for one in formed}
    own, theirs = left_over(work, run)
    texts = (
        (paired, [*_people(work, MenteeEntry, with_pair), *_people(work, MentorEntry, with_pair)]),
        (left, _people(work, MenteeEntry, own)),
        (free, _people(work, MentorEntry, theirs - with_pair)),
    )
    told = [tell(work, place, people, text, values) for text, people in texts]
    return {"told": sum(one["told"] for one in told)}


def seek_for_left_over(work: Work, place: Place) -> dict[str, Any]:
    """Go on looking for everybody who was left without a pair."""
    run = get_run(work, place)
    own, _theirs = left_over(work, run)
    for entry_id in sorted(own):
        searching.seek(work, entry_id, "left_over")
    return {"sought": len(own)}


def left_over(work: Work, run: ProposalRun) -> tuple[set[uuid.UUID], set[uuid.UUID]]:
    """Return the mentees and the mentors of a proposal who have no pair and might still have one."""
    named = {(one["side"], uuid.UUID(one["id"])) for one in run.left_over}
    refused = [one for one in pairing.list_proposals(work, run.id) if one.pair_id is None]
    own = {key for side, key in named if side == "mentee"} | {one.mentee_entry_id for one in refused}
    theirs = {key for side, key in named if side == "mentor"} | {one.mentor_entry_id for one in refused}
    return _still(work, MenteeEntry, own), _still(work, MentorEntry, theirs)


def get_run(work: Work, place: Place) -> ProposalRun:
    """Return the newest proposal of this case."""
    run = pairing.find_run_of_case(work, place.case_id)
    if run is None:
        raise OperatorFailed("no_proposal")
    return run


def rules_by_form(rules: Any) -> dict[str, Rules]:
    """Read the rules that the diagram has gathered, one set for each form."""
    given = rules if isinstance(rules, list) else []
    return {
        str(one["form"]): Rules.read(one) for one in given if isinstance(one, Mapping) and one.get("form")
    }


def strings(value: Any) -> list[str]:
    """Read a list of codes; what is none is empty."""
    return [str(one) for one in value] if isinstance(value, list) else []


def curator_for(work: Work, place: Place, programme_id: uuid.UUID) -> uuid.UUID:
    """Say who looks after new pairs: the curator of the case, else of the programme, else of the house.

    A deputy sits in the case as a curator too, and looks after pairs where the curator does not.
    """
    own = [one.person_id for one in place.participants if one.role == "curator"]
    named = programme_people.list_curators(work, programme_id)
    found = [one for one in named if one in own] or own or named or curators_of(work, place.organisation_id)
    if not found:
        raise OperatorFailed("nobody_to_tell")
    return found[0]


def _chosen(proposals: Iterable[Proposal], ids: Iterable[str]) -> list[Proposal]:
    wanted = set(ids)
    return [one for one in proposals if str(one.id) in wanted and one.status is ProposalStatus.PROPOSED]


def _still(work: Work, table: Any, ids: set[uuid.UUID]) -> set[uuid.UUID]:
    return set(work.session.scalars(select(table.id).where(table.id.in_(ids), table.status.in_(LOOKING))))


def _people(work: Work, table: Any, ids: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    return list(
        work.session.scalars(select(table.person_id).where(table.id.in_(list(ids))).order_by(table.id))
    )


def programme_in(work: Work, known: Mapping[str, Any]) -> Programme:
    """Return the programme that the case knows, locked."""
    return programmes.hold_programme(work, uuid.UUID(cast(str, known["programme_id"])))


OPERATORS: dict[str, Callable[..., Any]] = {
    "pairing.look": look,
    "pairing.propose": propose,
    "pairing.form_pairs": form_pairs,
    "pairing.tell_outcome": tell_outcome,
    "pairing.seek_for_left_over": seek_for_left_over,
}
LISTENERS = {"pairing.review": review}
