"""Settle what depends on other answers: what is hidden, locked, offered, limited or computed.

Every round looks at all expressions of a scope with what was kept in the round before, until nothing
changes. A hidden field has no answer, so hiding one may show or hide another.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflows.forms.components import Component, Formula, Group
from workflows.forms.formulas import Results, evaluate_all, in_row
from workflows.forms.options import by_text, options_of, text_of
from workflows.forms.paths import find, put
from workflows.forms.questions import Choice, Choices, Field, Option
from workflows.forms.scopes import DynamicList, Scope

MAX_ROUNDS = 8
THIS = frozenset({"this", "_this_"})
PARENT = frozenset({"parent", "_parent_"})


@dataclass(frozen=True)
class Facts:
    """What does not change while the answers are settled: what the case knows, and the instant."""

    context: Mapping[str, Any]
    now: datetime


See = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass
class Situation:
    """How one scope stands with certain answers."""

    data: Mapping[str, Any]
    """What expressions see."""
    now: datetime
    kept: dict[str, Any] = field(default_factory=dict)
    """Answers of what is visible, locked and computed."""
    hidden: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    options: dict[str, tuple[Option, ...]] = field(default_factory=dict)
    limits: dict[Formula, Any] = field(default_factory=dict)
    rows: dict[str, list["Situation"]] = field(default_factory=dict)

    def all_rows(self, scope: Scope) -> Iterator[tuple[DynamicList, int, "Situation"]]:
        """List the visible rows of all lists."""
        for part in scope.lists:
            for index, row in enumerate(self.rows.get(part.id, [])):
                yield part, index, row


def settle(
    scope: Scope,
    answers: Mapping[str, Any],
    see: See,
    prefill: Mapping[str, Any],
    facts: Facts,
    names: frozenset[str] = frozenset(),
) -> Situation:
    """Find the situation in which nothing changes any more.

    `see` makes what expressions see out of the answers kept so far; `prefill` is what was known before
    anybody typed; `names` are those under which expressions see all answers of the scope at once.
    """
    whole = scope.reads & (names | PARENT)
    kept: Mapping[str, Any] = answers
    situation = Situation({}, facts.now)
    for _ in range(MAX_ROUNDS):
        data = see(kept)
        results = evaluate_all(scope.formulas, data, facts.now)
        situation = _look(scope, answers, data, prefill, results, facts)
        touched = _touched(kept, situation.kept)
        if not touched or not (whole or touched & scope.reads):
            break
        kept = situation.kept
    return situation


def _touched(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    return {key for key in {*before, *after} if before.get(key) != after.get(key)}


def _look(
    scope: Scope,
    answers: Mapping[str, Any],
    data: Mapping[str, Any],
    prefill: Mapping[str, Any],
    results: Results,
    facts: Facts,
) -> Situation:
    situation = Situation(data, facts.now, limits=dict(results))
    situation.hidden = frozenset(_hidden(scope.components, results))
    situation.locked = frozenset(part.id for part in scope.fields if _is_locked(part, results))
    for part in scope.all:
        if part.id in situation.hidden:
            continue
        if isinstance(part, Choice):
            situation.options[part.id] = options_of(part, facts.context, results)
        if isinstance(part, Field):
            put(situation.kept, part.path, _answer(part, answers, prefill, situation))
        elif isinstance(part, DynamicList):
            situation.rows[part.id] = _rows(part, answers, data, prefill, facts)
            put(situation.kept, part.path, [row.kept for row in situation.rows[part.id]])
    for computed in scope.computed:
        if computed.id not in situation.hidden:
            put(situation.kept, computed.path, results.get(computed.expression))
    return situation


def _hidden(components: tuple[Component, ...], results: Results, is_hidden: bool = False) -> list[str]:
    hidden = []
    for part in components:
        is_part_hidden = is_hidden or (part.hide is not None and results.get(part.hide) is True)
        if is_part_hidden:
            hidden.append(part.id)
        if isinstance(part, Group):
            hidden.extend(_hidden(part.components, results, is_part_hidden))
    return hidden


def _is_locked(part: Field, results: Results) -> bool:
    return results.get(part.locked) is True if isinstance(part.locked, Formula) else part.locked


def _answer(part: Field, answers: Mapping[str, Any], prefill: Mapping[str, Any], situation: Situation) -> Any:
    if part.id in situation.locked:
        return first_answer(part, prefill)
    answer = find(answers, part.path)
    if answer is None:
        return part.blank
    if isinstance(part, Choice) and not part.has_written_options:
        return _chosen(part, answer, by_text(situation.options[part.id]))
    return answer


def _chosen(part: Choice, answer: Any, options: Mapping[str, Any]) -> Any:
    """Replace what was sent by the value of the option; what is no option stays, for the rules to refuse."""
    if isinstance(part, Choices):
        return [options.get(text_of(item), item) for item in answer]
    return options.get(text_of(answer), answer)


def _rows(
    part: DynamicList,
    answers: Mapping[str, Any],
    data: Mapping[str, Any],
    prefill: Mapping[str, Any],
    facts: Facts,
) -> list[Situation]:
    known, given = find(prefill, part.path), find(answers, part.path)
    situations = []
    for index, row in enumerate(given if isinstance(given, list) else []):
        known_row = known[index] if isinstance(known, list) and index < len(known) else {}
        situations.append(settle_row(part, row, index, data, known_row, facts))
    return situations


def settle_row(
    part: DynamicList, row: Any, index: int, data: Mapping[str, Any], known: Any, facts: Facts
) -> Situation:
    """Settle one row of a list within what is around it."""
    answers = row if isinstance(row, Mapping) else {}
    return settle(part.scope, answers, lambda kept: in_row(data, kept, index + 1), known, facts, THIS)


def first_answer(part: Field, prefill: Mapping[str, Any]) -> Any:
    """Give what a field holds before anybody typed: what the case knows, or else the form's own default."""
    known = find(prefill, part.path)
    if known is not None:
        return known
    return part.blank if part.default is None else part.default
