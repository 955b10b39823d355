"""Check all forms of a pack before it is installed, beyond what the engine's own check can know."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from workflows.engine.check.form_parts import Part
from workflows.engine.check.problems import ERROR, Problem, Severity
from workflows.forms.reading import complaints
from workflows.forms.source import Finding

FAULTS: Mapping[str, tuple[str, ...]] = {
    "form_id_wrong": (),
    "form_id_duplicate": (),
    "form_property_range": ("property", "least", "most"),
    "form_limits_contradict": ("minimum", "maximum"),
    "form_default_wrong": ("value",),
    "form_expression_missing": (),
    "form_expression_too_long": ("limit",),
    "form_template_unsupported": ("property",),
    "form_pattern_broken": ("pattern",),
    "form_pattern_looks_around": ("pattern",),
    "form_pattern_too_large": ("pattern",),
    "form_too_deep": ("limit",),
    "form_too_large": ("limit",),
}
"""What only reading a form can find, with the values that each carries; the rest are codes of the check."""


class FormProblem(Problem):
    """A form that nobody could fill in: the pack cannot be installed with it."""

    @property
    def severity(self) -> Severity:
        return ERROR


def check_forms(files: Mapping[str, bytes], known: Collection[Problem] = ()) -> list[Problem]:
    """List what keeps the forms of a pack from being used. Files already complained about are passed over."""
    seen = {problem.file for problem in known if problem.is_error}
    return [
        problem
        for file, content in sorted(files.items())
        if file.endswith(".form") and file not in seen
        for problem in _check_form(file, content)
    ]


def _check_form(file: str, content: bytes) -> Iterator[Problem]:
    try:
        text = content.decode("utf-8-sig")
        schema = json.loads(text)
    except (ValueError, RecursionError):
        schema = text = ""
    for found in complaints(schema):
        yield _problem(file, text, schema, found)


def _problem(file: str, text: str, schema: Any, found: Finding) -> Problem:
    data = _find(schema, found.component) or {"id": found.component}
    place = Part(file, text, data).place
    return FormProblem(file, found.component, place.name, place.line, found.code, found.values, found.cause)


def _find(schema: Any, component: str) -> dict[str, Any] | None:
    """Find the component with this id, for its label and its line."""
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, dict):
            continue
        if part.get("id") == component and "type" in part:
            return part
        inner = part.get("components")
        waiting.extend(inner if isinstance(inner, list) else ())
    return None
