"""Councils, commissions and working groups: set up by the head, with seats that end and stay on record."""

import pytest
from sqlalchemy import select

from models.bodies import Body, BodyDuty, BodyKind, BodyMember
from tests.webapp.readers import ids, parsed
from workflows.operations.bodies import add_body, give_seat

BODIES = "/organisation/bodies"


@pytest.fixture
def council(town, as_):
    body_id = add_body(as_(town.head), town.school.id, BodyKind.COUNCIL, "Педагогический совет")
    as_(town.head).session.commit()
    return body_id


def test_the_head_sets_up_a_council_and_gives_its_seats(reader, town, session):
    head = reader(town.head)
    empty = head.get(BODIES)
    parsed(empty)
    assert "пока нет" in empty.text
    new = {"organisation": town.school.id, "body_kind": "council", "name": " Педагогический  совет "}
    place = head.post(BODIES, new).headers["Location"]
    secretary = {"person": town.methodist.person_id, "duty": "secretary", "since_on": "2026-09-01"}
    assert head.post(f"{place}/seats", secretary).status_code == 303
    page = head.get(place)
    parsed(page)
    assert town.methodist.name in page.text
    listed = head.get(BODIES)
    parsed(listed)
    assert f"секретарь: {town.methodist.name}" in listed.text
    assert session.scalars(select(Body.name)).all() == ["Педагогический совет"]
    assert head.post(BODIES, new).status_code == 422, "the name is taken"


def test_one_person_sits_once_and_there_is_one_secretary(reader, town, council):
    head, place = reader(town.head), f"{BODIES}/{council}"
    for person, duty, status in (
        (town.methodist, "secretary", 303),
        (town.methodist, "member", 422),
        (town.curator, "secretary", 422),
        (town.curator, "member", 303),
        (town.stranger, "member", 422),
    ):
        sent = {"person": person.person_id, "duty": duty}
        assert head.post(f"{place}/seats", sent).status_code == status, (person.name, duty)
    assert head.post(f"{place}/seats", {"duty": "member"}).status_code == 422


def test_a_seat_ends_and_stays_on_record_and_a_closed_body_changes_no_more(
    reader, town, council, session, as_
):
    seat = give_seat(as_(town.head), council, town.methodist.person_id, BodyDuty.CHAIR)
    session.commit()
    head, place = reader(town.head), f"{BODIES}/{council}"
    assert head.post(f"{place}/seats/{seat}/end").status_code == 303
    page = head.get(place).text
    assert "Кто входил раньше" in page
    assert head.post(f"{place}/close").status_code == 422
    assert head.post(f"{place}/close", {"sure": "on"}).status_code == 303
    again = head.post(f"{place}/seats", {"person": town.curator.person_id, "duty": "member"})
    assert again.status_code == 409
    assert session.scalars(select(BodyMember.until_on)).one() is not None


@pytest.mark.parametrize(
    ("who", "reads", "changes"),
    [
        ("administrator", 200, 303),
        ("curator", 200, 403),
        ("methodist", 200, 403),
        ("auditor", 200, 403),
        ("coordinator", 200, 403),
        ("mentor", 404, 404),
        ("mentee", 404, 404),
        ("stranger", 404, 404),
    ],
)
def test_staff_sees_who_sits_there_and_only_the_heads_change_it(reader, town, council, who, reads, changes):
    sitting, place = reader(getattr(town, who)), f"{BODIES}/{council}"
    assert sitting.get(place).status_code == reads
    assert sitting.get(f"{BODIES}?organisation={town.school.id}").status_code == reads
    sent = {"person": town.curator.person_id, "duty": "member"}
    assert sitting.post(f"{place}/seats", sent).status_code == changes
    assert sitting.post(f"{place}/close", {"sure": "on"}).status_code == changes


def test_a_seat_is_ended_only_on_the_page_of_its_body(reader, town, council, as_):
    other = add_body(as_(town.head), town.school.id, BodyKind.WORKING_GROUP, "Рабочая группа")
    seat = give_seat(as_(town.head), other, town.methodist.person_id, BodyDuty.MEMBER)
    as_(town.head).session.commit()
    assert reader(town.head).post(f"{BODIES}/{council}/seats/{seat}/end").status_code == 404


def test_the_list_costs_the_same_whatever_its_length(reader, town, council, as_, statements):
    head = reader(town.head)
    head.get(BODIES)
    with statements() as few:
        head.get(BODIES)
    for number in range(3):
        body = add_body(as_(town.head), town.school.id, BodyKind.COMMISSION, f"Комиссия {number}")
        give_seat(as_(town.head), body, town.methodist.person_id, BodyDuty.MEMBER)
    as_(town.head).session.commit()
    with statements() as many:
        page = head.get(BODIES)
    assert len(ids(page.text, "organisation/bodies")) == 4
    assert len(few) == len(many) <= 9
