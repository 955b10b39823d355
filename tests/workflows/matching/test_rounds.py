"""The plan of a speed meeting."""

from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from workflows.matching import plan_rounds

few = st.integers(1, 9)


def names(letter, count):
    return [f"{letter}{number}" for number in range(count)]


def is_sound(plan, tables=None):
    """Nobody sits at two tables in a round, nobody meets twice, and no table is taken twice."""
    seats = Counter((talk.round, guest) for talk in plan.talks for guest in (talk.mentor, talk.mentee))
    places = Counter((talk.round, talk.table) for talk in plan.talks)
    pairs = Counter((talk.mentor, talk.mentee) for talk in plan.talks)
    assert max(seats.values(), default=1) == 1
    assert max(places.values(), default=1) == 1
    assert max(pairs.values(), default=1) == 1
    assert all(1 <= talk.round <= plan.rounds for talk in plan.talks)
    assert tables is None or all(talk.table <= tables for talk in plan.talks)


@given(few, few)
def test_everybody_meets_everybody_in_as_many_rounds_as_the_larger_side_has_guests(mentors, mentees):
    plan = plan_rounds(names("н", mentors), names("м", mentees))
    is_sound(plan)
    assert plan.rounds == max(mentors, mentees)
    assert {(one.mentor, one.mentee) for one in plan.talks} == set(
        product(names("н", mentors), names("м", mentees))
    )


@given(few, few)
def test_pauses_are_fair(mentors, mentees):
    plan = plan_rounds(names("н", mentors), names("м", mentees))
    assert len({plan.pauses_of(one) for one in names("н", mentors)}) == 1
    assert len({plan.pauses_of(one) for one in names("м", mentees)}) == 1


@given(few, few, few)
def test_with_few_tables_there_are_no_more_rounds_than_the_tables_ask_for(mentors, mentees, tables):
    plan = plan_rounds(names("н", mentors), names("м", mentees), tables)
    is_sound(plan, min(tables, mentors, mentees))
    room = min(tables, mentors, mentees)
    assert len(plan.talks) == mentors * mentees
    assert plan.rounds == max(mentors, mentees, -(-mentors * mentees // room))


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=30), few)
def test_when_only_some_must_meet_the_busiest_guest_says_how_many_rounds_there_are(edges, tables):
    only = {(f"н{a}", f"м{b}") for a, b in edges}
    plan = plan_rounds(names("н", 7), names("м", 7), tables, only)
    is_sound(plan, min(tables, 7))
    busiest = max([0, *Counter(end for edge in only for end in edge).values()])
    assert {(one.mentor, one.mentee) for one in plan.talks} == only
    assert plan.rounds == max(busiest, -(-len(only) // min(tables, 7)))


def test_a_mentor_keeps_the_table():
    plan = plan_rounds(names("н", 3), names("м", 5))
    assert {talk.table for talk in plan.of("н1")} == {2}


def test_a_meeting_without_guests_has_no_rounds():
    assert plan_rounds([], names("м", 3)).talks == ()


@given(few, few, few, st.integers(1, 6))
def test_where_time_is_short_nobody_talks_much_more_than_others(mentors, mentees, tables, rounds):
    plan = plan_rounds(names("н", mentors), names("м", mentees), tables, most_rounds=rounds)
    room = min(tables, mentors, mentees)
    is_sound(plan, room)
    assert plan.rounds <= rounds
    possible = min(mentors * mentees, rounds * room)
    assert possible - 1 <= len(plan.talks) <= possible
    talks = [len(plan.of(one)) for one in names("м", mentees)]
    assert max(talks) - min(talks) <= 2


def test_a_meeting_of_a_thousand_is_planned_within_its_time():
    only = [(a, b) for a in names("н", 100) for b in names("м", 1000) if a != "н0" or b != "м0"]
    plan = plan_rounds(names("н", 100), names("м", 1000), 30, only, most_rounds=25)
    is_sound(plan, 30)
    assert (plan.rounds, len(plan.talks)) == (25, 750)
