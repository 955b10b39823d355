"""The team of a programme: who answers for it by which order; the head appoints and replaces the curator."""

import pytest
from sqlalchemy import select

from models.cases import CaseParticipant
from models.programmes import Appointment
from tests.webapp.readers import parsed


@pytest.fixture
def address(programme):
    return f"/programmes/{programme.id}/team"


@pytest.fixture
def second(add_somebody):
    """A curator who could take over."""
    return add_somebody("curator", "Инна Дроздова")


def sent(person, **more):
    return {"person": str(person.person_id), "order_number": "31-к", "since_on": "2026-09-10", **more}


def test_the_team_stands_with_its_orders_and_days(address, college, reader):
    page = reader(college.curator).get(address)
    main = " ".join(parsed(page).find(".//main").itertext())
    for words in ("Тамара Белозёрова", "Ольга Лесная", "Куратор программы", "приказ № 14-к", "с 1 сентября"):
        assert words in main
    assert "Заменить куратора" not in main, "only the head replaces"


def test_the_head_replaces_the_curator_and_the_former_one_stands_in_the_history(
    address, college, reader, second, session, programme, clock
):
    clock.advance(days=9)
    head = reader(college.head)
    assert "перейдут к новому куратору" in head.get(address).text
    answer = head.post(f"{address}/curator", sent(second, sure="on"))
    assert answer.status_code == 303
    assert "с 1 сентября по 9 сентября" in head.get(address).text
    page = parsed(head.get(address))
    present = " ".join(page.find(".//section[@aria-labelledby='present']").itertext())
    past = " ".join(page.find(".//section[@aria-labelledby='past']").itertext())
    assert "Инна Дроздова" in present
    assert "Ольга Лесная" in past
    seated = select(CaseParticipant.person_id).where(
        CaseParticipant.case_id == programme.case_id,
        CaseParticipant.role == "curator",
        CaseParticipant.until_at.is_(None),
    )
    assert session.scalars(seated).all() == [second.person_id]


@pytest.mark.parametrize(
    ("change", "beside"),
    [
        ({"sure": ""}, "sure"),
        ({"person": ""}, "person"),
        ({"order_number": " "}, "order_number"),
        ({"since_on": "завтра"}, "since_on"),
    ],
)
def test_the_curator_is_not_replaced_before_all_is_said(
    address, college, reader, second, session, change, beside
):
    answer = reader(college.head).post(f"{address}/curator", sent(second, sure="on") | change)
    assert answer.status_code == 422
    page = parsed(answer)
    assert page.find(f".//*[@id='replace-{beside}-errors']") is not None
    assert page.find(".//details[@open]") is not None, "the form that was sent stays open"
    kept = (sent(second) | change)["order_number"]
    assert page.find(".//input[@id='replace-order']").get("value") == kept
    assert session.scalars(select(Appointment).where(Appointment.until_on.is_not(None))).all() == []


def test_the_head_appoints_somebody_for_a_form(address, college, reader, session):
    head = reader(college.head)
    missing = head.post(f"{address}/appointments", sent(college.methodist, duty="form_lead"))
    assert missing.status_code == 422
    assert parsed(missing).find(".//*[@id='appoint-form-errors']") is not None
    given = sent(college.methodist, duty="form_lead", form="teacher_teacher")
    assert head.post(f"{address}/appointments", given).status_code == 303
    assert "Ответственный за форму: Педагог – педагог" in head.get(address).text


def test_nobody_is_the_curator_twice(address, college, reader, clock):
    clock.advance(days=9)
    answer = reader(college.head).post(f"{address}/curator", sent(college.curator, sure="on"))
    assert answer.status_code == 422
    assert "уже" in " ".join(parsed(answer).find(".//*[@id='replace-person-errors']").itertext())


@pytest.mark.parametrize("act", ["curator", "appointments"])
def test_only_heads_change_the_team(address, college, reader, second, town, act):
    given = sent(second, sure="on", duty="team")
    assert reader(college.curator).post(f"{address}/{act}", given).status_code == 403
    assert reader(college.mentors[0]).post(f"{address}/{act}", given).status_code == 403
    assert reader(town.stranger).post(f"{address}/{act}", given).status_code == 404


def test_the_head_ends_an_appointment_of_the_team_but_not_of_the_curator(
    address, college, reader, second, session, programme, clock
):
    head = reader(college.head)
    head.post(f"{address}/appointments", sent(second, duty="deputy_curator", since_on="2026-09-01"))
    deputy = session.scalars(select(Appointment).where(Appointment.role == "deputy_curator")).one()
    curator = session.scalars(select(Appointment).where(Appointment.role == "curator")).one()
    today = clock.at.date().isoformat()
    end = f"{address}/appointments/{deputy.id}/end"
    assert reader(college.curator).post(end, {"last_on": today}).status_code == 403
    assert head.post(end, {"last_on": "2031-01-01"}).status_code == 422
    assert head.post(end, {"last_on": today}).status_code == 303
    assert head.post(f"{address}/appointments/{curator.id}/end", {"last_on": today}).status_code == 409
    session.expire_all()
    assert deputy.until_on.isoformat() == today
    seated = select(CaseParticipant.person_id).where(
        CaseParticipant.case_id == programme.case_id, CaseParticipant.until_at.is_(None)
    )
    assert second.person_id not in session.scalars(seated).all()
