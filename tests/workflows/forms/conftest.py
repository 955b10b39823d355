"""Forms for the tests of this room; the clock of a person in Moscow stands at nine in the morning."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from workflows import forms
from workflows.refusals import Complaint, Invalid

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=ZoneInfo("Europe/Moscow"))

Answer = Callable[..., dict[str, Any]]
Refuse = Callable[..., dict[str, list[Complaint]]]


@pytest.fixture(scope="session")
def every_kind() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(Path(__file__).with_name("every_kind.form").read_text("utf-8"))
    return schema


@pytest.fixture(scope="session")
def form_of() -> Callable[..., forms.Form]:
    """Read a form out of its components; what every component needs is filled in."""

    def read(*components: dict[str, Any]) -> forms.Form:
        return forms.read(schema_of(*components))

    return read


def schema_of(*components: dict[str, Any]) -> dict[str, Any]:
    def whole(component: dict[str, Any], place: str) -> dict[str, Any]:
        basics = {"id": f"F_{place}", "type": "textfield", "label": "Question"}
        inside = [whole(part, f"{place}_{n}") for n, part in enumerate(component.get("components", ()))]
        return basics | component | ({"components": inside} if inside else {})

    return {
        "type": "default",
        "id": "form",
        "components": [whole(c, str(n)) for n, c in enumerate(components)],
    }


@pytest.fixture(scope="session")
def schema() -> Callable[..., dict[str, Any]]:
    return schema_of


@pytest.fixture(scope="session")
def answer() -> Answer:
    def check(form: forms.Form, raw: Any, context: dict[str, Any] | None = None) -> dict[str, Any]:
        return forms.check(form, raw, context=context or {}, now=NOW)

    return check


@pytest.fixture(scope="session")
def refuse() -> Refuse:
    def check(
        form: forms.Form, raw: Any, context: dict[str, Any] | None = None
    ) -> dict[str, list[Complaint]]:
        with pytest.raises(Invalid) as refusal:
            forms.check(form, raw, context=context or {}, now=NOW)
        return dict(refusal.value.problems)

    return check


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW
