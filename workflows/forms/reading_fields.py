"""Read each kind of question as the form-js editor saves it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from workflows.forms import moments
from workflows.forms.answers import ANSWERS
from workflows.forms.components import Formula
from workflows.forms.options import MAX_OPTIONS, read_option
from workflows.forms.patterns import Pattern, PatternUnsupported
from workflows.forms.questions import (
    Checkbox,
    Choice,
    Choices,
    Field,
    Moment,
    MomentField,
    NumberField,
    Option,
    TextField,
    Zone,
)
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
    _check_order(rules, least, most)
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
    _check_order(rules, least, most)
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


def _check_order(rules: Source, least: Any, most: Any) -> None:
    is_known = not isinstance(least, Formula) and not isinstance(most, Formula)
    if is_known and least is not None and most is not None and least > most:
        rules.complain("form_limits_contradict", minimum=str(least), maximum=str(most))


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


def moment_field(source: Source, basics: Basics) -> Field:
    kind, zone = source.text("subtype") or "date", source.text("timeSerializingFormat") or "utc_offset"
    if kind not in list(Moment) or zone not in list(Zone):
        source.complain(
            "form_property_wrong", property="timeSerializingFormat" if kind in list(Moment) else "subtype"
        )
        kind, zone = "date", "utc_offset"
    limits = source.inner("properties")
    earliest, latest = (_day(limits, name, Moment(kind)) for name in ("earliest", "latest"))
    _check_order(limits, earliest, latest)
    # The editor keeps the label of a moment under the name of its parts.
    basics["label"] = basics["label"] or source.words("dateLabel") or source.words("timeLabel")
    return MomentField(
        **basics,
        kind=Moment(kind),
        zone=Zone(zone),
        allows_past=not source.flag("disallowPassedDates"),
        earliest=earliest,
        latest=latest,
        minutes=source.whole("timeInterval", least=1, most=60),
    )


def _day(limits: Source, name: str, kind: Moment) -> date | Formula | None:
    """Take a limit of a day: an expression, or the day itself."""
    if limits.is_formula(name):
        limit: date | Formula | None = limits.formula(name)
    else:
        limit = moments.find_day(limits.text(name))
    if limits.raw.get(name) and (limit is None or kind is Moment.TIME):
        limits.complain("form_property_wrong", property=f"properties.{name}")
    return limit


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
    }
    part = READERS[source.raw["type"]](source, basics)
    if not part.label.strip():
        source.complain("form_label_missing")
    return _with_default(source, part)


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
