"""How often pairs of a kind are to meet by the rules of their methodology, and which are silent longer."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from models.cases import Case, CaseStatus
from models.pairs import Pair, PairStatus
from models.programmes import Programme
from workflows.engine.timers import Duration, TimerProblem, duration
from workflows.queries.definitions import LoadedPack, load_pack
from workflows.queries.today import Reach
from workflows.records.pair_sets import OVER
from workflows.work import Work

DECISION = "meeting_rules"
MOST_SHOWN = 8


@dataclass(frozen=True)
class Rhythm:
    """How often to meet, after how long a pair is reminded, and whether there are a trial and a plan."""

    meet_within: Duration
    remind_after: Duration
    has_trial: bool

    def next_after(self, day: date) -> date:
        """Return the day by which to meet, after having met on a day."""
        return self.meet_within.after(datetime.combine(day, time())).date()

    def silent_before(self, today: date) -> date:
        """Return the day before which the last meeting is too long ago."""
        return self.remind_after.after(datetime.combine(today, time()), -1).date()


@dataclass(frozen=True)
class SilentPair:
    """A pair that has not met for longer than its rule allows."""

    id: uuid.UUID
    case_id: uuid.UUID
    title: str
    last_met_on: date | None
    silent_since: date


@dataclass(frozen=True)
class Silence:
    """The pairs that are silent longest, and how many there are."""

    pairs: tuple[SilentPair, ...]
    total: int


def find_rhythm(pack: LoadedPack, variant: str, form: str, type: str, now: datetime) -> Rhythm | None:
    """Find how often pairs of a kind are to meet; a methodology may say nothing of it."""
    if not pack.definitions.has_decision(DECISION):
        return None
    given = {"variant": variant, "form": form, "type": type}
    rules: dict[str, Any] = pack.definitions.decide(DECISION, given, now=now) or {}
    try:
        meet, remind = duration(rules["meet_within"]), duration(rules["remind_after"])
    except (KeyError, TimerProblem):
        return None
    return Rhythm(meet, remind, bool(rules.get("has_trial", True)))


def list_silent(work: Work, reach: Reach, today: date, *, size: int = MOST_SHOWN) -> Silence:
    """List the pairs that have not met for longer than their rule allows, the most silent first."""
    silent = list(_silent_kinds(work, reach, today))
    if not silent:
        return Silence((), 0)
    last = func.coalesce(Pair.last_met_on, Pair.formed_on)
    wanted = (
        select(Pair.id, Pair.case_id, Pair.title, Pair.last_met_on, last, func.count().over())
        .join(Case, Case.id == Pair.case_id)
        .where(_meets(reach), or_(*silent))
        .order_by(last, Pair.title, Pair.id)
        .limit(size)
    )
    found = work.session.execute(wanted).all()
    return Silence(tuple(SilentPair(*row[:5]) for row in found), found[0][5] if found else 0)


def _meets(reach: Reach) -> ColumnElement[bool]:
    """Keep the pairs that should meet now: neither over nor paused."""
    is_under_way = Pair.status.not_in((*OVER, PairStatus.PAUSED))
    return and_(reach.pairs, is_under_way, Case.status == CaseStatus.RUNNING)


def _silent_kinds(work: Work, reach: Reach, today: date) -> Iterator[ColumnElement[bool]]:
    """Say of each kind of pair there is when it counts as silent: few kinds, however many pairs."""
    kind = (Programme.variant, Pair.form, Pair.type, Case.pack_version_id)
    wanted = (
        select(*kind)
        .join(Programme, Programme.id == Pair.programme_id)
        .join(Case, Case.id == Pair.case_id)
        .where(_meets(reach))
        .distinct()
    )
    kinds: list[Row[Any]] = list(work.session.execute(wanted).all()) if reach.programmes else []
    variant = select(Programme.variant).where(Programme.id == Pair.programme_id).scalar_subquery()
    for one in kinds:
        pack = load_pack(work, one.pack_version_id)
        rhythm = find_rhythm(pack, one.variant, one.form, one.type, work.now())
        if rhythm:
            last = func.coalesce(Pair.last_met_on, Pair.formed_on)
            yield and_(
                variant == one.variant,
                Pair.form == one.form,
                Pair.type == one.type,
                Case.pack_version_id == one.pack_version_id,
                last < rhythm.silent_before(today),
            )
