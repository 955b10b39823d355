"""The way of a programme through its stages, as its people would do it."""

import uuid
from datetime import date
from typing import Any

from models.bases import EntryStatus, MenteeEntry
from models.pairs import PairStatus
from models.people import Person
from models.programmes import Programme
from tests.workflows.mentoring.plays import Play
from workflows.operations.programmes import start_programme
from workflows.records import mentees, mentors, pairs, programmes

STARTS_ON, ENDS_ON = date(2026, 9, 1), date(2027, 5, 31)
TITLE = "Наставники года"
TOLD = {"audience": "staff", "channel": "meeting", "told_on": "2026-09-01", "reached": 40}
HEARD = {"audience": "graduates", "channel": "event", "told_on": "2026-09-01", "reached": 25}
LINKS = {f"{kind}_link": f"Папка «{kind}»" for kind in ("act", "regulation", "programme", "roadmap")}
SIGNED = {"decision": "signed", "number": "15-н", "dated_on": "2026-09-01"}
RESULT = {"result": "Сделано то, что собирались."}


class Way:
    """One programme, and what its people do for it."""

    forms = ("learner_learner", "teacher_teacher")

    def __init__(self, play: Play, variant: str = "college") -> None:
        self.play, self.college = play, play.college
        self.id = self.begin(variant)
        self.case_id = self.programme.case_id
        assert self.case_id is not None

    def begin(self, variant: str) -> uuid.UUID:
        """Let the head start the programme."""
        head = self.play.work(self.college.head)
        return start_programme(head, self.college.id, TITLE, variant, STARTS_ON, ENDS_ON)

    @property
    def programme(self) -> Programme:
        return self.play.session.get_one(Programme, self.id, populate_existing=True)

    @property
    def waits(self) -> set[str]:
        return self.play.waits(self.case_id)

    def do(self, element: str, **answers: Any) -> Any:
        return self.play.do(element, self.case_id, **answers)

    def appoint(self, **more: Any) -> None:
        curator = str(self.college.curator.person_id)
        self.do("appoint_team", curator=curator, order_number="14-к", order_on="2026-09-01", **more)

    def prepare(self) -> None:
        """Come to where the papers are drafted."""
        self.appoint()
        requests = [{"form": "learner_learner", "number": 12, "about": "Трудно учиться на первом курсе"}]
        self.do("inform_staff", told=[TOLD], requests=requests)
        self.do(
            "define_programme",
            tasks="Помочь первому курсу",
            chosen_forms=list(self.forms),
            expected_results="Меньше отчислений",
        )

    def draft(self) -> None:
        self.do("draft_package", **LINKS)
        self.do("make_roadmap", roadmap=self.roadmap())

    def roadmap(self, due_on: str = "2026-10-01") -> list[dict[str, Any]]:
        rows = [
            {"stage": str(stage), "measure": f"Мероприятие {stage}", "responsible": "Куратор"}
            for stage in range(1, 8)
        ]
        return [{**row, "due_on": due_on} for row in rows]

    def consider(self, opinion: str = "supported", **more: Any) -> None:
        self.do("consider_package", number="3", dated_on="2026-09-01", opinion=opinion, **more)

    def announce_outside(self) -> None:
        audience = {"form": "learner_learner", "name": "Выпускники", "met_at": "Встреча выпускников"}
        self.do("choose_audiences", audiences=[audience])
        self.do("inform_audiences", told=[HEARD])

    def sign_and_publish(self) -> None:
        self.do("sign_package", **SIGNED)
        self.do("amend_contract", kind="agreement", number="7", dated_on="2026-09-01")
        self.do("publish_package", link="Раздел «Наставничество»", dated_on="2026-09-01")

    def stage_1(self) -> None:
        self.prepare()
        self.draft()
        if "consider_package" in self.waits:
            self.consider()
        self.sign_and_publish()
        self.announce_outside()
        self.do("close_stage_1", **RESULT)

    def stage_2(self) -> None:
        self.do("inform_families", told=[TOLD])
        self.do("choose_methods", methods=[{"name": "Шкала самооценки", "measures": "self_esteem"}])
        channel = {
            "channel": "parents",
            "person": str(self.college.tutor.person_id),
            "until_on": "2026-09-20",
        }
        self.do("organise_collection", channels=[channel])
        self.fill_mentee_base()
        self.do("close_stage_2", **RESULT)

    def stage_3(self) -> None:
        self.do("announce_start", told=[TOLD])
        self.do("propose_mentors", candidates=self.candidates())
        self.do("meet_audiences", told=[HEARD], interested=5)
        self.do("motivate_mentors", offered=["status"], agreed=3)
        self.do("agree_with_partners", partners=[{"name": "Завод", "kind": "enterprise", "contract": "none"}])
        self.do("close_stage_3", **RESULT)

    def stage_4(self) -> None:
        self.do("set_criteria", criteria=[{"criterion": "Умеет слушать", "seen_by": "interview"}])
        self.do(
            "draw_up_training",
            topics=["basics"],
            ethics="Границы и доверие",
            formats=["training"],
            materials="Памятка",
            first_on="2026-10-01",
        )
        talk = {"interviewer": str(self.college.psychologist.person_id), "held_on": "2026-09-25"}
        self.do("plan_selection", talks=[talk], questions="Зачем вам это?")
        expert = {"name": "Ольга Синицына", "purpose": "training", "reply": "agreed"}
        self.do("invite_experts", invited=[expert])
        self.make_mentors_ready()
        self.do("close_stage_4", **RESULT)

    def candidates(self) -> list[dict[str, Any]]:
        person = str(self.college.mentors[0].person_id)
        return [{"person": person, "source": "learner", "form": "learner_learner"}]

    def make_mentors_ready(self) -> None:
        mentors.set_status(self.play.work(), self.mentor_entry().id, EntryStatus.READY)

    def mentor_entry(self) -> Any:
        entry = mentors.find_entry(self.play.work(), self.id, self.college.mentors[0].person_id)
        assert entry is not None
        return entry

    def fill_mentee_base(self) -> None:
        self.add_mentee()

    def add_mentee(self) -> MenteeEntry:
        work = self.play.work()
        person = self.play.session.get_one(Person, self.college.mentees[0].person_id)
        entry_id: Any = mentees.add(work, self.programme, person, "learner_learner")
        mentees.set_status(work, entry_id, EntryStatus.SELECTED)
        self.play.settle()
        return mentees.hold(work, entry_id)

    def form_pair(self) -> uuid.UUID:
        work = self.play.work()
        mentee = mentees.find_entry(work, self.id, self.college.mentees[0].person_id)
        assert mentee is not None
        pair_id = pairs.form_pair(
            work,
            self.id,
            form="learner_learner",
            type="pair",
            mentor_entry_ids=[self.mentor_entry().id],
            mentee_entry_ids=[mentee.id],
            curator_id=self.college.curator.person_id,
        )
        self.play.settle()
        return pair_id

    def close_pair(self, pair_id: uuid.UUID) -> None:
        pairs.close_pair(self.play.work(), pair_id, PairStatus.COMPLETED)

    def stage(self, number: int) -> Any:
        return programmes.find_stage(self.play.work(), self.id, number)
