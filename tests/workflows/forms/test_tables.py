"""Tables show rows and ask for nothing."""

import pytest

from workflows import forms

PLAN = {
    "type": "table",
    "label": "План",
    "dataSource": "=plan",
    "columns": [{"label": "Цель", "key": "title"}, {"label": "Срок", "key": "due_on"}],
}


def test_a_table_takes_no_answer(form_of, answer, refuse):
    form = form_of(PLAN, {"key": "note"})
    assert answer(form, {"note": "да"}, {"plan": [{"title": "Алгебра"}]}) == {"note": "да"}
    assert set(refuse(form, {"plan": []})) == {"plan"}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"label": ""}, "form_label_missing"),
        ({"dataSource": "plan"}, "form_property_wrong"),
        ({"dataSource": None}, "form_property_wrong"),
        ({"dataSource": "=1 +"}, "expression_wrong"),
        ({"columns": []}, "form_property_wrong"),
        ({"columns": None}, "form_property_wrong"),
        ({"columns": [{"label": "Цель"}]}, "form_property_wrong"),
        ({"columns": [{"label": " ", "key": "title"}]}, "form_property_wrong"),
        ({"columns": ["title"]}, "form_property_wrong"),
    ],
)
def test_a_table_that_could_not_be_read_is_found_when_the_form_is_read(schema, wrong, code):
    assert code in {one.code for one in forms.complaints(schema(PLAN | wrong))}


def test_a_right_one_is_not_complained_about(schema):
    assert forms.complaints(schema(PLAN)) == []
