"""The decisions of a DMN file: tables with every hit policy, expressions, and decisions that need others.

A decision is made in one call of the sandbox, with all that it requires. Where it and what it requires
are simple, it is made beside the sandbox, with the same outcome (see dmn_tables).
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from typing import Any

from workflows.engine.dmn_parsing import Model, read_model
from workflows.engine.dmn_tables import QuickBox, fits, is_plain_type, quick_box
from workflows.engine.expressions import instant
from workflows.engine.feel_operations import Leave
from workflows.engine.feel_reasons import FeelFailed
from workflows.engine.feel_sandbox import ask_about
from workflows.engine.feel_shapes import Shape, shape_of

_MOST_KEPT = 256


class DecisionFailed(FeelFailed):
    """The decision was not made; `code`, `values` and `reason` say where and why."""


class Decisions:
    """All decisions of one DMN file, immutable and shared between threads."""

    def __init__(self, model: Model, key: str) -> None:
        self._model = model
        self._key = key
        self._quick: dict[tuple[str, Shape], QuickBox | None] = {}

    @classmethod
    def from_dmn(cls, content: bytes) -> "Decisions":
        """Read a DMN file; raise DecisionFailed when it is none."""
        try:
            return cls(read_model(content), sha256(content).hexdigest())
        except FeelFailed as failure:
            raise DecisionFailed(failure.code, **failure.values) from failure

    def ids(self) -> list[str]:
        """Give the ids of the decisions, in the order of the file."""
        return list(self._model["decisions"])

    def names(self) -> dict[str, str]:
        """Give the decisions' names by id."""
        return {key: decision["title"] for key, decision in self._model["decisions"].items()}

    def services(self) -> dict[str, str]:
        """Give the names of the decision services by id; they are decided like decisions."""
        return {key: service["name"] for key, service in self._model["services"].items()}

    def decide(self, decision_id: str, context: Mapping[str, Any], *, now: datetime) -> Any:
        """Make a decision with these data; raise DecisionFailed where it cannot be made."""
        if decision_id not in self._model["decisions"] and decision_id not in self._model["services"]:
            raise DecisionFailed("unknown_decision", name=decision_id)
        with suppress(Leave, FeelFailed):
            return self._decide_quickly(decision_id, dict(context), {}, frozenset())
        return self._decide_fully(decision_id, context, now)

    def _decide_fully(self, decision_id: str, context: Mapping[str, Any], now: datetime) -> Any:
        details = {"decision": decision_id, "context": context, "now": instant(now)}
        try:
            return ask_about(self._key, self._model, "decide", **details)["value"]
        except FeelFailed as failure:
            raise DecisionFailed(failure.code, **failure.values) from failure

    def _decide_quickly(
        self, decision_id: str, data: dict[str, Any], made: dict[str, Any], above: frozenset[str]
    ) -> Any:
        decision = self._model["decisions"].get(decision_id)
        if decision is None or decision_id in above or not self._is_simple(decision):
            raise Leave
        scope = data | {
            each["name"]: fits(data.get(each["name"]), each["type"]) for each in self._inputs(decision)
        }
        for needed in decision["requires"]["decisions"]:
            if needed not in made:
                made[needed] = self._decide_quickly(needed, data, made, above | {decision_id})
            other = self._model["decisions"][needed]
            scope |= {needed: made[needed], other["title"]: made[needed], other["name"]: made[needed]}
        return fits(self._box(decision, shape_of(scope, is_deep=True))(scope), decision["type"])

    def _is_simple(self, decision: Model) -> bool:
        types = [decision["type"], *(each["type"] for each in self._inputs(decision))]
        return not decision["requires"]["knowledge"] and all(map(is_plain_type, types))

    def _inputs(self, decision: Model) -> list[Model]:
        known = self._model["inputs"]
        return [known[key] for key in decision["requires"]["inputs"] if key in known]

    def _box(self, decision: Model, shape: Shape) -> QuickBox:
        key = decision["id"], shape
        if key not in self._quick:
            if len(self._quick) >= _MOST_KEPT:
                self._quick = {}
            self._quick[key] = quick_box(decision["logic"], shape)
        box = self._quick[key]
        if box is None:
            raise Leave
        return box
