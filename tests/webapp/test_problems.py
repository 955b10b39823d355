"""Every problem that the check can find has a reason and a remedy in words."""

import re

import pytest

from webapp.problems import PROBLEMS, explain, reason, remedy, why
from webapp.problems.causes import CAUSES, KINDS, PLACES
from webapp.problems.steps import BELOW, STEPS
from workflows.engine import feel_reasons
from workflows.engine.check import CODES, Problem
from workflows.engine.check.graph import NODES
from workflows.engine.check.problems import Cause
from workflows.engine.step_reasons import CAUSES as STEP_CAUSES
from workflows.engine.step_reasons import STEP_REASONS, explanation
from workflows.forms.faults import FAULTS
from workflows.service_tasks.place import OPERATOR_REASONS


def test_every_code_has_its_words_and_there_are_no_others() -> None:
    assert set(PROBLEMS) == set(CODES) | set(FAULTS)


@pytest.mark.parametrize("code", [*CODES, *FAULTS])
def test_the_words_use_only_what_a_problem_carries(code: str) -> None:
    values = {name: f"<{name}>" for name in (FAULTS[code] if code in FAULTS else CODES[code][1])}
    problem = Problem("pair.bpmn", "a", "Шаг", 3, code, values)
    for sentence in (reason(problem), remedy(problem)):
        assert sentence[0].isupper() or sentence.startswith(("“", "<", "pack.toml"))
        assert sentence.rstrip(">")[-1] in ".:" or "<reason" in sentence
        assert "%(" not in sentence


def test_every_cause_of_the_language_of_expressions_has_the_same_words() -> None:
    words = {code: str(text) for code, text in CAUSES.items()}
    assert words == dict(feel_reasons.REASONS)
    assert {name: str(text) for name, text in PLACES.items()} == dict(feel_reasons.PLACES)


def test_a_cause_says_where_and_why() -> None:
    cause = Cause("does_not_parse", {"rule": 2, "column": "Срок", "position": 3, "near": "+"})
    assert explain(cause) == "Rule 2, column “Срок”: It cannot be understood at character 3, near “+”."


def test_every_reason_of_a_failed_step_is_said_and_no_other() -> None:
    assert set(STEPS) == set(STEP_REASONS)
    assert set(BELOW) == {*STEP_CAUSES, *OPERATOR_REASONS}
    assert set(BELOW) & set(CAUSES) == set()


@pytest.mark.parametrize("code", STEP_REASONS)
def test_the_reason_of_a_failed_step_uses_only_what_it_carries(code: str) -> None:
    values = dict.fromkeys(re.findall(r"{(\w+)}", STEP_REASONS[code]), "x")
    said = why(explanation(code, values))
    assert "…" not in said
    assert "{" not in said


def test_a_reason_names_what_lies_beneath_it() -> None:
    cause = Cause("unknown_name", {"name": "mood"})
    told = explanation("expression_failed", {"expression": "=mood > 3"}, cause)
    assert why(told) == (
        "The expression “=mood > 3” has no value. There is no “mood” here, so the answer is not known."
    )


def test_a_failure_without_an_explanation_is_said_in_general() -> None:
    assert why({}) == str(STEPS["unforeseen"])


def test_every_kind_of_element_has_a_name_in_words() -> None:
    assert set(KINDS) >= NODES
    assert all(re.fullmatch(r"[a-z][a-z ]+", str(word)) for word in KINDS.values())


def test_a_problem_names_kinds_in_words() -> None:
    problem = Problem("pair.bpmn", "a", "", 3, "name_missing", {"kind": "userTask"})
    assert reason(problem) == "There is no name (user task)."
