"""Propose pairs for a large cohort at once; the reference goes through the best pairs greedily in a loop."""

from collections import Counter
from random import Random

from benchmarks.measuring import Finding, at_least, at_most, median_in_turn, plain
from workflows.matching import Cohort, Mentee, Mentor, Rules, Wish, propose
from workflows.matching.assigning import Spot
from workflows.matching.scoring import Scores, score

MENTEES, MENTORS, MOST_SECONDS = 1_000, 400, 5
FORMS = ("learner_learner", "teacher_learner", "employer_learner")
RULES = {form: Rules(higher_level=form == "learner_learner", load=0) for form in FORMS}


def measure(runs: int = 5) -> list[Finding]:
    """Return the table rows of pairing."""
    cohort = make_cohort(MENTEES, MENTORS, seed=7)
    scores = score(cohort, RULES)
    found = median_in_turn(
        {"whole": lambda: propose(cohort, RULES), "greedy": lambda: choose_greedily(cohort, scores)},
        runs=runs,
        warm_up=1,
    )
    ours, theirs = _worth_of_proposal(cohort, scores), _worth(scores, choose_greedily(cohort, scores))
    what = f"{MENTEES} mentees × {MENTORS} mentors"
    return [
        plain(f"pairing: proposal with reasons, {what}", found["whole"]),
        plain(f"pairing: greedy loop over scores that are there, {what}", found["greedy"]),
        at_most("pairing: seconds of a proposal", found["whole"] / 1000, MOST_SECONDS),
        at_most("pairing: time of the proposal ÷ of the greedy loop", found["whole"] / found["greedy"], 2),
        at_least("pairing: worth of the proposal ÷ of the greedy loop", ours / theirs, 1),
    ]


def make_cohort(mentees: int, mentors: int, seed: int) -> Cohort:
    """Make a cohort that is alike for the same seed."""
    chance = Random(seed)
    own = tuple(_mentee(chance, number) for number in range(mentees))
    theirs = tuple(_mentor(chance, number) for number in range(mentors))
    wishes = {
        (one.key, chance.choice(theirs).key): Wish(chance.choice((1, 2, None)), chance.choice((1, 2, None)))
        for one in own
        for _ in range(3)
    }
    return Cohort(own, theirs, wishes)


def choose_greedily(cohort: Cohort, scores: Scores) -> list[Spot]:
    """Take the best pair that is still possible, again and again."""
    order = sorted(zip(*scores.admissible.nonzero(), strict=True), key=lambda spot: -scores.total[spot])
    taken: set[int] = set()
    room = Counter({column: one.capacity for column, one in enumerate(cohort.mentors)})
    found: list[Spot] = []
    for row, column in order:
        if row not in taken and room[column] > 0:
            taken.add(row)
            room[column] -= 1
            found.append((int(row), int(column)))
    return found


def _worth_of_proposal(cohort: Cohort, scores: Scores) -> float:
    rows = {one.key: row for row, one in enumerate(cohort.mentees)}
    columns = {one.key: column for column, one in enumerate(cohort.mentors)}
    return _worth(scores, [(rows[one.mentee], columns[one.mentor]) for one in propose(cohort, RULES).pairs])


def _worth(scores: Scores, spots: list[Spot]) -> float:
    return sum(float(scores.total[spot]) for spot in spots)


def _mentee(chance: Random, number: int) -> Mentee:
    return Mentee(
        key=f"mentee {number:04}",
        person=f"person {number}",
        form=chance.choice(FORMS),
        problems=_some(chance, "problem", 12, 3),
        interests=_some(chance, "interest", 20, 4),
        times=_some(chance, "time", 10, 3),
        study_level=chance.randint(1, 3),
        age=chance.randint(14, 19),
    )


def _mentor(chance: Random, number: int) -> Mentor:
    return Mentor(
        key=f"mentor {number:04}",
        person=f"person {MENTEES + number}",
        forms=tuple(sorted(set(chance.choices(FORMS, k=2)))),
        helps_with=_some(chance, "problem", 12, 5),
        interests=_some(chance, "interest", 20, 4),
        times=_some(chance, "time", 10, 3),
        study_level=chance.randint(2, 4),
        age_from=chance.choice((None, 15)),
        capacity=chance.randint(1, 4),
    )


def _some(chance: Random, word: str, of: int, count: int) -> tuple[str, ...]:
    return tuple(f"{word} {one}" for one in chance.sample(range(of), count))
