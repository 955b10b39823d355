"""A head starts a programme from its page; everybody may take part in what runs where they are."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select

import bpmn
from models.bases import MenteeEntry, MentorEntry
from models.programmes import Programme
from tests.webapp.readers import parsed
from workflows.engine.packs import read_pack
from workflows.operations.organisations import add_organisation
from workflows.operations.packs import install_pack
from workflows.operations.people import add_person, grant_membership
from workflows.operations.programmes import start_programme, stop_programme
from workflows.queries.people import get_actor_of_person

ROLES = ("head", "curator", "mentor", "mentee", "auditor", "methodist")
PACK = Path(bpmn.__file__).parent / "target-model"


@pytest.fixture(scope="module")
def furnished(templates):
    """The template database in which the college stands."""
    return templates.furnish(lambda work: build_college(work, templates.town))


@pytest.fixture(scope="module")
def database(templates, furnished):
    """A database with the college in it, in which nothing more is ever committed."""
    with templates.lent(furnished[0]) as made:
        yield made


@pytest.fixture
def college(furnished):
    return furnished[1]


def build_college(work, town):
    """Make a college of the town with its people, which works by the target model."""
    college_id = add_organisation(work, "Колледж", parent_id=town.town.id)
    install_pack(work, college_id, read_pack(PACK))
    return SimpleNamespace(id=college_id, **{role: add(work, college_id, role) for role in ROLES})


def add(work, organisation_id, role):
    """Add somebody who holds a role."""
    person_id = add_person(work, organisation_id, f"{role} колледжа")
    grant_membership(work, person_id, organisation_id, role)
    return get_actor_of_person(work.session, person_id, work.now())


@pytest.fixture
def programme(college, as_, clock):
    """A programme that runs in the college."""
    first = clock().date()
    last = first.replace(year=first.year + 1)
    head = as_(college.head)
    programme_id = start_programme(head, college.id, "Наставничество", "college", first, last)
    return head.session.get(Programme, programme_id)


@pytest.fixture
def sent(college):
    """What a filled page sends."""
    return {
        "organisation": str(college.id),
        "title": "Наставничество 2026",
        "variant": "school",
        "starts_on": "2026-09-01",
        "ends_on": "2027-05-31",
    }


def errors(answer, name):
    """Read what stands beside a field."""
    return " ".join(parsed(answer).find(f".//*[@id='{name}-errors']").itertext())


def test_a_head_starts_a_programme_and_finds_it(college, reader, sent, work):
    head = reader(college.head)
    page = head.get("/programmes/new")
    parsed(page)
    assert "Техникум: четыре формы, общая встреча" in page.text
    answer = head.post("/programmes/new", sent)
    assert answer.status_code == 303
    programme = work.session.scalars(select(Programme)).one()
    assert (programme.title, programme.variant) == ("Наставничество 2026", "school")
    assert programme.case_id is not None
    shown = head.get("/programmes")
    parsed(shown)
    assert "Наставничество 2026" in shown.text
    assert head.get("/").text.count("Наставничество 2026") >= 1


def test_the_variants_are_named_in_the_language_of_the_reader(college, reader):
    head = reader(college.head)
    head.post("/language", {"language": "en"})
    assert "School: three forms, one school year" in head.get("/programmes/new").text


@pytest.mark.parametrize(
    ("change", "beside", "said"),
    [
        ({"title": " "}, "title", "Заполните"),
        ({"variant": ""}, "variant", ""),
        ({"variant": "", "starts_on": ""}, "variant", ""),
        ({"starts_on": ""}, "starts_on", "Заполните"),
        ({"starts_on": "завтра"}, "starts_on", "31.05.2026"),
        ({"ends_on": "2026-08-01"}, "ends_on", "позже первого"),
        ({"ends_on": "2030-01-01"}, "ends_on", "2027"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    college, reader, sent, work, change, beside, said
):
    answer = reader(college.head).post("/programmes/new", sent | change)
    assert answer.status_code == 422
    assert said in errors(answer, beside)
    page = parsed(answer)
    assert page.find(".//input[@id='ends_on']").get("value") == (sent | change)["ends_on"]
    assert work.session.scalars(select(Programme)).all() == []


@pytest.mark.parametrize("who", ["curator", "mentor", "mentee", "auditor", "methodist"])
def test_others_start_no_programme(college, reader, sent, who):
    sitting = reader(getattr(college, who))
    assert sitting.get("/programmes/new").status_code == 403
    assert sitting.post("/programmes/new", sent).status_code in (403, 404)
    assert "/programmes/new" not in sitting.get("/programmes").text


def test_an_organisation_without_a_methodology_says_so(reader, town, work):
    page = reader(add(work, town.other.id, "head")).get("/programmes/new")
    assert "не установлена ни одна методика" in page.text
    parsed(page)


def test_whose_cases_begin_by_themselves_nobody_is_asked_to_begin_one(work, as_, reader, town):
    install_pack(work, town.other.id, read_pack(PACK))
    curator = reader(town.stranger)
    assert "Здесь дела начинаются сами" in curator.get("/cases/new").text
    assert "/cases/new" not in curator.get("/cases").text
    sent = {"organisation": str(town.other.id), "process": "choice", "title": "Выбор"}
    assert curator.post("/cases/new", sent).status_code == 404


def test_a_mentee_applies_once(programme, college, reader, work):
    mentee = reader(college.mentee)
    address = f"/programmes/{programme.id}/mentee"
    page = parsed(mentee.get(address))
    assert page.find(".//select[@id='person']") is None, "others are not theirs to choose"
    forms = [one.get("value") for one in page.iterfind(".//input[@name='form']")]
    assert set(forms) == {"learner_learner", "teacher_teacher", "teacher_learner", "employer_learner"}
    assert mentee.post(address, {"form": "learner_learner", "wants": "Говорить смелее"}).status_code == 303
    entry = work.session.scalars(select(MenteeEntry)).one()
    assert (entry.person_id, entry.form) == (college.mentee.person_id, "learner_learner")
    assert "Вы среди наставляемых" in mentee.get("/programmes").text
    again = mentee.post(address, {"form": "learner_learner"})
    assert again.status_code == 409
    assert "message is-bad" in again.text


def test_somebody_offers_to_be_a_mentor(programme, college, reader, work):
    mentor = reader(college.mentor)
    address = f"/programmes/{programme.id}/mentor"
    parsed(mentor.get(address))
    wrong = mentor.post(address, {"form": "learner_learner"})
    assert wrong.status_code == 422
    assert errors(wrong, "source")
    assert parsed(wrong).find(".//input[@id='form-learner_learner'][@checked]") is not None
    sent = {"form": ["learner_learner", "teacher_learner"], "source": "learner"}
    assert mentor.post(address, sent).status_code == 303
    entry = work.session.scalars(select(MentorEntry)).one()
    assert entry.forms == ["learner_learner", "teacher_learner"]
    assert "Вы среди наставников" in mentor.get("/programmes").text


def test_a_curator_applies_for_a_child_and_names_the_parent(programme, college, reader, work):
    parent = add(work, college.id, "guardian").person_id
    curator = reader(college.curator)
    address = f"/programmes/{programme.id}/mentee"
    page = parsed(curator.get(address))
    first = page.findall(".//select[@id='person']/option")[1]
    assert first.text == "mentee колледжа"
    nobody = curator.post(address, {"form": "learner_learner", "person": ""})
    assert nobody.status_code == 422
    assert errors(nobody, "person")
    sent = {"form": "learner_learner", "person": str(college.mentee.person_id), "guardians": str(parent)}
    assert curator.post(address, sent).status_code == 303
    assert work.session.scalars(select(MenteeEntry.person_id)).one() == college.mentee.person_id


def test_a_mentee_cannot_put_somebody_else_in(programme, college, reader, work):
    sent = {"form": "learner_learner", "person": str(college.mentor.person_id)}
    answer = reader(college.mentee).post(f"/programmes/{programme.id}/mentee", sent)
    assert answer.status_code in (403, 404)
    assert work.session.scalars(select(MenteeEntry)).all() == []


def test_who_may_start_no_programme_is_told_so_whatever_is_missing(college, reader):
    assert reader(college.mentor).post("/programmes/new", {"title": "Наставничество"}).status_code == 403


def test_people_of_another_school_see_nothing_of_it(programme, reader, town):
    stranger = reader(town.stranger)
    assert "Наставничество" not in stranger.get("/programmes").text.partition("<main")[2]
    for role in ("mentee", "mentor"):
        assert stranger.get(f"/programmes/{programme.id}/{role}").status_code == 404


def test_a_programme_that_ended_while_its_page_was_open_says_so(programme, college, as_, reader):
    sitting = reader(college.mentee)
    stop_programme(as_(college.head), programme.id, "Колледж закрыт на ремонт.")
    answer = sitting.post(f"/programmes/{programme.id}/mentee", {"wants": "Хочу учиться."})
    assert answer.status_code == 409


def test_what_was_stopped_takes_nobody_in(programme, college, as_, reader):
    stop_programme(as_(college.head), programme.id, "Нет куратора.")
    mentee = reader(college.mentee)
    assert mentee.get(f"/programmes/{programme.id}/mentee").status_code == 409
    assert mentee.post(f"/programmes/{programme.id}/mentee", {"form": "learner_learner"}).status_code == 409
    assert "Пока не идёт ни одна программа" in mentee.get("/programmes").text
