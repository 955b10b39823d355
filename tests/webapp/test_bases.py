"""Both bases of a programme: who sees whom, finding people, taking the lists away, the map of requests."""

import csv
import io
import uuid
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from models.bases import MentorCheck
from tests.webapp.bases_college import bring_to, build_college, crowd, set_problems
from tests.webapp.readers import ids, parsed
from workflows.operations.mentors import leave_base
from workflows.records import consents

SVG = "{http://www.w3.org/2000/svg}"


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


@pytest.fixture
def base(college):
    return f"/programmes/{college.programme_id}"


def shown(answer):
    """The names of the list."""
    return [one.text for one in parsed(answer).iterfind(".//div[@class='task-title']/a")]


SEES_BASES = {"head": 200, "administrator": 200, "curator": 200, "methodist": 200, "psychologist": 200}
SEES_BASES |= {"auditor": 200, "secretary": 404, "partner": 404, "child": 404, "mentor": 404, "guardian": 404}


@pytest.mark.parametrize(("who", "status"), SEES_BASES.items())
def test_staff_sees_the_bases_and_nobody_else(college, base, reader, who, status):
    sitting = reader(getattr(college, who))
    for page in ("mentees", "mentors", "mentees.csv", "mentees.xlsx", "mentors.csv", "mentors.xlsx"):
        assert sitting.get(f"{base}/{page}").status_code == status, page
    sees_map = 200 if who == "secretary" else status
    assert sitting.get(f"{base}/requests").status_code == sees_map
    imports = 200 if who in ("head", "administrator", "curator") else None
    for name in ("mentees", "mentors"):
        got = sitting.get(f"{base}/{name}/import").status_code
        assert got == imports if imports else got in (403, 404)


def test_people_of_another_school_see_nothing(base, reader, town, college):
    stranger = reader(town.stranger)
    for page in ("mentees", "mentors", "requests", "mentees.csv", "mentees/import", "mine"):
        assert stranger.get(f"{base}/{page}").status_code == 404
    assert stranger.get(f"/mentees/{college.child_entry}").status_code == 404
    assert stranger.get(f"/mentors/{college.mentor_entry}").status_code == 404


def test_the_curator_sees_each_mentee_with_what_matters(college, base, reader):
    page = reader(college.curator).get(f"{base}/mentees")
    assert shown(page) == ["Алиса Рябинина", "Соня Ромашкина", "Тимур Ясенев"]
    assert "3 наставляемых" in page.text
    for words in (
        "Говорить смелее",
        "до 18 лет",
        "нет согласий",
        "заявка подана",
        "Обучающийся – обучающийся",
    ):
        assert words in page.text


def test_the_list_speaks_english(college, base, reader):
    curator = reader(college.curator)
    curator.post("/language", {"language": "en"})
    page = curator.get(f"{base}/mentees")
    assert "Learner – learner" in page.text or "learner" in page.text.lower()
    assert "consents are missing" in page.text
    assert "3 mentees" in page.text
    parsed(curator.get(f"{base}/mentors"))
    parsed(curator.get(f"{base}/requests"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("search=ромашкина", ["Соня Ромашкина"]),
        ("form=teacher_teacher", ["Алиса Рябинина"]),
        ("group=ТМ-31", ["Тимур Ясенев"]),
        ("minor=1", ["Соня Ромашкина"]),
        ("status=ready", ["Тимур Ясенев"]),
        ("problem=career", ["Тимур Ясенев"]),
        ("waiting=14", ["Тимур Ясенев"]),
        ("waiting=60", []),
        ("lacking=1", ["Алиса Рябинина", "Соня Ромашкина"]),
        ("status=lost&after=never&waiting=5", ["Алиса Рябинина", "Соня Ромашкина", "Тимур Ясенев"]),
    ],
)
def test_mentees_are_found_by_what_is_asked(college, base, reader, work, clock, asked, found):
    set_problems(work, college.adult_entry, "career", "motivation")
    sign(work, college, college.adult)
    bring_to(work, college.adult_entry, "ready")
    work.session.commit()
    clock.advance(days=20)
    page = reader(college.curator).get(f"{base}/mentees?{asked}")
    assert shown(page) == found
    if asked == "waiting=14":
        assert "20 дней без пары" in page.text
        assert "waiting=14" in page.text.partition("CSV")[0].rpartition("Excel")[2]


