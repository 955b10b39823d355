"""Whatever is sent, whatever a form looks like: clean JSON comes out, or a refusal in words."""

import json
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workflows import forms
from workflows.refusals import Complaint, Invalid

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.binary(max_size=5)
    | st.sampled_from(
        ["on", "1,5", "31.05.2026", "2026-06-07T15:00", "14:30", "a@x.org", "good", "bad", "study", "1"]
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = [
    "mentee_name",
    "title",
    "held_on",
    "next_at",
    "began_at",
    "hours",
    "guardian",
    "mood",
    "why",
    "topics",
    "place",
    "is_online",
    "tags",
    "goals",
    "private",
    "goal_count",
    "agree",
    "extra",
]
PEOPLE = st.fixed_dictionaries({}, optional={"mail": JSON, "phone": JSON, "more": JSON})
ROWS = st.lists(
    st.fixed_dictionaries({}, optional={"title": JSON, "is_done": JSON, "proof": JSON}) | JSON, max_size=3
)
SENT = (
    st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON) | {"guardian": PEOPLE, "goals": ROWS}) | JSON
)
CASES = st.fixed_dictionaries({}, optional={"mentee_name": st.text(), "known_topics": JSON, "pair": JSON})


@given(sent=SENT)
@settings(max_examples=300, deadline=None)
def test_whatever_is_sent_is_taken_clean_or_refused_in_words(now, sent):
    form = form_of_every_kind()
    try:
        clean = forms.check(form, sent, context={"known_topics": ["study"]}, now=now)
    except Invalid as refusal:
        look_at(refusal)
        return
    text = json.dumps(clean, ensure_ascii=False, allow_nan=False)
    text.encode()
    assert "\\u0000" not in text
    again = {key: value for key, value in clean.items() if key not in {"goal_count", "mentee_name"}}
    assert forms.check(form, again, context={"known_topics": ["study"]}, now=now) == clean


def look_at(refusal: Invalid) -> None:
    """See that there is something to say beside a field, and that it can be said."""
    said = [one for found in refusal.problems.values() for one in found]
    assert said
    assert all(isinstance(one, Complaint) for one in said)
    json.dumps([one.values for one in said])


@given(case=CASES)
@settings(max_examples=60, deadline=None)
def test_whatever_the_case_knows_the_form_can_be_filled_in(now, case):
    with suppress(Invalid):
        forms.check(form_of_every_kind(), {"topics": ["study"], "mood": "bad"}, context=case, now=now)


COMPONENT_KEYS = [
    "type",
    "id",
    "key",
    "path",
    "label",
    "text",
    "description",
    "values",
    "valuesKey",
    "valuesExpression",
    "validate",
    "conditional",
    "defaultValue",
    "readonly",
    "disabled",
    "layout",
    "components",
    "subtype",
    "increment",
    "decimalDigits",
    "expression",
    "appearance",
    "height",
    "defaultRepetitions",
]
TYPES = st.sampled_from(
    [
        "textfield",
        "number",
        "radio",
        "checklist",
        "datetime",
        "group",
        "dynamiclist",
        "text",
        "expression",
        "spacer",
        "checkbox",
        "hologram",
        "table",
    ]
)
RULES = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("required", "min", "max", "minLength", "maxLength", "pattern", "hide", "row"), JSON
    ),
)


def component(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = dict.fromkeys(COMPONENT_KEYS, JSON) | {
        "type": TYPES,
        "id": st.from_regex("[A-Z][a-z]{1,5}", fullmatch=True),
        "validate": RULES | JSON,
        "key": st.sampled_from(["a", "b", "c.d", "e", "typename", " "]),
        "components": st.lists(inner, max_size=3),
    }
    return st.fixed_dictionaries({}, optional=parts)


FORMS = st.recursive(component(JSON), component, max_leaves=6)


@given(schema=st.fixed_dictionaries({"components": st.lists(FORMS, max_size=3)}) | JSON)
@settings(max_examples=200, deadline=None)
def test_whatever_a_form_looks_like_it_is_read_or_its_faults_are_listed(schema, now):
    found = forms.complaints(schema)
    json.dumps(found, default=str)
    if not found:
        form = forms.read(schema)
        with suppress(Invalid):
            forms.check(form, {}, context={}, now=now)


@lru_cache(maxsize=1)
def form_of_every_kind() -> forms.Form:
    return forms.read(json.loads(Path(__file__).with_name("every_kind.form").read_text("utf-8")))
