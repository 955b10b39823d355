"""The inbox at work: several tasks at once, filters that are kept, what is said and kept beside a task."""

import io
import re
import zipfile

import pytest

from tests.webapp.readers import ids, parsed
from workflows.operations import people
from workflows.operations.cases import start_case

PDF = b"%PDF-1.7 what a scanner makes"


@pytest.fixture
def free_tasks(as_, town):
    """Three tasks that wait for any curator of the school."""
    return [
        str(start_case(as_(town.curator), town.school.id, "programme", f"Программа {one}").opened[0])
        for one in range(3)
    ]


@pytest.fixture
def task(start_pair):
    return str(start_pair("Соня и наставник").opened[0])


def test_several_are_taken_at_once_and_each_says_what_became_of_it(reader, town, free_tasks, task):
    curator = reader(town.curator)
    answer = curator.post(
        "/tasks/together", {"task": [*free_tasks[:2], task], "act": "claim", "next": "/?whose=roles"}
    )
    assert answer.status_code == 200
    parsed(answer)
    assert "2 задачи" in answer.text
    assert f"{town.mentor.name}: эта задача уже взята" in answer.text or "Не сделано" in answer.text
    assert 'href="/?whose=roles"' in answer.text
    assert set(ids(curator.get("/?whose=mine").text, "tasks")) == set(free_tasks[:2])


def test_several_are_given_to_somebody_after_asking_to_whom(reader, town, free_tasks):
    curator = reader(town.curator)
    asked = curator.post("/tasks/together", {"task": free_tasks[:2], "act": "assign"})
    parsed(asked)
    assert town.head.name in asked.text
    assert all(f'value="{one}"' in asked.text for one in free_tasks[:2])
    answer = curator.post(
        "/tasks/together",
        {"task": free_tasks[:2], "act": "assign", "person_id": str(town.head.person_id)},
    )
    assert "Не сделано" not in answer.text
    assert set(ids(reader(town.head).get("/?whose=mine").text, "tasks")) == set(free_tasks[:2])


def test_a_day_to_look_again_is_noted_for_several(reader, town, free_tasks, clock):
    curator = reader(town.curator)
    day = clock().date().isoformat()
    answer = curator.post("/tasks/together", {"task": free_tasks, "act": "follow_up", "follow_up_on": day})
    assert "3 задачи" in answer.text
    page = curator.get("/?due=again")
    assert set(ids(page.text, "tasks")) == set(free_tasks)
    assert "вернуться: 1 сентября" in page.text
    assert "Вернуться сегодня" in curator.get("/").text


@pytest.mark.parametrize("sent", [{}, {"task": "nonsense"}])
def test_nothing_chosen_is_said_in_words(reader, town, sent):
    answer = reader(town.curator).post("/tasks/together", {"act": "claim", **sent})
    assert answer.status_code == 422
    assert "Не отмечена ни одна задача" in answer.text


def test_what_is_not_for_the_reader_is_not_named(reader, town, free_tasks):
    answer = reader(town.mentor).post("/tasks/together", {"task": free_tasks, "act": "claim"})
    assert "3 задач больше нет, или они не для вас" in answer.text or "3 задачи" in answer.text
    assert "Программа 1" not in answer.text


def test_filters_stand_in_the_address_and_narrow_the_list_and_its_table(reader, town, free_tasks, task):
    curator = reader(town.curator)
    page = curator.get("/?whose=seen&role=mentor")
    assert ids(page.text, "tasks") == [task]
    assert "/tasks.csv?whose=seen&amp;role=mentor" in page.text
    assert len(curator.get("/tasks.csv?whose=seen&role=mentor").text.splitlines()) == 2
    assert len(curator.get("/tasks.csv?whose=seen").text.splitlines()) == 5
    grouped = curator.get("/?whose=seen&order=pair")
    parsed(grouped)
    assert grouped.text.index("Программа 0") < grouped.text.index("Программа 1")
    assert "по парам и делам" in grouped.text


@pytest.mark.parametrize("nonsense", ["due=x", "case=x", "order=x", "programme=1", "role=%00", "whose=seen"])
def test_a_garbled_filter_counts_as_none(reader, town, task, nonsense):
    assert reader(town.mentor).get(f"/?{nonsense}").status_code == 200


