"""The lists of both bases: who sees whom, finding people, what each row says."""

import uuid
from datetime import date, timedelta

import pytest

from models.bases import MentorCheck
from tests.webapp.bases.reading import shown
from tests.webapp.bases_college import bring_to, crowd, open_programme, set_problems
from tests.webapp.readers import ids, parsed
from workflows.operations.mentees import apply_as_mentee
from workflows.operations.mentors import leave_base
from workflows.records import consents

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
    programme_id = open_programme(work, college, "Новая программа")
    work.session.commit()
    curator = reader(college.curator)
    page = curator.get(f"/programmes/{programme_id}/mentees")
    assert "Заявок пока нет" in page.text
    assert f"/programmes/{programme_id}/mentees/import" in page.text
    assert "Наставников пока нет" in curator.get(f"/programmes/{programme_id}/mentors").text
    assert "Карта пока пуста" in curator.get(f"/programmes/{programme_id}/requests").text
    assert "Никого не нашлось" in curator.get(f"{base}/mentees?search=кенгуру").text


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


def test_the_place_of_somebody_elsewhere_tells_nothing(college, base, reader, work):
    """A page that begins after a person of another programme would show how that person is called."""
    other = open_programme(work, college, "Другая программа")
    entry = apply_as_mentee(work, other, college.adult.person_id, "learner_learner")
    work.session.commit()
    page = reader(college.curator).get(f"{base}/mentees?after={entry}")
    assert shown(page) == []
    assert shown(reader(college.curator).get(f"{base}/mentees?after={college.child_entry}")) == [
        "Тимур Ясенев"
    ]
