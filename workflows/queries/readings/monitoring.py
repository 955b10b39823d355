"""What the forms of monitoring show: silent pairs, and the people who may be shown to others."""

import uuid
from typing import Any

from sqlalchemy import select

from models.pairs import Pair, PairMember
from models.people import Person
from workflows.queries.readings.options import listed, options
from workflows.queries.readings.reader import Reader
from workflows.records import programmes, publicity
from workflows.records.pair_sets import OVER
from workflows.work import Work

MOST_ROWS = 100


def people_to_show(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Offer only the people of working pairs whose consent to publicity stands."""
    programme = programmes.programme_of(work, case_id)
    wanted = (
        select(Person.id, Person.full_name)
        .join(PairMember, PairMember.person_id == Person.id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(Pair.programme_id == programme.id, Pair.status.not_in(OVER), PairMember.until_on.is_(None))
        .where(PairMember.role.in_(("mentor", "mentee")))
        .distinct()
        .order_by(Person.full_name, Person.id)
    )
    people = dict(work.session.execute(wanted).tuples().all())
    shown = publicity.list_shown(work, programme.id, people.keys())
    may_be_shown = options((one, name) for one, name in people.items() if one in shown)
    offered, beyond = listed(may_be_shown)
    return {
        "people_to_show": offered,
        "not_listed": beyond,
        "not_to_show": len(people) - len(may_be_shown),
    }


def longest_silent(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Show the pairs that have not met for the longest time."""
    programme = programmes.programme_of(work, case_id)
    wanted = (
        select(Pair.title, Pair.last_met_on)
        .where(Pair.programme_id == programme.id, Pair.status.not_in(OVER))
        .order_by(Pair.last_met_on.asc().nulls_first(), Pair.formed_on, Pair.id)
        .limit(MOST_ROWS)
    )
    rows = [{"pair": title, "last_met_on": day} for title, day in work.session.execute(wanted)]
    return {"pairs_by_silence": rows}


READERS = {
    "monitoring.people_to_show": Reader(
        people_to_show, gives=("people_to_show", "not_listed", "not_to_show")
    ),
    "monitoring.pairs_by_silence": Reader(longest_silent, gives=("pairs_by_silence",)),
}
