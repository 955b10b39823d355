"""Days and hours."""

import pytest

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
