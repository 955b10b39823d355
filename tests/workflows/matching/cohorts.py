"""Small cohorts of any kind, for properties that hold for all of them."""

from itertools import product

# The solver takes a while to import, which is not to be counted as time of a property.
import scipy.optimize  # noqa: F401
from hypothesis import strategies as st

from workflows.matching import Cohort, Mentee, Mentor, Rules, Wish

FORMS = ("learner_learner", "teacher_learner")
WORDS = ("музыка", "шахматы", "код")
ranks = st.sampled_from((None, 1, 2))
some = st.lists(st.sampled_from(WORDS), unique=True, max_size=3).map(tuple)


@st.composite
def cohorts(draw, mentees=5, mentors=4, most=1, capacity=3, groups=False):
    """Draw a cohort with wishes, and with pins and marks that do not contradict each other."""
    own = tuple(
        Mentee(
            key=f"м{n}",
            person=f"наставляемый {n}",
            form=draw(st.sampled_from(FORMS)),
            problems=draw(some),
            interests=draw(some),
            study_level=draw(st.sampled_from((None, 1, 2))),
            age=draw(st.sampled_from((None, 14, 17))),
            most_mentors=draw(st.integers(1, most)),
        )
        for n in range(draw(st.integers(0, mentees)))
    )
    theirs = tuple(
        Mentor(
            key=f"н{n}",
            person=f"наставник {n}",
            forms=draw(st.lists(st.sampled_from(FORMS), unique=True, max_size=2).map(tuple)),
            helps_with=draw(some),
            interests=draw(some),
            study_level=draw(st.sampled_from((None, 2, 3))),
            age_from=draw(st.sampled_from((None, 15))),
            capacity=draw(st.integers(0, capacity)),
        )
        for n in range(draw(st.integers(0, mentors)))
    )
    pairs = list(product([one.key for one in own], [one.key for one in theirs]))
    drawn = st.lists(st.sampled_from(pairs), unique=True, max_size=4) if pairs else st.just([])
    wishes = {two: Wish(draw(ranks), draw(ranks)) for two in draw(drawn)}
    forbidden = frozenset(draw(drawn))
    pinned = _within_room(own, theirs, [two for two in draw(drawn) if two not in forbidden])
    in_groups = frozenset(draw(st.sets(st.sampled_from(FORMS)))) if groups else frozenset()
    return Cohort(own, theirs, wishes, pinned, forbidden, groups=in_groups)


def _within_room(own, theirs, pairs):
    most = {one.key: one.most_mentors for one in own}
    room = {one.key: one.capacity for one in theirs}
    kept = set()
    for mentee, mentor in pairs:
        if most[mentee] and room[mentor]:
            most[mentee] -= 1
            room[mentor] -= 1
            kept.add((mentee, mentor))
    return frozenset(kept)


rules = st.builds(
    Rules,
    needs=st.sampled_from(("none", "either", "mutual")),
    higher_level=st.booleans(),
    load=st.sampled_from((0, 8)),
    everybody=st.sampled_from((0, 100)),
)
