"""A whole programme of four mentees and three mentors, lived through the operations of the product."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, select

from models.bases import MenteeEntry, MentorEntry
from models.cases import Case, CaseStatus
from models.pairing import GeneralMeetingGuest
from models.pairs import Pair, PairMember
from models.programmes import ProgrammeStatus
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play
from tests.workflows.mentoring.programme_way import Way
from workflows.operations.mentees import apply_as_mentee
from workflows.operations.mentors import propose_mentor
from workflows.records import searching
from workflows.work import Actor

YES = {"participation": "yes", "personal_data": "yes", "publicity": "yes"}
PRINCIPLES = ("acceptance", "listening", "hearing", "asking", "equality", "honesty", "reliability")
CHECK = {"kind": "criminal_record", "document": "77-01", "issued_on": "2026-08-01"}
TRAINED = {"topics": ["ethics"], "with_ethics": True, "outcome": "passed"}
USUAL: dict[str, dict[str, Any]] = {
    "fill_request": {"wants_to_join": "yes", "times": ["evening"]},
    "sign_consents": YES,
    "record_advice": {"advice": "for"},
    "decide_admission": {"outcome": "accepted"},
    "fill_mentor_profile": {
        "wants_to_join": "yes",
        "experience_years": 10,
        "study_level": 3,
        "mentee_age_from": 10,
        "mentee_age_to": 40,
        "capacity": 3,
        "times": ["evening"],
    },
    "accept_checks": {"checks": [CHECK]},
    "record_interview": {
        **dict.fromkeys((*PRINCIPLES, "consistency", "has_time", "knows_tasks"), "yes"),
        "needs_training": False,
        "decision": "ready",
    },
    "record_training": TRAINED,
    "support_contact": {"is_worried": False},
    "share_interim": {"decision": "share"},
    "check_report": {"decision": "accept"},
}


class WholeWay(Way):
    """One programme from its first day to its last, with everybody in it."""

    forms = ("learner_learner", "teacher_teacher", "teacher_learner")

    def __init__(self, play: Play, variant: str) -> None:
        super().__init__(play, variant)
        people = self.college
        self.sonya, self.timur, self.alisa, self.lev = people.mentees
        self.artyom, self.darya, self.mikhail = people.mentors
        self.is_college = variant == "college"
        self.wishes = {
            self.sonya: "learner_learner",
            self.timur: "teacher_learner",
            self.alisa: "teacher_teacher",
            self.lev: "teacher_learner",
        }

    # Into the bases.

    def fill_mentee_base(self) -> None:
        for actor, form in self.wishes.items():
            self.apply(actor, form)
            self.see_through(self.mentee(actor).case_id, fill_request=self.about(actor))

    def apply(self, actor: Actor, form: str) -> None:
        """Apply; for the youngest, the curator writes the application down and who her mother is."""
        is_child = actor is self.sonya
        work = self.play.work(self.college.curator if is_child else actor)
        guardians = (self.college.guardian.person_id,) if is_child else ()
        apply_as_mentee(work, self.id, actor.person_id, form, guardians=guardians)
        self.play.settle()

    def about(self, actor: Actor) -> dict[str, Any]:
        born_on = "2011-01-03" if actor is self.sonya else "2004-01-03"
        return {"born_on": born_on, "study_level": 1, "experience_years": 1}

    def candidates(self) -> list[dict[str, Any]]:
        """Let the curator propose a learner; the two teachers offer themselves."""
        for teacher in (self.artyom, self.mikhail):
            own = self.play.work(teacher)
            propose_mentor(own, self.id, teacher.person_id, "pedagogue", self.forms[1:])
        person = str(self.darya.person_id)
        return [{"person": person, "source": "learner", "form": "learner_learner"}]

    def make_mentors_ready(self) -> None:
        for actor, born_on in (
            (self.darya, "2005-01-03"),
            (self.artyom, "1985-01-03"),
            (self.mikhail, "1979-01-03"),
        ):
            self.see_through(self.mentor(actor).case_id, fill_mentor_profile={"born_on": born_on})

    def mentee(self, actor: Actor) -> MenteeEntry:
        return self._entry(MenteeEntry, actor)

    def mentor(self, actor: Actor) -> MentorEntry:
        return self._entry(MentorEntry, actor)

    def _entry(self, table: Any, actor: Actor) -> Any:
        wanted = select(table).where(table.programme_id == self.id, table.person_id == actor.person_id)
        return self.play.session.scalars(wanted.execution_options(populate_existing=True)).one()

    # Pairs come about.

    def meet_and_choose(self, *chosen: tuple[Actor, Actor]) -> None:
        """Hold the general meeting, at which these choose one another."""
        self.play.fill("plan_general_meeting", self.case_id)
        self.play.pass_days(1)
        self.play.fill("record_attendance", self.case_id, absent=[])
        for mentee, mentor in chosen:
            own, theirs = self.mentee(mentee), self.mentor(mentor)
            self._choose(GeneralMeetingGuest.mentee_entry_id == own.id, theirs.id)
            self._choose(GeneralMeetingGuest.mentor_entry_id == theirs.id, own.id)
        if "close_choices" in self.waits:
            self.do("close_choices", closes=True)

    def _choose(self, is_guest: ColumnElement[bool], liked: uuid.UUID) -> None:
        asked = select(GeneralMeetingGuest.case_id).where(is_guest, GeneralMeetingGuest.case_id.is_not(None))
        case_id = self.play.session.scalars(asked).one()
        self.play.fill("choose_partners", case_id, first=str(liked), others=[])

    def talk(self, *talked: tuple[Actor, Actor]) -> None:
        """Let the curator write down whom talks have brought together."""
        rows = [
            {"mentee": str(self.mentee(one).id), "mentor": str(self.mentor(other).id), "said": "both"}
            for one, other in talked
        ]
        self.play.fill("record_talks", self.case_id, talks=rows)

    def pair_of(self, actor: Actor) -> "FoundPair | None":
        """Find the pair in which a mentee is now, or was last."""
        wanted = (
            select(Pair)
            .join(PairMember, PairMember.pair_id == Pair.id)
            .where(PairMember.person_id == actor.person_id, Pair.programme_id == self.id)
            .order_by(Pair.ended_on.desc().nulls_first(), Pair.id)
        )
        found = self.play.session.scalars(wanted).first()
        return FoundPair(self, found) if found else None

    def find_mentor(self, mentee: Actor, mentor: Actor) -> None:
        """Find a mentor for somebody without a pair, with the support that is due meanwhile."""
        search = self._search(mentee)
        assert {"support_mentee", "continue_search"} <= self.play.waits(search)
        self.play.fill("support_mentee", search)
        agreed = {"mentee_agrees": True, "mentor_agrees": True}
        self.play.fill(
            "continue_search", search, outcome="found", mentor=str(self.mentor(mentor).id), **agreed
        )
        self.play.fill("decide_as_curator", search, refused=[])

    def _search(self, mentee: Actor) -> uuid.UUID:
        found = searching.find_search(self.play.work(), self.mentee(mentee).id)
        assert found is not None
        return found.case_id

    # Whatever waits.

    def see_through(self, case_id: uuid.UUID, **answers: dict[str, Any]) -> None:
        """Do all that waits in a case, until nothing does."""
        while waits := sorted(self.play.waits(case_id)):
            element = waits[0]
            wanted = {**USUAL.get(element, {}), **answers.get(element, {})}
            self.play.fill(element, case_id, **wanted)

    def do_all(self, *elements: str) -> None:
        """Let everybody do what waits for them at these elements."""
        for element in elements:
            while self.play.find(element):
                self.play.fill(element, **USUAL.get(element, {}))

    def live_on(self) -> set[str]:
        """Let everybody do what waits, and days pass, until the programme is over; say what was done."""
        done: set[str] = set()
        while self.programme.status is ProgrammeStatus.RUNNING:
            assert self.play.clock().date() <= self.programme.ends_on, f"still running: {self.running()}"
            if not (waits := sorted(self.play.waits())):
                self.play.pass_days(5)
                continue
            # A gate takes nothing as long as something else of its stage is missing, so it comes last.
            element = min(waits, key=lambda one: (one.startswith("close_stage"), one))
            self.play.fill(element, **self._usual(element))
            done.add(element)
        return done

    def _usual(self, element: str) -> dict[str, Any]:
        if element != "grant_awards":
            return USUAL.get(element, {})
        best = {"who": f"pair:{self.pair_of(self.sonya).pair_id}", "kind": "diploma", "reason": "Пара года"}
        return {"awards": [best]}

    def running(self) -> list[str]:
        wanted = select(Case.process).where(Case.status.in_((CaseStatus.RUNNING, CaseStatus.SUSPENDED)))
        return sorted(self.play.session.scalars(wanted))


class FoundPair(PairPlay):
    """A pair that the programme has formed."""

    def __init__(self, way: WholeWay, pair: Pair) -> None:
        self.play, self.college = way.play, way.college
        self.programme_id, self.pair_id, self.form = way.id, pair.id, pair.form
        people = way.college.mentors + way.college.mentees
        here = {one.person_id for one in self.members() if one.until_on is None}
        self.mentor_actors = [one for one in people if one in way.college.mentors and one.person_id in here]
        self.mentee_actors = [one for one in people if one in way.college.mentees and one.person_id in here]
