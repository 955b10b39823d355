"""The demonstration: a college in the middle of its year, and accounts for those who want to look around.

It is the simulated year, stopped while the pairs are at work.
"""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.organisations import OrganisationKind
from models.pairs import Pair, PairMember, PairStatus
from models.people import Membership, Person, User
from models.tasks import Task, TaskStatus
from workflows.demonstration.doing import do, list_waiting
from workflows.demonstration.simulation import Scale, Simulation
from workflows.demonstration.year import EVER
from workflows.operations.concerns import raise_concern
from workflows.operations.mentees import apply_as_mentee
from workflows.operations.organisations import add_organisation
from workflows.operations.people import add_person, change_person, grant_membership
from workflows.operations.remarks import comment_task
from workflows.operations.reminders import write_digests
from workflows.operations.users import add_user
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Actor, Work

REGION = "Демонстрационный край"
TOWN = "Городской округ Заречье"
COLLEGE = "Колледж «Мастер»"
ELSEWHERE = "Школа № 7"
SCALE = Scale(mentees=12, mentors=14, seed=7)
DAYS = 165
"""So long ago the programme began: its pairs are in the middle of their meetings."""
MORNING = time(6, tzinfo=UTC)
"""When the day of the college begins: people act by day."""
TALKED = "Поговорили втроём. Дело в ночных подработках; нужна помощь психолога."
NEWCOMER = "Лада Синицына"
WANTS = "Хочу разобраться с чертежами и перестать бояться защиты."
DOUBT = "Второй месяц стоим на месте: задание откладываем. Подскажите, как расшевелить работу."
WORRY = "Третью встречу подряд очень устаёт и говорит, что почти не спит. Прошу поговорить."
DOMAIN = "master.example"
QUESTION = "Получится закрыть это к пятнице? Если нужна помощь, скажите."
STAFF = ("administrator", "head", "curator", "methodist", "psychologist", "auditor")


class Story:
    """Tells the past of a college, so that it is alive when somebody looks."""

    def __init__(self, sessions: sessionmaker[Session], now: datetime) -> None:
        self._sessions, self._now = sessions, now

    def tell(self, pack: Path, password: str, said: Callable[[str], None]) -> None:
        """Found the college, play its year up to now, and give accounts to those who show it."""
        begin = datetime.combine(self._now.date() - timedelta(days=DAYS), MORNING)
        year = Simulation(self._sessions, SCALE, pack, begin, name=COLLEGE, found=_found)
        year.play((self._now - begin) / timedelta(days=1), said)
        said("what happened this morning")
        _stir(year)
        said("accounts")
        self._act(lambda work: _give_accounts(work, year, password))
        said("the letters of this morning")
        self._act(lambda work: write_digests(work, year.place_id))
        self._act(_ask_the_curator, year.cast.staff["head"][0])

    def _act(self, act: Callable[[Work], object], actor: Actor = SYSTEM) -> None:
        carry_out(self._sessions, actor, act, clock=lambda: self._now)


def list_accounts(work: Work) -> list[tuple[str, str, str]]:
    """List who can sign in: the name to sign in with, the person, the role."""
    wanted = (
        select(User.sign_in_name, Person.full_name, Membership.role)
        .join(Person, Person.id == User.person_id)
        .join(Membership, Membership.person_id == Person.id)
        .order_by(Membership.role.in_(("mentor", "mentee")), User.sign_in_name)
    )
    return [(name, person, role) for name, person, role in work.session.execute(wanted)]


def _found(work: Work, name: str) -> uuid.UUID:
    """Found a college in a town of a region, with another school and a coordinator beside it."""
    region = add_organisation(work, REGION, OrganisationKind.REGION)
    town = add_organisation(work, TOWN, OrganisationKind.MUNICIPALITY, parent_id=region)
    add_organisation(work, ELSEWHERE, parent_id=town)
    coordinator = add_person(work, town, "Павел Журавлин")
    grant_membership(work, coordinator, town, "coordinator")
    return add_organisation(work, name, parent_id=town)


