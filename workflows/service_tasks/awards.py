"""What the diagram of the festival calls: plan it, count points, vote, award."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from workflows.records import award_people, awards, festivals, publicity
from workflows.records.futures import read_futures
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks import notices
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

_PAIR = "pair"


def count_points(
    work: Work, place: Place, *, programme_id: str, scheme: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Give all pairs their points by the scheme."""
    return {"rows": awards.count_points(work, uuid.UUID(programme_id), scheme)}


def plan(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Keep the plan of the festival; a pair is shown only if all of it may be."""
    programme_id = uuid.UUID(done.known["programme_id"])
    pair_ids = [uuid.UUID(one) for one in done.answers.get("pairs") or []]
    if set(pair_ids) - publicity.list_pairs_shown(work, programme_id, pair_ids):
        raise Invalid({"pairs": [Complaint("pair_not_to_be_shown")]})
    festivals.plan(
        work,
        programme_id,
        held_on=date.fromisoformat(done.answers["held_on"]),
        place=done.answers["place"],
        audiences=list(done.answers.get("audiences") or []),
        pair_ids=pair_ids,
        jury_ids=[uuid.UUID(one) for one in done.answers.get("jury") or []],
    )
    return {"jury_size": len(done.answers.get("jury") or [])}


def vote(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Keep what one member of the jury gives each pair; nobody votes for a pair of their own."""
    programme_id = uuid.UUID(done.known["programme_id"])
    rows = [
        (n, one) for n, one in enumerate(done.answers.get("votes") or []) if one.get("points") is not None
    ]
    members = publicity.members_of_pairs(work, {uuid.UUID(one["pair"]) for _, one in rows})
    for n, one in rows:
        pair_id = uuid.UUID(one["pair"])
        if done.by_id in members.get(pair_id, set()):
            raise Invalid({f"votes.{n}.points": [Complaint("vote_for_own_pair")]})
        awards.add_vote(work, programme_id, pair_id, done.by_id, int(one["points"]))
    return {"given": len(rows)}


def grant(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Keep the awards: each of a kind that the catalogue has for such a person, each with its number."""
    programme_id = uuid.UUID(done.known["programme_id"])
    rows = done.answers.get("awards") or []
    kinds = {one["value"]: one for one in done.known["catalogue"]}
    categories = award_people.categories_of(work, programme_id, read_futures(done.known.get("futures")))
    _check(rows, kinds, categories)
    first = award_people.next_number(work, programme_id)
    for n, row in enumerate(rows):
        what, id = row["who"].split(":")
        to = {"pair_id": uuid.UUID(id)} if what == _PAIR else {"person_id": uuid.UUID(id)}
        awards.grant(
            work,
            programme_id,
            kind=row["kind"],
            title=row["reason"],
            number=row.get("number") or str(first + n),
            awarded_on=done.now.date(),
            **to,
        )
    if words := (done.answers.get("words") or "").strip():
        notices.tell(work, place, award_people.list_awarded(work, programme_id), words, {})
    return {"count": len(rows)}


def _check(
    rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, Mapping[str, Any]], categories: Mapping[str, str]
) -> None:
    problems = {
        f"awards.{n}.kind": [Complaint("award_for_others", award=kinds.get(row["kind"], {}).get("label", ""))]
        for n, row in enumerate(rows)
        if kinds.get(row["kind"], {}).get("category") != categories.get(row["who"])
    }
    if problems := problems | _repeated(rows):
        raise Invalid(problems)


def _repeated(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Complaint]]:
    same = [(row["who"], row["kind"]) for row in rows]
    return {f"awards.{n}.who": [Complaint("awarded_twice")] for n, one in enumerate(same) if one in same[:n]}


def record_festival(work: Work, place: Place, done: Done) -> None:
    """Keep how the festival went, and where one can read about it."""
    festivals.plan(
        work,
        uuid.UUID(done.known["programme_id"]),
        guests=done.answers.get("guests"),
        story=done.answers.get("story") or "",
        address=done.answers.get("address") or "",
    )


OPERATORS: dict[str, Callable[..., Any]] = {"awards.count_points": count_points}
LISTENERS: dict[str, Callable[..., Any]] = {
    "awards.plan": plan,
    "awards.vote": vote,
    "awards.grant": grant,
    "awards.record_festival": record_festival,
}
