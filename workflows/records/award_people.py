"""Who can be awarded at the end of a programme, and of which category each is: the catalogue goes by it."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from models.awards import Award
from models.bases import MentorEntry
from models.pairs import Pair, PairMember, PairStatus
from models.people import Guardianship, Person
from workflows.records.futures import Future
from workflows.records.pair_sets import stood_to_the_end
from workflows.work import Work

_BY_SOURCE = {"learner": "learner", "pedagogue": "staff"}
"""The sub-base of a mentor says what can be given; whoever comes from elsewhere is a partner."""


def list_candidates(
    work: Work, programme_id: uuid.UUID, futures: Mapping[str, Future]
) -> list[dict[str, str]]:
    """List pairs, mentors, mentees and guardians of the learners among them, each with a name and a category.

    What can be given to a mentee is said by the form of the pair, as a table of the pack has it.
    """
    pairs = select(Pair.id, Pair.title).where(*_completed(programme_id)).order_by(Pair.title, Pair.id)
    found = [_row("pair", id, title, "team") for id, title in work.session.execute(pairs)]
    people = [
        (id, name, _category(role, source, futures.get(form)))
        for id, name, role, source, form in work.session.execute(_people(programme_id))
    ]
    found += [_row("person", id, name, category) for id, name, category in people]
    children = [id for id, _name, category in people if category == "learner"]
    guardians = (
        select(Person.id, Person.full_name)
        .join(Guardianship, Guardianship.guardian_id == Person.id)
        .where(Guardianship.child_id.in_(children))
        .distinct()
        .order_by(Person.full_name, Person.id)
    )
    found += [_row("person", id, name, "parent") for id, name in work.session.execute(guardians)]
    return list({one["value"]: one for one in reversed(found)}.values())[::-1]


def categories_of(work: Work, programme_id: uuid.UUID, futures: Mapping[str, Future]) -> dict[str, str]:
    """Give the category of everybody who can be awarded."""
    return {one["value"]: one["category"] for one in list_candidates(work, programme_id, futures)}


def next_number(work: Work, programme_id: uuid.UUID) -> int:
    """Return the number of the next document, counted within the programme."""
    counted = select(func.count()).select_from(Award).where(Award.programme_id == programme_id)
    return int(work.session.scalar(counted) or 0) + 1


def list_awarded(work: Work, programme_id: uuid.UUID) -> list[uuid.UUID]:
    """List the people who got an award themselves or in a pair."""
    alone = select(Award.person_id).where(Award.programme_id == programme_id, Award.person_id.is_not(None))
    together = (
        select(PairMember.person_id)
        .join(Award, Award.pair_id == PairMember.pair_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(Award.programme_id == programme_id, stood_to_the_end())
        .where(PairMember.role.in_(("mentor", "mentee")))
    )
    return sorted(one for one in work.session.scalars(alone.union(together)) if one is not None)


def _people(programme_id: uuid.UUID) -> Any:
    return (
        select(Person.id, Person.full_name, PairMember.role, MentorEntry.source, Pair.form)
        .join(PairMember, PairMember.person_id == Person.id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .outerjoin(MentorEntry, MentorEntry.id == PairMember.mentor_entry_id)
        .where(*_completed(programme_id), stood_to_the_end())
        .where(PairMember.role.in_(("mentor", "mentee")))
        .distinct()
        .order_by(Person.full_name, Person.id, PairMember.role.desc(), Pair.form)
    )


def _completed(programme_id: uuid.UUID) -> tuple[Any, ...]:
    return Pair.programme_id == programme_id, Pair.status == PairStatus.COMPLETED


def _category(role: str, source: str | None, future: Future | None) -> str:
    if role == "mentee":
        return future.category if future else "learner"
    return _BY_SOURCE.get(source or "", "partner")


def _row(what: str, id: uuid.UUID, label: str, category: str) -> dict[str, str]:
    return {"value": f"{what}:{id}", "label": label, "category": category}
