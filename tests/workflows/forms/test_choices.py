"""Ticks, one of several, any of several."""

import pytest

from workflows.refusals import Complaint

OPTIONS = [
    {"label": "One", "value": 1},
    {"label": "Half", "value": 0.5},
    {"label": "Yes", "value": True},
    "plain",
]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [(True, True), ("on", True), ("true", True), (False, False), ("off", False), ("", False), (None, False)],
)
def test_a_box_is_ticked_or_not(form_of, answer, sent, kept):
    form = form_of({"key": "is_last", "type": "checkbox"})
    assert answer(form, {"is_last": sent}) == {"is_last": kept}
    assert answer(form, {}) == {"is_last": False}


def test_a_box_that_must_be_ticked_says_so(form_of, refuse):
    form = form_of({"key": "agree", "type": "checkbox", "validate": {"required": True}})
    for raw in ({}, {"agree": False}, {"agree": "off"}):
        assert refuse(form, raw) == {"agree": [Complaint("must_be_ticked")]}
    assert refuse(form, {"agree": "maybe"}) == {"agree": [Complaint("not_yes_or_no")]}


@pytest.mark.parametrize("kind", ["radio", "select"])
@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("1", 1),
        (1, 1),
        (1.0, 1),
        ("0.5", 0.5),
        (0.5, 0.5),
        ("true", True),
        (True, True),
        ("plain", "plain"),
        ("", None),
    ],
)
def test_a_choice_is_kept_with_the_value_of_its_option(form_of, answer, kind, sent, kept):
    clean = answer(form_of({"key": "mood", "type": kind, "values": OPTIONS}), {"mood": sent})
    assert clean == {"mood": kept}
    assert type(clean["mood"]) is type(kept)


@pytest.mark.parametrize(
    "sent", ["2", "One", 2, False, ["1"], {"value": 1}, 10**400, float("nan"), "x" * 5000]
)
def test_what_is_not_offered_cannot_be_chosen(form_of, refuse, sent):
    form = form_of({"key": "mood", "type": "radio", "values": OPTIONS})
    said = refuse(form, {"mood": sent})
    assert list(said) == ["mood"]
    assert said["mood"][0].key in {"out_of_choices", "not_a_number"}


@pytest.mark.parametrize("kind", ["checklist", "taglist"])
def test_several_can_be_chosen_once_each(form_of, answer, refuse, kind):
    form = form_of({"key": "topics", "type": kind, "values": OPTIONS})
    assert answer(form, {"topics": ["1", "plain", 1]}) == {"topics": [1, "plain"]}
    assert answer(form, {}) == {"topics": []}
    assert refuse(form, {"topics": "plain"}) == {"topics": [Complaint("not_a_list")]}
    assert refuse(form, {"topics": ["plain", "other"]}) == {"topics": [Complaint("out_of_choices")]}
    assert refuse(form, {"topics": ["plain"] * 501}) == {"topics": [Complaint("out_of_choices")]}


def test_a_required_list_needs_one_choice(form_of, refuse):
    form = form_of({"key": "topics", "type": "checklist", "values": OPTIONS, "validate": {"required": True}})
    for raw in ({}, {"topics": []}, {"topics": [""]}):
        assert refuse(form, raw) == {"topics": [Complaint("required")]}


def test_options_can_come_from_the_case(form_of, answer, refuse):
    form = form_of({"key": "mentor", "type": "select", "valuesKey": "mentors"})
    case = {
        "mentors": [
            {"label": "Анна", "value": 7},
            "Олег",
            {"label": "no value"},
            None,
            {"label": "x", "value": {}},
        ]
    }
    assert answer(form, {"mentor": "7"}, case) == {"mentor": 7}
    assert answer(form, {"mentor": "Олег"}, case) == {"mentor": "Олег"}
    assert refuse(form, {"mentor": "8"}, case) == {"mentor": [Complaint("out_of_choices")]}
    assert refuse(form, {"mentor": "7"}, {"mentors": "no list"}) == {"mentor": [Complaint("out_of_choices")]}


def test_options_can_be_computed_from_other_answers(form_of, answer, refuse):
    form = form_of(
        {"key": "first", "type": "number"},
        {"key": "pick", "type": "checklist", "valuesExpression": "=[first, first + 1]"},
    )
    assert answer(form, {"first": "5", "pick": ["6"]}) == {"first": 5, "pick": [6]}
    assert refuse(form, {"first": "5", "pick": ["7"]}) == {"pick": [Complaint("out_of_choices")]}
