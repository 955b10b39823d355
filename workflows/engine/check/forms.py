"""Forms: JSON as form-js saves it, of parts that we can show and check."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from workflows.engine.check.expressions import unreadable
from workflows.engine.check.form_parts import Part, day_problems, table_problems
from workflows.engine.check.problems import Problem, Spot, problem

FIELDS = {"textfield", "textarea", "number", "checkbox", "datetime"}
CHOICES = {"checklist", "radio", "select", "taglist"}
HOLDERS = {"group", "dynamiclist"}
# The page has buttons of its own, so that the one of form-js is passed over.
SHOWN = {"text", "separator", "spacer", "button", "expression", "table"}
KNOWN = FIELDS | CHOICES | HOLDERS | SHOWN
# Words of the page, of FEEL and of form-js.
RESERVED_KEYS = {"csrf_token", "this", "parent", "i", "null", "true", "false"}
_SEGMENT = re.compile(r"[^\W\d_]\w*")
_NUMBERS = {"min", "max", "minLength", "maxLength"}


def read_form(file: str, content: bytes) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Read a form; there is one exactly if there is no problem."""
    try:
        form = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except json.JSONDecodeError as cause:
        return None, [problem("form_broken", Spot(file, line=cause.lineno), reason=cause.msg)]
    except (ValueError, RecursionError) as cause:
        return None, [problem("form_broken", Spot(file), reason=str(cause))]
    if not isinstance(form, dict) or not isinstance(form.get("components"), list):
        return None, [problem("form_without_components", Spot(file, line=1))]
    return form, []


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def check_form(file: str, content: bytes) -> list[Problem]:
    """Check one form."""
    form, problems = read_form(file, content)
    if form is None:
        return problems
    key = PurePosixPath(file).stem
    if form.get("id") != key:
        problems.append(problem("form_id_differs", Spot(file, id=key, line=1), id=str(form.get("id", ""))))
    text = content.decode("utf-8-sig")
    return problems + list(_components(file, text, form["components"]))


def _components(file: str, text: str, components: list[Any]) -> Iterator[Problem]:
    """Check the parts of a form; a dynamic list has keys of its own."""
    waiting: list[tuple[list[Any], str, set[str]]] = [(components, "", set())]
    while waiting:
        level, prefix, keys = waiting.pop()
        for data in level:
            if not isinstance(data, dict):
                yield problem("form_component_unknown", Spot(file), type=type(data).__name__)
                continue
            part = Part(file, text, data)
            yield from _part(part)
            yield from _key(part, prefix, keys)
            inner = data.get("components")
            if isinstance(inner, list) and part.type == "dynamiclist":
                waiting.append((inner, "", set()))
            elif isinstance(inner, list) and part.type == "group":
                path = data.get("path")
                own = f"{path}." if isinstance(path, str) and path else ""
                waiting.append((inner, prefix + own, keys))


def _part(part: Part) -> Iterator[Problem]:
    if part.type not in KNOWN:
        yield problem("form_component_unknown", part.place, type=part.type)
        return
    if part.type in FIELDS | CHOICES | HOLDERS | {"table"} and not _label(part):
        yield problem("form_label_missing", part.place)
    if part.type in CHOICES:
        yield from _options(part)
    if part.type == "datetime":
        yield from day_problems(part)
    elif part.type == "table":
        yield from table_problems(part)
    yield from _properties(part)
    yield from _expressions(part)


def _label(part: Part) -> str:
    names = ("label", "dateLabel", "timeLabel") if part.type == "datetime" else ("label",)
    return next((label.strip() for name in names if isinstance(label := part.data.get(name), str)), "")


def _key(part: Part, prefix: str, keys: set[str]) -> Iterator[Problem]:
    if part.type not in FIELDS | CHOICES | {"dynamiclist", "expression"}:
        return
    key = part.data.get("path" if part.type == "dynamiclist" else "key")
    if not isinstance(key, str) or not key:
        yield problem("form_key_missing", part.place)
        return
    segments = f"{prefix}{key}".split(".")
    if not all(_SEGMENT.fullmatch(segment) for segment in segments):
        yield problem("form_key_wrong", part.place, key=key)
    elif not RESERVED_KEYS.isdisjoint(segments):
        yield problem("form_key_reserved", part.place, key=key)
    elif f"{prefix}{key}" in keys:
        yield problem("form_key_duplicate", part.place, key=key)
    keys.add(f"{prefix}{key}")


def _options(part: Part) -> Iterator[Problem]:
    values = part.data.get("values")
    if part.data.get("valuesKey") or part.data.get("valuesExpression"):
        return
    if not isinstance(values, list) or not values:
        yield problem("form_options_missing", part.place)
        return
    seen = set()
    for option in values:
        value = option.get("value") if isinstance(option, dict) else option
        if value is None or isinstance(value, dict | list) or not _has_text(option):
            yield problem("form_property_wrong", part.place, property="values")
        elif str(value) in seen:
            yield problem("form_option_duplicate", part.place, value=str(value))
        seen.add(str(value))


def _has_text(option: Any) -> bool:
    label = option.get("label") if isinstance(option, dict) else option
    return isinstance(label, str | int | float) and bool(str(label).strip())


def _properties(part: Part) -> Iterator[Problem]:
    rules = part.data.get("validate", {})
    if not isinstance(rules, dict):
        yield problem("form_property_wrong", part.place, property="validate")
        return
    for name in sorted(_NUMBERS & rules.keys()):
        if not _is_number(rules[name]):
            yield problem("form_property_wrong", part.place, property=f"validate.{name}")
    if "required" in rules and not isinstance(rules["required"], bool):
        yield problem("form_property_wrong", part.place, property="validate.required")
    if isinstance(rules.get("pattern"), str) and not _is_pattern(rules["pattern"]):
        yield problem("form_property_wrong", part.place, property="validate.pattern")


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return value.startswith("=") or bool(re.fullmatch(r"-?\d{1,15}(?:\.\d{1,15})?", value))
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def _expressions(part: Part) -> Iterator[Problem]:
    for text in expressions_of(part.data):
        yield from unreadable(part.place, text)


def expressions_of(data: Mapping[str, Any]) -> Iterator[str]:
    """Give the expressions of one component."""
    conditional = data.get("conditional")
    if isinstance(conditional, dict) and isinstance(conditional.get("hide"), str) and conditional["hide"]:
        yield conditional["hide"]
    parts = (data.get("validate"), data.get("properties"))
    values = [*data.values(), *(value for part in parts if isinstance(part, dict) for value in part.values())]
    yield from (value for value in values if isinstance(value, str) and value.startswith("="))
