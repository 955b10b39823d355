"""The roadmap of a programme: what is done and overdue, chosen, drawn over time, marked and unmarked."""

import csv
import io
import uuid
from datetime import date

import pytest
from sqlalchemy import select

from models.programmes import RoadmapItem
from tests.webapp.readers import parsed


@pytest.fixture
def address(programme):
    return f"/programmes/{programme.id}/roadmap"


@pytest.fixture
def item(programme, session):
    """The measure of the sixth stage, which nobody has done."""
    wanted = select(RoadmapItem).where(RoadmapItem.programme_id == programme.id, RoadmapItem.stage == 6)
    return session.scalars(wanted).one()


def measures(answer):
    """List the measures of the table."""
    rows = parsed(answer).findall(".//table/tbody/tr")
    return ["".join(row.find("th").text).strip() for row in rows]


def row_of(answer, item):
    return " ".join(" ".join(parsed(answer).find(f".//tr[@id='measure-{item.id}']").itertext()).split())


def bars(answer):
    """Tell the bars of the chart: of each line its name and how its bars look."""
    rows = [one for one in parsed(answer).iterfind(".//div[@class]") if "gantt-row" in one.get("class")]
    return [
        (
            row.find("span").text,
            [one.get("class").split()[-1] for one in row.iter("span") if "gantt-bar" in one.get("class", "")],
        )
        for row in rows
    ]


def test_the_table_says_who_does_what_by_when(address, college, reader, item):
    page = reader(college.curator).get(address)
    assert len(measures(page)) == 7
    assert "сделано 0 из 7" in page.text
    assert row_of(page, item).startswith("6 Мероприятие 6")
    assert "Куратор 1 октября – впереди" in row_of(page, item)


def test_what_is_overdue_is_said_and_found(address, college, reader, item, clock):
    clock.advance(days=40)
    curator = reader(college.curator)
    page = curator.get(f"{address}?state=overdue&stage=6")
    assert measures(page) == ["Мероприятие 6"]
    assert "просрочено" in row_of(page, item)
    assert "10 дней" in row_of(page, item)
    assert ("Мероприятие 6", ["is-overdue", "is-late"]) in bars(page)
    assert measures(curator.get(f"{address}?state=done")) == []
    assert "Таких мероприятий нет" in curator.get(f"{address}?search=кенгуру").text


def test_measures_stand_in_the_order_that_is_asked_for(address, college, reader, item, session):
    item.due_on, item.responsible = date(2026, 9, 5), "Архивариус"
    session.commit()
    curator = reader(college.curator)
    assert measures(curator.get(address))[5] == "Мероприятие 6"
    assert measures(curator.get(f"{address}?order=due"))[0] == "Мероприятие 6"
    assert measures(curator.get(f"{address}?order=responsible"))[0] == "Мероприятие 6"
    assert measures(curator.get(f"{address}?search=архивариус")) == ["Мероприятие 6"]


@pytest.mark.parametrize("nonsense", ["stage=9", "stage=x", "state=lost", "order=up", "search=%00"])
def test_an_address_somebody_garbled_still_opens(address, college, reader, nonsense):
    assert len(measures(reader(college.curator).get(f"{address}?{nonsense}"))) == 7


def test_the_chart_stands_for_the_table_and_has_a_line_for_today(address, college, reader):
    page = reader(college.curator).get(address)
    chart = parsed(page).find(".//div[@class='gantt']")
    assert chart.get("role") == "img"
    assert "в таблице" in chart.get("aria-label")
    assert "gantt-today" in page.text
    lines = bars(page)
    assert ("1. Подготовить условия", ["is-real"]) in lines
    assert ("Мероприятие 6", ["is-ahead"]) in lines
    places = [
        float(part.partition(":")[2].rstrip("%"))
        for one in chart.iter("span")
        if "gantt-bar" in one.get("class", "")
        for part in one.get("style").split(";")
    ]
    assert all(0 <= place <= 100 for place in places)


def test_a_measure_is_marked_and_the_mark_is_taken_back(address, college, reader, item, session, programme):
    curator = reader(college.curator)
    sent = {"done_on": "2026-09-01", "outcome": "Все пары встретились"}
    answer = curator.post(f"/programmes/{programme.id}/done/{item.id}?stage=6&state=ahead", sent)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{address}?stage=6#measure-{item.id}"
    page = curator.get(answer.headers["Location"])
    assert "Все пары встретились" in row_of(page, item)
    assert "Снять отметку" in row_of(page, item)
    assert ("Мероприятие 6", ["is-done"]) in bars(page)
    assert curator.post(f"/programmes/{programme.id}/undone/{item.id}").status_code == 303
    session.expire_all()
    assert (item.done_on, item.outcome) == (None, "")
    assert curator.post(f"/programmes/{programme.id}/undone/{item.id}").status_code == 409


@pytest.mark.parametrize(
    ("day", "said"),
    [("", "Заполните"), ("вчера", "31.05.2026"), ("2026-09-02", "ещё не наступил")],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    college, reader, item, programme, session, day, said
):
    sent = {"done_on": day, "outcome": "Встретились"}
    answer = reader(college.curator).post(f"/programmes/{programme.id}/done/{item.id}", sent)
    assert answer.status_code == 422
    page = parsed(answer)
    assert said in " ".join(page.find(f".//*[@id='done-{item.id}-errors']").itertext())
    assert page.find(f".//input[@id='outcome-{item.id}']").get("value") == "Встретились"
    session.expire_all()
    assert item.done_on is None


def test_only_who_leads_marks_and_nobody_reaches_another_programme(
    college, reader, item, programme, town, clock
):
    sent = {"done_on": "2026-09-01"}
    address = f"/programmes/{programme.id}/done/{item.id}"
    assert reader(college.mentors[0]).post(address, sent).status_code == 403
    assert reader(college.methodist).post(address, sent).status_code == 403
    assert reader(town.stranger).post(address, sent).status_code == 404
    nothing = f"/programmes/{programme.id}/done/{uuid.UUID(int=1)}"
    assert reader(college.curator).post(nothing, sent).status_code == 404


def test_the_roadmap_is_kept_as_a_table(address, college, reader, clock):
    clock.advance(days=40)
    answer = reader(college.curator).get(f"{address}.csv?stage=6")
    head, row = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert head[:3] == ["Этап", "Мероприятие", "Ответственный"]
    assert row[:3] == ["6. Вести пары и группы", "Мероприятие 6", "Куратор"]
    assert row[4:7] == ["2026-10-01", "", "просрочено"]
