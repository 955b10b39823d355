"""The inbox: what waits for the reader, in what order, and how to find and take it."""

import csv
import io
import uuid

import pytest
from sqlalchemy import insert

from models.tasks import Task, TaskStatus
from tests.webapp.readers import ids, parsed
from workflows.operations.cases import start_case, suspend_case
from workflows.operations.tasks import assign_task


@pytest.fixture
def waiting(work, start_pair, clock):
    """Put many tasks into somebody's inbox: `waiting(person, 3, name="…")`."""
    case = start_pair("Пара со многими задачами")

    def put(actor, number, name="Позвонить", due_in_hours=1):
        due_at = clock().replace(microsecond=0)
        rows = [
            {
                "id": uuid.uuid4(),
                "case_id": case.id,
                "organisation_id": actor.roles[0].organisation_id,
                "element": "record_meeting",
                "process": "pair",
                "name": name,
                "case_title": "Пара со многими задачами",
                "role": "curator",
                "status": TaskStatus.OPEN,
                "opened_at": due_at,
                "due_at": due_at.replace(hour=(due_at.hour + due_in_hours) % 24),
                "assignee_id": actor.person_id,
            }
            for _ in range(number)
        ]
        work.session.execute(insert(Task), rows)
        work.session.commit()

    return put


@pytest.fixture
def free_task(as_, town):
    """A task that waits for any curator of the school."""
    return start_case(as_(town.curator), town.school.id, "programme", "Программа года").opened[0]


def test_a_mentor_sees_what_to_do_and_by_when(reader, town, start_pair):
    start_pair("Соня и наставник")
    page = reader(town.mentor).get("/")
    assert "Записать встречу" in page.text
    assert "Соня и наставник" in page.text
    assert "до пятницы, 4 сентября" in page.text
    assert "1 задача" in page.text
    parsed(page)


def test_overdue_is_said_in_words(reader, town, start_pair, clock):
    start_pair()
    mentor = reader(town.mentor)
    clock.advance(days=5)
    mentor.sign_in()
    page = mentor.get("/").text
    assert "Просрочено" in page
    assert "просрочено на 2 дня" in page


def test_an_empty_inbox_says_what_it_is_for(reader, town):
    page = reader(town.methodist).get("/")
    assert "Сейчас у вас нет задач" in page.text
    assert "появится сама" in page.text
    parsed(page)


def test_search_finds_by_task_and_case_and_is_kept_in_the_address(reader, town, start_pair):
    start_pair("Соня и наставник")
    start_pair("Артём и наставник")
    mentor = reader(town.mentor)
    assert len(ids(mentor.get("/?search=соня").text, "tasks")) == 1
    assert len(ids(mentor.get("/?search=записать").text, "tasks")) == 2
    page = mentor.get("/?search=соня&whose=mine").text
    assert 'value="соня"' in page
    assert 'name="whose" value="mine"' in page
    assert "Ничего не нашлось" in mentor.get("/?search=кенгуру").text


def test_what_is_free_can_be_taken_from_the_list(reader, town, free_task):
    curator = reader(town.curator)
    assert ids(curator.get("/?whose=mine").text, "tasks") == []
    page = curator.get("/?whose=roles").text
    assert ids(page, "tasks") == [str(free_task)]
    answer = curator.post(f"/tasks/{free_task}/claim", {"next": "/?whose=roles"})
    assert answer.headers["Location"] == "/?whose=roles"
    assert ids(curator.get("/?whose=mine").text, "tasks") == [str(free_task)]


def test_a_delegated_task_says_that_a_colleague_asked(reader, town, free_task):
    curator = reader(town.curator)
    curator.post(f"/tasks/{free_task}/claim")
    curator.post(f"/tasks/{free_task}/delegate", {"person_id": str(town.head.person_id)})
    assert "по просьбе коллеги" in reader(town.head).get("/").text


def test_paging_comes_to_every_task_once(reader, town, waiting):
    waiting(town.methodist, 120)
    methodist = reader(town.methodist)
    address, seen = "/?search=позвонить", []
    while address:
        page = methodist.get(address)
        seen += ids(page.text, "tasks")
        following = parsed(page).find(".//a[@rel='next']")
        address = following.get("href") if following is not None else None
        assert address is None or "search=" in address, "the filters stay in the address"
    assert len(seen) == len(set(seen)) == 120


def test_beyond_a_thousand_nobody_counts(reader, town, waiting):
    waiting(town.methodist, 1001)
    assert "больше 1000 задач" in reader(town.methodist).get("/").text


@pytest.mark.parametrize(
    "nonsense", ["after=x", "after=never_x", "whose=theirs", "size=0", "size=x", "search=%00"]
)
def test_an_address_somebody_garbled_still_opens(reader, town, start_pair, nonsense):
    start_pair()
    assert reader(town.mentor).get(f"/?{nonsense}").status_code == 200


def test_the_table_holds_every_task_and_no_formula(reader, town, waiting):
    waiting(town.methodist, 60, name="=HYPERLINK(1)")
    answer = reader(town.methodist).get("/tasks.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    head, *rows = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert head[0] == "Задача"
    assert len(rows) == 60
    assert {row[0] for row in rows} == {"'=HYPERLINK(1)"}


def test_a_list_costs_the_same_whatever_its_length(reader, town, waiting, statements):
    waiting(town.methodist, 3)
    methodist = reader(town.methodist)
    methodist.get("/")
    with statements() as few:
        methodist.get("/?whose=mine")
    waiting(town.methodist, 60)
    with statements() as many:
        methodist.get("/?whose=mine")
    assert len(many) == len(few)
    assert len(many) <= 9


def test_a_task_given_to_somebody_appears_there(reader, town, as_, free_task):
    assign_task(as_(town.curator), free_task, town.head.person_id)
    as_(town.curator).session.commit()
    assert ids(reader(town.head).get("/").text, "tasks") == [str(free_task)]


def test_a_task_of_a_paused_case_is_called_paused_and_not_overdue(reader, as_, town, start_pair, clock, work):
    paused, late = start_pair("Пара на каникулах"), start_pair("Пара за работой")
    suspend_case(as_(town.curator), paused.id)
    work.session.commit()
    clock.advance(days=5)
    page = reader(town.mentor).get("/")
    parsed(page)
    overdue, at_rest = page.text.split("Приостановлено")
    assert "Пара за работой" in overdue
    assert "просрочено" in overdue
    assert "Пара на каникулах" in at_rest
    assert "просрочено" not in at_rest
    assert "приостановлено" in at_rest
    task = reader(town.mentor).get(f"/tasks/{paused.opened[0]}")
    assert "приостановлено" in task.text
    assert "просрочено" not in task.text
    assert "просрочено" in reader(town.mentor).get(f"/tasks/{late.opened[0]}").text
