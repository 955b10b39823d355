"""Why an expression or a decision has no value: a code, values, and a plain sentence in English.

The doors put the same codes into the reader's language; the table below is the list of them.
"""

from collections.abc import Mapping
from typing import Any

REASONS: Mapping[str, str] = {
    # The text.
    "does_not_parse": "It cannot be understood at character {position}, near “{near}”.",
    "ends_too_early": "It is not finished: something is missing at its end.",
    "empty": "There is no expression.",
    "too_long": "It has {length} characters; {limit} is the most.",
    # Its value.
    "unknown_name": "There is no “{name}” here, so the answer is not known.",
    "not_a_number": "A number became infinite or undefined on the way.",
    "not_data": "Its value is a {kind}, which cannot be kept.",
    "cannot_compare": "These values cannot be compared: {values}.",
    "cannot_evaluate": "It cannot be evaluated: {detail}.",
    "external_function": "Functions written in other languages are not run.",
    "not_a_function": "“{name}” is not a function.",
    "unknown_parameter": "The function has no parameter “{name}”.",
    # What it costs.
    "too_slow": "It was stopped because it ran longer than {seconds} s.",
    "too_large": "It was stopped because it needed too much memory.",
    "too_deep": "It is nested or calls itself too deeply.",
    # Decisions.
    "not_dmn": "The file cannot be read as DMN: {detail}.",
    "no_decisions": "The file has no decision.",
    "unknown_decision": "There is no decision “{name}”.",
    "duplicate_id": "The id “{name}” is used more than once.",
    "missing_requirement": "It requires “{name}”, which the file does not have.",
    "cyclic_requirement": "It requires itself: {path}.",
    "imports": "Other DMN files cannot be imported.",
    "no_logic": "It has neither a table nor an expression.",
    "unknown_box": "A box of the kind “{kind}” is not known.",
    "unknown_hit_policy": "The hit policy “{policy}” is not known.",
    "unknown_aggregation": "The aggregation “{aggregation}” is not known, or does not belong to {policy}.",
    "aggregation_of_several": "{aggregation} needs exactly one output, there are {count}.",
    "no_output_values": "{policy} orders by the list of output values, and no output has one.",
    "no_outputs": "The table has no output.",
    "unnamed_output": "Every output needs a name of its own when there are several.",
    "cells_missing": "The rule has {found} cells, its table has {expected} columns.",
    "expression_language": "It is written in {language}; only FEEL is understood.",
    "several_rules": "Only one rule may apply, but rules {rules} do.",
    "rules_disagree": "Rules {rules} apply together and say different things.",
    "cannot_aggregate": "{aggregation} cannot be taken of what rules {rules} give.",
    "value_not_allowed": "{value} is not one of the allowed values: {allowed}.",
    "wrong_type": "{value} is not of the type {expected}.",
}

PLACES: Mapping[str, str] = {
    "decision": "decision “{}”",
    "rule": "rule {}",
    "column": "column “{}”",
    "input": "input “{}”",
    "entry": "entry “{}”",
}


class FeelFailed(Exception):
    """An expression or a decision gave no value; `code` and `values` say why, `reason` says it in English."""

    def __init__(self, code: str, **values: Any) -> None:
        self.code = code
        self.values: Mapping[str, Any] = values
        super().__init__(code, values)

    @property
    def reason(self) -> str:
        """Say why in a sentence, led by the place where it happened."""
        place = ", ".join(text.format(self.values[key]) for key, text in PLACES.items() if key in self.values)
        sentence = REASONS[self.code].format_map(_Words(self.values))
        return f"{place[0].upper()}{place[1:]}: {sentence}" if place else sentence

    def __str__(self) -> str:
        return self.reason


class _Words(dict[str, Any]):
    """Values as a reader expects them; one that is missing does not spoil the sentence."""

    def __getitem__(self, key: str) -> str:
        value = self.get(key, "…")
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
