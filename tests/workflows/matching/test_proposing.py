"""A proposal for a whole cohort: what it always keeps, and that nothing better is possible."""

import random
from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.matching.cohorts import FORMS, cohorts, rules
from workflows.matching import Cohort, Mentee, Mentor, Rules, Wish, find_obstacles, list_candidates, propose
from workflows.matching.scoring import score

FORM = "teacher_learner"


def pairs_of(outcome):
    return {(one.mentee, one.mentor) for one in outcome.pairs}


def admissible(cohort, own):
    scores = score(cohort, dict.fromkeys(FORMS, own))
    return {
        (mentee.key, mentor.key)
        for (row, mentee), (column, mentor) in product(enumerate(cohort.mentees), enumerate(cohort.mentors))
        if scores.admissible[row, column]
    }


@given(cohorts(most=3, groups=True), rules)
def test_nobody_gets_more_than_there_is_room_for_and_nothing_inadmissible_is_proposed(cohort, own):
    found = pairs_of(propose(cohort, dict.fromkeys(FORMS, own)))
    taken, given_to = Counter(b for _a, b in found), Counter(a for a, _b in found)
    assert all(taken[one.key] <= one.capacity for one in cohort.mentors)
    assert all(given_to[one.key] <= one.most_mentors for one in cohort.mentees)
    assert found <= admissible(cohort, own)
    assert not found & cohort.forbidden


@given(cohorts(most=2, groups=True), rules)
def test_what_is_pinned_stays_as_long_as_nothing_stands_in_its_way(cohort, own):
    found = pairs_of(propose(cohort, dict.fromkeys(FORMS, own)))
    assert found >= cohort.pinned & admissible(cohort, own)


@given(cohorts(groups=True), rules)
def test_rule_12_a_group_has_two_mentees_at_least_unless_the_curator_pinned_one(cohort, own):
    outcome = propose(cohort, dict.fromkeys(FORMS, own))
    groups = Counter((one.form, one.mentor) for one in outcome.pairs if one.is_group)
    pinned = {(one.form, one.mentor) for one in outcome.pairs if one.is_pinned}
    assert all(count >= own.least_mentees for group, count in groups.items() if group not in pinned)


@given(cohorts(most=2, groups=True), rules, st.randoms(use_true_random=False))
def test_the_same_cohort_gives_the_same_proposal(cohort, own, chance):
    first = propose(cohort, dict.fromkeys(FORMS, own))
    wishes = list(cohort.wishes.items())
    chance.shuffle(wishes)
    assert propose(replace(cohort, wishes=dict(wishes)), dict.fromkeys(FORMS, own)) == first


@given(cohorts(), rules)
def test_it_is_worth_no_less_than_a_greedy_choice(cohort, own):
    own = replace(own, load=0)
    open_to, worth = admissible(cohort, own), worth_of(cohort, own)
    found = pairs_of(propose(cohort, dict.fromkeys(FORMS, own)))
    taken, room = {a for a, _b in cohort.pinned & open_to}, {one.key: one.capacity for one in cohort.mentors}
    chosen = set(cohort.pinned & open_to)
    for _a, b in chosen:
        room[b] -= 1
    for mentee, mentor in sorted(open_to, key=lambda two: -worth[two]):
        if mentee not in taken and room[mentor] > 0:
            taken.add(mentee)
            room[mentor] -= 1
            chosen.add((mentee, mentor))
    assert total(found, worth) >= total(chosen, worth) - 1e-6


@settings(max_examples=60)
@given(cohorts(mentees=4, mentors=3, capacity=2), rules)
def test_on_small_cohorts_no_choice_at_all_is_better(cohort, own):
    open_to, worth = admissible(cohort, own), worth_of(cohort, own)
    pinned = cohort.pinned & open_to
    ways = [[None, *(b for a, b in sorted(open_to) if a == one.key)] for one in cohort.mentees]
    best = max(
        (
            whole_worth(found, worth, own.load)
            for choice in product(*ways)
            if is_possible(cohort, found := chosen_by(cohort, choice), pinned)
        ),
        default=0,
    )
    found = pairs_of(propose(cohort, dict.fromkeys(FORMS, own)))
    assert whole_worth(found, worth, own.load) == pytest.approx(best, abs=1e-4)


def chosen_by(cohort, choice):
    return {(one.key, b) for one, b in zip(cohort.mentees, choice, strict=True) if b}


def is_possible(cohort, found, pinned):
    taken = Counter(b for _a, b in found)
    return pinned <= found and all(taken[one.key] <= one.capacity for one in cohort.mentors)


