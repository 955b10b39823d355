"""A mentee applies and the guardian consents by a link; a mentor comes into the base of the ready."""

from models.bases import EntryStatus
from models.people import Person
from models.tasks import Task
from tests.browser.forms import fill_form
from tests.browser.journeys.windows import WINDOWS
from tests.workflows.mentoring import bases
from workflows.records import mentees, mentors


@WINDOWS
def test_a_mentee_applies_and_the_guardian_consents_by_a_link(in_browser, visit, college, width, language):
    play = in_browser(width=width, language=language)
    programme = bases.open_programme(play)
    sonya = college.mentees[0]
    bases.guard(play, sonya.person_id, college.guardian.person_id)

    own = play.open(sonya, "/programmes")
    own.go(f"/programmes/{programme.id}/mentee")
    own.page.locator("input[name=form][value=learner_learner]").check()
    own.page.fill("#wants", "Хочу найти дело по душе")
    play.look_at(own, "apply-as-mentee")
    play.send(own)
    play.settle()
    case_id = entry(play, programme, sonya).case_id

    play.do("fill_request", case_id, **bases.REQUEST | {"born_on": "2011-01-03"})
    bases.sign(play, case_id, sonya)
    consent_by_link(play, visit, college, case_id, width=width, language=language)
    play.do("assess_person", case_id, **bases.PERSON)
    play.do("assess_studies", case_id, **bases.STUDIES)
    play.do("map_request", case_id, **bases.MAP)
    if "record_advice" in play.waits(case_id):
        play.do("record_advice", case_id, **bases.ADVICE)
    play.do("decide_admission", case_id, **bases.ACCEPT)
    assert entry(play, programme, sonya).status == EntryStatus.READY

    curator = play.open(college.curator, f"/programmes/{programme.id}/requests")
    play.look_at(curator, "request-map-of-one")
    curator = play.open(college.curator, f"/programmes/{programme.id}/mentees")
    curator.page.get_by_role("link", name="Соня Ромашкина").first.click()
    curator.page.get_by_role("heading", name="Соня Ромашкина").wait_for()
    play.look_at(curator, "profile-of-a-mentee")


def entry(play, programme, actor):
    play.session.expire_all()
    return mentees.find_entry(play.work(), programme.id, actor.person_id)


def consent_by_link(play, visit, college, case_id, **how):
    """The curator makes a link; the mother opens it without an account and signs for her daughter."""
    task = play.find("sign_consents", case_id)
    assert task.assignee_id == college.guardian.person_id
    curator = play.open(college.curator, f"/tasks/{task.id}")
    curator.page.locator(f"form[action$='/tasks/{task.id}/link'] button").click()
    link = curator.page.locator("#address").input_value()
    play.look_at(curator, "link-made")
    mother = visit(**how)
    mother.page.goto(link)
    assert fill_form(mother.page, bases.YES) == []
    play.look_at(mother, "consent-by-link")
    play.send(mother)
    mother.page.locator("h1").wait_for()
    play.look_at(mother, "consent-given")
    play.session.expire_all()
    assert play.session.get_one(Task, task.id).completed_at is not None
    play.settle()


@WINDOWS
def test_a_mentor_offers_help_is_interviewed_trained_and_ready(in_browser, college, width, language):
    play = in_browser(width=width, language=language)
    programme = bases.open_programme(play)
    mentor = college.mentors[0]
    own = play.open(mentor, f"/programmes/{programme.id}/mentor")
    own.page.locator("input[name=form][value=teacher_learner]").check()
    own.page.select_option("#source", "pedagogue")
    play.look_at(own, "offer-to-mentor")
    play.send(own)
    play.settle()
    case_id = mentors.find_entry(play.work(), programme.id, mentor.person_id).case_id
    play.do("fill_mentor_profile", case_id, **bases.PROFILE)
    play.do("sign_consents", case_id, **bases.YES)
    play.do("tell_about_yourself", case_id, **bases.ABOUT)
    play.do("record_interview", case_id, **bases.INTERVIEW)
    if "plan_training" in play.waits(case_id):
        play.do("plan_training", case_id, **bases.PLAN)
        play.do("record_training", case_id, **bases.TRAINED)
    play.session.expire_all()
    assert mentors.find_entry(play.work(), programme.id, mentor.person_id).status == EntryStatus.READY
    name = play.session.get_one(Person, mentor.person_id).full_name
    curator = play.open(college.curator, f"/programmes/{programme.id}/mentors")
    assert curator.page.get_by_role("link", name=name).first.is_visible()
    play.look_at(curator, "base-of-mentors")
