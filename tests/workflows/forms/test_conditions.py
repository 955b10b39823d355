"""What depends on other answers: hidden, locked, computed, limited."""

import pytest

from workflows.refusals import Complaint

MOOD = {"key": "mood", "type": "radio", "values": ["good", "bad"]}
WHY = {"key": "why", "validate": {"required": True}, "conditional": {"hide": '=mood != "bad"'}}


def test_a_hidden_field_is_neither_asked_for_nor_kept(form_of, answer):
    form = form_of(MOOD, WHY)
    assert answer(form, {"mood": "good"}) == {"mood": "good"}
    assert answer(form, {"mood": "good", "why": "left over"}) == {"mood": "good"}
    assert answer(form, {"mood": "good", "why": ["no text at all"]}) == {"mood": "good"}


def test_a_field_that_other_answers_show_is_asked_for(form_of, answer, refuse):
    form = form_of(MOOD, WHY)
    assert refuse(form, {"mood": "bad"}) == {"why": [Complaint("required")]}
    assert answer(form, {"mood": "bad", "why": "rain"}) == {"mood": "bad", "why": "rain"}


def test_hiding_one_field_hides_what_depended_on_it(form_of, answer):
    second = {"key": "who", "conditional": {"hide": '=not(why = "people")'}}
    form = form_of(second, WHY, MOOD)
    assert answer(form, {"mood": "bad", "why": "people", "who": "x"}) == {
        "mood": "bad",
        "why": "people",
        "who": "x",
    }
    assert answer(form, {"mood": "good", "why": "people", "who": "x"}) == {"mood": "good"}


def test_a_hidden_group_hides_all_that_is_in_it(form_of, answer, refuse):
    group = {
        "type": "group",
        "path": "talk",
        "conditional": {"hide": '=mood = "good"'},
        "components": [
            {"key": "with_whom", "validate": {"required": True}},
            {"type": "group", "components": [{"key": "about", "validate": {"required": True}}]},
        ],
    }
    form = form_of(MOOD, group)
    assert answer(form, {"mood": "good", "talk": {"about": "x"}}) == {"mood": "good"}
    required = [Complaint("required")]
    assert refuse(form, {"mood": "bad"}) == {"talk.with_whom": required, "talk.about": required}


def test_a_hidden_list_is_dropped_whole(form_of, answer, refuse):
    goals = {
        "type": "dynamiclist",
        "path": "goals",
        "conditional": {"hide": '=mood = "good"'},
        "components": [
            {"key": "title", "validate": {"required": True}},
        ],
    }
    form = form_of(MOOD, goals)
    assert answer(form, {"mood": "good", "goals": [{}, {"title": 5}]}) == {"mood": "good"}
    assert refuse(form, {"mood": "bad", "goals": [{}]}) == {"goals.0.title": [Complaint("required")]}


def test_conditions_see_what_the_case_knows(form_of, answer):
    form = form_of({"key": "school", "conditional": {"hide": "=record_meeting.is_last"}})
    assert answer(form, {"school": "41"}, {"record_meeting": {"is_last": True}}) == {}
    assert answer(form, {"school": "41"}, {"record_meeting": {"is_last": False}}) == {"school": "41"}


def test_a_condition_that_fails_hides_nothing(form_of, answer):
    form = form_of(
        MOOD,
        {"key": "a", "conditional": {"hide": '=mood + 1 > "x"'}},
        {"key": "b", "conditional": {"hide": "=nobody.knows"}},
    )
    assert answer(form, {"mood": "bad", "a": "1", "b": "2"}) == {"mood": "bad", "a": "1", "b": "2"}


def test_conditions_that_contradict_one_another_come_to_an_end(form_of, answer):
    form = form_of(
        {"key": "a", "conditional": {"hide": '=b != null and b != ""'}},
        {"key": "b", "conditional": {"hide": '=a = null or a = ""'}},
    )
    assert set(answer(form, {"a": "1", "b": "2"})) <= {"a", "b"}


