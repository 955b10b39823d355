"""Fill a form as an invented person would: what is asked gets an answer that the form takes."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from marshmallow import ValidationError

from workflows.demonstration.said import words_for
from workflows.forms import Form
from workflows.forms.checking import settle_form
from workflows.forms.filling import first_answers
from workflows.forms.limits import check_with_others, days_of, limit_of
from workflows.forms.paths import find, put
from workflows.forms.questions import (
    Checkbox,
    Choice,
    Choices,
    Field,
    Moment,
    MomentField,
    NumberField,
    TextField,
)
from workflows.forms.scopes import Scope
from workflows.forms.settling import Situation

_ROUNDS = 6
_FEW = 2
_SENTENCES = (
    "Договорились и записали главное.",
    "Обсудили спокойно, без спешки.",
    "Получилось лучше, чем ожидали.",
    "Продолжим в том же темпе.",
    "Нужно ещё немного времени.",
)


def fill(
    form: Form,
    known: Mapping[str, Any],
    now: datetime,
    chance: Random,
    wanted: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return answers: what is wanted, what is known, and something fitting where an answer is required."""
    answers = {**first_answers(form, known), **(wanted or {})}
    for _ in range(_ROUNDS):
        situation = settle_form(form, answers, context=known, now=now)
        if not _answer_all(form.scope, situation, answers, chance):
            break
    return answers


def _answer_all(scope: Scope, situation: Situation, answers: dict[str, Any], chance: Random) -> bool:
    """Answer every visible question that has to be answered and is not yet; say whether there was one."""
    is_new = False
    for part in scope.fields:
        if part.id in situation.hidden or part.id in situation.locked:
            continue
        if not _lacks(part, answers) and _is_fit(part, answers, situation):
            continue
        put(answers, part.path, _answer(part, situation, chance))
        is_new = True
    for rows, index, row in situation.all_rows(scope):
        given = find(answers, rows.path)
        is_new |= _answer_all(rows.scope, row, given[index], chance)
    return is_new


def _lacks(part: Field, answers: Mapping[str, Any]) -> bool:
    return part.required and find(answers, part.path) in (None, "", [], False)


def _is_fit(part: Field, answers: Mapping[str, Any], situation: Situation) -> bool:
    """Say whether an answer, if there is one, keeps within limits that other answers have set since."""
    given = find(answers, part.path)
    if given is None:
        return True
    try:
        check_with_others(part, given, situation)
    except ValidationError:
        return False
    return True


def _answer(part: Field, situation: Situation, chance: Random) -> Any:
    return next(give(part, situation, chance) for kind, give in _GIVE.items() if isinstance(part, kind))


def _text(part: TextField, situation: Situation, chance: Random) -> str:
    if part.kind == "email":
        return "pochta@example.org"
    if part.kind == "phone":
        return "+7 900 000-00-00"
    if words := [one for one in words_for(str(part.path[-1])) if _has_right_length(part, one, situation)]:
        return chance.choice(words)
    return chance.choice(_SENTENCES) if part.has_lines else str(chance.randint(1, 99))


def _has_right_length(part: TextField, words: str, situation: Situation) -> bool:
    shortest, longest = limit_of(part.min_length, situation), limit_of(part.max_length, situation)
    return (shortest is None or shortest <= len(words)) and (longest is None or len(words) <= longest)


def _number(part: NumberField, situation: Situation, chance: Random) -> int:
    low = limit_of(part.minimum, situation)
    high = limit_of(part.maximum, situation)
    first = int(low) if low is not None else 1
    last = int(high) if high is not None else first + 9
    step = max(int(part.step or Decimal(1)), 1)
    return first + step * chance.randint(0, max((min(last, first + 9) - first) // step, 0))


def _choice(part: Choice, situation: Situation, chance: Random) -> Any:
    options = situation.options.get(part.id, ())
    return chance.choice(options).value if options else None


def _choices(part: Choices, situation: Situation, chance: Random) -> list[Any]:
    options = situation.options.get(part.id, ())
    chosen = chance.sample(range(len(options)), min(_FEW, len(options)))
    return [options[place].value for place in sorted(chosen)]


def _moment(part: MomentField, situation: Situation, _chance: Random) -> str:
    if part.kind is Moment.TIME:
        return "15:00"
    earliest, latest = days_of(part, situation)
    day = _day(situation.now.date(), earliest, latest, may_pass=part.allows_past)
    return day.isoformat() if part.kind is Moment.DATE else f"{day.isoformat()}T15:00"


def _day(today: date, earliest: date | None, latest: date | None, *, may_pass: bool) -> date:
    day = today if may_pass else today + timedelta(days=1)
    if earliest and day < earliest:
        day = earliest
    return latest if latest and day > latest else day


_GIVE: Mapping[type[Field], Callable[[Any, Situation, Random], Any]] = {
    TextField: _text,
    NumberField: _number,
    Checkbox: lambda *_: True,
    Choices: _choices,
    Choice: _choice,
    MomentField: _moment,
}
