"""Answers inside answers: keys with points, groups with a path, lists with rows."""

import pytest

from workflows.refusals import Complaint

GOALS = {
    "type": "dynamiclist",
    "path": "plan.goals",
    "allowAddRemove": True,
    "components": [
        {"key": "title", "validate": {"maxLength": 5}},
        {"key": "is_done", "type": "checkbox"},
        {"type": "dynamiclist", "path": "steps", "allowAddRemove": True, "components": [{"key": "what"}]},
    ],
}


def test_keys_with_points_and_groups_with_a_path_nest(form_of, answer):
    form = form_of(
        {"key": "guardian.name"},
        {"type": "group", "path": "guardian", "components": [{"key": "phone"}, {"key": "work.place"}]},
    )
    raw = {"guardian": {"name": "Анна", "phone": "112", "work": {"place": "завод"}}}
    assert answer(form, raw) == raw
    assert answer(form, {}) == {"guardian": {"name": "", "phone": "", "work": {"place": ""}}}


def test_each_row_is_checked_and_messages_find_their_row(form_of, answer, refuse):
    form = form_of(GOALS)
    rows = [{"title": "abc", "steps": [{"what": " x "}]}, {"title": "def", "is_done": "on"}]
    assert answer(form, {"plan": {"goals": rows}}) == {
        "plan": {
            "goals": [
                {"title": "abc", "is_done": False, "steps": [{"what": "x"}]},
                {"title": "def", "is_done": True, "steps": []},
            ]
        }
    }
    wrong = [{"title": "abc"}, {"title": "abcdef", "steps": [{"what": 1}]}, "no row"]
    assert refuse(form, {"plan": {"goals": wrong}}) == {
        "plan.goals.1.title": [Complaint("too_long", maximum=5)],
        "plan.goals.1.steps.0.what": [Complaint("not_text")],
        "plan.goals.2": [Complaint("not_an_object")],
    }


def test_rows_left_empty_are_dropped_where_rows_come_and_go(form_of, answer):
    form = form_of(GOALS)
    rows = [
        {"title": ""},
        {"title": "abc", "steps": [{"what": ""}]},
        {"is_done": False, "steps": [{"what": " "}]},
    ]
    assert answer(form, {"plan": {"goals": rows}})["plan"]["goals"] == [
        {"title": "abc", "is_done": False, "steps": []}
    ]


def test_rows_left_empty_stay_where_their_number_is_fixed(form_of, answer):
    form = form_of({"type": "dynamiclist", "path": "weeks", "components": [{"key": "note"}]})
    assert answer(form, {"weeks": [{"note": ""}, {"note": "x"}]}) == {"weeks": [{"note": ""}, {"note": "x"}]}


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        ({"plan": "text"}, {"plan": [Complaint("not_an_object")]}),
        ({"plan": {"goals": {"0": {}}}}, {"plan.goals": [Complaint("not_a_list")]}),
        ({"plan": {"goals": [{}] * 101}}, {"plan.goals": [Complaint("too_many_rows", maximum=100)]}),
        ({"plan": {"goals": [{"owner": 1}]}}, {"plan.goals.0.owner": [Complaint("unknown_field")]}),
        ({"plan": {"other": 1}}, {"plan.other": [Complaint("unknown_field")]}),
        ({"typename": "X"}, {"typename": [Complaint("unknown_field")]}),
        ({7: 1}, {"7": [Complaint("unknown_field")]}),
        ("text", {"": [Complaint("not_an_object")]}),
        (None, {"": [Complaint("not_an_object")]}),
    ],
)
def test_what_the_form_does_not_ask_for_is_refused_by_name(form_of, refuse, sent, complaint):
    assert refuse(form_of(GOALS), sent) == complaint
    # The same is said where something depends on other answers.
    live = form_of(GOALS, {"key": "note", "conditional": {"hide": "=1 = 2"}})
    assert refuse(live, sent) == complaint
