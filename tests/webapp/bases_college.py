"""A college with a programme and people in its bases, for the tests of the pages of the bases."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

from sqlalchemy import update

import bpmn
from models.bases import EntryStatus, MenteeEntry
from models.people import Person
from models.programmes import MentoringForm
from tests.programmes import add_programme
from workflows.engine.packs import read_pack
from workflows.operations.mentees import apply_as_mentee
from workflows.operations.mentors import propose_mentor
from workflows.operations.organisations import add_organisation
from workflows.operations.packs import install_pack
from workflows.operations.people import add_person, grant_membership
from workflows.queries.people import get_actor_of_person
from workflows.records import guardians, mentees

STAFF = ("head", "administrator", "curator", "methodist", "psychologist", "secretary", "auditor", "partner")
FORMS = {"learner_learner": "Обучающийся – обучающийся", "teacher_teacher": "Педагог – педагог"}
PACK = Path(bpmn.__file__).parent / "target-model"


def build_college(work, town):
    """Make a college whose programme has a child, a grown-up and a teacher among its mentees, and mentors."""
    college_id = add_organisation(work, "Колледж", parent_id=town.town.id)
    install_pack(work, college_id, read_pack(PACK))
    college = SimpleNamespace(id=college_id)
    for role in STAFF:
        setattr(college, role, person(work, college_id, f"{role} колледжа", role))
    college.programme_id = open_programme(work, college, "Наставничество")
    college.guardian = person(work, college_id, "Ирина Ромашкина", "guardian")
    college.child = person(work, college_id, "Соня Ромашкина", "mentee", date(2012, 5, 31), "ТМ-11")
    college.adult = person(work, college_id, "Тимур Ясенев", "mentee", date(2000, 1, 3), "ТМ-31")
    college.teacher = person(work, college_id, "Алиса Рябинина", "mentee", date(1995, 1, 3))
    college.mentor = person(work, college_id, "Артём Стрижов", "mentor", date(1990, 1, 3))
    college.learner = person(work, college_id, "Дарья Голубкина", "mentor", date(2003, 1, 3), "ТМ-41")
    guardians.add(work, college.child.person_id, [college.guardian.person_id], "мама")
    put_in(work, college)
    return college


def open_programme(work, college, title):
    """Put a programme there with two forms and its curator."""
    programme = add_programme(work.session, college.id, curator_id=college.curator.person_id, title=title)
    for code, name in FORMS.items():
        work.session.add(MentoringForm(programme_id=programme.id, code=code, title=name))
    work.session.flush()
    return programme.id


def put_in(work, college):
    """Let everybody apply by themselves."""
    wants = {"child": "Говорить смелее", "adult": "", "teacher": "Вести урок увереннее"}
    for who, form in (
        ("child", "learner_learner"),
        ("adult", "learner_learner"),
        ("teacher", "teacher_teacher"),
    ):
        actor = getattr(college, who)
        own = type(work)(work.session, actor, work.clock)
        entry = apply_as_mentee(own, college.programme_id, actor.person_id, form, wants=wants[who])
        setattr(college, f"{who}_entry", entry)
    for who, source, forms in (
        ("mentor", "pedagogue", ["teacher_teacher"]),
        ("learner", "learner", ["learner_learner"]),
    ):
        actor = getattr(college, who)
        own = type(work)(work.session, actor, work.clock)
        entry = propose_mentor(own, college.programme_id, actor.person_id, source, forms)
        setattr(college, f"{who}_entry", entry)


def person(work, organisation_id, name, role, born_on=None, study_group=None):
    """Add somebody who holds a role."""
    person_id = add_person(
        work, organisation_id, name, born_on=born_on, study_group=study_group, email=address_of(name)
    )
    grant_membership(work, person_id, organisation_id, role)
    return get_actor_of_person(work.session, person_id, work.now())


def address_of(name):
    """Make an address that nobody has."""
    return f"u{abs(hash(name)) % 10**8}@example.org"


def crowd(work, college, number, **more):
    """Let so many more people apply, as the curator puts them in."""
    for one in range(number):
        person_id = add_person(
            work, college.id, f"Иволгин {one:03}", born_on=date(2011, 1, 3), study_group="ТМ-12"
        )
        apply_as_mentee(work, college.programme_id, person_id, "learner_learner", **more)


def set_problems(work, entry_id, *problems):
    """Let a request stand on the map."""
    entry = mentees.hold(work, entry_id)
    mentees.change(work, entry, problems=list(problems))


def bring_to(work, entry_id, status):
    """Let a mentee have come this far."""
    mentees.set_status(work, entry_id, EntryStatus(status))


def set_birthday(work, person_id, born_on):
    work.session.execute(update(Person).where(Person.id == person_id).values(born_on=born_on))


def entries(work):
    return work.session.query(MenteeEntry).count()
