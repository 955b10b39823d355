"""Numbers as people type them and as programs send them."""

from decimal import Decimal

import pytest

from workflows.refusals import Complaint


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("3,5", 3.5),
        ("3.5", 3.5),
        (" 12 ", 12),
        ("1 250", 1250),
        ("1\u00a0250,75", 1250.75),
        ("12\u202f000", 12000),
        ("−4", -4),
        ("+7", 7),
        ("007", 7),
        (5, 5),
        (5.0, 5),
        (0.1, 0.1),
        (Decimal("2.50"), 2.5),
        ("-0", 0),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_a_number_is_kept_as_a_number(form_of, answer, sent, kept):
    clean = answer(form_of({"key": "hours", "type": "number"}), {"hours": sent})
    assert clean == {"hours": kept}
    assert type(clean["hours"]) is type(kept)


@pytest.mark.parametrize(
    "sent",
    ["five", "1,2,3", "1.000,5", "12 34", "1e3", "0x10", "NaN", "inf", "٣", "½", "1_000", "--1", "9" * 61,
     True, [1], {}, float("nan"), float("inf"), Decimal("sNaN"), Decimal("Infinity")],
)  # fmt: skip
def test_what_is_no_number_is_refused(form_of, refuse, sent):
    form = form_of({"key": "hours", "type": "number"})
    assert refuse(form, {"hours": sent}) == {"hours": [Complaint("not_a_number")]}


@pytest.mark.parametrize("sent", ["9007199254740992", 10**400, 1e300, Decimal("1e999999")])
def test_a_number_beyond_what_can_be_counted_exactly_is_refused(form_of, refuse, sent):
    form = form_of({"key": "hours", "type": "number"})
    assert refuse(form, {"hours": sent}) == {"hours": [Complaint("too_large", maximum=2**53 - 1)]}


def test_limits_digits_and_steps_are_those_of_the_form(form_of, answer, refuse):
    form = form_of(
        {
            "key": "hours",
            "type": "number",
            "decimalDigits": 1,
            "increment": "0.5",
            "validate": {"min": 0.5, "max": "10"},
        }
    )
    assert answer(form, {"hours": "2,5"}) == {"hours": 2.5}
    assert answer(form, {"hours": "2,50"}) == {"hours": 2.5}
    assert refuse(form, {"hours": "0"}) == {"hours": [Complaint("too_small", minimum=0.5)]}
    assert refuse(form, {"hours": "10,5"}) == {"hours": [Complaint("too_large", maximum=10)]}
    assert refuse(form, {"hours": "1,25"}) == {"hours": [Complaint("too_many_decimals", digits=1)]}
    assert refuse(form, {"hours": "1,2"}) == {"hours": [Complaint("off_step", below=1, above=1.5)]}


def test_a_step_below_zero_names_both_neighbours(form_of, refuse):
    form = form_of({"key": "change", "type": "number", "increment": 5})
    assert refuse(form, {"change": -7}) == {"change": [Complaint("off_step", below=-10, above=-5)]}


def test_whole_numbers_are_asked_for_in_words_of_their_own(form_of, refuse):
    form = form_of({"key": "count", "type": "number", "decimalDigits": 0})
    assert refuse(form, {"count": "1,5"}) == {"count": [Complaint("not_whole")]}


def test_a_long_number_is_kept_as_text_where_the_form_says_so(form_of, answer):
    form = form_of({"key": "account", "type": "number", "serializeToString": True})
    assert answer(form, {"account": "40817810099910004312,50"}) == {"account": "40817810099910004312.5"}
