"""Play a pair: bring people together, and let them go through their meetings one by one."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.notices import Notice
from models.pairs import Pair, PairMember
from models.tasks import Task, TaskStatus
from tests.programmes import add_programme
from tests.workflows.mentoring.plays import Play
from workflows.records.pairs import form_pair
from workflows.work import Actor

WISH = {"wish": "Поступить", "has": "Время", "lacks": "План", "measure": "Зачислен", "time_needed": "Год"}
GOAL = {"result": "Портфолио", "steps": "Собрать работы\nПоказать", "indicators": "Три работы"}
STORY = {"who_am_i": "Учусь", "why": "Интересно", "questions": "Как выбрать", "expects": "Терпение"}
RULES = ["code", "confidentiality", "exceptions", "honesty", "boundaries"]
REFLECTION = {"worked": "Разговор", "fits": "yes", "feeling": "good", "goes_on": "yes"}
LOOK_BACK = {
    "most_valuable": "Поддержка",
    "results": "Портфолио",
    "learned": "Планировать",
    "nearness": 8,
    "changed": "Увереннее",
    "continue_together": "no",
    "wants_to_mentor": "no",
}


class PairPlay:
    """One pair and its people; every step takes what differs from the usual answers."""

    def __init__(self, play: Play, college: SimpleNamespace, **formed: Any) -> None:
        self.play, self.college = play, college
        self.programme_id = add_programme(
            play.session, play.college.id, variant=formed.pop("variant", "college")
        ).id
        self.form = formed.pop("form", "teacher_learner")
        self.mentor_actors = college.mentors[: formed.pop("mentors", 1)]
        self.mentee_actors = college.mentees[: formed.pop("mentees", 1)]
        self.mentor_entries = [self._entry(MentorEntry, one) for one in self.mentor_actors]
        self.mentee_entries = [self._entry(MenteeEntry, one) for one in self.mentee_actors]
        self.pair_id = self.make_pair(**formed)

    def make_pair(self, type: str = "pair") -> uuid.UUID:
        pair_id = form_pair(
            self.play.work(),
            self.programme_id,
            form=self.form,
            type=type,
            role_model="",
            mentor_entry_ids=self.mentor_entries,
            mentee_entry_ids=self.mentee_entries,
            curator_id=self.college.curator.person_id,
        )
        self.play.settle()
        return pair_id

    def add_mentor(self, actor: Actor) -> uuid.UUID:
        """Add somebody else to the mentor base, who is free."""
        return self._entry(MentorEntry, actor)

    @property
    def pair(self) -> Pair:
        return self.play.session.get_one(Pair, self.pair_id, populate_existing=True)

    @property
    def case_id(self) -> uuid.UUID:
        return self.pair.case_id

    @property
    def today(self) -> date:
        return self.play.clock.at.date()

    @property
    def waits(self) -> set[str]:
        return self.play.waits(self.case_id)

    def do(self, element: str, by: Actor | None = None, /, **answers: Any) -> Any:
        return self.play.do(element, self.case_id, by, **answers)

    def held(self, **answers: Any) -> dict[str, Any]:
        people = [str(one.person_id) for one in (*self.mentor_actors, *self.mentee_actors)]
        usual = {"held_on": str(self.today), "minutes": 60, "contact": "in_person", "came": people}
        return usual | answers

    def meet_first(self, **answers: Any) -> None:
        """Let the curator introduce them."""
        usual = {
            "minutes": 35,
            "rules_discussed": RULES,
            "contacts_exchanged": True,
            "seems_ready": "yes",
            "next_goal": "Разобрать задачу",
            "next_on": str(self.today + timedelta(days=7)),
        }
        self.do("record_acquaintance", **self.held(**usual | answers))

    def answer(self, actor: Actor, readiness: str = "ready") -> None:
        """Let one of them say whether they are ready."""
        is_mentor = actor in self.mentor_actors
        told = {} if is_mentor or readiness != "ready" else STORY
        agreed = {"accepts_rules": True} if readiness == "ready" else {}
        element = "answer_as_mentor" if is_mentor else "answer_as_mentee"
        self.each(element, actor, readiness=readiness, **told, **agreed)

    def get_acquainted(self) -> None:
        self.meet_first()
        for actor in (*self.mentor_actors, *self.mentee_actors):
            self.answer(actor)

    def try_together(self, decision: str = "continue", **answers: Any) -> None:
        usual = {"activity": "task", "task": "Составить резюме", "summary": "Составили"}
        self.do("record_trial", self.mentor_actors[0], **self.held(**usual | answers))
        for actor in self.mentor_actors:
            self.each("reflect_as_mentor", actor, **REFLECTION)
        for actor in self.mentee_actors:
            self.each("reflect_as_mentee", actor, **REFLECTION)
        cause = {"cause": "style"} if decision == "part" else {}
        self.do("review_trial", decision=decision, notes="Хорошее начало", **cause)

    def wish(self, number: int = 5, **answers: Any) -> None:
        for actor in self.mentee_actors:
            self.each("list_wishes", actor, **{"wishes": [WISH] * number, "main_wish": 1} | answers)

    def draw_plan(self, days: int = 40, **answers: Any) -> None:
        goal = GOAL | {"due_on": str(self.today + timedelta(days=days))}
        usual = {
            "goals": [goal],
            "formats": ["talk"],
            "meetings": 12,
            "schedule": "по средам",
            "until_on": str(self.today + timedelta(days=100)),
            "mentor_strengths": "Опыт",
            "mentee_strengths": "Упорство",
        }
        held = {key: value for key, value in self.held().items() if key != "contact"}
        self.do("set_goals", self.mentor_actors[0], **held | usual | answers)

    def plan(self) -> None:
        self.wish()
        self.draw_plan()
        self.do("agree_plan", decision="agreed", understood=True)

    def start_working(self) -> None:
        """Come to the working meetings by the shortest way."""
        self.get_acquainted()
        if "record_trial" in self.waits:
            self.try_together()
            self.plan()

    def record(self, **answers: Any) -> None:
        """Let the mentor record a working meeting."""
        usual = {"activity": "talk", "summary": "Обсудили"}
        if answers.get("outcome", "next") == "next" and not answers.pop("is_single", False):
            usual |= {"outcome": "next", "next_on": str(self.today + timedelta(days=7))}
        held = self.held(**usual | answers)
        if held["contact"] != "in_person":
            held.pop("minutes")
        self.do("record_meeting", self.mentor_actors[0], **held)

    def meet(self, **answers: Any) -> None:
        self.record(**answers)
        for actor in self.mentee_actors:
            self.each("reflect_on_meeting", actor, took_place="yes", closer="yes", feeling="good")

    def look_back(self, by_mentor: Mapping[str, Any] | None = None, **answers: Any) -> None:
        """Agree on the final meeting and let everybody look back."""
        self.do("appoint_final", meet_on=str(self.today), place="Кабинет 5")
        for actor in self.mentor_actors:
            self.each("look_back_as_mentor", actor, **LOOK_BACK | dict(by_mentor or {}))
        for actor in self.mentee_actors:
            self.each("look_back_as_mentee", actor, **LOOK_BACK | {"feeling": "good"} | answers)

    def conclude(self, decision: str = "finish", **answers: Any) -> None:
        held = {key: value for key, value in self.held(minutes=90).items() if key != "contact"}
        marks = [str(one.person_id) for one in self.mentee_actors]
        usual = {"analysis": "Всё получилось", "decision": decision}
        if decision == "finish":
            usual |= {"full_cycle": marks}
        self.do("record_final", **held | usual | answers)

    def finish_working(self) -> None:
        """Work together as long as the rules ask for, and record the last meeting."""
        self.play.pass_days(92)
        self.meet(outcome="final")

    def each(self, element: str, actor: Actor, **answers: Any) -> None:
        """Do the task at this element that waits for this person."""
        self.play.complete(actor, self._task(element, actor), answers)

    def told(self, actor: Actor) -> list[str]:
        """List what somebody was told."""
        wanted = select(Notice.text, Notice.values).where(Notice.person_id == actor.person_id)
        return [text.format_map(values or {}) for text, values in self.play.session.execute(wanted)]

    def members(self) -> list[PairMember]:
        return list(self.play.session.scalars(select(PairMember).where(PairMember.pair_id == self.pair_id)))

    def status_of(self, entry_id: uuid.UUID) -> str:
        self.play.session.expire_all()
        kind = MentorEntry if entry_id in self.mentor_entries else MenteeEntry
        return self.play.session.get_one(kind, entry_id).status.value

    def _task(self, element: str, actor: Actor) -> uuid.UUID:
        wanted = select(Task.id).where(
            Task.case_id == self.case_id,
            Task.element == element,
            Task.status == TaskStatus.OPEN,
            Task.assignee_id == actor.person_id,
        )
        return self.play.session.scalars(wanted).one()

    def _entry(self, kind: Any, actor: Actor) -> uuid.UUID:
        own = {"source": "pedagogue", "forms": [self.form]} if kind is MentorEntry else {"form": self.form}
        entry = kind(
            id=uuid.uuid4(),
            organisation_id=self.college.id,
            programme_id=self.programme_id,
            person_id=actor.person_id,
            status=EntryStatus.READY,
            applied_at=self.play.clock.at,
            **own,
        )
        self.play.session.add(entry)
        self.play.session.flush()
        return entry.id
