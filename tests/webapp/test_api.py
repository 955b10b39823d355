"""REST: the same acts for programs, refused in JSON."""

import pytest

from tests.webapp.readers import Reader


@pytest.fixture
def task_id(start_pair):
    return start_pair("Соня и наставник").opened[0]


def test_a_program_completes_a_task(reader, town, task_id):
    mentor = reader(town.mentor)
    listed = mentor.get("/api/v1/tasks").json
    assert [task["id"] for task in listed["tasks"]] == [str(task_id)]
    assert (listed["total"], listed["is_more"], listed["next"]) == (1, False, None)
    answer = mentor.send("POST", f"/api/v1/tasks/{task_id}/complete", {"answers": {"topic": "Знакомство"}})
    assert answer.status_code == 200
    assert answer.json["is_case_finished"] is False
    assert len(answer.json["opened"]) == 1
    assert mentor.get(f"/api/v1/tasks/{task_id}").json["status"] == "completed"


def test_answers_that_cannot_be_taken_are_named(reader, town, task_id):
    answer = reader(town.mentor).send(
        "POST", f"/api/v1/tasks/{task_id}/complete", {"answers": {"minutes": 9000}}
    )
    assert answer.status_code == 422
    assert answer.json["code"] == "invalid"
    assert set(answer.json["problems"]) == {"topic", "minutes"}


def test_a_lost_race_has_a_code_and_a_sentence(reader, town, task_id):
    mentor = reader(town.mentor)
    complete = f"/api/v1/tasks/{task_id}/complete"
    mentor.send("POST", complete, {"answers": {"topic": "Первое"}})
    answer = mentor.send("POST", complete, {"answers": {"topic": "Второе"}})
    assert answer.status_code == 409
    assert answer.json["code"] == "task_completed_already"
    assert "уже выполнили" in answer.json["message"]


def test_a_draft_is_kept(reader, town, task_id):
    mentor = reader(town.mentor)
    assert (
        mentor.send("PUT", f"/api/v1/tasks/{task_id}/draft", {"answers": {"topic": "Пока"}}).status_code
        == 204
    )
    assert mentor.get(f"/api/v1/tasks/{task_id}").json["draft"] == {"topic": "Пока"}


def test_pages_follow_one_another(reader, town, start_pair):
    for number in range(5):
        start_pair(f"Пара {number}")
    mentor = reader(town.mentor)
    first = mentor.get("/api/v1/tasks?size=3").json
    second = mentor.get("/api/v1/tasks", query_string={"size": 3, "after": first["next"]}).json
    titles = [task["case_title"] for task in first["tasks"] + second["tasks"]]
    assert len(set(titles)) == 5
    assert second["next"] is None


def test_a_case_is_started_and_read(reader, town):
    curator = reader(town.curator)
    wanted = {
        "organisation_id": str(town.school.id),
        "process": "pair",
        "title": "Новая пара",
        "participants": {"mentor": [str(town.mentor.person_id)]},
    }
    started = curator.send("POST", "/api/v1/cases", wanted)
    assert started.status_code == 201
    case = curator.get(f"/api/v1/cases/{started.json['id']}").json
    assert (case["title"], case["status"]) == ("Новая пара", "running")
    assert [one["name"] for one in case["participants"]] == [town.mentor.name]
    assert [task["element"] for task in case["open_tasks"]] == ["record_meeting"]


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ({}, {"organisation_id", "process", "title"}),
        ({"organisation_id": "x", "process": "pair", "title": "П"}, {"organisation_id"}),
        ({"process": "pair", "title": "П", "colour": "red"}, {"organisation_id", "colour"}),
    ],
)
def test_a_wrong_body_is_answered_by_the_names_of_its_fields(reader, town, sent, named):
    answer = reader(town.curator).send("POST", "/api/v1/cases", sent)
    assert answer.status_code == 422
    assert set(answer.json["problems"]) == named


def test_nobody_gets_json_too(anonymous, task_id):
    answer = anonymous.get(f"/api/v1/tasks/{task_id}")
    assert (answer.status_code, answer.json["code"]) == (401, "signed_out")


def test_an_act_without_the_token_is_refused(reader, town, task_id):
    answer = reader(town.mentor).client.post(f"/api/v1/tasks/{task_id}/claim")
    assert (answer.status_code, answer.json["code"]) == (400, "page_too_old")


def test_the_session_tells_the_token(reader, town, task_id):
    mentor = reader(town.mentor)
    told = mentor.get("/api/v1/session").json
    assert told["name"] == town.mentor.name
    assert told["roles"] == [{"name": "mentor", "organisation_id": str(town.school.id)}]
    answer = mentor.client.post(f"/api/v1/tasks/{task_id}/claim", headers={"X-CSRFToken": told["csrf_token"]})
    assert answer.status_code == 204


@pytest.mark.parametrize(
    "body", ['{"answers": {"topic": "\\u0000"}}', '{"answers": {"topic": "\\ud800"}}', "{", "[]", "nonsense"]
)
@pytest.mark.parametrize("act", ["complete", "draft"])
def test_whatever_bytes_come_nothing_breaks(reader: Reader, town, task_id, act, body):
    mentor = reader(town.mentor)
    answer = mentor.client.open(
        f"/api/v1/tasks/{task_id}/{act}",
        method="PUT" if act == "draft" else "POST",
        data=body,
        headers={"X-CSRFToken": mentor.token(), "Content-Type": "application/json"},
    )
    assert answer.status_code in (204, 400, 422)


def test_the_document_describes_every_address(reader, town, app):
    document = reader(town.mentor).get("/api/v1/openapi.json").json
    described = {
        f"{path}".replace("{task_id}", "<uuid:task_id>").replace("{case_id}", "<uuid:case_id>")
        for path in document["paths"]
    }
    served = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api_")}
    assert described == served


def test_no_such_address_and_no_such_way(reader, town):
    mentor = reader(town.mentor)
    assert mentor.get("/api/v1/nothing").json["code"] == "http_404"
    answer = mentor.send("DELETE", "/api/v1/tasks")
    assert (answer.status_code, answer.json["code"]) == (405, "http_405")
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    "answers",
    [
        "[" * 100_000 + "]" * 100_000,
        '{"topic": ' + "[" * 300 + "]" * 300 + "}",
        '{"topic": ' + '{"a": ' * 40 + "1" + "}" * 40 + "}",
        '{"topic": ' + "9" * 5000 + "}",
    ],
)
@pytest.mark.parametrize(("method", "act"), [("POST", "complete"), ("PUT", "draft")])
def test_what_no_form_could_hold_is_refused(reader, town, start_pair, answers, method, act):
    mentor, task_id = reader(town.mentor), start_pair().opened[0]
    answer = mentor.client.open(
        f"/api/v1/tasks/{task_id}/{act}",
        method=method,
        data=f'{{"answers": {answers}}}',
        headers={"X-CSRFToken": mentor.token(), "Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json["code"]) == (400, "http_400")
