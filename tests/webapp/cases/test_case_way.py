"""How far a case has come: on the sheet where it stands, on those around it, and the same in words."""

import json

from models.cases import Case
from tests.webapp.readers import parsed
from workflows.operations.cases import cancel_case
from workflows.queries.definitions import load_pack


def drawn(answer):
    """Read what the picture of a page is told: its address and how its steps stand."""
    host = parsed(answer).find(".//div[@data-diagram-url]")
    return host.get("data-diagram-url"), json.loads(host.get("data-marks"))


def told(answer, name):
    """Read what the page says in words of a step."""
    for step in parsed(answer).iterfind(".//ol[@class='way-in-words']//li"):
        if step.findtext("strong") == name or step.findtext("details/summary/strong") == name:
            return " ".join("".join(step.itertext()).split())
    return None


def test_the_picture_opens_where_the_case_stands(mentor, page):
    address, marks = drawn(mentor.get(page))
    assert address.endswith("?sheet=work_together")
    assert marks["record_meeting"] == "open"
    assert b'id="pair_meetings"' in mentor.get(address).data


def test_the_sheets_around_say_what_is_done_open_and_may_come(mentor, page):
    _address, whole = drawn(mentor.get(f"{page}?sheet="))
    assert whole["pair_formed"] == "done"
    assert whole["go_together"] == "open"
    assert whole["ended_completed"] == "ahead"
    _address, path = drawn(mentor.get(f"{page}?sheet=walk_together"))
    standing = [path[one] for one in ("get_acquainted", "try_together", "plan_together", "work_together")]
    assert standing == ["done", "done", "done", "open"]
    assert path["conclude_together"] == "ahead"


def test_a_sheet_leads_inside_and_back(mentor, page):
    answer = mentor.get(f"{page}?sheet=walk_together")
    around = [one.get("href") for one in parsed(answer).iterfind(".//nav[@class='sheet-trail']//a")]
    assert [one.partition("?")[2] for one in around] == ["sheet=#way", "sheet=go_together#way"]
    inside = [one.get("href") for one in parsed(answer).iterfind(".//p[@class='diagram-doors']/a")]
    assert f"{page}?sheet=try_together#way" in inside
    assert all(mentor.get(one).status_code == 200 for one in [*around, *inside])


def test_what_a_finished_sheet_did_not_need_is_marked_so(mentor, page):
    _address, trial = drawn(mentor.get(f"{page}?sheet=try_together"))
    assert {"done", "not_taken"} == set(trial.values())


def test_the_same_is_said_in_words_with_who_and_when(mentor, page, college):
    answer = mentor.get(page)
    goals = told(answer, "Составить карту целей")
    assert "сделано" in goals
    assert "Артём Стрижов · 7 сентября" in goals
    assert "сейчас" in told(answer, "Рабочие встречи")
    assert "может быть" in told(answer, "Итоговая встреча")


def test_a_case_ended_early_shows_where_it_was_broken_off(mentor, page, as_, college, case_id):
    cancel_case(as_(college.curator), case_id, "Переезд")
    _address, whole = drawn(mentor.get(f"{page}?sheet="))
    assert whole["go_together"] == "stopped"
    assert whole["ended_completed"] == "not_taken"
    assert "прервано" in told(mentor.get(page), "Рабочие встречи")


def test_a_sheet_that_is_not_of_this_case_is_not_found(mentor, page):
    for sheet in ("run_stage_1", "record_meeting", "no_such_step"):
        assert mentor.get(f"{page}?sheet={sheet}").status_code == 404
    assert mentor.get(f"{page}/diagram?sheet=no_such_step").status_code == 404


def test_what_comes_next_is_work_and_never_an_event(work, case_id):
    texts = load_pack(work, work.session.get_one(Case, case_id).pack_version_id).texts
    nodes = texts.drawing.nodes.values()
    tasks = [node.get("id") for node in nodes if node.tag.endswith("}userTask")]
    events = {
        texts.name(node.get("id"), "ru") for node in nodes if node.tag.endswith("Event") and node.get("id")
    }
    works = {
        texts.name(node.get("id"), "ru") for node in nodes if node.tag.endswith(("Task", "callActivity"))
    }
    named = {step for task in tasks for step in texts.next_steps(task, "ru")}
    assert "Хватит раза" in events
    assert named
    assert named - works == set()


def test_the_page_costs_few_statements(mentor, page, statements):
    with statements() as heard:
        assert mentor.get(page).status_code == 200
    assert len(heard) <= 25
