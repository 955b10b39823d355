"""What is wrong with a DMN file, found before anybody has to decide with it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflows.engine.dmn_boxes import HIT_POLICIES, Box
from workflows.engine.dmn_parsing import Model, read_model
from workflows.engine.dmn_tables import says_nothing
from workflows.engine.feel_readings import read
from workflows.engine.feel_reasons import FeelFailed
from workflows.engine.feel_shapes import Shape, shape_of_names

AGGREGATIONS = frozenset({"SUM", "MIN", "MAX", "COUNT"})


@dataclass(frozen=True)
class DmnProblem:
    """One thing wrong with a DMN file: the element (by id, name and line), a code and its values."""

    element: str
    name: str
    line: int
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Say in English what is wrong."""
        return FeelFailed(self.code, **self.values).reason


def complaints(content: bytes) -> list[DmnProblem]:
    """Say everything that is wrong with a DMN file; an empty list if nothing is."""
    try:
        model = read_model(content)
    except FeelFailed as failure:
        return [DmnProblem("", "", 0, failure.code, failure.values)]
    return list(_Examination(model).problems())


class _Examination:
    """One file being looked through: where things stand in it, and which names hold everywhere."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._lines: Mapping[str, int] = model["lines"]
        every = [*model["decisions"].values(), *model["inputs"].values(), *model["knowledge"].values()]
        self._shape: Shape = shape_of_names({each["name"] for each in every} | {each["id"] for each in every})

    def problems(self) -> Iterator[DmnProblem]:
        decisions = self._model["decisions"]
        if not decisions:
            yield self._problem("", "", "no_decisions")
        if self._model["imports"]:
            yield self._problem("", "", "imports")
        for element, count in Counter[str](self._model["ids"]).items():
            if count > 1:
                yield self._problem(element, "", "duplicate_id", name=element)
        for decision in decisions.values():
            yield from self._of_decision(decision)
        for known in self._model["knowledge"].values():
            yield from self._of_requirements(known)
            logic = {"kind": "external"} if known["kind"] == "external" else known["body"]
            yield from self._of_box(logic, known)

    def _problem(self, element: str, title: str, code: str, /, **values: Any) -> DmnProblem:
        return DmnProblem(element, title, self._lines.get(element, 0), code, values)

    def _of_decision(self, decision: Model) -> Iterator[DmnProblem]:
        yield from self._of_requirements(decision)
        if decision["logic"] is None:
            yield self._problem(decision["id"], decision["title"], "no_logic")
        yield from self._of_box(decision["logic"], decision)

    def _of_requirements(self, owner: Model) -> Iterator[DmnProblem]:
        rooms = {"decisions": ["decisions"], "inputs": ["inputs"], "knowledge": ["knowledge", "services"]}
        for kind, places in rooms.items():
            for needed in owner["requires"][kind]:
                if not any(needed in self._model[place] for place in places):
                    yield self._problem(owner["id"], owner["title"], "missing_requirement", name=needed)
        circle = self._circle(owner["id"])
        if circle:
            yield self._problem(owner["id"], owner["title"], "cyclic_requirement", path=" → ".join(circle))

    def _circle(self, start: str) -> list[str]:
        """Give the names on the way from an element to itself, or nothing."""
        waiting, seen = [(start, [start])], set[str]()
        while waiting:
            element, path = waiting.pop()
            for needed in self._needs(element):
                if needed == start:
                    return [self._title(each) for each in [*path, start]]
                if needed not in seen:
                    seen.add(needed)
                    waiting.append((needed, [*path, needed]))
        return []

    def _needs(self, element: str) -> list[str]:
        owner = self._model["decisions"].get(element) or self._model["knowledge"].get(element)
        return [*owner["requires"]["decisions"], *owner["requires"]["knowledge"]] if owner else []

    def _title(self, element: str) -> str:
        owner = self._model["decisions"].get(element) or self._model["knowledge"].get(element) or {}
        return str(owner.get("title") or element)

    def _of_box(self, box: Box | None, owner: Model) -> Iterator[DmnProblem]:
        if box is None:
            return
        element = box.get("id") or owner["id"]
        kind = box["kind"]
        if kind == "literal":
            yield from self._of_text(box["text"], element, owner, language=box["language"])
        elif kind == "table":
            yield from self._of_table(box, element, owner)
        elif kind == "external":
            yield self._problem(element, owner["title"], "external_function")
        elif kind == "unknown":
            yield self._problem(element, owner["title"], "unknown_box", kind=box["name"])
        else:
            for inner in _boxes_in(box):
                yield from self._of_box(inner, owner)

    def _of_text(
        self,
        text: str,
        element: str,
        owner: Model,
        *,
        language: str = "",
        is_unary: bool = False,
        **place: Any,
    ) -> Iterator[DmnProblem]:
        if language and "feel" not in language.lower():
            yield self._problem(element, owner["title"], "expression_language", language=language, **place)
            return
        try:
            read(text, self._shape, is_unary=is_unary)
        except FeelFailed as failure:
            yield self._problem(element, owner["title"], failure.code, **{**place, **failure.values})

    def _of_table(self, table: Box, element: str, owner: Model) -> Iterator[DmnProblem]:
        for code, values in _wrong_with_policy(table):
            yield self._problem(element, owner["title"], code, **values)
        for column in table["inputs"]:
            place = {"input": column["label"]}
            yield from self._of_text(
                column["text"], column["id"], owner, language=column["language"], **place
            )
            if column["allowed"]:
                yield from self._of_text(column["allowed"], column["id"], owner, is_unary=True, **place)
        for column in table["outputs"]:
            place = {"column": column["label"]}
            if column["allowed"]:
                yield from self._of_text(column["allowed"], column["id"], owner, is_unary=True, **place)
            if column["standing"]:
                yield from self._of_text(column["standing"], column["id"], owner, **place)
        for rule in table["rules"]:
            yield from self._of_rule(rule, table, owner)

    def _of_rule(self, rule: Box, table: Box, owner: Model) -> Iterator[DmnProblem]:
        cells = [*rule["tests"], *rule["results"]]
        columns = [*table["inputs"], *table["outputs"]]
        if len(rule["tests"]) != len(table["inputs"]) or len(rule["results"]) != len(table["outputs"]):
            values = {"rule": rule["number"], "found": len(cells), "expected": len(columns)}
            yield self._problem(rule["id"], owner["title"], "cells_missing", **values)
            return
        for index, (text, column) in enumerate(zip(cells, columns, strict=True)):
            if not says_nothing(text):
                yield from self._of_text(
                    text,
                    rule["cells"][index] or rule["id"],
                    owner,
                    language=rule["languages"][index],
                    is_unary=index < len(rule["tests"]),
                    rule=rule["number"],
                    column=column["label"],
                )


def _wrong_with_policy(table: Box) -> Iterator[tuple[str, Mapping[str, Any]]]:
    policy, aggregation, outputs = table["policy"], table["aggregation"], table["outputs"]
    names = [output["name"] for output in outputs]
    if policy not in HIT_POLICIES.values():
        yield "unknown_hit_policy", {"policy": policy}
    if aggregation and (aggregation not in AGGREGATIONS or policy != "COLLECT"):
        yield "unknown_aggregation", {"aggregation": aggregation, "policy": policy}
    if not outputs:
        yield "no_outputs", {}
    if len(outputs) > 1 and (len(set(names)) < len(names) or "" in names):
        yield "unnamed_output", {}
    if aggregation in AGGREGATIONS - {"COUNT"} and len(outputs) > 1:
        yield "aggregation_of_several", {"aggregation": aggregation, "count": len(outputs)}
    if policy in ("PRIORITY", "OUTPUT ORDER") and not any(output["allowed"] for output in outputs):
        yield "no_output_values", {"policy": policy}


def _boxes_in(box: Box) -> Iterator[Box | None]:
    """Give the boxes directly inside a box, whatever its kind."""
    for value in box.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, list):
                yield from inner
            elif isinstance(inner, dict):
                yield inner if "kind" in inner else inner.get("value")
