"""Ids of one organisation in the hands of others: whoever has no business there neither acts nor learns."""

from datetime import date
from types import SimpleNamespace

import pytest

from models.calendars import BreakKind
from models.organisations import OrganisationKind
from models.practices import Practice
from models.programmes import RoadmapItem
from tests.workflows.mentoring.pair_plays import PairPlay
from workflows.operations import (
    awards,
    calendars,
    concerns,
    consents,
    full_cycles,
    jury,
    mentees,
    mentors,
    pairing,
    pairs,
    partners,
    practices,
    programmes,
    reports,
    roadmap,
)
from workflows.operations.organisations import add_organisation
from workflows.operations.people import add_person, grant_membership
from workflows.queries.people import get_actor_of_person
from workflows.refusals import Forbidden, NotFound

DAY = date(2026, 9, 1)
ORDER = {"order_number": "7", "since_on": DAY}

OF_STAFF = {
    "add_break": lambda w, f: calendars.add_break(w, f.college, BreakKind.HOLIDAY, "Отдых", DAY, DAY),
    "remove_break": lambda w, f: calendars.remove_break(w, f.break_id),
    "give_points": lambda w, f: awards.give_points(w, f.pair, "contest"),
    "vote": lambda w, f: jury.vote(w, f.pair, 5),
    "pause_pair": lambda w, f: pairs.pause_pair(w, f.pair, "Отъезд"),
    "resume_pair": lambda w, f: pairs.resume_pair(w, f.pair),
    "end_pair": lambda w, f: pairs.end_pair(w, f.pair, "Отъезд"),
    "mark_full_cycle": lambda w, f: full_cycles.mark_full_cycle(w, f.mentee, True),
    "carry_over_bases": lambda w, f: full_cycles.carry_over_bases(w, f.programme),
    "begin_reporting": lambda w, f: reports.begin_reporting(w, f.programme),
    "start_programme": lambda w, f: programmes.start_programme(w, f.college, "Год", "college", DAY, DAY),
    "stop_programme": lambda w, f: programmes.stop_programme(w, f.programme, "Так вышло"),
    "appoint": lambda w, f: programmes.appoint(w, f.programme, f.person, "team", **ORDER),
    "replace_curator": lambda w, f: programmes.replace_curator(w, f.programme, f.person, **ORDER),
    "mark_roadmap_item": lambda w, f: roadmap.mark_roadmap_item(w, f.measure, DAY, "Сделано"),
    "unmark_roadmap_item": lambda w, f: roadmap.unmark_roadmap_item(w, f.measure),
    "add_partner": lambda w, f: partners.add_partner(w, f.college, "Завод", "enterprise"),
    "add_contract": lambda w, f: partners.add_contract(w, f.partner, "cooperation", "1", DAY),
    "note_avoidance": lambda w, f: mentors.note_avoidance(w, f.college, f.mentor_person, f.person, "Родня"),
    "propose_pairs": lambda w, f: pairing.propose_pairs(w, f.programme),
    "pin": lambda w, f: pairing.pin(w, f.programme, f.mentee, f.mentor),
    "forbid": lambda w, f: pairing.forbid(w, f.programme, f.mentee, f.mentor),
    "unmark": lambda w, f: pairing.unmark(w, f.programme, f.mentee, f.mentor),
    "move": lambda w, f: pairing.move(
        w, f.programme, f.mentee, from_mentor_id=f.mentor, to_mentor_id=f.mentor
    ),
    "undo": lambda w, f: pairing.undo(w, f.programme, w.now()),
    "publish_practice": lambda w, f: practices.publish_practice(w, f.practice),
}
"""What only the staff of the organisation does."""

