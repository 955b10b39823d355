"""What the forms of the festival show: pairs to present, people for the jury, the rating, who is awarded."""

import uuid
from typing import Any

from sqlalchemy import select

from models.awards import Festival
from models.organisations import Organisation
from models.pairs import Pair, PairStatus
from models.people import Membership, Person
from models.programmes import Programme
from workflows.queries.futures import futures_of
from workflows.queries.readings.options import listed, options
from workflows.queries.readings.reader import Reader
from workflows.records import award_people, awards, festivals, programmes, publicity
from workflows.work import Work

MOST_FOR_JURY = 1000
MOST_ROWS = 100
BEST = 3
"""So many rows the form opens with; people add and remove them, so that it is no rule of the pack."""
# Roles are those of the pack: whoever is not judged themselves, and does not only look after the house.
_NO_JUDGES = ("mentee", "participant", "administrator", "auditor")


def plan(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Offer the pairs all of whose people may be shown, and those who could be in the jury."""
    programme = programmes.programme_of(work, case_id)
    titles = _completed(work, programme)
    shown = publicity.list_pairs_shown(work, programme.id, titles.keys())
    may_be_shown = options((one, title) for one, title in titles.items() if one in shown)
    offered, beyond = listed(may_be_shown)
    return {
        "pairs_to_show": offered,
        "not_listed": beyond,
        "pairs_without_consent": len(titles) - len(may_be_shown),
        "people_for_jury": _judges(work, programme),
    }


def sheet(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give the sheet of the jury: a row for each pair that is presented."""
    programme = programmes.programme_of(work, case_id)
    festival = festivals.find_festival(work, programme.id)
    titles = _titles(work, festival)
    rows = [{"pair": str(one), "points": None} for one in titles]
    votes, beyond = listed(rows, MOST_ROWS)
    return {"presented": options(titles.items()), "votes": votes, "not_listed": beyond}


def rating(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Show the rating of the pairs, and propose awards for the best of them."""
    programme = programmes.programme_of(work, case_id)
    ranked = awards.rank(work, programme.id)
    proposed = [{"who": f"pair:{one['pair_id']}"} for one in ranked[:BEST]]
    people, beyond = listed(award_people.list_candidates(work, programme.id, futures_of(work, programme)))
    return {
        "ranking": ranked[:MOST_ROWS],
        "people_to_award": people,
        "not_listed": beyond,
        "awards": proposed,
    }


def _completed(work: Work, programme: Programme) -> dict[uuid.UUID, str]:
    wanted = select(Pair.id, Pair.title).where(
        Pair.programme_id == programme.id, Pair.status == PairStatus.COMPLETED
    )
    return dict(work.session.execute(wanted.order_by(Pair.title, Pair.id)).tuples().all())


def _titles(work: Work, festival: Festival | None) -> dict[uuid.UUID, str]:
    if festival is None:
        return {}
    wanted = select(Pair.id, Pair.title).where(Pair.id.in_(festival.pair_ids)).order_by(Pair.title, Pair.id)
    return dict(work.session.execute(wanted).tuples().all())


def _judges(work: Work, programme: Programme) -> list[dict[str, str]]:
    wanted = (
        select(Person.id, Person.full_name)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Organisation.id == programme.organisation_id, Membership.role.not_in(_NO_JUDGES))
        .where(Membership.counts_at(work.now()))
        .distinct()
        .order_by(Person.full_name, Person.id)
        .limit(MOST_FOR_JURY)
    )
    return options(work.session.execute(wanted).tuples())


READERS = {
    "awards.plan": Reader(
        plan, gives=("pairs_to_show", "not_listed", "pairs_without_consent", "people_for_jury")
    ),
    "awards.sheet": Reader(sheet, gives=("presented", "votes", "not_listed")),
    "awards.rating": Reader(rating, gives=("ranking", "people_to_award", "not_listed", "awards")),
}