def sign(work, college, actor, signer=None):
    """Let somebody sign all that must be, as it is signed in the product."""
    for purpose in consents.REQUIRED:
        consents.write(
            work,
            college.programme_id,
            actor.person_id,
            purpose,
            signed_by_id=(signer or actor).person_id,
            is_given=True,
            text="Согласен на участие",
            text_version="1",
        )


def test_a_child_lacks_consents_until_a_guardian_has_signed_too(college, base, reader, work):
    curator = reader(college.curator)
    sign(work, college, college.child)
    work.session.commit()
    assert "Соня Ромашкина" in shown(curator.get(f"{base}/mentees?lacking=1"))
    sign(work, college, college.child, college.guardian)
    work.session.commit()
    assert "Соня Ромашкина" not in shown(curator.get(f"{base}/mentees?lacking=1"))


def test_whoever_may_not_read_consents_is_not_told_of_them(college, base, reader):
    page = reader(college.methodist).get(f"{base}/mentees?lacking=1")
    assert len(shown(page)) == 3
    assert "нет согласий" not in page.text
    assert "Согласия" not in reader(college.methodist).get(f"{base}/mentees.csv").text


def test_paging_comes_to_everybody_once_and_names_stay_out_of_addresses(college, base, reader, work):
    crowd(work, college, 55)
    work.session.commit()
    curator = reader(college.curator)
    first = curator.get(f"{base}/mentees?form=learner_learner")
    assert "57 наставляемых" in first.text
    following = parsed(first).find(".//a[@rel='next']").get("href")
    assert "form=learner_learner" in following
    assert "%D0" not in following
    seen = ids(first.text, "mentees") + ids(curator.get(following).text, "mentees")
    assert len(seen) == len(set(seen)) == 57


def test_lists_cost_the_same_whatever_their_length(college, base, reader, work, statements):
    curator = reader(college.curator)
    pages = ("mentees", "mentors", "requests", "mentees.csv")
    few = {}
    for page in pages:
        curator.get(f"{base}/{page}")
        with statements() as heard:
            curator.get(f"{base}/{page}")
        few[page] = len(heard.other)
    crowd(work, college, 57)
    work.session.commit()
    for page in pages:
        with statements() as heard:
            curator.get(f"{base}/{page}")
        # A list of more than one page counts how many there are.
        assert len(heard.other) - few[page] in (0, 1), page
        assert len(heard.other) <= 13, page


def test_the_tables_hold_what_the_list_shows_and_no_formula(college, base, reader, work):
    crowd(work, college, 1, wants="=HYPERLINK(1)")
    work.session.commit()
    curator = reader(college.curator)
    rows = list(
        csv.reader(io.StringIO(curator.get(f"{base}/mentees.csv").text.removeprefix("\ufeff")), delimiter=";")
    )
    listed = shown(curator.get(f"{base}/mentees"))
    assert [row[0] for row in rows[1:]] == listed
    assert rows[1][4] == "Вести урок увереннее"
    assert rows[2][4] == "'=HYPERLINK(1)"
    book = load_workbook(io.BytesIO(curator.get(f"{base}/mentees.xlsx?minor=1").data))
    lines = list(book.active.iter_rows(values_only=True))
    assert [line[0] for line in lines[1:]] == shown(curator.get(f"{base}/mentees?minor=1"))
    assert lines[1][4] == "'=HYPERLINK(1)"


def test_contacts_are_exported_only_to_those_who_may_reach_people(college, base, reader):
    own = reader(college.curator).get(f"{base}/mentees.csv").text
    other = reader(college.psychologist).get(f"{base}/mentees.csv").text
    assert "Электронная почта" in own
    assert "@example.org" in own
    assert "Электронная почта" not in other
    assert "@example.org" not in other


def test_mentors_stand_in_sub_bases_with_documents_that_run_out(college, base, reader, work, clock):
    today = clock().date()
    for entry, days in ((college.mentor_entry, 20), (college.learner_entry, -3)):
        work.session.add(check(entry, "criminal_record", today + timedelta(days=days), college, clock))
    work.session.commit()
    curator = reader(college.curator)
    page = curator.get(f"{base}/mentors")
    assert shown(page) == ["Артём Стрижов", "Дарья Голубкина"]
    for words in ("документ истекает через 20 дней", "документ истёк 29 августа", "Обучающиеся: 1"):
        assert words in page.text
    assert "свободно мест: 1 из 1" in page.text
    assert shown(curator.get(f"{base}/mentors?source=learner")) == ["Дарья Голубкина"]
    assert len(shown(curator.get(f"{base}/mentors?expiring=1&free=1"))) == 2
    assert shown(curator.get(f"{base}/mentors?form=teacher_teacher")) == ["Артём Стрижов"]
    work.session.add(check(college.mentor_entry, "criminal_record", None, college, clock))
    work.session.commit()
    assert shown(curator.get(f"{base}/mentors?expiring=1")) == ["Дарья Голубкина"], "a newer one counts"


