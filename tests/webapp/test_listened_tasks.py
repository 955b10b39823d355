"""Tasks whose answers become rows, and whose forms know what stands in our tables."""

import json

import pytest

from tests.webapp.readers import parsed
from tests.workflows.changing import FORM, redrawn
from workflows.operations.packs import install_pack
from workflows.queries.readings import READERS, Reader
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks import LISTENERS

GOALS = {
    "type": "default",
    "id": "record_meeting",
    "components": [
        {"type": "textfield", "id": "f_topic", "key": "topic", "label": "Тема"},
        {
            "type": "dynamiclist",
            "id": "f_goals",
            "path": "goals",
            "label": "Цели",
            "allowAddRemove": True,
            "components": [
                {"type": "textfield", "id": "f_title", "key": "title", "label": "Цель"},
                {"type": "datetime", "id": "f_due", "key": "due_on", "label": "Срок"},
            ],
        },
    ],
}
PLAN = {
    "type": "table",
    "id": "f_plan",
    "label": "План",
    "dataSource": "=goals",
    "columns": [{"label": "Цель", "key": "title"}, {"label": "Срок", "key": "due_on"}],
}
KNOWN = {"topic": "Из плана", "goals": [{"title": "Алгебра", "due_on": "2026-10-01"}]}


@pytest.fixture
def task(monkeypatch, as_, town, pack_files, start_pair):
    """Start a pair whose first task is listened to and read for, with this form."""

    def begin(form, listener):
        monkeypatch.setitem(LISTENERS, "plan.write", listener)
        monkeypatch.setitem(READERS, "pair.plan", Reader(lambda *_: KNOWN, gives=("topic", "goals")))
        asked = (
            '<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="plan.write"/>'
            '</zeebe:taskListeners><zeebe:properties><zeebe:property name="reads" value="pair.plan"/>'
            "</zeebe:properties>"
        )
        files = redrawn(
            pack_files, (FORM, FORM + asked), forms={"record_meeting": json.dumps(form, ensure_ascii=False)}
        )
        install_pack(as_(town.administrator), town.school.id, files)
        return f"/tasks/{start_pair().opened[0]}"

    return begin


def refuse_the_first_goal(work, place, done):
    raise Invalid({"goals.0.due_on": [Complaint("date_too_late", day="2026-12-01")]})


def test_a_form_without_expressions_is_filled_with_what_is_read(reader, town, task):
    page = parsed(reader(town.mentor).get(task(GOALS, lambda *_: None)))
    assert page.find(".//input[@id='f-topic']").get("value") == "Из плана"
    assert page.find(".//input[@id='f-goals-0-title']").get("value") == "Алгебра"
    assert page.find(".//input[@id='f-goals-0-due_on']").get("value") == "2026-10-01"


def test_what_a_listener_refuses_stands_beside_the_field_that_was_typed_into(reader, town, task):
    sent = {
        "_row": ["goals.0", "goals.1"],
        "goals.0.title": "",
        "goals.0.due_on": "",
        "goals.1.title": "Геометрия",
        "goals.1.due_on": "2027-01-10",
    }
    answer = reader(town.mentor).post(task(GOALS, refuse_the_first_goal), sent)
    assert answer.status_code == 422
    page = parsed(answer)
    assert page.find(".//input[@id='f-goals-1-due_on']").get("aria-invalid") == "true"
    assert page.find(".//input[@id='f-goals-0-due_on']").get("aria-invalid") is None
    assert "Не позже 1 декабря 2026" in answer.text
    assert page.find(".//input[@id='f-goals-1-title']").get("value") == "Геометрия"


def test_a_table_of_what_is_read_is_shown_before_and_after(reader, town, task):
    form = {**GOALS, "components": [PLAN, GOALS["components"][0]]}
    address = task(form, lambda *_: None)
    mentor = reader(town.mentor)
    for page in (mentor.get(address), mentor.post(address, {"topic": "Знакомство"}) and mentor.get(address)):
        rows = [["".join(cell.itertext()) for cell in row] for row in parsed(page).iter("tr")]
        assert rows == [["Цель", "Срок"], ["Алгебра", "1 октября 2026"]]
