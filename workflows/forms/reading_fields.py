"""Read each kind of question as the form-js editor saves it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from workflows.forms.answers import ANSWERS
from workflows.forms.components import Formula
from workflows.forms.options import MAX_OPTIONS, read_option
from workflows.forms.patterns import Pattern, PatternUnsupported
from workflows.forms.questions import (
    Checkbox,
    Choice,
    Choices,
    Field,
    MomentField,
    NumberField,
    Option,
    TextField,
)
from workflows.forms.reading_moments import moment_field
from workflows.forms.source import Source

MAX_PATTERN = 500
MAX_ALLOWED_LENGTH = 100_000
KINDS_OF_TEXT = ("", "custom", "email", "phone")

Basics = dict[str, Any]


def text_field(source: Source, basics: Basics) -> Field:
    rules, look = source.inner("validate"), source.inner("appearance")
    kind = rules.text("validationType")
    if kind not in KINDS_OF_TEXT:
        rules.complain("form_property_wrong", property="validationType")
    least, most = (_length(rules, name) for name in ("minLength", "maxLength"))
    rules.check_order(least, most)
    return TextField(
        **basics,
        has_lines=source.raw["type"] == "textarea",
        min_length=least,
        max_length=most,
        kind="" if kind == "custom" else kind,
        pattern=_pattern(rules),
        pattern_message=rules.text("patternErrorMessage"),
        prefix=look.text("prefixAdorner"),
        suffix=look.text("suffixAdorner"),
    )


def _length(rules: Source, name: str) -> int | Formula | None:
    if rules.is_formula(name):
        return rules.formula(name)
    return rules.whole(name, least=0, most=MAX_ALLOWED_LENGTH)


def _pattern(rules: Source) -> Pattern | None:
    source = rules.text("pattern")
    if not source:
        return None
    try:
        if len(source) > MAX_PATTERN:
            raise PatternUnsupported("form_pattern_too_large")
        return Pattern(source)
    except PatternUnsupported as error:
        rules.complain(error.reason, pattern=source[:200])
        return None


def number_field(source: Source, basics: Basics) -> Field:
    rules, look = source.inner("validate"), source.inner("appearance")
    least, most = (_limit(rules, name) for name in ("min", "max"))
    rules.check_order(least, most)
    step = source.number("increment")
    if step is not None and step <= 0:
        source.complain("form_property_wrong", property="increment")
        step = None
    return NumberField(
        **basics,
        minimum=least,
        maximum=most,
        digits=source.whole("decimalDigits", least=0, most=15),
        step=step,
        is_text=source.flag("serializeToString"),
        prefix=look.text("prefixAdorner"),
        suffix=look.text("suffixAdorner"),
    )


def _limit(rules: Source, name: str) -> Decimal | Formula | None:
    return rules.formula(name) if rules.is_formula(name) else rules.number(name)


def checkbox(_source: Source, basics: Basics) -> Field:
    return Checkbox(**basics)


def choice(source: Source, basics: Basics) -> Field:
    return Choice(**basics, **_options(source), is_list=source.raw["type"] == "select")


def choices(source: Source, basics: Basics) -> Field:
    return Choices(**basics, **_options(source), is_list=source.raw["type"] == "taglist")


def _options(source: Source) -> dict[str, Any]:
    if source.text("valuesExpression"):
        return {"options_formula": source.formula("valuesExpression")}
    if source.text("valuesKey"):
        return {"options_key": source.text("valuesKey")}
    values = source.raw.get("values")
    if not isinstance(values, list) or not values or len(values) > MAX_OPTIONS:
        source.complain("form_options_missing")
        return {}
    return {"options": tuple(_written_options(source, values))}


def _written_options(source: Source, values: list[Any]) -> list[Option]:
    options: dict[str, Option] = {}
    for number, entry in enumerate(values, start=1):
        option = read_option(entry)
        if option is None:
            source.complain("form_property_wrong", property=f"values.{number}")
        elif option.text in options:
            source.complain("form_option_duplicate", value=option.text)
        else:
            options[option.text] = option
    return list(options.values())


READERS: dict[str, Callable[[Source, Basics], Field]] = {
    "textfield": text_field,
    "textarea": text_field,
    "number": number_field,
    "checkbox": checkbox,
    "radio": choice,
    "select": choice,
    "checklist": choices,
    "taglist": choices,
    "datetime": moment_field,
}


def read_field(source: Source, basics: Basics, path: tuple[str, ...]) -> Field:
    """Read a question of any kind."""
    rules = source.inner("validate")
    basics |= {
        "path": path,
        "description": source.words("description"),
        "locked": source.flag("disabled") or _readonly(source),
        "required": rules.flag("required"),
        **_restriction(source.inner("properties")),
    }
    part = READERS[source.raw["type"]](source, basics)
    if not part.label.strip():
        source.complain("form_label_missing")
    return _with_default(source, part)


def _restriction(properties: Source) -> Basics:
    # The editor's own properties are texts.
    said = properties.text("restricted")
    is_restricted = said in ("true", "route", "row")
    return {"restricted": is_restricted, "routes": said == "route", "in_row": said == "row"}


def _readonly(source: Source) -> bool | Formula:
    if source.is_formula("readonly"):
        return source.formula("readonly") or False
    return source.flag("readonly")


def _with_default(source: Source, part: Field) -> Field:
    """Take the default only if it would be taken as an answer."""
    default = source.raw.get("defaultValue")
    if default is None or default in ("", []) or isinstance(part, MomentField):
        return part
    answer = ANSWERS[type(part)](part)
    try:
        return replace(part, default=answer.clean(default))
    except ValidationError:
        source.complain("form_default_wrong", value=str(default)[:100])
        return part
