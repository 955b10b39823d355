"""Why two people fit, what speaks against it, and why somebody is left over: codes with values, no words."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from workflows.matching.cohort import Cohort, Mentee, Mentor, Wish
from workflows.matching.rules import Rules
from workflows.matching.scoring import OBSTACLES, Scores, Truths

Reason = Mapping[str, Any]


def speak_for(mentee: Mentee, mentor: Mentor, wish: Wish, rules: Rules, *, is_pinned: bool) -> list[Reason]:
    """List what speaks for two people, the weightiest first."""
    found: list[Reason] = [{"code": "pinned"}] if is_pinned else []
    found += _wishes(wish)
    helps = _both(mentee.problems, mentor.helps_with)
    if helps:
        found.append({"code": "helps_with", "count": len(helps), "of": len(set(mentee.problems))})
    if _is_same_subject(mentee, mentor):
        found.append({"code": "same_subject", "subject": mentor.subject})
    for code, own, theirs in (
        ("shared_interests", mentee.interests, mentor.interests),
        ("common_times", mentee.times, mentor.times),
    ):
        if shared := _both(own, theirs):
            found.append({"code": code, "count": len(shared)})
    if _has_age_wish(mentor) and _is_wished_age(mentee, mentor):
        found.append({"code": "age_wished", "age": mentee.age})
    if rules.higher_level and mentee.study_level and (mentor.study_level or 0) > mentee.study_level:
        found.append({"code": "level_higher", "years": (mentor.study_level or 0) - mentee.study_level})
    if mentee.experience_years is not None and mentee.experience_years <= rules.young_up_to:
        found.append({"code": "young_specialist", "years": mentee.experience_years})
    return found


def speak_against(mentee: Mentee, mentor: Mentor, wish: Wish, rules: Rules, load: int) -> list[Reason]:
    """List what speaks against two people, though they may be a pair."""
    found: list[Reason] = []
    if wish.by_mentee is None and wish.by_mentor is not None:
        found.append({"code": "mentee_did_not_choose"})
    if wish.by_mentor is None and wish.by_mentee is not None:
        found.append({"code": "mentor_did_not_choose"})
    left = len(set(mentee.problems)) - len(_both(mentee.problems, mentor.helps_with))
    if left:
        found.append({"code": "problems_left", "count": left})
    if mentee.times and mentor.times and not _both(mentee.times, mentor.times):
        found.append({"code": "no_common_times"})
    if mentee.age is not None and _has_age_wish(mentor) and not _is_wished_age(mentee, mentor):
        found.append({"code": "age_not_wished", "age": mentee.age})
    if mentee.subject and mentor.subject and not _is_same_subject(mentee, mentor):
        found.append({"code": "other_subject", "subject": mentor.subject})
    if load > 1 and rules.load:
        found.append({"code": "many_mentees", "count": load})
    return found


def why_mentee_is_left(cohort: Cohort, scores: Scores, row: int, small_groups: bool) -> list[Reason]:
    """Say why a mentee got nobody: what stood in the way, or that others were served better."""
    free = scores.admissible[row]
    if free.any():
        code = "no_group_came_about" if small_groups else "mentors_are_full"
        return [{"code": code, "count": int(free.sum())}]
    if not len(cohort.mentors):
        return [{"code": "no_mentors"}]
    return _in_the_way({name: truths[row] for name, truths in scores.obstacles.items()})


def why_mentor_is_left(cohort: Cohort, scores: Scores, column: int) -> list[Reason]:
    """Say why a mentor with room got nobody."""
    free = scores.admissible[:, column]
    if free.any():
        return [{"code": "mentees_are_served", "count": int(free.sum())}]
    if not len(cohort.mentees):
        return [{"code": "no_mentees"}]
    return _in_the_way({name: truths[:, column] for name, truths in scores.obstacles.items()})


def _in_the_way(obstacles: Mapping[str, Truths]) -> list[Reason]:
    """Count each of the others once, under the gravest thing that stands in the way."""
    counted = np.zeros(len(next(iter(obstacles.values()))), dtype=bool)
    found: list[Reason] = []
    for name in OBSTACLES:
        own = obstacles[name] & ~counted
        counted |= own
        if own.any():
            found.append({"code": f"all_{name}", "count": int(own.sum())})
    return sorted(found, key=lambda one: -one["count"])


def _wishes(wish: Wish) -> list[Reason]:
    if wish.is_mutual:
        return [{"code": "mutual_choice", "mentee_rank": wish.by_mentee, "mentor_rank": wish.by_mentor}]
    if wish.by_mentee is not None:
        return [{"code": "mentee_chose", "rank": wish.by_mentee}]
    return [{"code": "mentor_chose", "rank": wish.by_mentor}] if wish.by_mentor is not None else []


def _both(own: Iterable[str], theirs: Iterable[str]) -> set[str]:
    return set(own) & set(theirs)


def _is_same_subject(mentee: Mentee, mentor: Mentor) -> bool:
    return bool(mentee.subject) and mentee.subject.casefold() == mentor.subject.casefold()


def _has_age_wish(mentor: Mentor) -> bool:
    return mentor.age_from is not None or mentor.age_to is not None


def _is_wished_age(mentee: Mentee, mentor: Mentor) -> bool:
    first, last = mentor.age_from, mentor.age_to
    return mentee.age is not None and (first or 0) <= mentee.age and (last is None or mentee.age <= last)
