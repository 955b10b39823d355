"""Patterns: the answers of a browser, without its ability to hang."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.forms.patterns import Pattern, PatternUnsupported


@pytest.mark.parametrize(
    ("pattern", "found", "not_found"),
    [
        ("abc", ["xabcx"], ["ab", ""]),
        ("^a+$", ["a", "aaa"], ["", "ab", "\na"]),
        (r"^\d{4}-\d{6}$", ["1234-567890"], ["1234-56789", "١٢٣٤-567890"]),
        (r"^[А-ЯЁ][а-яё]+(-[А-ЯЁ][а-яё]+)?$", ["Ёлкина", "Ёлкина-Иванова"], ["елкина", "Ёлкина-"]),
        (r"^(?:\+7|8)\d{10}$", ["+79123456789", "89123456789"], ["79123456789"]),
        (r"^(?<year>20\d\d)$", ["2026"], ["1926"]),
        (r"\bpair\b", ["the pair met"], ["repairs", "pairs"]),
        (r"\Bair\B", ["fairy"], ["air", "pair"]),
        ("^[^aeiou]*$", ["rhythm", ""], ["vowel"]),
        (r"^[\w.-]+$", ["a_b.c-d", "A9"], ["a b", "ё"]),
        (r"^[a\-z]$", ["-", "a", "z"], ["b"]),
        ("^[]x]$", [], ["x", "]"]),
        (r"^\u0410\x41\.$", ["АA."], ["АAx"]),
        ("^a{2,3}?$", ["aa", "aaa"], ["a", "aaaa"]),
        ("^a{2,}$", ["aa", "aaaaa"], ["a"]),
        ("^a{,2}$", ["a{,2}"], ["a"]),
        (r"^\S+\s\S+$", ["a\u00a0b"], ["ab"]),
        (r"^\D\W$", ["a!"], ["1!", "aa"]),
        ("^(a|b|)c$", ["ac", "bc", "c"], ["dc"]),
        ("^.$", ["x", "🎄"], ["\n", ""]),
    ],
)
def test_a_pattern_finds_what_a_browser_finds(pattern, found, not_found):
    machine = Pattern(pattern)
    assert [text for text in found if not machine.is_found_in(text)] == []
    assert [text for text in not_found if machine.is_found_in(text)] == []


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(a", "form_pattern_broken"),
        ("a)", "form_pattern_broken"),
        ("[a", "form_pattern_broken"),
        ("*a", "form_pattern_broken"),
        ("a{3,1}", "form_pattern_broken"),
        ("[z-a]", "form_pattern_broken"),
        ("\\", "form_pattern_broken"),
        (r"\p{L}", "form_pattern_broken"),
        ("^*", "form_pattern_broken"),
        (r"(a)\1", "form_pattern_looks_around"),
        ("(?=a)b", "form_pattern_looks_around"),
        ("(?<!a)b", "form_pattern_looks_around"),
        ("a{5000}", "form_pattern_too_large"),
        ("(a{100}){100}", "form_pattern_too_large"),
        ("((((((()){1000}){1000}){1000}){1000}){1000}){1000}", "form_pattern_too_large"),
        ("(" * 50 + "a" + ")" * 50, "form_pattern_too_large"),
    ],
)
def test_a_pattern_that_cannot_be_run_safely_is_refused_with_the_reason(pattern, reason):
    with pytest.raises(PatternUnsupported) as refusal:
        Pattern(pattern)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "^(a|a)*$", "^(a?){40}a{40}$", "(.*)*x", "^([a-z]+)*$", "(a*)*(b*)*c"]
)
def test_no_pattern_takes_long(pattern):
    started = time.perf_counter()
    Pattern(pattern).is_found_in("a" * 300 + "!")
    assert time.perf_counter() - started < 2


ATOMS = st.sampled_from(
    ["a", "b", "[ab]", "[^a]", ".", r"\d", r"\w", "(?:a|b)", "(ab)", r"\b", "^", "$", "x?"]
)
PIECES = st.tuples(ATOMS, st.sampled_from(["", "*", "+", "?", "{2}", "{1,3}", "{0,}"])).map(
    lambda pair: pair[0] if pair[0] in {r"\b", "^", "$", "x?"} else "".join(pair)
)
PATTERNS = st.lists(st.lists(PIECES, max_size=5).map("".join), min_size=1, max_size=3).map("|".join)


@given(pattern=PATTERNS, text=st.text(alphabet="ab1 -x", max_size=8))
@settings(max_examples=300, deadline=None)
def test_the_machine_agrees_with_the_engine_of_python_where_both_speak_one_language(pattern, text):
    assert Pattern(pattern).is_found_in(text) == (re.search(pattern, text, re.ASCII) is not None)


@given(source=st.text(alphabet=r"ab()[]{}|*+?\^$.-,:<>=!123dwsub", max_size=20), text=st.text(max_size=10))
@settings(max_examples=300, deadline=None)
def test_a_pattern_is_read_or_refused_whatever_it_is(source, text):
    try:
        machine = Pattern(source)
    except PatternUnsupported:
        return
    assert machine.is_found_in(text) in {True, False}
