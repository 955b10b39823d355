"""A form is read as the editor saves it, or refused with all that is wrong with it."""

import json
import re
from pathlib import Path

import pytest

from workflows import forms
from workflows.engine.check import CODES
from workflows.forms import faults
from workflows.refusals import Complaint, Invalid

OPTIONS = ["a", "b"]


def codes(schema):
    return [(component, code) for component, code, *_ in forms.complaints(schema)]


def test_a_form_with_every_kind_of_part_is_read(every_kind):
    assert forms.complaints(every_kind) == []
    form = forms.read(every_kind)
    assert form.id == "every_kind"
    assert {type(part).__name__ for part in form.scope.all} == {
        "Text",
        "TextField",
        "MomentField",
        "NumberField",
        "Choice",
        "Choices",
        "Checkbox",
        "Separator",
        "DynamicList",
        "Spacer",
        "Group",
        "Computed",
    }


def test_answers_of_every_kind_come_back_clean(every_kind, answer):
    raw = {
        "title": "Знакомство",
        "held_on": "31.05.2026",
        "next_at": "2026-06-07T15:00",
        "began_at": "14:30",
        "hours": "1,5",
        "guardian": {"mail": "a@x.org", "phone": "8 912 345 67 89"},
        "mood": "bad",
        "why": "дождь",
        "topics": ["study"],
        "place": "school",
        "is_online": "on",
        "tags": ["1", "3"],
        "goals": [{"title": "Читать", "is_done": "on", "proof": "книга"}, {"title": "Бегать"}],
        "private": {"notes": ""},
        "agree": "on",
    }
    case = {"mentee_name": "Алиса", "known_topics": [{"label": "Учёба", "value": "study"}]}
    clean = answer(forms.read(every_kind), raw, case)
    assert clean == {
        "mentee_name": "Алиса",
        "title": "Знакомство",
        "held_on": "2026-05-31",
        "next_at": "2026-06-07T15:00+03:00",
        "began_at": "14:30",
        "hours": 1.5,
        "guardian": {"mail": "a@x.org", "phone": "+79123456789"},
        "mood": "bad",
        "why": "дождь",
        "topics": ["study"],
        "place": "school",
        "is_online": True,
        "tags": [1, 3],
        "goals": [
            {"title": "Читать", "is_done": True, "proof": "книга"},
            {"title": "Бегать", "is_done": False},
        ],
        "private": {"notes": ""},
        "agree": True,
        "goal_count": 2,
    }
    del clean["goal_count"], clean["mentee_name"]
    assert answer(forms.read(every_kind), clean, case) == clean | {"mentee_name": "Алиса", "goal_count": 2}


@pytest.mark.parametrize(
    ("component", "code"),
    [
        ({"type": "filepicker", "key": "file"}, "form_component_unknown"),
        ({"type": "html", "content": "<b>"}, "form_component_unknown"),
        ({"type": "hologram"}, "form_component_unknown"),
        ({"type": None}, "form_component_unknown"),
        ({"key": "a", "id": ""}, "form_id_wrong"),
        ({"key": "a", "id": "two words"}, "form_id_wrong"),
        ({}, "form_key_missing"),
        ({"key": "a b"}, "form_key_wrong"),
        ({"key": "a..b"}, "form_key_wrong"),
        ({"key": "_action"}, "form_key_wrong"),
        ({"key": "0"}, "form_key_wrong"),
        ({"key": "this"}, "form_key_reserved"),
        ({"key": "a.parent.b"}, "form_key_reserved"),
        ({"key": "csrf_token"}, "form_key_reserved"),
        ({"key": "a", "label": "  "}, "form_label_missing"),
        ({"key": "a", "label": 5}, "form_property_wrong"),
        ({"key": "a", "validate": "yes"}, "form_property_wrong"),
        ({"key": "a", "validate": {"required": "yes"}}, "form_property_wrong"),
        ({"key": "a", "validate": {"minLength": "many"}}, "form_property_wrong"),
        ({"key": "a", "validate": {"minLength": -1}}, "form_property_range"),
        ({"key": "a", "validate": {"maxLength": 10**6}}, "form_property_range"),
        ({"key": "a", "validate": {"minLength": 5, "maxLength": 3}}, "form_limits_contradict"),
        ({"key": "a", "validate": {"validationType": "passport"}}, "form_property_wrong"),
        ({"key": "a", "validate": {"pattern": "(a"}}, "form_pattern_broken"),
        ({"key": "a", "validate": {"pattern": "(?=a)"}}, "form_pattern_looks_around"),
        ({"key": "a", "validate": {"pattern": "a" * 501}}, "form_pattern_too_large"),
        ({"key": "a", "conditional": {"hide": "=a >"}}, "expression_wrong"),
        ({"key": "a", "conditional": {"hide": "=" + "1+" * 3000 + "1"}}, "form_expression_too_long"),
        ({"key": "a", "readonly": "=)("}, "expression_wrong"),
        ({"key": "a", "description": "Hello {{name +}}"}, "expression_wrong"),
        ({"key": "a", "description": "{{#loop xs}}x{{/loop}}"}, "form_template_unsupported"),
        ({"key": "a", "layout": {"columns": 17}}, "form_property_range"),
        ({"key": "a", "type": "number", "increment": 0}, "form_property_wrong"),
        ({"key": "a", "type": "number", "decimalDigits": 40}, "form_property_range"),
        ({"key": "a", "type": "number", "defaultValue": "five"}, "form_default_wrong"),
        ({"key": "a", "type": "radio", "values": OPTIONS, "defaultValue": "c"}, "form_default_wrong"),
        ({"key": "a", "type": "radio"}, "form_options_missing"),
        ({"key": "a", "type": "radio", "values": []}, "form_options_missing"),
        ({"key": "a", "type": "radio", "values": [{"label": "x"}]}, "form_property_wrong"),
        ({"key": "a", "type": "radio", "values": ["1", 1]}, "form_option_duplicate"),
        ({"key": "a", "type": "select", "valuesExpression": "=["}, "expression_wrong"),
        ({"key": "a", "type": "datetime", "subtype": "week"}, "form_property_wrong"),
        ({"key": "a", "type": "datetime", "timeSerializingFormat": "lunar"}, "form_property_wrong"),
        ({"key": "a", "type": "expression"}, "form_expression_missing"),
        ({"type": "dynamiclist", "components": [{"key": "a"}]}, "form_key_missing"),
        ({"type": "dynamiclist", "path": "a"}, "form_property_wrong"),
        (
            {"type": "dynamiclist", "path": "a", "defaultRepetitions": 1000, "components": [{"key": "b"}]},
            "form_property_range",
        ),
    ],
)
def test_what_cannot_be_used_is_named_with_its_component(schema, component, code):
    broken = schema(component)
    found = codes(broken)
    assert code in [said for _, said in found]
    assert all(component for component, _ in found)
    with pytest.raises(Invalid) as refusal:
        forms.read(broken)
    assert refusal.value.key == "form_unreadable"