def _stir(year: Simulation) -> None:
    """Let a mentor worry, the curator call the psychologist, and somebody new come."""
    clockwork, staff = year.clockwork, year.cast.staff
    (mentor_id, pair_id), *_between, (other_id, other_pair_id) = clockwork.act(SYSTEM, _mentors_at_work)
    clockwork.act(
        year.cast.actors[mentor_id], lambda work: raise_concern(work, pair_id, "health", "serious", WORRY)
    )
    newcomer = clockwork.act(SYSTEM, lambda work: _newcomer(work, year.place_id))
    clockwork.act(
        staff["curator"][0],
        lambda work: apply_as_mentee(work, year.programme_id, newcomer, "learner_learner", wants=WANTS),
    )
    year.year.happen_by_itself()
    # The curator begins the day with this one.
    doubts = partial(raise_concern, pair_id=other_pair_id, kind="no_progress", severity="low", text=DOUBT)
    clockwork.act(year.cast.actors[other_id], doubts)
    year.year.happen_by_itself()
    clockwork.act(staff["curator"][0], lambda work: _call_specialist(work, year.year.chance("morning")))


def _call_specialist(work: Work, chance: Random) -> None:
    (task, *_later) = (one for one in list_waiting(work, EVER) if one.element == "look_into")
    do(work, task, chance, lambda _known: {"decision": "specialists", "note": TALKED})


def _mentors_at_work(work: Work) -> list[tuple[uuid.UUID, uuid.UUID]]:
    working = select(PairMember.person_id, Pair.id).join(Pair, Pair.id == PairMember.pair_id)
    mentors = working.where(Pair.status == PairStatus.WORKING, PairMember.role == "mentor")
    return [(row[0], row[1]) for row in work.session.execute(mentors.order_by(Pair.title.desc()))]


def _newcomer(work: Work, place_id: uuid.UUID) -> uuid.UUID:
    person_id = add_person(work, place_id, NEWCOMER, born_on=date(work.now().year - 19, 2, 3))
    grant_membership(work, person_id, place_id, "mentee")
    return person_id


def _give_accounts(work: Work, year: Simulation, password: str) -> None:
    for role in STAFF:
        person_id = year.cast.staff[role][0].person_id
        assert person_id is not None
        _give_account(work, person_id, role, password)
    coordinator = select(Membership.person_id).where(Membership.role == "coordinator")
    _give_account(work, work.session.scalars(coordinator).one(), "coordinator", password)
    for role in ("mentor", "mentee"):
        for number, person_id in enumerate(_at_work(work, role)):
            _give_account(work, person_id, role if number == 0 else f"{role}{number + 1}", password)


def _give_account(work: Work, person_id: uuid.UUID, name: str, password: str) -> None:
    """Give somebody an account, and an address to which letters would go."""
    add_user(work, person_id, name, password)
    person = work.session.get_one(Person, person_id)
    change_person(
        work, person_id, full_name=person.full_name, email=f"{name}@{DOMAIN}", language=person.language
    )


def _ask_the_curator(work: Work) -> None:
    """Let the head write under what the curator has to do next, so that the curator is told by a letter."""
    curators = select(Membership.person_id).where(Membership.role == "curator")
    waiting = select(Task.id).where(Task.status == TaskStatus.OPEN, Task.assignee_id.in_(curators))
    comment_task(work, work.session.scalars(waiting.order_by(Task.due_at, Task.id).limit(1)).one(), QUESTION)


def _at_work(work: Work, role: str) -> list[uuid.UUID]:
    """Find the mentors or mentees of the first two pairs that are at work, so that they know each other."""
    working = select(Pair.id).where(Pair.status == PairStatus.WORKING).order_by(Pair.title)
    people: dict[uuid.UUID, None] = {}
    for pair_id in work.session.scalars(working):
        member = select(PairMember.person_id).where(PairMember.pair_id == pair_id, PairMember.role == role)
        people.update(
            dict.fromkeys(work.session.scalars(member.order_by(PairMember.since_on.desc()).limit(1)))
        )
    return list(people)[:2]
