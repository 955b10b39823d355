"""What tests of the bases share: a programme in a variant, people of an age, and the usual answers."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import select

from models.bases import MenteeEntry, MentorEntry
from models.cases import Case
from models.notices import Notice
from models.people import Guardianship, Person
from models.programmes import MentoringForm, ProgrammeStatus
from models.tasks import Task, TaskStatus
from tests.programmes import add_programme
from workflows.operations.cases import start_case
from workflows.operations.mentees import apply_as_mentee
from workflows.operations.mentors import propose_mentor

FORMS = {
    "college": (
        "learner_learner",
        "teacher_teacher",
        "teacher_learner",
        "employer_learner",
        "partner_learner",
    ),
    "school": ("learner_learner", "teacher_teacher", "teacher_learner"),
}


def open_programme(
    play: Any, variant: str = "college", status: ProgrammeStatus = ProgrammeStatus.RUNNING
) -> Any:
    """Put a programme there, with its forms and its curator, as if its first stage had passed."""
    college = play.college
    programme = add_programme(
        play.session, college.id, curator_id=college.curator.person_id, variant=variant, status=status
    )
    for code in FORMS[variant]:
        play.session.add(MentoringForm(id=uuid.uuid4(), programme_id=programme.id, code=code, title=code))
    play.session.commit()
    return programme


def born(play: Any, person_id: uuid.UUID, year: int) -> None:
    """Give somebody an age: the day of birth is the third of January."""
    play.session.get_one(Person, person_id).born_on = date(year, 1, 3)
    play.session.commit()


def guard(play: Any, child_id: uuid.UUID, guardian_id: uuid.UUID) -> None:
    """Let one person be the parent of another."""
    row = Guardianship(id=uuid.uuid4(), child_id=child_id, guardian_id=guardian_id, kin="мама")
    play.session.add(row)
    play.session.commit()


def entry_of(play: Any, entry_id: uuid.UUID) -> Any:
    """Return an entry of either base as it stands now."""
    play.session.expire_all()
    return play.session.get(MenteeEntry, entry_id) or play.session.get_one(MentorEntry, entry_id)


def status_of(play: Any, entry_id: uuid.UUID) -> str:
    return str(entry_of(play, entry_id).status.value)


def told(play: Any, person_id: uuid.UUID) -> list[str]:
    """List what somebody was told, with the values in its braces."""
    return [
        one.text.format_map({name: str(value) for name, value in one.values.items()})
        for one in play.session.query(Notice).filter_by(person_id=person_id)
    ]


REQUEST: dict[str, Any] = {
    "wants_to_join": "yes",
    "born_on": "2006-01-03",
    "study_level": 2,
    "wants": "Хочу найти дело по душе",
    "interests": ["music"],
    "times": ["evening"],
}
TEACHER_REQUEST: dict[str, Any] = {
    "wants_to_join": "yes",
    "born_on": "2000-01-03",
    "experience_years": 2,
    "wants": "Хочу увереннее вести урок",
    "times": ["evening"],
}
YES: dict[str, Any] = {"participation": "yes", "personal_data": "yes"}
PERSON: dict[str, Any] = {"rate_self_esteem": 4, "rate_anxiety": 7, "rate_contact": 5, "rate_optimism": 6}
STUDIES: dict[str, Any] = {
    "average_mark": 3.4,
    "absences": 12,
    "rate_motivation": 4,
    "rate_teamwork": 6,
    "rate_planning": 3,
    "rate_professional": 5,
}
MAP: dict[str, Any] = {
    "problems": ["motivation", "career"],
    "mentoring_form": "learner_learner",
    "role_model": "leader",
    "priority": "1",
    "most_mentors": 1,
    "channel": "self",
}
ADVICE: dict[str, Any] = {"advice": "for", "decided_on": "2026-09-01", "protocol_number": "7"}
ACCEPT: dict[str, Any] = {"outcome": "accepted", "decided_on": "2026-09-01", "protocol_number": "8"}

PROFILE: dict[str, Any] = {
    "wants_to_join": "yes",
    "born_on": "1990-01-03",
    "story": "Десять лет за станком",
    "competences": "Токарное дело",
    "helps_with": ["career"],
    "experience_years": 10,
    "mentee_age_from": 14,
    "mentee_age_to": 20,
    "hours_per_week": 2,
    "capacity": 2,
    "times": ["evening"],
}
ABOUT: dict[str, Any] = {"motivation": "Хочу передать дело", "periodicity": "weekly"}
INTERVIEW: dict[str, Any] = {
    "held_on": "2026-09-01",
    "about_self": "Спокойный, надёжный",
    "has_time": "yes",
    "knows_tasks": "yes",
    **dict.fromkeys(
        ("acceptance", "listening", "hearing", "asking", "equality", "honesty", "reliability", "consistency"),
        "yes",
    ),
    "decision": "ready",
}
PLAN: dict[str, Any] = {
    "held_on": "2026-09-10",
    "place": "Актовый зал, 15:00",
    "format": "game",
    "topics": ["ethics"],
}
TRAINED: dict[str, Any] = {
    "held_on": "2026-09-01",
    "format": "game",
    "topics": ["ethics"],
    "with_ethics": True,
    "outcome": "passed",
}
CHECK: dict[str, Any] = {"kind": "criminal_record", "document": "77-01", "issued_on": "2026-08-01"}
LETTER: dict[str, Any] = {**CHECK, "kind": "partner_letter", "document": "15"}


def sign(play: Any, case_id: uuid.UUID, actor: Any, **answers: Any) -> None:
    """Let one of several signers do the task that waits for them."""
    waiting = select(Task.id).where(
        Task.case_id == case_id,
        Task.element == "sign_consents",
        Task.status == TaskStatus.OPEN,
        Task.assignee_id == actor.person_id,
    )
    play.complete(actor, play.session.scalars(waiting).one(), answers or YES)


def apply(play: Any, programme: Any, number: int = 0, form: str = "learner_learner", **more: Any) -> Any:
    """Let a mentee of the college apply; return the entry and its case."""
    mentee = play.college.mentees[number]
    entry_id = apply_as_mentee(play.work(mentee), programme.id, mentee.person_id, form, **more)
    play.settle()
    return entry_id, entry_of(play, entry_id).case_id


def propose(
    play: Any,
    programme: Any,
    source: str = "pedagogue",
    forms: tuple[str, ...] = ("teacher_learner",),
    number: int = 0,
) -> Any:
    """Let a mentor of the college offer to help; return the entry and its case."""
    mentor = play.college.mentors[number]
    entry_id = propose_mentor(play.work(mentor), programme.id, mentor.person_id, source, forms)
    play.settle()
    return entry_id, entry_of(play, entry_id).case_id


def bring_to_decision(play: Any, programme: Any, number: int = 0) -> Any:
    """Take a grown-up learner to where only the decision on admission is missing."""
    entry_id, case_id = apply(play, programme, number)
    play.do("fill_request", case_id, **REQUEST)
    play.do("sign_consents", case_id, **YES)
    play.do("assess_person", case_id, **PERSON)
    play.do("assess_studies", case_id, **STUDIES)
    play.do("map_request", case_id, **MAP)
    if "record_advice" in play.waits(case_id):
        play.do("record_advice", case_id, **ADVICE)
    return entry_id, case_id


def bring_into_base(play: Any, programme: Any, number: int = 0) -> Any:
    """Take a grown-up learner all the way into the mentee base."""
    entry_id, case_id = bring_to_decision(play, programme, number)
    play.do("decide_admission", case_id, **ACCEPT)
    return entry_id, case_id


def make_ready_mentor(play: Any, programme: Any, number: int = 0) -> Any:
    """Take a pedagogue all the way into the base of ready mentors."""
    entry_id, case_id = propose(play, programme, number=number)
    play.do("fill_mentor_profile", case_id, **PROFILE)
    play.do("sign_consents", case_id, **YES)
    play.do("tell_about_yourself", case_id, **ABOUT)
    play.do("record_interview", case_id, **INTERVIEW)
    if "plan_training" in play.waits(case_id):
        play.do("plan_training", case_id, **PLAN)
        play.do("record_training", case_id, **TRAINED)
    return entry_id, case_id


def start(play: Any, programme: Any, process: str, **participants: Any) -> uuid.UUID:
    """Start a case of the programme that its curator begins."""
    begun = start_case(
        play.work(play.college.curator),
        play.college.id,
        process,
        programme.title,
        participants={"curator": [play.college.curator.person_id], **participants},
        variables={"programme_id": str(programme.id), "variant": programme.variant},
    )
    play.settle()
    return begun.id


def find_case(play: Any, process: str) -> Any:
    """Find the newest case of a process."""
    wanted = select(Case).where(Case.process == process).order_by(Case.started_at.desc(), Case.id)
    return play.session.scalars(wanted.execution_options(populate_existing=True)).first()