def test_a_row_sees_itself_its_surroundings_and_its_number(form_of, answer, refuse):
    goals = {
        "type": "dynamiclist",
        "path": "goals",
        "components": [
            {"key": "title"},
            {"key": "is_done", "type": "checkbox"},
            {
                "key": "proof",
                "validate": {"required": True},
                "conditional": {"hide": "=this.is_done != true"},
            },
            {"key": "first_only", "conditional": {"hide": "=i[1] != 1"}},
            {"key": "strict_only", "conditional": {"hide": "=parent.is_strict != true"}},
        ],
    }
    form = form_of({"key": "is_strict", "type": "checkbox"}, goals)
    rows = [{"title": "a", "is_done": "on", "proof": "seen"}, {"title": "b"}]
    assert answer(form, {"goals": rows}) == {
        "is_strict": False,
        "goals": [
            {"title": "a", "is_done": True, "proof": "seen", "first_only": ""},
            {"title": "b", "is_done": False},
        ],
    }
    assert refuse(form, {"goals": [{"title": "a"}, {"title": "b", "is_done": True}]}) == {
        "goals.1.proof": [Complaint("required")]
    }
    assert "strict_only" in answer(form, {"is_strict": True, "goals": [{"title": "a"}]})["goals"][0]


@pytest.mark.parametrize("lock", [{"disabled": True}, {"readonly": True}, {"readonly": "=closed"}])
def test_a_locked_field_keeps_what_is_known_whatever_is_sent(form_of, answer, lock):
    form = form_of({"key": "mentee.name", "validate": {"required": True, "maxLength": 3}} | lock)
    case = {"closed": True, "mentee": {"name": "Alice"}}
    for raw in ({}, {"mentee": {"name": "Mallory"}}, {"mentee": {"name": 7}}, {"mentee": None}):
        assert answer(form, raw, case) == {"mentee": {"name": "Alice"}}


def test_a_locked_field_without_anything_known_keeps_its_default(form_of, answer):
    form = form_of(
        {"key": "kind", "defaultValue": "pair", "disabled": True}, {"key": "note", "readonly": True}
    )
    assert answer(form, {"kind": "group", "note": "x"}) == {"kind": "pair", "note": ""}


def test_a_field_that_an_expression_no_longer_locks_takes_answers(form_of, answer):
    form = form_of({"key": "name", "readonly": "=closed"})
    assert answer(form, {"name": "Bob"}, {"closed": False, "name": "Alice"}) == {"name": "Bob"}


def test_a_computed_value_is_ours_and_never_the_senders(form_of, answer):
    form = form_of(
        {"key": "hours", "type": "number"},
        {"type": "expression", "key": "minutes", "expression": "=hours * 60"},
        {"key": "long", "conditional": {"hide": "=minutes < 90"}},
    )
    assert answer(form, {"hours": "1", "minutes": 9999, "long": "x"}) == {"hours": 1, "minutes": 60}
    assert answer(form, {"hours": "2", "long": "x"}) == {"hours": 2, "minutes": 120, "long": "x"}


def test_limits_can_be_computed(form_of, answer, refuse):
    form = form_of(
        {"key": "planned", "type": "number"},
        {"key": "held", "type": "number", "validate": {"min": "=1", "max": "=planned"}},
        {"key": "note", "validate": {"minLength": "=planned", "maxLength": "=planned + 1"}},
    )
    assert answer(form, {"planned": 3, "held": 2, "note": "abc"})["held"] == 2
    assert refuse(form, {"planned": 3, "held": 4, "note": "ab"}) == {
        "held": [Complaint("too_large", maximum=3)],
        "note": [Complaint("too_short", minimum=3)],
    }
    assert refuse(form, {"planned": 3, "held": 0}) == {"held": [Complaint("too_small", minimum=1)]}
    assert answer(form, {"held": 4}) == {"planned": None, "held": 4, "note": ""}


def test_hiding_goes_on_inside_a_row_and_from_the_form_into_its_rows(form_of, answer):
    steps = {
        "type": "dynamiclist",
        "path": "steps",
        "components": [
            {"key": "c", "conditional": {"hide": '=this.b != "on"'}},
            {"key": "b", "conditional": {"hide": '=this.a != "on"'}},
            {"key": "a"},
            {"key": "outer", "conditional": {"hide": '=parent.second != "on"'}},
        ],
    }
    second = {"key": "second", "conditional": {"hide": '=first != "on"'}}
    form = form_of(steps, second, {"key": "first"})
    row = {"a": "on", "b": "on", "c": "x", "outer": "y"}
    assert answer(form, {"first": "on", "second": "on", "steps": [row]})["steps"] == [row]
    assert answer(form, {"first": "off", "second": "on", "steps": [row | {"a": "off"}]}) == {
        "steps": [{"a": "off"}],
        "first": "off",
    }
