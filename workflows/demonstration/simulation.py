"""Play a school year of the target model from the head's decision to the closed programme."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from models.calendars import BreakKind
from models.organisations import OrganisationKind
from workflows.demonstration.clockwork import Clockwork
from workflows.demonstration.hands import Cast, Hand, leave_alone_what_is_there, lend_a_hand
from workflows.demonstration.names import invent_names
from workflows.demonstration.year import Year
from workflows.operations.calendars import add_break
from workflows.operations.consents import withdraw_consent
from workflows.operations.mentees import apply_as_mentee
from workflows.operations.mentors import propose_mentor
from workflows.operations.organisations import add_organisation
from workflows.operations.packs import install_pack
from workflows.operations.people import add_person, grant_membership
from workflows.operations.programmes import start_programme
from workflows.pack_files import read_source
from workflows.queries.people import get_actor_of_person
from workflows.refusals import Refusal
from workflows.work import SYSTEM, Actor, Work

STAFF = (
    "administrator",
    "head",
    "curator",
    "methodist",
    "psychologist",
    "tutor",
    "secretary",
    "personnel",
    "auditor",
)
LENGTH = 305
"""Days from the first of September to the end of June."""
FORMS = ("learner_learner", "teacher_learner", "teacher_teacher", "employer_learner")
SHARES = (0.45, 0.3, 0.1, 0.15)
SOURCES = {
    "learner_learner": "learner",
    "teacher_learner": "pedagogue",
    "teacher_teacher": "pedagogue",
    "employer_learner": "partner",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """How many take part, and which chances decide."""

    mentees: int
    mentors: int
    seed: int
    variant: str = "college"


@dataclass(frozen=True, slots=True)
class Member:
    """An invented mentee or mentor."""

    actor: Actor
    person_id: uuid.UUID
    form: str
    guardian: uuid.UUID | None = None


def found_alone(work: Work, name: str) -> uuid.UUID:
    """Found a college that belongs to nobody."""
    return add_organisation(work, name, OrganisationKind.ORGANISATION)


class Simulation:
    """A college, its people and their year."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        scale: Scale,
        pack: Path,
        begin: datetime,
        *,
        name: str = "",
        found: Callable[[Work, str], uuid.UUID] = found_alone,
    ) -> None:
        self.scale, self.pack, self.begin = scale, pack, begin
        self.clockwork = Clockwork(sessions, begin)
        self._actors: dict[uuid.UUID, Actor] = {}
        self._staff: dict[str, list[Actor]] = {}
        self._forms: dict[str, str] = {}
        self.cast = Cast(scale.seed, begin, self._actors, self._staff, self._forms)
        self.year = Year(self.clockwork, self.cast)
        self._sessions = sessions
        self.name = name or f"Колледж «Мастер» № {scale.seed}"
        self._found_place = found
        self.mentees: list[Member] = []
        self.mentors: list[Member] = []

    @property
    def forms(self) -> tuple[str, ...]:
        return FORMS if self.scale.variant == "college" else FORMS[:3]

    def play(
        self,
        until: float = LENGTH,
        said: Callable[[str], None] = lambda _text: None,
        *,
        side_by_side: bool = False,
    ) -> None:
        """Play the year, or so many days of it; on request with a second process beside this one."""
        if not side_by_side:
            self._prepare(said)
            self.year.live(self.begin + timedelta(days=until))
            return
        with lend_a_hand(self._sessions, self.begin) as join:
            self._prepare(said)
            leave_alone_what_is_there()
            self.year.hands = join(Hand(self.clockwork, self.cast), self.cast)
            self.year.live(self.begin + timedelta(days=until))

    def _prepare(self, said: Callable[[str], None]) -> None:
        said("the college and its people")
        self._found()
        said("its methodology")
        self._as("administrator", lambda work: install_pack(work, self.place_id, read_source(self.pack)))
        self._close_on_holidays()
        said(f"the programme: {len(self.mentees)} mentees, {len(self.mentors)} mentors")
        self.programme_id = self._as("head", self._start)
        self._plan_applications()
        self._plan_misfortunes()

    def _as(self, role: str, act: Callable[[Work], Any]) -> Any:
        return self.clockwork.act(self._staff[role][0], act)

    def _found(self) -> None:
        self.place_id = self.clockwork.act(SYSTEM, lambda work: self._found_place(work, self.name))
        scale, chance = self.scale, self.year.chance("people")
        names = invent_names(len(STAFF) + scale.mentors + 2 * scale.mentees, chance)
        for role in STAFF:
            self._staff[role] = [self._actors[self._add(names.pop(), role)]]
        for number in range(scale.mentors):
            form = self._share(number, scale.mentors)
            grown = form != "learner_learner"
            person_id = self._add(names.pop(), "mentor", self._birthday(chance, grown))
            self.mentors.append(self._member(person_id, form))
        for number in range(scale.mentees):
            self.mentees.append(self._add_mentee(names, number, chance))

    def _add_mentee(self, names: list[str], number: int, chance: Random) -> Member:
        form = self._share(number, self.scale.mentees)
        born_on = self._birthday(chance, form == "teacher_teacher", youngest=15, oldest=19)
        person_id = self._add(names.pop(), "mentee", born_on, group=f"{1 + number % 4}-{number % 3 + 1}")
        self._forms[self._actors[person_id].name] = form
        is_minor = (self.begin.date() - born_on) / timedelta(days=365.25) < 18.8
        return self._member(person_id, form, self._add(names.pop(), "guardian") if is_minor else None)

    def _share(self, number: int, total: int) -> str:
        """Give each form its share, the same at every run."""
        place, upper = (number + 0.5) / total, 0.0
        for form, share in zip(self.forms, SHARES, strict=False):
            upper += share
            if place < upper:
                return form
        return self.forms[0]

    def _birthday(self, chance: Random, grown: bool, youngest: int = 17, oldest: int = 20) -> date:
        years = chance.randint(24, 55) if grown else chance.randint(youngest, oldest)
        return self.begin.date() - timedelta(days=round(365.25 * years) + chance.randint(0, 364))

    def _add(self, name: str, role: str, born_on: date | None = None, group: str | None = None) -> uuid.UUID:
        def add(work: Work) -> tuple[uuid.UUID, Actor]:
            person_id = add_person(work, self.place_id, name, born_on=born_on, study_group=group)
            grant_membership(work, person_id, self.place_id, role)
            return person_id, get_actor_of_person(work.session, person_id, work.now())

        person_id, actor = self.clockwork.act(SYSTEM, add)
        self._actors[person_id] = actor
        return person_id

    def _member(self, person_id: uuid.UUID, form: str, guardian: uuid.UUID | None = None) -> Member:
        return Member(self._actors[person_id], person_id, form, guardian)

    def _close_on_holidays(self) -> None:
        for kind, title, month, day, length in (
            (BreakKind.VACATION, "Осенние каникулы", 11, 2, 7),
            (BreakKind.HOLIDAY, "Новый год", 12, 30, 13),
            (BreakKind.EXAMS, "Зимняя сессия", 1, 19, 7),
            (BreakKind.HOLIDAY, "Майские праздники", 5, 1, 4),
        ):
            first = date(self.begin.year, month, day)
            first = first if first > self.begin.date() else first.replace(year=first.year + 1)
            add = partial(
                add_break,
                organisation_id=self.place_id,
                kind=kind,
                title=title,
                since_on=first,
                until_on=first + timedelta(days=length - 1),
            )
            self._as("head", add)

    def _start(self, work: Work) -> uuid.UUID:
        first = self.begin.date()
        last = first + timedelta(days=LENGTH + 10)
        return start_programme(work, self.place_id, "Наставничество", self.scale.variant, first, last)

    def _plan_applications(self) -> None:
        """Let people come to the programme in the weeks when it asks for them, a few of them late."""
        for members, come, first, last, late in (
            (self.mentees, self._apply, 17, 38, 0.05),
            (self.mentors, self._offer, 17, 45, 0.03),
        ):
            for member in members:
                chance = self.year.chance(f"comes·{member.actor.name}")
                day = chance.uniform(95, 120) if chance.random() < late else chance.uniform(first, last)
                self.year.later(day, f"comes·{member.actor.name}", partial(self._try, come, member))

    def _apply(self, member: Member) -> None:
        """Apply oneself; for a child the curator does, who may write down who its guardian is."""
        apply = partial(
            apply_as_mentee,
            programme_id=self.programme_id,
            person_id=member.person_id,
            form=member.form,
            wants="Хочу научиться доводить начатое до конца.",
            guardians=[member.guardian] if member.guardian else [],
        )
        self.clockwork.act(self._staff["curator"][0] if member.guardian else member.actor, apply)

    def _offer(self, member: Member) -> None:
        source = SOURCES[member.form]
        self.clockwork.act(
            member.actor,
            lambda work: propose_mentor(work, self.programme_id, member.person_id, source, [member.form]),
        )

    def _plan_misfortunes(self) -> None:
        """Let a few think better of it: what was allowed is taken back in the middle of the year."""
        for member in self.mentees:
            chance = self.year.chance(f"withdraws·{member.actor.name}")
            if chance.random() < 0.01:
                name = f"withdraws·{member.actor.name}"
                self.year.later(chance.uniform(110, 200), name, partial(self._try, self._withdraw, member))

    def _withdraw(self, member: Member) -> None:
        signer = self._actors[member.guardian] if member.guardian else member.actor
        why = "Переезжаем в другой город."
        self.clockwork.act(
            signer,
            lambda work: withdraw_consent(work, self.programme_id, member.person_id, "participation", why),
        )

    def _try(self, act: Callable[[Member], None], member: Member) -> None:
        """Do what may come too late: in life that is no trouble."""
        try:
            act(member)
        except Refusal as refusal:
            self.year.lived.refused.append(f"{member.actor.name}: {refusal.key} {dict(refusal.values)}")
