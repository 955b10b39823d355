"""The general meeting on its pages, and how far pairs have come."""

import pytest

from models.pairing import GeneralMeetingGuest
from tests.webapp.readers import parsed
from tests.workflows.mentoring.waiting import Cohort


@pytest.fixture
def hall(pairing):
    return f"/programmes/{pairing.hall_id}/pairing"


def text(answer):
    return " ".join(" ".join(parsed(answer).itertext()).split())


def test_the_plan_says_who_sits_with_whom_in_which_round(curator, hall):
    page = curator.get(f"{hall}/meeting")
    assert "3 круга, 6 разговоров" in text(page)
    assert len(parsed(page).findall(".//table/tbody/tr")) == 6
    assert "Актовый зал, в одном зале" in text(page)
    assert "Наставники : 2" in text(page).replace("Наставники:", "Наставники :")


def test_a_large_meeting_is_looked_at_round_by_round(curator, hall, monkeypatch):
    monkeypatch.setattr("webapp.pages.pairing.meeting.MOST_TALKS", 5)
    page = curator.get(f"{hall}/meeting")
    assert len(parsed(page).findall(".//table/tbody/tr")) == 2
    following = parsed(page).find(".//a[@rel='next']").get("href")
    assert "Круг 2 из 3" in text(curator.get(following))
    assert "Круг 1 из 3" in text(curator.get(f"{hall}/meeting?round=99"))


@pytest.mark.parametrize(("by", "number"), [("people", 5), ("tables", 2), ("rounds", 3)])
def test_everybody_every_table_and_every_round_has_a_sheet(curator, hall, by, number):
    page = parsed(curator.get(f"{hall}/meeting/slips?by={by}"))
    sheets = [one for one in page.iter("section") if (one.get("class") or "").startswith("slip")]
    assert len(sheets) == number


def test_the_slip_of_a_guest_names_round_table_and_other(curator, hall):
    page = parsed(curator.get(f"{hall}/meeting/slips"))
    slips = [" ".join(" ".join(one.itertext()).split()) for one in page.iter("section")]
    own = next(one for one in slips if one.startswith("Соня Ромашкина"))
    assert own.count("Круг") == 2
    assert {"Артём Стрижов", "Дарья Голубкина"} == {
        name for name in ("Артём Стрижов", "Дарья Голубкина", "Тимур Ясенев") if name in own
    }


def test_without_a_script_the_timer_page_lists_the_rounds(curator, hall):
    page = parsed(curator.get(f"{hall}/meeting/timer"))
    turns = [one for one in page.iter("li") if one.get("data-hall-turn")]
    assert [one.get("data-title") for one in turns] == [f"Круг {n} из 3" for n in (1, 2, 3)]
    face = next(one for one in page.iter("section") if one.get("data-hall-face") is not None)
    assert face.get("hidden") is not None
    assert page.find(".//div[@data-minutes='7']") is not None


def test_who_came_and_who_has_not_chosen_is_seen(curator, hall, pairing, play, session):
    guest = session.query(GeneralMeetingGuest).filter_by(mentee_entry_id=pairing.guests[2]).one()
    play.do("record_attendance", pairing.hall_case, absent=[str(guest.id)])
    asked = session.query(GeneralMeetingGuest).filter_by(mentee_entry_id=pairing.guests[0]).one()
    play.do("choose_partners", asked.case_id, first=str(pairing.hosts[0]))
    page = curator.get(f"{hall}/meeting")
    assert "ответили 1 из 4" in text(page)
    assert "Алиса Рябинина не было" in text(page)
    assert "1 из 4" in text(curator.get(hall))


def test_without_a_meeting_the_page_says_what_it_is_for(curator, address):
    page = curator.get(f"{address}/meeting")
    assert "Общая встреча не назначена" in page.text
    assert curator.get(f"{address}/meeting/timer").status_code == 404
    assert curator.get(f"{address}/meeting/slips").status_code == 404


def test_the_overview_says_how_far_it_is_and_whose_turn_it_is(curator, hall, address):
    page = text(curator.get(hall))
    assert "3 наставляемых ждут наставника" in page
    assert "Провести встречу и отметить гостей" in page
    assert "ждёт вас" in page
    page = text(curator.get(address))
    assert "2 пары, 1 наставляемый пока без пары" in page
    assert "Просмотреть предложения" in page


def test_before_anything_has_begun_the_overview_says_what_will_come(curator, play):
    empty = Cohort(play)
    play.session.commit()
    page = curator.get(f"/programmes/{empty.programme.id}/pairing")
    assert "Пары пока не подбирают" in page.text
    for place in ("/board", "/meeting", "/decision"):
        assert curator.get(f"/programmes/{empty.programme.id}/pairing{place}").status_code == 200


def test_the_tab_of_the_programme_leads_here(curator, pairing):
    page = parsed(curator.get(f"/programmes/{pairing.id}"))
    links = {one.get("href"): "".join(one.itertext()) for one in page.iter("a")}
    assert links[f"/programmes/{pairing.id}/pairing"] == "Подбор пар"


def test_pages_cost_few_statements(curator, hall, statements):
    costs = {}
    for place in ("", "/meeting", "/meeting/slips", "/meeting/timer", "/decision"):
        with statements() as heard:
            assert curator.get(hall + place).status_code == 200
        costs[place] = len(heard.other)
    assert max(costs.values()) <= 30, costs