def whole_worth(found, worth, load):
    """Sum the worth; each further mentee of a mentor costs more, but no pair is worth less than one."""
    mentors = {b for _a, b in found}
    whole = 0.0
    for mentor in mentors:
        own = sorted((worth[two] for two in found if two[1] == mentor), reverse=True)
        whole += sum(max(1.0, each - load * nth) for nth, each in enumerate(own))
    return whole


def worth_of(cohort, own):
    totals = score(cohort, dict.fromkeys(FORMS, own)).total
    return {
        (mentee.key, mentor.key): max(1.0, float(totals[row, column]))
        for (row, mentee), (column, mentor) in product(enumerate(cohort.mentees), enumerate(cohort.mentors))
    }


def total(found, worth):
    return sum(worth[two] for two in found)


def mentee(key, **more):
    return Mentee(key=key, person=f"лицо {key}", form=more.pop("form", FORM), **more)


def mentor(key, **more):
    return Mentor(key=key, person=f"лицо {key}", forms=more.pop("forms", (FORM,)), **more)


def propose_for(mentees, mentors, own=None, **more):
    return propose(Cohort(tuple(mentees), tuple(mentors), **more), {FORM: own or Rules()})


def test_the_whole_is_better_than_the_best_pair_first():
    wishes = {("а", "x"): Wish(1, 1), ("а", "y"): Wish(2, 2), ("б", "x"): Wish(2, 2)}
    own = Rules(needs="mutual")
    found = propose_for([mentee("а"), mentee("б")], [mentor("x"), mentor("y")], own, wishes=wishes)
    assert pairs_of(found) == {("а", "y"), ("б", "x")}


def test_rule_11_several_mentees_for_a_mentor_and_several_mentors_for_a_mentee():
    many = propose_for([mentee("а"), mentee("б")], [mentor("x", capacity=2)])
    assert pairs_of(many) == {("а", "x"), ("б", "x")}
    both = propose_for([mentee("а", most_mentors=2)], [mentor("x"), mentor("y")])
    assert pairs_of(both) == {("а", "x"), ("а", "y")}


def test_rule_11_nobody_gets_a_second_mentor_while_another_has_none():
    found = propose_for(
        [mentee("а", most_mentors=2, problems=("речь",)), mentee("б")],
        [mentor("x", helps_with=("речь",)), mentor("y", helps_with=("речь",))],
    )
    assert {one.mentee for one in found.pairs} == {"а", "б"}


def test_rule_12_a_group_fills_up_before_another_is_opened():
    found = propose(
        Cohort(
            (mentee("а"), mentee("б"), mentee("в")),
            (mentor("x", capacity=3), mentor("y", capacity=3)),
            groups=frozenset({FORM}),
        ),
        {FORM: Rules()},
    )
    assert len({one.mentor for one in found.pairs}) == 1
    assert len(found.pairs) == 3


def test_rule_12_a_mentee_alone_is_no_group_and_is_named_with_the_reason():
    found = propose(Cohort((mentee("а"),), (mentor("x", capacity=3),), groups=frozenset({FORM})), {})
    assert found.pairs == ()
    assert found.left_over[0].reasons == [{"code": "no_group_came_about", "count": 1}]


def test_rule_13_a_young_specialist_comes_first():
    found = propose_for(
        [mentee("опытный", experience_years=12), mentee("молодой", experience_years=1)], [mentor("x")]
    )
    assert pairs_of(found) == {("молодой", "x")}
    assert {"code": "young_specialist", "years": 1} in found.pairs[0].reasons


def test_rule_14_nobody_is_paired_whom_the_other_did_not_choose_where_both_must():
    wishes = {("а", "x"): Wish(1, None), ("б", "x"): Wish(None, 1)}
    found = propose_for(
        [mentee("а"), mentee("б")], [mentor("x", capacity=2)], Rules(needs="mutual"), wishes=wishes
    )
    assert found.pairs == ()
    assert found.left_over[0].reasons == [{"code": "all_not_chosen", "count": 1}]


def test_rule_19_a_learner_mentor_stands_on_a_higher_level_unless_they_are_equals():
    own = Rules(higher_level=True)
    below = mentor("x", study_level=1)
    assert propose_for([mentee("а", study_level=2)], [below], own).pairs == ()
    assert propose_for([mentee("а", study_level=2)], [mentor("x")], own).pairs == ()
    assert propose_for([mentee("а", study_level=2, is_equal=True)], [below], own).pairs
    assert propose_for([mentee("а", study_level=2)], [mentor("x", study_level=3)], own).pairs


