"""Take properties out of a component as the editor saved it; note what cannot be used."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from marshmallow import ValidationError

from workflows.engine import expressions
from workflows.engine.check.problems import Cause
from workflows.forms import numbers
from workflows.forms.components import Formula
from workflows.forms.filling import formulas_of, is_filled_in

MAX_TEXT = 20_000
MAX_EXPRESSION = 5000


class Finding(NamedTuple):
    """Where (the id of a component), what (a key for people), the values of that sentence, and why."""

    component: str
    code: str
    values: dict[str, Any]
    cause: Cause | None = None


class Source:
    """The properties of one component, or of one part of it."""

    def __init__(self, raw: Any, component: str, found: list[Finding]) -> None:
        self.raw: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
        self.component = component
        self.found = found
        self.mentions: set[str] = set()

    def complain(self, code: str, *, cause: Cause | None = None, **values: Any) -> None:
        """Note what is wrong with this component."""
        self.found.append(Finding(self.component, code, values, cause))

    def inner(self, name: str) -> "Source":
        """Go into a part such as `validate` or `layout`."""
        value = self.raw.get(name)
        if value is not None and not isinstance(value, Mapping):
            self.complain("form_property_wrong", property=name)
        return Source(value, self.component, self.found)

    def text(self, name: str) -> str:
        """Take a text; one that is absent is empty."""
        value = self.raw.get(name)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > MAX_TEXT:
            self.complain("form_property_wrong", property=name)
            return ""
        return value

    def words(self, name: str) -> str:
        """Take a text for people, in which there may be expressions."""
        text = self.text(name)
        if "{{#" in text or ("{{" in text and not text.startswith("=") and not formulas_of(text)):
            self.complain("form_template_unsupported", property=name)
        elif is_filled_in(text):
            for formula in filter(None, map(self.as_formula, formulas_of(text))):
                self.mentions |= formula.reads
        return text

    def flag(self, name: str) -> bool:
        """Take a yes or no; one that is absent is no."""
        value = self.raw.get(name)
        if value is not None and not isinstance(value, bool):
            self.complain("form_property_wrong", property=name)
        return value is True

    def number(self, name: str) -> Decimal | None:
        """Take a number; the editor saves some of them as text."""
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        try:
            return numbers.to_decimal(value, is_text=True)
        except ValidationError:
            self.complain("form_property_wrong", property=name)
            return None

    def whole(self, name: str, *, least: int, most: int) -> int | None:
        """Take a whole number within limits."""
        number = self.number(name)
        if number is None:
            return None
        if number != number.to_integral_value() or not least <= number <= most:
            self.complain("form_property_range", property=name, least=least, most=most)
            return None
        return int(number)

    def formula(self, name: str) -> Formula | None:
        """Take an expression, with or without its sign of equality."""
        text = self.text(name).strip().removeprefix("=").strip()
        return self.as_formula(text) if text else None

    def check_order(self, least: Any, most: Any) -> None:
        """Complain about limits between which nothing fits."""
        is_known = not isinstance(least, Formula) and not isinstance(most, Formula)
        if is_known and least is not None and most is not None and least > most:
            self.complain("form_limits_contradict", minimum=str(least), maximum=str(most))

    def is_formula(self, name: str) -> bool:
        """Say whether the property is an expression rather than a plain value."""
        value = self.raw.get(name)
        return isinstance(value, str) and value.lstrip().startswith("=")

    def as_formula(self, text: str) -> Formula | None:
        """Check an expression at the time the form is read, not when somebody fills it in."""
        if len(text) > MAX_EXPRESSION:
            self.complain("form_expression_too_long", limit=MAX_EXPRESSION)
            return None
        broken = expressions.problem(text)
        if broken is not None:
            cause = Cause(broken.code, broken.values)
            self.complain("expression_wrong", cause=cause, expression=text[:200], reason=broken.reason)
            return None
        return Formula(text, expressions.variables(text))
