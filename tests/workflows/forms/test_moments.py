"""Days and hours."""

import pytest

from workflows import forms
from workflows.refusals import Complaint


@pytest.mark.parametrize("typed", ["2026-05-31", "31.05.2026", "31.5.2026", " 31.05.2026 "])
def test_a_day_is_kept_as_iso(form_of, answer, typed):
    form = form_of({"key": "held_on", "type": "datetime", "subtype": "date"})
    assert answer(form, {"held_on": typed}) == {"held_on": "2026-05-31"}


@pytest.mark.parametrize(
    "typed", ["31.02.2026", "2026-13-01", "May 5", "05/31/2026", 20260531, True, ["2026-05-31"]]
)
def test_what_is_no_day_is_refused(form_of, refuse, typed):
    form = form_of({"key": "held_on", "type": "datetime"})
    assert refuse(form, {"held_on": typed}) == {"held_on": [Complaint("not_a_date")]}


@pytest.mark.parametrize("typed", ["0206-05-31", "9999-01-01"])
def test_a_slip_in_the_year_is_noticed(form_of, refuse, typed):
    form = form_of({"key": "held_on", "type": "datetime"})
    assert refuse(form, {"held_on": typed}) == {
        "held_on": [Complaint("date_out_of_range", first=1900, last=2199)]
    }


def test_a_day_that_has_passed_where_the_person_is_can_be_refused(form_of, answer, refuse):
    form = form_of({"key": "day", "type": "datetime", "disallowPassedDates": True})
    assert answer(form, {"day": "20.05.2026"}) == {"day": "2026-05-20"}
    assert refuse(form, {"day": "19.05.2026"}) == {"day": [Complaint("date_passed", today="2026-05-20")]}


@pytest.mark.parametrize(
    ("zone", "kept"),
    [("no_timezone", "09:30"), ("utc_offset", "09:30+03:00"), ("utc_normalized", "06:30Z")],
)
def test_an_hour_is_kept_in_the_way_of_the_form(form_of, answer, zone, kept):
    form = form_of({"key": "at", "type": "datetime", "subtype": "time", "timeSerializingFormat": zone})
    for typed in ("09:30", "9.30", "9:30:00", "06:30Z"):
        assert answer(form, {"at": typed}) == {"at": kept}


@pytest.mark.parametrize("typed", ["25:00", "9", "half past nine", 930, "09:30+99:00"])
def test_what_is_no_hour_is_refused(form_of, refuse, typed):
    form = form_of({"key": "at", "type": "datetime", "subtype": "time"})
    assert refuse(form, {"at": typed}) == {"at": [Complaint("not_a_time")]}


@pytest.mark.parametrize(
    ("zone", "kept"),
    [
        ("no_timezone", "2026-05-31T14:30"),
        ("utc_offset", "2026-05-31T14:30+03:00"),
        ("utc_normalized", "2026-05-31T11:30Z"),
    ],
)
def test_a_day_with_its_hour_is_kept_in_the_way_of_the_form(form_of, answer, zone, kept):
    form = form_of({"key": "at", "type": "datetime", "subtype": "datetime", "timeSerializingFormat": zone})
    for typed in ("2026-05-31T14:30", "31.05.2026 14:30", "31.05.2026, 14.30", "2026-05-31T11:30:00.000Z"):
        assert answer(form, {"at": typed}) == {"at": kept}


def test_a_day_without_its_hour_is_not_enough(form_of, refuse):
    form = form_of({"key": "at", "type": "datetime", "subtype": "datetime"})
    assert refuse(form, {"at": "31.05.2026"}) == {"at": [Complaint("not_a_date_and_time")]}
    assert refuse(form, {"at": "31.05.2026 24:30"}) == {"at": [Complaint("not_a_time")]}


LIMITS = {"earliest": "=today()", "latest": "=due_on"}


@pytest.mark.parametrize("properties", [{"earliest": "2026-05-20", "latest": "2026-06-30"}, LIMITS])
def test_a_day_lies_within_its_limits(form_of, answer, refuse, properties):
    form = form_of({"key": "day", "type": "datetime", "properties": properties})
    case = {"due_on": "2026-06-30"}
    for day in ("2026-05-20", "2026-06-30"):
        assert answer(form, {"day": day}, case) == {"day": day}
    assert refuse(form, {"day": "19.05.2026"}, case) == {
        "day": [Complaint("date_too_early", day="2026-05-20")]
    }
    assert refuse(form, {"day": "01.07.2026"}, case) == {
        "day": [Complaint("date_too_late", day="2026-06-30")]
    }
    assert answer(form, {"day": ""}, case) == {"day": None}


@pytest.mark.parametrize("zone", ["no_timezone", "utc_offset", "utc_normalized"])
@pytest.mark.parametrize("latest", ["2026-05-31", "=last"])
def test_an_hour_of_the_last_day_counts_where_the_person_is(form_of, answer, refuse, zone, latest):
    field = {"key": "at", "type": "datetime", "subtype": "datetime", "timeSerializingFormat": zone}
    form = form_of(field | {"properties": {"latest": latest}})
    # In Moscow this instant is the first of June, and the last day has passed.
    case = {"last": "2026-05-31"}
    assert set(answer(form, {"at": "31.05.2026 23:59"}, case)) == {"at"}
    assert refuse(form, {"at": "2026-05-31T21:30:00Z"}, case) == {
        "at": [Complaint("date_too_late", day="2026-05-31")]
    }


def test_a_limit_may_come_from_another_answer_and_from_an_instant(form_of, refuse):
    form = form_of(
        {"key": "begins", "type": "datetime"},
        {"key": "ends", "type": "datetime", "properties": {"earliest": "=begins", "latest": "=closes_at"}},
    )
    typed = {"begins": "2026-05-25", "ends": "2026-05-24"}
    assert refuse(form, typed) == {"ends": [Complaint("date_too_early", day="2026-05-25")]}
    # Half past ten in the evening by UTC is the next day where the person is.
    closes = {"closes_at": "2026-05-29T22:30:00+00:00"}
    late = {"begins": "2026-05-25", "ends": "2026-05-31"}
    assert refuse(form, late, closes) == {"ends": [Complaint("date_too_late", day="2026-05-30")]}


@pytest.mark.parametrize("limit", ["=nobody_knows", '="soon"', "=5", "=null"])
def test_a_limit_that_is_no_day_does_not_limit(form_of, answer, limit):
    form = form_of({"key": "day", "type": "datetime", "properties": {"earliest": limit, "latest": limit}})
    assert answer(form, {"day": "2026-05-31"}) == {"day": "2026-05-31"}


@pytest.mark.parametrize(
    ("subtype", "properties", "code"),
    [
        ("date", {"earliest": "soon"}, "form_property_wrong"),
        ("date", {"latest": 5}, "form_property_wrong"),
        ("time", {"latest": "2026-05-31"}, "form_property_wrong"),
        ("date", {"latest": "=1 +"}, "expression_wrong"),
        ("date", {"earliest": "2026-06-01", "latest": "2026-05-31"}, "form_limits_contradict"),
    ],
)
def test_a_limit_that_cannot_be_kept_to_is_found_when_the_form_is_read(schema, subtype, properties, code):
    found = forms.complaints(
        schema({"key": "at", "type": "datetime", "subtype": subtype, "properties": properties})
    )
    assert code in {one.code for one in found}
