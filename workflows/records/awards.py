"""Points for activities, votes of the jury, awards and their documents."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_unless_there

from models.awards import Award, AwardPoint, JuryVote
from models.goals import Goal
from models.meetings import Meeting
from models.pairs import Pair
from models.practices import Practice, PracticeStatus
from workflows.refusals import Conflict
from workflows.work import Work

_POINT = cast(Table, AwardPoint.__table__)
MEETING, GOAL, STORY = COUNTED = "meeting", "goal_reached", "story"
"""Activities that nobody has to tell: the system counts them itself."""


def give_points(
    work: Work, programme_id: uuid.UUID, pair_id: uuid.UUID, *, activity: str, points: int = 0, note: str = ""
) -> uuid.UUID:
    """Note an achievement of a pair; the scheme says later what it is worth if no points are given now."""
    row = AwardPoint(
        id=uuid.uuid4(),
        programme_id=programme_id,
        pair_id=pair_id,
        activity=activity,
        points=points,
        note=note,
        given_at=work.now(),
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def count_points(work: Work, programme_id: uuid.UUID, scheme: Sequence[Mapping[str, Any]]) -> int:
    """Give all pairs of a programme their points anew by a scheme: activity, points each, at most."""
    worth = {row["activity"]: (int(row["points"]), int(row["most"])) for row in scheme}
    told = update(_POINT).where(_POINT.c.programme_id == programme_id, ~_POINT.c.is_counted)
    for activity, (points, _most) in worth.items():
        work.session.execute(told.where(_POINT.c.activity == activity).values(points=points))
    work.session.execute(told.where(_POINT.c.activity.not_in(worth)).values(points=0))
    work.session.execute(delete(_POINT).where(_POINT.c.programme_id == programme_id, _POINT.c.is_counted))
    rows = [
        _counted(work, programme_id, pair_id, activity, min(number * worth[activity][0], worth[activity][1]))
        for activity, counted in _activities(work, programme_id).items()
        if activity in worth
        for pair_id, number in counted
    ]
    if rows:
        work.session.execute(insert(_POINT), rows)
    work.session.expire_all()
    return len(rows)


def _activities(work: Work, programme_id: uuid.UUID) -> dict[str, list[tuple[uuid.UUID, int]]]:
    def per_pair(of: Any, *conditions: Any) -> list[tuple[uuid.UUID, int]]:
        wanted = (
            select(of.pair_id, func.count())
            .join(Pair, Pair.id == of.pair_id)
            .where(Pair.programme_id == programme_id, *conditions)
            .group_by(of.pair_id)
        )
        return [(pair_id, number) for pair_id, number in work.session.execute(wanted)]

    return {
        MEETING: per_pair(Meeting, Meeting.held_on.is_not(None)),
        GOAL: per_pair(Goal, Goal.reached_on.is_not(None)),
        STORY: per_pair(Practice, Practice.status == PracticeStatus.PUBLISHED),
    }


def _counted(
    work: Work, programme_id: uuid.UUID, pair_id: uuid.UUID, activity: str, points: int
) -> dict[str, Any]:
    what = {"programme_id": programme_id, "pair_id": pair_id, "activity": activity, "points": points}
    return {"id": uuid.uuid4(), "is_counted": True, "note": "", "given_at": work.now()} | what


def add_vote(
    work: Work, programme_id: uuid.UUID, pair_id: uuid.UUID, person_id: uuid.UUID, points: int
) -> None:
    """Write down what a member of the jury gives a pair; a second vote for the same pair is refused."""
    row = {
        "id": uuid.uuid4(),
        "programme_id": programme_id,
        "pair_id": pair_id,
        "person_id": person_id,
        "points": points,
        "voted_at": work.now(),
    }
    written = insert_unless_there(JuryVote).values(row).on_conflict_do_nothing().returning(JuryVote.id)
    if work.session.scalar(written) is None:
        raise Conflict("voted_already", pair=work.session.get_one(Pair, pair_id).title)


def grant(
    work: Work,
    programme_id: uuid.UUID,
    *,
    kind: str,
    title: str,
    awarded_on: date,
    person_id: uuid.UUID | None = None,
    pair_id: uuid.UUID | None = None,
    number: str = "",
) -> uuid.UUID:
    """Write down an award: to whom, for what, by which document."""
    award = Award(
        id=uuid.uuid4(),
        programme_id=programme_id,
        pair_id=pair_id,
        person_id=person_id,
        kind=kind,
        title=title,
        number=number,
        awarded_on=awarded_on,
    )
    work.session.add(award)
    work.session.flush()
    return award.id


def rank(work: Work, programme_id: uuid.UUID) -> list[dict[str, Any]]:
    """List the pairs that have points or votes, the best first."""
    points = (
        select(AwardPoint.pair_id, func.sum(AwardPoint.points).label("points"))
        .where(AwardPoint.programme_id == programme_id)
        .group_by(AwardPoint.pair_id)
        .subquery()
    )
    votes = (
        select(JuryVote.pair_id, func.sum(JuryVote.points).label("votes"))
        .where(JuryVote.programme_id == programme_id)
        .group_by(JuryVote.pair_id)
        .subquery()
    )
    given, voted = func.coalesce(points.c.points, 0), func.coalesce(votes.c.votes, 0)
    wanted = (
        select(Pair.id, Pair.title, Pair.form, given, voted, given + voted)
        .outerjoin(points, points.c.pair_id == Pair.id)
        .outerjoin(votes, votes.c.pair_id == Pair.id)
        .where(Pair.programme_id == programme_id, points.c.points.is_not(None) | votes.c.votes.is_not(None))
        .order_by((given + voted).desc(), Pair.title, Pair.id)
    )
    keys = ("pair_id", "title", "form", "points", "votes", "total")
    found = [dict(zip(keys, row, strict=True)) for row in work.session.execute(wanted)]
    return [{"place": place, **row} for place, row in enumerate(found, 1)]
