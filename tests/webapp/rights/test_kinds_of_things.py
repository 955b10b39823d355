"""The same address about another thing: what is for fewer people, and what belongs to something else."""

import uuid
from copy import copy

import pytest
from sqlalchemy import select

from models.bodies import BodyDuty, BodyKind
from models.people import Membership
from tests.programmes import add_programme
from tests.webapp.rights.asking import status_of
from tests.webapp.rights.test_matrix import NOTHING, READERS
from workflows.operations.bodies import add_body, give_seat

# By the name of the address, and that of the thing which stands there instead of the usual one.
TABLE = """
GET documents.one             roadmap_id     200 200 200 404 404 404 200 200 404 404 404 404 404 404
GET documents.printed         roadmap_id     200 200 200 404 404 404 200 200 404 404 404 404 404 404
GET documents.one             honour_id      200 200 200 404 404 404 200 200 404 404 404 404 404 404
GET case_remarks.download     inner_file_id  200 200 200 404 404 404 404 404 404 404 404 404 404 404
POST case_remarks.delete_note inner_note_id  403 403 303 404 404 404 404 404 404 404 404 404 404 404
POST case_remarks.delete_file inner_file_id  403 403 303 404 404 404 404 404 404 404 404 404 404 404
"""
USUAL = {
    "roadmap_id": "document_id",
    "honour_id": "document_id",
    "inner_file_id": "case_file_id",
    "inner_note_id": "note_id",
}
ROWS = [line.split() for line in TABLE.splitlines() if line]


@pytest.fixture
def ask(app, connection):
    """Ask for one thing after another as somebody, and undo each time what came of it."""

    def send(sitting, endpoint, about):
        before = connection.begin_nested()
        got = status_of(sitting, app, endpoint, about, sitting.token())
        before.rollback()
        return got

    return send


def instead(things, **changed):
    """Put other things into the place of some of them."""
    about = copy(things)
    for name, value in changed.items():
        setattr(about, name, value)
    return about


@pytest.mark.parametrize("who", READERS)
def test_what_is_for_fewer_people_is_not_there_for_the_others(who, ask, things, readers, reader):
    sitting, wrong = reader(readers[who]), {}
    for method, place, other, *statuses in ROWS:
        got = ask(sitting, f"{method} {place}", instead(things, **{USUAL[other]: getattr(things, other)}))
        if got != int(statuses[READERS.index(who)]):
            wrong[f"{place} {other}"] = got
    assert wrong == {}


def test_whose_document_it_is_reads_it(ask, things, college, reader):
    own = instead(things, document_id=things.honour_id)
    assert ask(reader(college.mentees[2]), "GET documents.one", own) == 200
    assert ask(reader(college.mentees[2]), "POST documents.withdraw", own) == 403


def test_who_is_of_the_team_sees_the_programme_and_is_refused_what_is_the_heads(ask, things, college, reader):
    sitting = reader(college.tutor)
    assert ask(sitting, "GET programmes.roadmap", things) == 200
    for act in ("roadmap_mark", "roadmap_unmark", "team_appoint", "team_end"):
        assert ask(sitting, f"POST programmes.{act}", things) == 403, act


def test_a_file_of_one_document_does_not_open_by_the_address_of_another(ask, things, college, reader):
    other, curator = instead(things, document_id=things.roadmap_id), reader(college.curator)
    assert ask(curator, "GET documents.download", other) == NOTHING
    assert ask(curator, "POST documents.remove", other) == NOTHING


def test_a_seat_ends_only_by_the_address_of_its_body(ask, things, college, reader, as_, work):
    head = as_(college.head)
    body_id = add_body(head, college.id, BodyKind.JURY, "Жюри")
    seat_id = give_seat(head, body_id, college.methodist.person_id, BodyDuty.MEMBER)
    work.session.commit()
    assert ask(reader(college.head), "POST bodies.leave", instead(things, seat_id=seat_id)) == NOTHING


def test_a_role_ends_only_by_the_address_of_its_person(ask, things, college, reader, work):
    others = select(Membership.id).where(Membership.person_id == college.mentees[1].person_id)
    other = instead(things, membership_id=work.session.scalars(others).one())
    assert ask(reader(college.administrator), "POST people.end_role", other) == NOTHING


def test_an_appointment_ends_only_by_the_address_of_its_programme(ask, things, college, reader, work):
    other = instead(things, programme_id=add_programme(work.session, college.id).id)
    work.session.commit()
    assert ask(reader(college.head), "POST programmes.team_end", other) == NOTHING


@pytest.mark.parametrize("code", ["no_such_kind", str(uuid.UUID(int=1))])
def test_there_is_no_document_of_a_kind_that_there_is_not(code, app, things, college, reader):
    curator = reader(college.curator)
    for address in (f"/programmes/{things.programme_id}/documents/{code}", f"/documents/templates/{code}"):
        assert curator.get(address).status_code == NOTHING
