"""The list of cases: whose they are, how to find one, and how to take all of them away as a table."""

import csv
import io

import pytest

from models.waiting import Incident
from tests.webapp.readers import ids, parsed
from workflows.operations.cases import cancel_case, suspend_case


def test_a_curator_sees_the_cases_of_the_school_the_newest_first(reader, town, start_pair, clock):
    first = start_pair("Соня и наставник")
    clock.advance(hours=1)
    second = start_pair("Артём и наставник")
    page = reader(town.curator).get("/cases")
    assert ids(page.text, "cases") == [str(second.id), str(first.id)]
    assert "2 дела" in page.text
    parsed(page)


def test_a_mentor_and_a_mentee_see_their_own(reader, town, start_pair):
    own = start_pair("Соня и наставник")
    start_pair("Чужая пара", mentor=[town.second_mentor])
    for somebody in (town.mentor, town.mentee):
        page = reader(somebody).get("/cases")
        assert ids(page.text, "cases") == [str(own.id)]
        assert "1 дело" in page.text


def test_nobody_sees_the_cases_of_another_school(reader, town, start_pair):
    start_pair()
    assert ids(reader(town.stranger).get("/cases").text, "cases") == []
    assert len(ids(reader(town.coordinator).get("/cases").text, "cases")) == 1


def test_cases_are_found_by_title_and_status_and_both_stay_in_the_address(reader, town, start_pair, as_):
    running, paused, ended = (start_pair(f"Пара {name}") for name in ("Сони", "Артёма", "Веры"))
    suspend_case(as_(town.curator), paused.id)
    cancel_case(as_(town.curator), ended.id, "Переезд")
    as_(town.curator).session.commit()
    curator = reader(town.curator)
    assert ids(curator.get("/cases?status=running").text, "cases") == [str(running.id)]
    assert ids(curator.get("/cases?status=suspended&search=пара").text, "cases") == [str(paused.id)]
    page = curator.get("/cases?status=cancelled&search=веры").text
    assert ids(page, "cases") == [str(ended.id)]
    assert 'name="status" value="cancelled"' in page
    assert 'value="веры"' in page
    assert "Таких дел нет" in curator.get("/cases?search=кенгуру").text


def test_a_case_in_trouble_is_marked(reader, town, start_pair, work, clock):
    case = start_pair()
    work.session.add(
        Incident(
            case_id=case.id,
            organisation_id=town.school.id,
            act="complete_task",
            subject="x",
            arguments={},
            element="tell_end",
            element_name="Сообщить итог",
            reason="",
            opened_at=clock(),
        )
    )
    work.session.commit()
    assert "требует внимания" in reader(town.curator).get("/cases").text


@pytest.mark.parametrize("nonsense", ["after=x", "after=never_x", "status=lost", "search=%00"])
def test_an_address_somebody_garbled_still_opens(reader, town, start_pair, nonsense):
    case = start_pair()
    assert ids(reader(town.curator).get(f"/cases?{nonsense}").text, "cases") == [str(case.id)]


def test_paging_comes_to_every_case_once(reader, town, start_pair, as_):
    for number in range(52):
        start_pair(f"Пара {number}")
    as_(town.curator).session.commit()
    curator = reader(town.curator)
    page = curator.get("/cases?search=пара")
    assert "52 дела" in page.text
    following = parsed(page).find(".//a[@rel='next']").get("href")
    assert "search=" in following
    seen = ids(page.text, "cases") + ids(curator.get(following).text, "cases")
    assert len(seen) == len(set(seen)) == 52


def test_the_table_holds_every_case_and_no_formula(reader, town, start_pair):
    start_pair("=HYPERLINK(1)")
    answer = reader(town.curator).get("/cases.csv?status=running")
    assert answer.headers["Content-Type"].startswith("text/csv")
    head, row = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert head[:4] == ["Дело", "Вид дела", "Организация", "Состояние"]
    assert row[0] == "'=HYPERLINK(1)"
    assert row[2:4] == ["Школа", "идёт"]


def test_an_empty_list_says_what_to_do(reader, town):
    assert "Дел пока нет" in reader(town.curator).get("/cases").text
    page = reader(town.mentor).get("/cases")
    assert "Вы пока не участвуете" in page.text
    assert "/cases/new" not in page.text
    parsed(page)


def test_a_list_costs_the_same_whatever_its_length(reader, town, start_pair, statements):
    start_pair()
    curator = reader(town.curator)
    curator.get("/cases")
    with statements() as few:
        curator.get("/cases")
    for _ in range(5):
        start_pair()
    with statements() as many:
        curator.get("/cases")
    assert len(few) == len(many) <= 8