def test_badges_say_how_many_wait(reader, town, free_tasks):
    tree = parsed(reader(town.curator).get("/"))
    tabs = {
        "".join(link.itertext()).split()[0]: (link.findtext("span") or "")
        for link in tree.findall(".//ul[@class='tabs']//a")
    }
    assert tabs["Свободные"] == tabs["Все"] == "3"
    assert tabs["Мои"] == ""


def test_a_filter_is_kept_under_a_name_renamed_and_deleted(reader, town, free_tasks, task):
    curator = reader(town.curator)
    asked = curator.get("/tasks/filters?whose=seen&role=mentor&naming=1")
    parsed(asked)
    assert 'name="asked_role" value="mentor"' in asked.text
    kept = curator.post(
        "/tasks/filters", {"name": "Наставники", "asked_whose": "seen", "asked_role": "mentor"}
    )
    assert kept.headers["Location"] == "/?whose=seen&role=mentor"
    assert "Наставники" in curator.get("/?whose=mine").text
    page = curator.get("/tasks/filters").text
    address = page.partition('action="/tasks/filters/')[2].partition('"')[0]
    curator.post(f"/tasks/filters/{address}", {"name": "Встречи"})
    assert "Встречи" in curator.get("/?whose=mine").text
    curator.post(f"/tasks/filters/{address}/forget")
    assert "Встречи" not in curator.get("/?whose=mine").text


def test_the_inbox_opens_with_the_first_filter_and_everything_is_a_tab_away(reader, town, free_tasks):
    curator = reader(town.curator)
    for name in ("Одно", "Другое"):
        curator.post("/tasks/filters", {"name": name, "asked_due": "never", "is_first": "on"})
    assert set(re.split("[?&]", curator.get("/").headers["Location"])) == {"/", "whose=all", "due=never"}
    page = curator.get("/tasks/filters").text
    assert page.count("открывается первым") == 1
    assert curator.get("/?whose=all").status_code == 200


def test_a_leader_shares_a_filter_and_others_cannot_change_it(reader, town, task):
    curator, mentor = reader(town.curator), reader(town.mentor)
    shared = {"name": "К концу недели", "asked_due": "week", "is_shared": "on"}
    curator.post("/tasks/filters", shared)
    curator.post("/tasks/filters", {"name": "Моё", "asked_due": "week"})
    page = curator.get("/tasks/filters").text
    addresses = [part.partition('"')[0] for part in page.split('action="/tasks/filters/')[1:]]
    seen = mentor.get("/").text
    assert "К концу недели" in seen
    assert "Моё" not in seen
    assert "К концу недели" not in reader(town.stranger).get("/").text
    for address in addresses:
        assert mentor.post(f"/tasks/filters/{address}", {"name": "x"}).status_code == 404
        assert mentor.post(f"/tasks/filters/{address}/forget").status_code == 404
    mentor.post("/tasks/filters", {**shared, "name": "Наставника"})
    assert "Наставника" not in curator.get("/").text, "only leaders share"


def test_a_task_says_why_it_is_here_and_what_comes_after(reader, town, task, free_tasks):
    page = reader(town.mentor).get(f"/tasks/{task}").text
    assert re.search("В этом деле ваша роль – наставник", page, re.IGNORECASE)
    assert "Что будет дальше" in page
    curator = reader(town.curator)
    assert "Задача ждёт любого" in curator.get(f"/tasks/{free_tasks[0]}").text
    curator.post(f"/tasks/{free_tasks[0]}/claim")
    assert "Вы взяли её 1 сентября" in curator.get(f"/tasks/{free_tasks[0]}").text
    curator.post(f"/tasks/{free_tasks[0]}/delegate", {"person_id": str(town.head.person_id)})
    assert f"Вы поручили это: {town.head.name}" in curator.get(f"/tasks/{free_tasks[0]}").text
    assert (
        f"{town.curator.name}: просьба сделать это" in reader(town.head).get(f"/tasks/{free_tasks[0]}").text
    )