OF_PEOPLE = {
    "apply_as_mentee": lambda w, f: mentees.apply_as_mentee(w, f.programme, f.person, "teacher_learner"),
    "leave_mentee_base": lambda w, f: mentees.leave_base(w, f.mentee, "Переезд"),
    "propose_mentor": lambda w, f: mentors.propose_mentor(
        w, f.programme, f.mentor_person, "pedagogue", ["teacher_learner"]
    ),
    "leave_mentor_base": lambda w, f: mentors.leave_base(w, f.mentor, "Переезд"),
    "give_consent": lambda w, f: consents.give_consent(w, f.programme, f.person, "participation"),
    "give_consent_for": lambda w, f: consents.give_consent(
        w, f.programme, f.person, "participation", signed_by_id=f.person
    ),
    "refuse_consent": lambda w, f: consents.refuse_consent(w, f.programme, f.person, "participation"),
    "withdraw_consent": lambda w, f: consents.withdraw_consent(w, f.programme, f.person, "participation"),
    "leave_pair": lambda w, f: pairs.leave_pair(w, f.pair, f.person, "Переезд"),
    "raise_concern": lambda w, f: concerns.raise_concern(w, f.pair, "other", "serious", "Беспокоит"),
    "withdraw_practice": lambda w, f: practices.withdraw_practice(w, f.practice),
}
"""What those concerned may do themselves, and nobody else who is no staff."""


@pytest.fixture(scope="module")
def furnished(furnish):
    """The template database in which the pair and the strangers are; no act that is tried changes it."""
    return furnish(build)


@pytest.fixture(scope="module")
def database(templates, furnished):
    """A database with them in it, in which nothing more is ever committed."""
    with templates.lent(furnished[0]) as made:
        yield made


@pytest.fixture
def given(furnished):
    return furnished[1]


def build(play):
    """Make a pair of the college with all that an act could name, and a stranger."""
    college = play.college
    pair = PairPlay(play, college)
    work, administrator = play.work(), play.work(college.administrator)
    practice = Practice(
        programme_id=pair.programme_id,
        pair_id=pair.pair_id,
        form="",
        title="История",
        summary="Как было",
        status="draft",
        written_at=work.now(),
    )
    measure = RoadmapItem(
        programme_id=pair.programme_id, position=1, stage=1, measure="Приказ", responsible="Я", due_on=DAY
    )
    work.session.add_all([practice, measure])
    work.session.flush()
    return SimpleNamespace(
        college=college.id,
        programme=pair.programme_id,
        pair=pair.pair_id,
        mentee=pair.mentee_entries[0],
        mentor=pair.mentor_entries[0],
        person=college.mentees[0].person_id,
        mentor_person=college.mentors[0].person_id,
        practice=practice.id,
        measure=measure.id,
        partner=partners.add_partner(administrator, college.id, "Мастерская", "enterprise"),
        stranger=stranger(play),
        break_id=calendars.add_break(administrator, college.id, BreakKind.HOLIDAY, "Отдых", DAY, DAY),
    )


def stranger(play):
    """Bring in everybody who matters in another organisation, in one person."""
    work = play.work()
    school = add_organisation(work, "Школа «Росток»", OrganisationKind.ORGANISATION)
    person = add_person(work, school, "Игнат Перепёлкин")
    for role in ("administrator", "head", "curator", "coordinator", "psychologist", "jury"):
        grant_membership(work, person, school, role)
    return get_actor_of_person(play.session, person, play.clock())


@pytest.mark.parametrize("act", OF_STAFF | OF_PEOPLE)
def test_ids_of_another_organisation_lead_nowhere(play, given, act):
    with pytest.raises(NotFound):
        (OF_STAFF | OF_PEOPLE)[act](play.work(given.stranger), given)


@pytest.mark.parametrize("act", OF_STAFF)
@pytest.mark.parametrize("who", ["mentor", "mentee", "guardian"])
def test_what_the_staff_does_nobody_else_does(play, college, given, who, act):
    actor = {"mentor": college.mentors[0], "mentee": college.mentees[0], "guardian": college.guardian}[who]
    with pytest.raises((NotFound, Forbidden)):
        OF_STAFF[act](play.work(actor), given)


@pytest.mark.parametrize("act", OF_PEOPLE)
@pytest.mark.parametrize("who", ["mentor", "mentee", "guardian"])
def test_nobody_acts_for_another_who_is_not_their_child(play, college, given, who, act):
    actor = {"mentor": college.mentors[1], "mentee": college.mentees[1], "guardian": college.guardian}[who]
    with pytest.raises((NotFound, Forbidden)):
        OF_PEOPLE[act](play.work(actor), given)
