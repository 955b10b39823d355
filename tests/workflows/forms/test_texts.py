"""What people type and paste as text."""

import pytest

from workflows.refusals import Complaint


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Первая встреча ", "Первая встреча"),
        ("и\u0306", "й"),
        ("\u202a+7 912\u202c", "+7 912"),
        ("\ufeffтекст", "текст"),
        ("a\tb", "a b"),
        ("Ёлка 🎄 👩‍🏫", "Ёлка 🎄 👩‍🏫"),
        ("   ", ""),
    ],
)
def test_a_line_is_kept_clean(form_of, answer, typed, kept):
    assert answer(form_of({"key": "topic"}), {"topic": typed}) == {"topic": kept}


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "a\x85b", "one\ntwo", "half \ud800 of a letter"])
def test_a_line_with_what_cannot_be_seen_is_refused(form_of, refuse, typed):
    assert refuse(form_of({"key": "topic"}), {"topic": typed}) == {"topic": [Complaint("control_characters")]}


def test_several_lines_keep_their_breaks_in_one_way(form_of, answer, refuse):
    form = form_of({"key": "notes", "type": "textarea"})
    assert answer(form, {"notes": "one\r\ntwo\rthree\n\n"}) == {"notes": "one\ntwo\nthree"}
    assert refuse(form, {"notes": "bell \x07"}) == {"notes": [Complaint("control_characters")]}


def test_a_required_answer_may_not_be_blank_or_missing(form_of, refuse):
    form = form_of({"key": "topic", "validate": {"required": True}})
    for raw in ({}, {"topic": None}, {"topic": ""}, {"topic": " \u00a0 "}):
        assert refuse(form, raw) == {"topic": [Complaint("required")]}


def test_an_answer_that_nobody_gave_is_blank(form_of, answer):
    assert answer(form_of({"key": "topic", "validate": {"minLength": 5}}), {}) == {"topic": ""}


def test_lengths_are_those_of_the_form(form_of, answer, refuse):
    form = form_of({"key": "topic", "validate": {"minLength": "3", "maxLength": 5}})
    assert refuse(form, {"topic": "ab"}) == {"topic": [Complaint("too_short", minimum=3)]}
    assert refuse(form, {"topic": "abcdef"}) == {"topic": [Complaint("too_long", maximum=5)]}
    assert answer(form, {"topic": " abcde "}) == {"topic": "abcde"}


@pytest.mark.parametrize(("kind", "most"), [("textfield", 1000), ("textarea", 20_000)])
def test_no_text_is_endless_even_if_the_form_sets_no_limit(form_of, answer, refuse, kind, most):
    form = form_of({"key": "topic", "type": kind})
    assert answer(form, {"topic": "ы" * most}) == {"topic": "ы" * most}
    for length in (most + 1, most * 5):
        assert refuse(form, {"topic": "ы" * length}) == {"topic": [Complaint("too_long", maximum=most)]}


@pytest.mark.parametrize("sent", [5, True, ["a"], {"a": 1}, 1.5])
def test_what_is_no_text_is_refused(form_of, refuse, sent):
    assert refuse(form_of({"key": "topic"}), {"topic": sent}) == {"topic": [Complaint("not_text")]}


@pytest.mark.parametrize("typed", ["anna@example.org", "a.b+c@школа41.рф", "o'hara@mail.example.co"])
def test_an_address_for_mail_is_taken(form_of, answer, typed):
    form = form_of({"key": "mail", "validate": {"validationType": "email"}})
    assert answer(form, {"mail": f" {typed} "}) == {"mail": typed}


@pytest.mark.parametrize(
    "typed",
    [
        "anna",
        "@example.org",
        "anna@",
        "a b@example.org",
        "anna@example",
        "anna@-x.org",
        ".a@x.org",
        "a..b@x.org",
        "anna@x.org, b@x.org",
        "a@b@x.org",
        "a" * 65 + "@x.org",
        "a@" + "x." * 200 + "org",
    ],
)
def test_what_is_no_address_for_mail_is_refused(form_of, refuse, typed):
    form = form_of({"key": "mail", "validate": {"validationType": "email"}})
    assert refuse(form, {"mail": typed}) == {"mail": [Complaint("not_an_email")]}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8 (912) 345-67-89", "+79123456789"),
        ("+7 912 345 67 89", "+79123456789"),
        ("79123456789", "+79123456789"),
        ("0044 20 7946 0000", "+442079460000"),
        ("+375 29 123‑45‑67", "+375291234567"),
    ],
)
def test_a_telephone_number_is_kept_in_one_way(form_of, answer, typed, kept):
    form = form_of({"key": "phone", "validate": {"validationType": "phone"}})
    assert answer(form, {"phone": typed}) == {"phone": kept}


@pytest.mark.parametrize(
    "typed", ["12-34-56", "позвоните", "+7 912", "+0123456789", "+7912345678901234", "٨٩١٢٣٤٥٦٧٨٩"]
)
def test_what_is_no_telephone_number_is_refused(form_of, refuse, typed):
    form = form_of({"key": "phone", "validate": {"validationType": "phone"}})
    assert refuse(form, {"phone": typed}) == {"phone": [Complaint("not_a_phone")]}


def test_a_pattern_is_looked_for_and_its_own_words_come_along(form_of, answer, refuse):
    rules = {"pattern": r"^\d{1,2}[А-Я]$", "patternErrorMessage": "Например, 7А"}
    form = form_of({"key": "class", "validate": rules})
    assert answer(form, {"class": "11Б"}) == {"class": "11Б"}
    assert refuse(form, {"class": "7"}) == {"class": [Complaint("pattern", message="Например, 7А")]}
