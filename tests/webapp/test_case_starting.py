"""A case begins from its page: who may, what is asked, what is said when it cannot."""

import pytest

from models.cases import Case
from models.organisations import Organisation
from tests.webapp.readers import parsed
from workflows.queries.cases import get_case


@pytest.fixture
def sent(town):
    """What a filled page sends."""
    return {
        "organisation": str(town.school.id),
        "process": "pair",
        "title": "Соня и наставник",
        "role.mentor": str(town.mentor.person_id),
        "role.mentee": str(town.mentee.person_id),
        "role.curator": "",
    }


def test_a_curator_begins_a_pair(reader, town, sent, as_):
    curator = reader(town.curator)
    page = curator.get("/cases/new?process=pair")
    assert "Школа" in page.text
    parsed(page)
    answer = curator.post("/cases/new", sent)
    assert answer.status_code == 303
    view = get_case(as_(town.curator), answer.headers["Location"].rpartition("/")[2])
    assert view.case.title == "Соня и наставник"
    assert {(one.role, one.name) for one in view.participants} == {
        ("mentor", "mentor школы"),
        ("mentee", "mentee школы"),
    }
    assert "Дело начато." in curator.get(answer.headers["Location"]).text


def test_several_processes_are_offered_first(reader, town):
    page = reader(town.curator).get("/cases/new")
    offered = [option.get("value") for option in parsed(page).iterfind(".//select[@id='process']/option")]
    assert offered == ["pair", "programme"]


def test_an_administrator_of_several_organisations_chooses_one_first(reader, town, work):
    town_wide = work.session.query(Organisation).filter(Organisation.path.startswith(town.town.path)).count()
    assert town_wide == 3
    page = reader(town.administrator).get("/cases/new")
    assert parsed(page).find(".//select[@id='organisation']") is None, "this one has a single school"


def test_whoever_holds_a_role_stands_first_and_the_reader_is_chosen_for_their_own(reader, town):
    page = parsed(reader(town.curator).get("/cases/new?process=pair"))
    mentors = page.findall(".//select[@id='role.mentor']/option")
    assert [one.text for one in mentors] == ["Пока никто", "mentor школы", "Второй наставник"]
    chosen = page.find(".//select[@id='role.curator']/option[@selected]")
    assert chosen.text == "curator школы"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": "  "}, "Заполните"),
        ({"title": "я" * 300}, "Слишком длинно"),
        ({"role.mentor": "somebody of another school"}, None),
        ({"organisation": "x"}, None),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    reader, town, sent, change, said, work
):
    if change.get("role.mentor"):
        change = {"role.mentor": str(town.stranger.person_id)}
    answer = reader(town.curator).post("/cases/new", sent | change)
    assert answer.status_code == 422
    page = parsed(answer)
    if said:
        assert said in page.find(".//*[@id='title-errors']").text
        assert page.find(".//input[@id='title']").get("value") == change["title"]
    elif "role.mentor" in change:
        assert page.find(".//*[@id='participants-errors']").text
        assert page.find(".//select[@id='role.mentee']/option[@selected]").text == "mentee школы"
    assert work.session.query(Case).count() == 0


@pytest.mark.parametrize("who", ["mentor", "mentee", "auditor", "methodist", "coordinator"])
def test_others_begin_nothing(reader, town, sent, who):
    sitting = reader(getattr(town, who))
    assert sitting.get("/cases/new").status_code == 403
    assert sitting.post("/cases/new", sent).status_code in (403, 404)


def test_a_curator_of_another_school_learns_nothing(reader, town, sent):
    stranger = reader(town.stranger)
    assert stranger.post("/cases/new", sent).status_code == 404
    assert stranger.get(f"/cases/new?organisation={town.school.id}").status_code == 404


def test_a_school_without_a_methodology_says_so(reader, town):
    page = reader(town.stranger).get("/cases/new")
    assert "не установлена ни одна методика" in page.text
    parsed(page)


def test_nobody_sits_on_both_sides_of_a_case(reader, town, sent):
    answer = reader(town.curator).post("/cases/new", sent | {"role.mentor": str(town.mentee.person_id)})
    assert answer.status_code == 422
    complaint = " ".join(parsed(answer).find(".//*[@id='participants-errors']").itertext())
    assert f"{town.mentee.name}: у одного человека в деле может быть только одна роль." in complaint
