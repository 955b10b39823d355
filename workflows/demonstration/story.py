"""Let the demonstration live through its past: each act at its own moment, by whoever does it."""

import heapq
import itertools
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.cases import CaseParticipant
from models.people import User
from models.tasks import Task, TaskStatus
from workflows.demonstration.answers import answers
from workflows.demonstration.cast import PAIRS, Pair
from workflows.demonstration.school import School, found_school
from workflows.operations.cases import start_case
from workflows.operations.packs import install_pack
from workflows.operations.tasks import complete_task
from workflows.operations.timers import fire_next_timer
from workflows.pack_files import read_source
from workflows.queries.people import get_actor_of_person
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Work

Result = TypeVar("Result")
DAYS_BEFORE_FIRST_PAIR = 7


class Story:
    """Carries out acts at moments of the past."""

    def __init__(self, sessions: sessionmaker[Session], now: datetime) -> None:
        self._sessions, self._now = sessions, now
        self._turns: Counter[tuple[int, str]] = Counter()

    def tell(self, pack: Path, password: str, said: Callable[[str], None]) -> None:
        """Found the school, install its pack and let every pair come as far as the cast says."""
        begin = self._now - timedelta(days=max(pair.begun for pair in PAIRS) + DAYS_BEFORE_FIRST_PAIR)
        said("the school and its people")
        school = self._act(begin, None, lambda work: found_school(work, password))
        said("its methodology")
        files = read_source(pack)
        administrator = school.first("administrator")
        self._act(begin, administrator, lambda work: install_pack(work, school.id, files))
        said(f"{len(PAIRS)} pairs and what they have done")
        self._live(school)

    def _live(self, school: School) -> None:
        """Do everything in the order of time, so that the journal reads as it would have been written."""
        order = itertools.count()
        agenda = [
            (self._now - timedelta(days=pair.begun), next(order), number) for number, pair in enumerate(PAIRS)
        ]
        heapq.heapify(agenda)
        cases: dict[int, uuid.UUID] = {}
        done: Counter[int] = Counter()
        while agenda:
            at, _, number = heapq.heappop(agenda)
            pair = PAIRS[number]
            self._fire_timers(at)
            if number not in cases:
                cases[number] = self._begin(school, pair, at)
            elif self._do_next(cases[number], number, at):
                done[number] += 1
            else:
                continue
            following = at + timedelta(days=pair.pace, minutes=17 * (number + 1))
            if done[number] < pair.steps and following < self._now:
                heapq.heappush(agenda, (following, next(order), number))
        self._fire_timers(self._now)

    def _begin(self, school: School, pair: Pair, at: datetime) -> uuid.UUID:
        people = {
            "mentor": [school.people[pair.mentor]],
            "mentee": [school.people[pair.mentee]],
            "curator": [school.first("curator")],
        }
        begin = partial(
            start_case,
            organisation_id=school.id,
            key="pair",
            title=f"{pair.mentor} – {pair.mentee}",
            participants=people,
        )
        return self._act(at, school.first("curator"), begin).id

    def _do_next(self, case_id: uuid.UUID, number: int, at: datetime) -> bool:
        """Complete the open task of the case that is due first; say whether there was one."""
        found = self._act(at, None, lambda work: _find_next(work, case_id))
        if found is None:
            return False
        task_id, element, form, person_id = found
        turn = self._turns[number, element]
        self._turns[number, element] += 1
        given = answers(form, PAIRS[number], at.date(), turn)
        self._act(at, person_id, lambda work: complete_task(work, task_id, given))
        return True

    def _fire_timers(self, at: datetime) -> None:
        while self._act(at, None, fire_next_timer) is not None:
            pass

    def _act(self, at: datetime, person_id: uuid.UUID | None, act: Callable[[Work], Result]) -> Result:
        actor = SYSTEM
        if person_id:
            with self._sessions() as session:
                actor = get_actor_of_person(session, person_id, at)
        return carry_out(self._sessions, actor, act, clock=lambda: at)


def _find_next(work: Work, case_id: uuid.UUID) -> tuple[uuid.UUID, str, str, uuid.UUID] | None:
    row = work.session.execute(
        select(Task.id, Task.element, Task.form, CaseParticipant.person_id)
        .join(
            CaseParticipant, (CaseParticipant.case_id == Task.case_id) & (CaseParticipant.role == Task.role)
        )
        .where(Task.case_id == case_id, Task.status == TaskStatus.OPEN, Task.form.is_not(None))
        .order_by(Task.due_at, Task.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.id, row.element, row.form, row.person_id)


def is_told(session: Session) -> bool:
    """Say whether this database holds the demonstration."""
    return session.scalar(select(User.id).where(User.sign_in_name == "curator")) is not None
