"""The rules that need other answers: options that were looked up, limits that were computed."""

from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from workflows.forms import moments, numbers, texts
from workflows.forms.components import Formula
from workflows.forms.options import by_text, pick, text_of
from workflows.forms.questions import Choice, Choices, Field, MomentField, NumberField, TextField
from workflows.forms.settling import Situation


def check_with_others(part: Field, answer: Any, situation: Situation) -> None:
    """Apply the rules that needed other answers: options that were looked up, limits that were computed."""
    if answer == part.blank:
        return
    if isinstance(part, Choice) and not part.has_written_options:
        options = by_text(situation.options[part.id])
        for item in answer if isinstance(part, Choices) else [answer]:
            pick(options, text_of(item))
    elif isinstance(part, TextField):
        low, high = limit_of(part.min_length, situation), limit_of(part.max_length, situation)
        texts.check_length(answer, None if low is None else int(low), None if high is None else int(high))
    elif isinstance(part, NumberField):
        low, high = limit_of(part.minimum, situation), limit_of(part.maximum, situation)
        numbers.check_limits(numbers.to_decimal(answer, is_text=True), low, high)
    elif isinstance(part, MomentField):
        earliest, latest = days_of(part, situation)
        moments.check_within(moments.READERS[part.kind](answer), earliest, latest, situation.now)


def days_of(part: MomentField, situation: Situation) -> tuple[date | None, date | None]:
    """Give the first and the last day that may be answered as it stands now."""
    first, last = (
        moments.find_day(situation.limits.get(limit), situation.now) if isinstance(limit, Formula) else limit
        for limit in (part.earliest, part.latest)
    )
    return first, last


def limit_of(limit: int | Decimal | Formula | None, situation: Situation) -> Decimal | None:
    """Give a limit as it stands now; one whose expression gives no number does not limit."""
    if not isinstance(limit, Formula):
        return None if limit is None else Decimal(limit)
    try:
        return numbers.to_decimal(situation.limits.get(limit), is_text=True)
    except ValidationError:
        return None
