"""One marshmallow field for each kind of question: what was sent goes in, a clean JSON value comes out."""

from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from marshmallow import fields, missing

from workflows.forms import moments, numbers, texts
from workflows.forms.components import Formula
from workflows.forms.options import by_text, pick, text_of
from workflows.forms.questions import Checkbox, Choice, Choices, Field, MomentField, NumberField, TextField
from workflows.forms.wrong import wrong

MAX_CHOSEN = 500

_Limit = TypeVar("_Limit", int, Decimal, date)

# marshmallow hands nothing but the value to a field, and a moment needs to know today and the zone.
now_of_check: ContextVar[datetime] = ContextVar("now_of_check")

_TICKS = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False, "": False}


class Answer(fields.Field[Any]):
    """Check one answer against its question."""

    def __init__(self, question: Field) -> None:
        super().__init__(data_key=question.path[-1], attribute=question.path[-1])
        self.question = question

    def deserialize(self, value: Any, *_arguments: Any, **_kwargs: Any) -> Any:
        """Give the clean answer; marshmallow collects what is raised."""
        given = not (value is missing or value is None or value == "")
        answer = self.clean(value) if given else self.question.blank
        if answer == self.question.blank and self.question.required:
            raise wrong("required")
        return answer

    def clean(self, value: Any) -> Any:
        """Make what was sent into the answer, or refuse it."""
        raise NotImplementedError


class TextAnswer(Answer):
    question: TextField

    def clean(self, value: Any) -> str:
        question = self.question
        text = texts.tidy(value, has_lines=question.has_lines)
        if not text:
            return text
        if question.kind:
            text = texts.email(text) if question.kind == "email" else texts.phone(text)
        most = texts.MAX_LINES if question.has_lines else texts.MAX_LINE
        texts.check_length(text, _written(question.min_length), _written(question.max_length) or most)
        if question.pattern and not question.pattern.is_found_in(text):
            raise wrong("pattern", message=question.pattern_message)
        return text


class NumberAnswer(Answer):
    question: NumberField

    def clean(self, value: Any) -> int | float | str | None:
        question = self.question
        if isinstance(value, str) and value.isspace():
            return None
        number = numbers.to_decimal(value, is_text=question.is_text)
        numbers.check_digits(number, question.digits)
        numbers.check_limits(number, _written(question.minimum), _written(question.maximum))
        numbers.check_step(number, question.step)
        return numbers.written(number) if question.is_text else numbers.plain(number)


class CheckboxAnswer(Answer):
    question: Checkbox

    def deserialize(self, value: Any, *_arguments: Any, **_kwargs: Any) -> bool:
        """Give yes or no; a required one must be ticked."""
        is_ticked = False if value is missing or value is None else self.clean(value)
        if self.question.required and not is_ticked:
            raise wrong("must_be_ticked")
        return is_ticked

    def clean(self, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in _TICKS:
            return _TICKS[value.lower()]
        raise wrong("not_yes_or_no")


class MomentAnswer(Answer):
    question: MomentField

    def clean(self, value: Any) -> str | None:
        if isinstance(value, str) and value.isspace():
            return None
        moment, now = moments.READERS[self.question.kind](value), now_of_check.get()
        if not self.question.allows_past:
            moments.check_not_passed(moment, now)
        moments.check_within(moment, _written(self.question.earliest), _written(self.question.latest), now)
        return moments.settle_moment(moment, self.question.zone, now)


class ChoiceAnswer(Answer):
    """One of the options; where the options are not known yet, what was sent stays as it is for now."""

    question: Choice

    def __init__(self, question: Choice) -> None:
        super().__init__(question)
        self.options = by_text(question.options) if question.has_written_options else None

    def clean(self, value: Any) -> Any:
        text = text_of(value)
        return value if self.options is None else pick(self.options, text)


class ChoicesAnswer(ChoiceAnswer):
    question: Choices

    def clean(self, value: Any) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise wrong("not_a_list")
        if len(value) > MAX_CHOSEN:
            raise wrong("out_of_choices")
        chosen = [ChoiceAnswer.clean(self, item) for item in value if item != ""]
        return list({text_of(item): item for item in chosen}.values())


class Unasked(fields.Field[Any]):
    """A question that takes no answer: computed or locked. Whatever is sent for it is passed over."""

    def __init__(self, key: str) -> None:
        super().__init__(data_key=key, attribute=key)

    def deserialize(self, *_arguments: Any, **_kwargs: Any) -> Any:
        """Keep nothing."""
        return missing


def _written(limit: _Limit | Formula | None) -> _Limit | None:
    return None if isinstance(limit, Formula) else limit


ANSWERS: dict[type[Field], type[Answer]] = {
    TextField: TextAnswer,
    NumberField: NumberAnswer,
    Checkbox: CheckboxAnswer,
    MomentField: MomentAnswer,
    Choice: ChoiceAnswer,
    Choices: ChoicesAnswer,
}


def answer_to(question: Field) -> fields.Field[Any]:
    """Make the marshmallow field for a question."""
    if question.locked is True:
        return Unasked(question.path[-1])
    return ANSWERS[type(question)](question)