def test_the_preview_is_a_part_for_the_list_and_a_page_for_a_link(reader, town, task):
    mentor = reader(town.mentor)
    part = mentor.get(f"/tasks/{task}/preview", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "<fieldset" in part
    parsed(mentor.get(f"/tasks/{task}/preview"))


def test_what_is_said_is_read_by_who_sees_the_task_and_taken_back_in_time(reader, town, task, clock):
    mentor, curator = reader(town.mentor), reader(town.curator)
    mentor.post(f"/tasks/{task}/comments", {"text": "<b>Позвоню</b> завтра"})
    page = curator.get(f"/tasks/{task}")
    parsed(page)
    assert "&lt;b&gt;Позвоню&lt;/b&gt; завтра" in page.text
    assert "/delete" not in page.text, "only its author takes it back"
    address = "/comments/" + mentor.get(f"/tasks/{task}").text.partition("/comments/")[2].partition('"')[0]
    assert curator.post(address).status_code == 403
    assert reader(town.stranger).post(address).status_code == 404
    clock.advance(minutes=11)
    assert mentor.post(address).status_code == 409
    clock.advance(minutes=-5)
    assert mentor.post(address).status_code == 303
    assert "Позвоню" not in curator.get(f"/tasks/{task}").text


@pytest.mark.parametrize("text", ["", "   ", "а" * 2001])
def test_an_empty_or_endless_comment_is_refused(reader, town, task, text):
    assert reader(town.mentor).post(f"/tasks/{task}/comments", {"text": text}).status_code == 422


def put(somebody, task, name, content):
    parts = (('name="csrf_token"', somebody.token().encode()), (f'name="file"; filename="{name}"', content))
    body = b"".join(
        f"--part\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + value + b"\r\n"
        for head, value in parts
    )
    kind = "multipart/form-data; boundary=part"
    return somebody.client.post(f"/tasks/{task}/files", data=body + b"--part--\r\n", content_type=kind)


def test_a_file_is_put_there_downloaded_as_a_file_and_deleted(reader, town, task):
    mentor = reader(town.mentor)
    assert put(mentor, task, "../План встречи.pdf", PDF).status_code == 303
    page = mentor.get(f"/tasks/{task}").text
    address = "/files/" + page.partition('href="/files/')[2].partition('"')[0]
    got = mentor.get(address)
    assert got.data == PDF
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Type"] == "application/pdf"
    assert "План встречи.pdf" in page
    assert reader(town.curator).get(address).status_code == 200
    assert reader(town.mentee).get(address).status_code == 403, "who may not read the answers"
    assert reader(town.stranger).get(address).status_code == 404
    assert reader(town.curator).post(f"{address}/delete").status_code == 403
    assert mentor.post(f"{address}/delete").status_code == 303
    assert mentor.get(address).status_code == 404


def zipped(*parts):
    """Pack a file with these parts in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for part in parts:
            packed.writestr(part, "x")
    return file.getvalue()


def test_a_document_is_taken_and_no_name_pretends_another_ending(reader, town, task):
    mentor = reader(town.mentor)
    assert put(mentor, task, "План.docx", zipped("word/document.xml")).status_code == 303
    assert put(mentor, task, "annex\u202efdp.exe\u200b.pdf", PDF).status_code == 303
    page = mentor.get(f"/tasks/{task}").text
    assert "annexfdp.exe.pdf" in page
    assert "\u202e" not in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.pdf", b"<script>alert(1)</script>"),
        ("page.html", b"<html></html>"),
        ("picture.png", PDF),
        ("empty.txt", b""),
        ("binary.txt", b"\x00\xff\xfe"),
        ("large.pdf", PDF + b"0" * 10 * 1024 * 1024),
        ("letter.docx", zipped("word/document.xml", "word/vbaProject.bin")),
        ("letter.docx", zipped("anything.exe")),
        ("table.xlsx", b"PK\x03\x04 and no more"),
    ],
    ids=[
        *("a page as pdf", "a page", "a pdf as picture", "empty", "no text", "too large"),
        *("macros", "anything packed", "half a file"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(reader, town, task, name, content):
    assert put(reader(town.mentor), task, name, content).status_code in (413, 422)


def test_only_the_address_for_files_takes_much(reader, town, task):
    mentor = reader(town.mentor)
    assert put(mentor, task, "scan.pdf", PDF + b"0" * 5 * 1024 * 1024).status_code == 303
    assert mentor.post(f"/tasks/{task}/comments", {"text": "а" * 3 * 1024 * 1024}).status_code == 413


def test_no_more_files_than_there_is_room_for(reader, town, task):
    mentor = reader(town.mentor)
    answers = [put(mentor, task, f"{one}.pdf", PDF).status_code for one in range(11)]
    assert answers == [303] * 10 + [422]


def test_a_deputy_is_named_on_a_page_and_ended_there(reader, town, task, start_pair):
    mentor, deputy = reader(town.mentor), reader(town.second_mentor)
    wrong = mentor.post("/deputies", {"deputy_id": "", "since_on": "2026-09-01", "until_on": "x"})
    assert wrong.status_code == 422
    assert 'value="2026-09-01"' in wrong.text
    days = {"since_on": "2026-09-01", "until_on": "2026-09-14"}
    assert (
        mentor.post("/deputies", {"deputy_id": str(town.second_mentor.person_id), **days}).status_code == 303
    )
    assert f"Вас замещает {town.second_mentor.name} – по 14 сентября" in mentor.get("/").text
    page = deputy.get("/")
    parsed(page)
    assert f"Вы замещаете: {town.mentor.name}" in page.text
    assert f"за: {town.mentor.name}" in page.text
    assert "Вы замещаете" in deputy.get(f"/tasks/{task}").text
    deputy.post(f"/tasks/{task}/claim")
    offered = str(start_pair("Группа", mentor=[town.mentor, town.head]).opened[0])
    deputy.post(f"/tasks/{offered}/claim")
    case = re.search(r'href="(/cases/[^"]+)"', mentor.get(f"/tasks/{offered}").text).group(1)
    history = reader(town.curator).get(case).text
    assert f"{town.second_mentor.name} (за: {town.mentor.name})" in history
    shown = mentor.get("/deputies")
    parsed(shown)
    address = "/deputies/" + shown.text.partition('action="/deputies/')[2].partition('"')[0]
    assert deputy.post(address).status_code == 404
    assert mentor.post(address).status_code == 303
    assert ids(deputy.get("/").text, "tasks") == []


@pytest.mark.parametrize("days", [("9999-12-31", "9999-12-31"), ("9999-12-31", "2026-09-14")])
def test_a_deputy_for_the_end_of_time_is_refused_or_noted_and_no_failure(reader, town, days):
    given = {"deputy_id": str(town.second_mentor.person_id), "since_on": days[0], "until_on": days[1]}
    assert reader(town.mentor).post("/deputies", given).status_code in (303, 422)


def test_the_deputies_of_another_are_for_those_who_lead(reader, town):
    address = f"/deputies?person={town.mentor.person_id}"
    assert town.mentor.name in reader(town.curator).get(address).text
    assert reader(town.second_mentor).get(address).status_code == 404
    assert reader(town.stranger).get(address).status_code == 404


def test_the_keys_are_told_on_a_page_too(reader, town):
    page = reader(town.mentor).get("/tasks/keys")
    parsed(page)
    assert "<kbd>j</kbd>" in page.text


def test_a_caseload_goes_over_on_a_page_and_comes_back(reader, town, work, start_pair):
    start_pair("Соня и наставник")
    person_id = people.add_person(work, town.school.id, "Рита Гвоздикина")
    people.grant_membership(work, person_id, town.school.id, "curator")
    work.session.commit()
    curator = reader(town.curator)
    page = curator.get("/caseloads")
    parsed(page)
    assert "1 дело с этим куратором" in page.text
    unsure = curator.post("/caseloads", {"to_id": str(person_id)})
    assert unsure.status_code == 422
    assert f'value="{person_id}" selected' in unsure.text, "what was chosen stays chosen"
    done = curator.post("/caseloads", {"to_id": str(person_id), "sure": "on"})
    parsed(done)
    assert "1 из 1" in done.text
    shown = curator.get("/caseloads").text
    assert "Рита Гвоздикина" in shown
    address = "/caseloads/" + shown.partition('action="/caseloads/')[2].partition('"')[0]
    assert reader(town.mentor).post(address).status_code == 404
    assert "1 из 1" in curator.post(address).text


def test_the_caseload_of_another_is_for_those_who_lead(reader, town):
    address = f"/caseloads?person={town.curator.person_id}"
    assert reader(town.head).get(address).status_code == 200
    assert reader(town.mentor).get(address).status_code == 404