@pytest.mark.parametrize(
    "keys",
    [("a", "a"), ("a", "a.b"), ("a.b", "a"), ("a.b.c", "a.b")],
)
def test_two_questions_may_not_share_a_place(schema, keys):
    assert ("F_1", "form_key_duplicate") in codes(schema(*({"key": key} for key in keys)))


def test_the_same_key_may_stand_in_different_rows_and_groups(schema):
    rows = {"type": "dynamiclist", "path": "rows", "components": [{"key": "a"}]}
    group = {"type": "group", "path": "group", "components": [{"key": "a"}]}
    assert codes(schema({"key": "a"}, rows, group)) == []


def test_two_components_may_not_share_an_id(schema):
    assert codes(schema({"key": "a", "id": "X"}, {"key": "b", "id": "X"})) == [("X", "form_id_duplicate")]


def test_why_an_expression_is_broken_comes_with_it(schema):
    (found,) = forms.complaints(schema({"key": "a", "conditional": {"hide": "=1 +"}}))
    assert found.values["expression"] == "1 +"
    assert found.values["reason"]
    assert found.cause.code == "ends_too_early"


def test_a_form_too_large_or_too_deep_is_refused(schema):
    many = schema(*({"key": f"k{number}"} for number in range(400)))
    assert codes(many) == [("F_300", "form_too_large")]
    deep = {"key": "a"}
    for _ in range(12):
        deep = {"type": "group", "components": [deep]}
    assert "form_too_deep" in [code for _, code in codes(schema(deep))]


@pytest.mark.parametrize("whole", [None, [], "form", {}, {"components": {}}, {"components": None}])
def test_what_is_no_form_at_all_is_refused(whole):
    assert codes(whole) == [("", "form_without_components")]


def test_every_problem_of_a_form_is_told_at_once(schema):
    broken = schema({"type": "filepicker"}, {"key": "a b"}, {"key": "c", "label": ""})
    with pytest.raises(Invalid) as refusal:
        forms.read(broken)
    assert dict(refusal.value.problems) == {
        "F_0": [Complaint("form_component_unknown", type="filepicker")],
        "F_1": [Complaint("form_key_wrong", key="a b")],
        "F_2": [Complaint("form_label_missing")],
    }


def test_buttons_are_left_to_the_page(schema):
    assert forms.read(schema({"type": "button", "action": "submit"})).scope.all == ()


def test_the_forms_of_a_pack_are_checked_with_their_place(schema):
    broken = json.dumps(
        schema({"key": "a"}, {"key": "b", "label": "Класс", "validate": {"pattern": "(?=a)"}}), indent=1
    )
    files = {
        "forms/a.form": broken.encode(),
        "forms/b.form": b"{}",
        "forms/c.form": b"\xff",
        "pair.bpmn": b"<x/>",
    }
    found = forms.check_forms(files)
    assert [(one.file, one.element, one.code) for one in found] == [
        ("forms/a.form", "F_1", "form_pattern_looks_around"),
        ("forms/b.form", "", "form_without_components"),
        ("forms/c.form", "", "form_without_components"),
    ]
    assert found[0].name == "Класс"
    assert broken.splitlines()[found[0].line - 1].strip().startswith('"id": "F_1"')
    assert all(one.is_error for one in found)
    assert forms.check_forms(files, known=found) == []


def test_every_fault_is_known_with_the_values_it_carries(schema):
    sources = [path.read_text("utf-8") for path in Path(faults.__file__).parent.glob("*.py")]
    said = {code for source in sources for code in re.findall(r'"(form_[a-z_]+)"', source)} - {
        "form_unreadable"
    }
    assert said <= set(faults.FAULTS) | set(CODES)
    assert set(faults.FAULTS) <= said
    assert not set(faults.FAULTS) & set(CODES)