def test_rule_20_a_parent_is_never_mentor_of_the_own_child():
    child, parent = mentee("а", guardians=("лицо x",)), mentor("x", source="parent")
    own = Rules(not_own_child=True)
    assert propose_for([child], [parent], own).pairs == ()
    assert propose_for([mentee("б")], [parent], own).pairs
    assert find_obstacles(Cohort((child,), (parent,)), own, "а", "x") == ["own_child"]


def test_who_parted_is_not_paired_again():
    apart = frozenset({("лицо а", "лицо x")})
    found = propose_for([mentee("а")], [mentor("x"), mentor("y")], apart=apart)
    assert pairs_of(found) == {("а", "y")}


def test_nobody_becomes_the_own_mentor():
    same = Mentee("а", "одно лицо", FORM), Mentor("x", "одно лицо", (FORM,))
    assert propose(Cohort((same[0],), (same[1],)), {}).pairs == ()


def test_mentees_are_spread_over_the_mentors():
    found = propose_for(
        [mentee("а"), mentee("б")], [mentor("x", capacity=2, interests=("код",)), mentor("y", capacity=2)]
    )
    assert {one.mentor for one in found.pairs} == {"x", "y"}


def test_what_speaks_for_a_pair_and_against_it_is_said():
    one = mentee("а", problems=("речь", "учёба"), interests=("код",), times=("пн",), age=14, subject="Химия")
    other = mentor(
        "x", helps_with=("речь",), interests=("код", "шахматы"), times=("вт",), age_from=16, subject="химия"
    )
    (found,) = propose_for([one], [other], wishes={("а", "x"): Wish(1, None)}).pairs
    assert {each["code"] for each in found.reasons} == {
        "mentee_chose",
        "helps_with",
        "same_subject",
        "shared_interests",
    }
    assert {each["code"] for each in found.against} == {
        "mentor_did_not_choose",
        "problems_left",
        "no_common_times",
        "age_not_wished",
    }


def test_everybody_left_over_is_named_with_why():
    cohort = [mentee("а"), mentee("б"), mentee("в", form="learner_learner")]
    found = propose_for(cohort, [mentor("x"), mentor("y", forms=("teacher_teacher",))])
    said = {one.key: [each["code"] for each in one.reasons] for one in found.left_over}
    assert said == {"б": ["mentors_are_full"], "в": ["all_other_form"], "y": ["all_other_form"]}


def test_without_mentors_or_mentees_nothing_is_proposed_and_it_is_said_why():
    assert propose_for([mentee("а")], []).left_over[0].reasons == [{"code": "no_mentors"}]
    assert propose_for([], [mentor("x")]).left_over[0].reasons == [{"code": "no_mentees"}]
    assert propose_for([], []) == propose_for([], [])


def test_candidates_are_listed_the_best_first_and_only_with_room():
    cohort = Cohort(
        (mentee("а", problems=("речь",)),),
        (mentor("полный", capacity=0), mentor("x"), mentor("y", helps_with=("речь",))),
    )
    assert [one.mentor for one in list_candidates(cohort, Rules(), "а")] == ["y", "x"]


def test_progress_is_told_until_the_end():
    heard = []
    propose(Cohort((mentee("а"),), (mentor("x"),)), {}, lambda share, step: heard.append((share, step)))
    assert heard[0] == (0.0, "scoring")
    assert heard[-1] == (1.0, "done")
    assert heard == sorted(heard)


def test_points_are_data():
    wishes = {("а", "x"): Wish(1, 1)}
    mentors = [mentor("x"), mentor("y", helps_with=("речь",))]
    one = mentee("а", problems=("речь",))
    assert pairs_of(propose_for([one], mentors, wishes=wishes)) == {("а", "x")}
    fit_first = Rules.read({"fit": 200, "mutual": 10, "unknown": 1, "load": None})
    assert pairs_of(propose_for([one], mentors, fit_first, wishes=wishes)) == {("а", "y")}


def test_many_are_proposed_within_seconds():
    chance = random.Random(7)
    mentees = [mentee(f"{n:04}", problems=(str(chance.randint(0, 9)),)) for n in range(300)]
    mentors = [mentor(f"н{n}", capacity=3, helps_with=(str(chance.randint(0, 9)),)) for n in range(120)]
    assert len(propose_for(mentees, mentors).pairs) == 300
