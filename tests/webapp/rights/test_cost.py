"""What every page costs: as many statements when there is twice as much behind it, or more."""

import uuid

from sqlalchemy import select

from models.cases import Case, CaseParticipant
from models.goals import Goal
from models.meetings import Meeting
from models.notices import Notice
from models.pairs import Pair, PairMember
from models.programmes import RoadmapItem
from models.tasks import Task, TaskComment, TaskFile
from tests.webapp.rights.asking import address_of, endpoints
from webapp.login import PUBLIC_ENDPOINTS

MORE = 6
# Each counts how many there are once a page does not hold them all, which is one statement more.
SLACK = 1
MOST = 45
OPENED_BY = {
    "programmes.ask": "head",
    "profiles.own": "mentor",
    "notices.show": "mentor",
}
# Pages that show nothing of what is kept, and those whose things are not those of a pair: where it is told.
ELSEWHERE = {
    "api-docs.openapi_json": "it is the same for everybody",
}


def pages(app):
    """List the pages that somebody opens by signing in, each once."""
    named = {one.removeprefix("GET ") for one in endpoints(app) if one.startswith("GET ")}
    every = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return sorted(every - PUBLIC_ENDPOINTS - set(ELSEWHERE)), named


def addresses(app, things):
    """Map every page to an address of it."""
    every, named = pages(app)
    plain = app.url_map.bind("")
    return {one: address_of(app, f"GET {one}", things) if one in named else plain.build(one) for one in every}


def test_every_page_costs_the_same_when_there_is_more(app, things, readers, reader, session, statements):
    sitting = {who: reader(readers[who]) for who in ("curator", "head", "mentor")}
    found = addresses(app, things)
    few = count(sitting, found, statements)
    grow(session, things)
    many = count(sitting, found, statements)
    dearer = {one: (few[one], many[one]) for one in found if many[one] > few[one] + SLACK}
    assert dearer == {}
    assert max(many.values()) <= MOST


def count(sitting, found, statements):
    """Count what each page asks of the database, opened the second time."""
    counted = {}
    for one, address in found.items():
        somebody = sitting[OPENED_BY.get(one, "curator")]
        somebody.get(address)
        with statements() as heard:
            answer = somebody.get(address)
        assert answer.status_code in (200, 302), one
        counted[one] = len(heard.other)
    return counted


def grow(session, things):
    """Put several more of everything there: pairs with their cases and tasks, meetings, remarks, measures."""
    pair = session.get_one(Pair, things.pair_id)
    for number in range(MORE):
        case_id, pair_id = uuid.uuid4(), uuid.uuid4()
        put(session, session.get_one(Case, pair.case_id), id=case_id, title=f"Пара {number}")
        put(session, pair, id=pair_id, case_id=case_id, support_case_id=None, title=f"Пара {number}")
        copies(session, CaseParticipant, CaseParticipant.case_id == pair.case_id, case_id=case_id)
        copies(session, Task, Task.case_id == pair.case_id, case_id=case_id)
        copies(session, PairMember, PairMember.pair_id == pair.id, pair_id=pair_id)
        copies(session, Meeting, Meeting.pair_id == pair.id, pair_id=pair_id)
        copies(session, Goal, Goal.pair_id == pair.id, pair_id=pair_id)
        put(session, session.get_one(TaskComment, things.comment_id), id=uuid.uuid4())
        put(session, session.get_one(TaskFile, things.file_id), id=uuid.uuid4())
        put(session, session.get_one(RoadmapItem, things.item_id), id=uuid.uuid4(), position=number + 2)
        put(session, session.get_one(Notice, things.notice_id), id=uuid.uuid4())
    session.commit()


def copies(session, kind, link, **changed):
    """Add a row like each of these."""
    for row in session.scalars(select(kind).where(link)).all():
        put(session, row, id=uuid.uuid4(), **changed)


def put(session, row, **changed):
    """Add a row like this one, with some columns changed."""
    kind = type(row)
    known = {one.key: getattr(row, one.key) for one in kind.__table__.columns}
    session.add(kind(**known | changed))
    session.flush()
