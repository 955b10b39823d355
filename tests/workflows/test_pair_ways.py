"""Where a pair stands on the way of its five meetings."""

from datetime import date

import pytest

from models.meetings import MeetingKind
from models.pairs import PairStatus
from workflows.queries.pair_ways import Held, way_of

FIRST, LAST = MeetingKind.ACQUAINTANCE, MeetingKind.FINAL


def held(*kinds, cycle=1):
    return [Held(kind, cycle, 1, date(2026, 9, 1)) for kind in kinds]


def states(*about, **more):
    return " ".join(step.state.value for step in way_of(*about, **more))


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (PairStatus.APPROVED, "now ahead ahead ahead ahead"),
        (PairStatus.ACQUAINTED, "done now ahead ahead ahead"),
        (PairStatus.TRIED, "done done now ahead ahead"),
        (PairStatus.WORKING, "done done done now ahead"),
        (PairStatus.CONCLUDING, "done done done done now"),
        (PairStatus.COMPLETED, "done done done done done"),
    ],
)
def test_each_status_stands_at_its_meeting(status, expected):
    behind = expected.split().count("done")
    assert states(status, 1, held(*list(MeetingKind)[:behind])) == expected


def test_what_is_open_says_more_than_the_status():
    """A pair without a trial goes from the acquaintance straight to its one meeting."""
    assert states(PairStatus.ACQUAINTED, 1, held(FIRST), ["pair_meetings"]) == "done passed passed now ahead"


def test_a_pair_whose_mentor_was_replaced_gets_acquainted_again():
    met = held(FIRST, MeetingKind.TRIAL, MeetingKind.PLANNING)
    assert states(PairStatus.WORKING, 1, met, ["pair_acquaintance"]) == "now ahead ahead ahead ahead"


def test_a_new_cycle_plans_anew_and_needs_no_second_acquaintance():
    met = held(*MeetingKind)
    assert states(PairStatus.CONCLUDING, 2, met, ["pair_planning"]) == "done done now ahead ahead"
    assert [step.times for step in way_of(PairStatus.WORKING, 2, met)] == [1, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), "now ahead ahead ahead ahead"),
        ((FIRST, MeetingKind.TRIAL), "done done now ahead ahead"),
        ((FIRST, MeetingKind.TRIAL, MeetingKind.PLANNING, MeetingKind.WORKING), "done done done now ahead"),
    ],
)
def test_a_paused_pair_stands_where_its_last_meeting_left_it(kinds, expected):
    assert states(PairStatus.PAUSED, 1, held(*kinds)) == expected


def test_a_pair_that_ended_early_left_the_rest_out():
    assert states(PairStatus.PARTED, 1, held(FIRST, MeetingKind.TRIAL)) == "done done passed passed passed"
    assert way_of(PairStatus.PARTED, 1, ())[-1].kind is LAST
