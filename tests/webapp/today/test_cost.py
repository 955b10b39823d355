"""What the day costs: as many statements with three pairs as with sixty."""

import uuid

import pytest
from sqlalchemy import select

from models.cases import Case, CaseParticipant
from models.goals import Goal
from models.meetings import Meeting
from models.pairs import Pair, PairMember
from tests.webapp.readers import parsed
from tests.webapp.today.reading import words


@pytest.mark.parametrize("who", ["curator", "head", "administrator", "mentor"])
def test_the_day_costs_the_same_with_three_pairs_and_with_sixty(
    college, reader, session, autumn, statements, who
):
    sitting = reader(college.mentors[1] if who == "mentor" else getattr(college, who))
    sitting.get("/today")
    with statements() as few:
        sitting.get("/today")
    for number in range(57):
        multiply(session, autumn.meeting, number)
    session.commit()
    with statements() as many:
        page = sitting.get("/today")
    assert len(few) == len(many) <= 24
    assert who == "mentor" or "Встречаются 58" in words(parsed(page), "caseload")


def multiply(session, pair_id, number):
    """Put a pair like this one beside it, with its case, its people and its meetings."""
    pair = session.get_one(Pair, pair_id)
    case = session.get_one(Case, pair.case_id)
    case_id, own_id = uuid.uuid4(), uuid.uuid4()
    put(session, case, id=case_id, title=f"Пара {number}")
    put(session, pair, id=own_id, case_id=case_id, support_case_id=None, title=f"Пара {number}")
    for kind, link, new in (
        (CaseParticipant, CaseParticipant.case_id == pair.case_id, {"case_id": case_id}),
        (PairMember, PairMember.pair_id == pair_id, {"pair_id": own_id}),
        (Meeting, Meeting.pair_id == pair_id, {"pair_id": own_id}),
        (Goal, Goal.pair_id == pair_id, {"pair_id": own_id}),
    ):
        for row in session.scalars(select(kind).where(link)).all():
            put(session, row, id=uuid.uuid4(), **new)


def put(session, row, **changed):
    """Add a row like this one, with some columns changed."""
    kind = type(row)
    known = {one.key: getattr(row, one.key) for one in kind.__table__.columns}
    session.add(kind(**known | changed))
    session.flush()
