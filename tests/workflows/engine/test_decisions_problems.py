"""What the check finds in a DMN file, each with its element, code and values."""

from typing import Any

import pytest

from tests.workflows.engine.dmn_files import decision, dmn, input_data, literal, table
from workflows.engine.dmn_problems import DmnProblem, complaints
from workflows.engine.feel_reasons import REASONS


def found(*elements: str) -> list[tuple[str, str]]:
    return [(problem.element, problem.code) for problem in complaints(dmn(*elements))]


def only(*elements: str) -> DmnProblem:
    problems = complaints(dmn(*elements))
    assert [problem.code for problem in problems] == [problems[0].code]
    return problems[0]


GOOD = table("UNIQUE", ["количество встреч"], ["срок"], ["< 3", "7"], [">= 3", "14"])


def test_a_good_file_has_no_problems():
    assert (
        complaints(dmn(input_data("n", "план-факт"), decision("it", literal("план-факт > 1"), "input:n")))
        == []
    )
    assert found(decision("it", GOOD), decision("next", literal("it + 1"), "decision:it")) == []


def test_a_cell_that_cannot_be_read_is_named_by_rule_and_column():
    logic = table("UNIQUE", ["n"], ["out"], ["< 3", "1"], ["> )", "2"])
    problem = only(decision("it", logic, name="Правила"))
    assert (problem.element, problem.name, problem.code) == ("r2c1", "Правила", "does_not_parse")
    assert (problem.values["rule"], problem.values["column"]) == (2, "n")
    assert problem.line > 3
    assert problem.reason.startswith("Rule 2, column “n”: It cannot be understood at character")


@pytest.mark.parametrize(
    ("logic", "element", "code"),
    [
        (table("UNIQUE", ["n +"], ["out"], ["-", "1"]), "i0", "ends_too_early"),
        (table("UNIQUE", [""], ["out"], ["-", "1"]), "i0", "empty"),
        (table("UNIQUE", ["n"], ["out"], ["-", "1 )"]), "r1c2", "does_not_parse"),
        (table("UNIQUE", ["n"], ["out"], ["-", "1"], input_values="a,"), "i0", "ends_too_early"),
        (table("UNIQUE", ["n"], ["out"], ["-", "1"], output_values=["a,"]), "o0", "ends_too_early"),
        (table("UNIQUE", ["n"], ["out"], ["-", "1"], defaults=["("]), "o0", "ends_too_early"),
        (table("LAST", ["n"], ["out"], ["-", "1"]), "table", "unknown_hit_policy"),
        (table("COLLECT", ["n"], ["out"], ["-", "1"], aggregation="AVG"), "table", "unknown_aggregation"),
        (table("FIRST", ["n"], ["out"], ["-", "1"], aggregation="SUM"), "table", "unknown_aggregation"),
        (
            table("COLLECT", ["n"], ["a", "b"], ["-", "1", "2"], aggregation="SUM"),
            "table",
            "aggregation_of_several",
        ),
        (table("PRIORITY", ["n"], ["out"], ["-", "1"]), "table", "no_output_values"),
        (table("OUTPUT ORDER", ["n"], ["out"], ["-", "1"]), "table", "no_output_values"),
        (table("UNIQUE", ["n"], [], ["-"]), "table", "no_outputs"),
        (table("UNIQUE", ["n"], ["a", "a"], ["-", "1", "2"]), "table", "unnamed_output"),
        (table("UNIQUE", ["n", "m"], ["out"], ["-", "1"]), "r1", "cells_missing"),
        (literal(""), "literal", "empty"),
        (literal("1 +"), "literal", "ends_too_early"),
        (literal("1", expressionLanguage="javascript"), "literal", "expression_language"),
        ("", "it", "no_logic"),
        ('<functionDefinition kind="Java"/>', "it", "external_function"),
        (f"<list>{literal('1 +')}</list>", "literal", "ends_too_early"),
        (
            f"<context><contextEntry><variable name='a'/>{literal('1 +')}</contextEntry></context>",
            "literal",
            "ends_too_early",
        ),
        (f"<relation><column name='a'/><row>{literal('1 +')}</row></relation>", "literal", "ends_too_early"),
        (f"<conditional><if>{literal('1 +')}</if></conditional>", "literal", "ends_too_early"),
    ],
)
def test_what_is_wrong_inside_a_decision(logic, element, code):
    assert found(decision("it", logic)) == [(element, code)]


def test_requirements_must_be_there():
    problem = only(decision("it", literal("1"), "decision:gone", name="Правила"))
    assert (problem.element, problem.code, problem.values) == ("it", "missing_requirement", {"name": "gone"})
    assert only(decision("it", literal("1"), "input:gone")).code == "missing_requirement"
    assert only(decision("it", literal("1"), "knowledge:gone")).code == "missing_requirement"


def test_a_circle_of_requirements_is_shown():
    first = decision("a", literal("1"), "decision:b", name="Первое")
    second = decision("b", literal("1"), "decision:a", name="Второе")
    problems = complaints(dmn(first, second))
    assert [(each.element, each.code) for each in problems] == [
        ("a", "cyclic_requirement"),
        ("b", "cyclic_requirement"),
    ]
    assert problems[0].values["path"] == "Первое → Второе → Первое"


def test_the_file_as_a_whole():
    assert found() == [("", "no_decisions")]
    assert found(decision("it", literal("1")), input_data("it", "n")) == [("it", "duplicate_id")]
    imported = '<import name="other" namespace="x" importType="x"/>'
    assert found(imported, decision("it", literal("1"))) == [("", "imports")]


@pytest.mark.parametrize(
    "content", [b"", b"\x00", b"<a/>", b"<definitions", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']
)
def test_bytes_that_are_no_dmn_are_told_and_never_raise(content):
    assert [(each.code, each.line) for each in complaints(content)] == [("not_dmn", 0)]


def test_every_code_has_a_sentence():
    everything: list[Any] = complaints(
        dmn(decision("it", table("LAST", ["n +"], [], ["-", "1 )"]), "decision:gone"))
    )
    assert everything
    assert {each.code for each in everything} <= REASONS.keys()
    assert all(each.reason for each in everything)