def check(entry_id, kind, expires_on, college, clock):
    return MentorCheck(
        id=uuid.uuid4(),
        mentor_entry_id=entry_id,
        kind=kind,
        issued_on=date(2026, 1, 1),
        expires_on=expires_on,
        accepted_by_id=college.curator.person_id,
        accepted_at=clock(),
    )


def test_an_empty_base_says_what_it_is_for(college, base, reader, as_, work, clock):
    from tests.webapp.bases_college import open_programme

    programme_id = open_programme(work, college, "Новая программа")
    work.session.commit()
    curator = reader(college.curator)
    page = curator.get(f"/programmes/{programme_id}/mentees")
    assert "Заявок пока нет" in page.text
    assert f"/programmes/{programme_id}/mentees/import" in page.text
    assert "Наставников пока нет" in curator.get(f"/programmes/{programme_id}/mentors").text
    assert "Карта пока пуста" in curator.get(f"/programmes/{programme_id}/requests").text
    assert "Никого не нашлось" in curator.get(f"{base}/mentees?search=кенгуру").text


def test_the_map_counts_requests_and_leads_to_the_people(college, base, reader, work):
    for entry in (college.child_entry, college.adult_entry, college.teacher_entry):
        set_problems(work, entry, "career")
    set_problems(work, college.adult_entry, "career", "digital")
    work.session.commit()
    curator = reader(college.curator)
    page = parsed(curator.get(f"{base}/requests"))
    rows = page.findall(".//table//tbody/tr")
    assert [row.find("th").text for row in rows] == [
        "Неясно, куда идти дальше: профессия, учёба",
        "Хочу освоить новые программы и цифровые средства",
    ]
    links = [one.get("href") for one in rows[0].iterfind(".//a")]
    assert shown(curator.get(links[0])) == ["Соня Ромашкина", "Тимур Ясенев"]
    assert [one.text for one in rows[0].iterfind(".//a")] == ["2", "1", "3"]
    assert page.find(f".//{SVG}circle") is not None
    groups = curator.get(f"{base}/requests?across=group").text
    assert "ТМ-11" in groups
    assert "без группы" in groups


def test_where_few_children_come_with_the_same_the_number_is_not_said(college, base, reader, work):
    set_problems(work, college.child_entry, "bullying")
    set_problems(work, college.teacher_entry, "burnout")
    work.session.commit()
    page = parsed(reader(college.secretary).get(f"{base}/requests"))
    told = {
        row.find("th").text: [" ".join("".join(cell.itertext()).split()) for cell in row.findall("td")]
        for row in page.findall(".//table//tbody/tr")
    }
    assert told["Обижают или не принимают в группе"] == ["мало", "0", "не названо", "0"]
    assert told["Усталость от работы, выгорание"] == ["0", "1", "1", "0"]
    assert page.find(".//table//a") is None
    crowd_of = [one for one in page.iterfind(f".//{SVG}circle") if one.get("class") == "is-hidden"]
    assert len(crowd_of) == 1


def test_whoever_has_left_is_not_on_the_map_of_help(college, base, reader, work, as_):
    leave_base(as_(college.curator), college.mentor_entry, "Переезд")
    work.session.commit()
    page = reader(college.curator).get(f"{base}/mentors?free=1")
    assert shown(page) == ["Дарья Голубкина"]


@pytest.mark.parametrize(("who", "sees"), [("curator", True), ("psychologist", True), ("mentor", False)])
def test_the_bases_are_reached_from_the_programmes(college, base, reader, who, sees):
    page = reader(getattr(college, who)).get("/programmes")
    assert (f'href="{base}/mentees"' in page.text) == sees
    if sees:
        listed = parsed(reader(getattr(college, who)).get(f"{base}/mentees"))
        here = list(listed.iterfind(".//nav//a[@aria-current='page']"))
        assert "Программы" in "".join("".join(one.itertext()) for one in here)
