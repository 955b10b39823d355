"""The list of pairs: whose they are, how to narrow it, and how to take all of them away as a table."""

import csv
import io
import uuid

import pytest
from sqlalchemy import select

from models.base import Base
from models.pairs import Pair, PairMember, PairStatus
from models.programmes import MentoringForm
from tests.webapp.readers import ids, parsed
from workflows.queries import pair_list

TOGETHER = ("Артём Стрижов – Соня Ромашкина", "Дарья Голубкина – Тимур Ясенев")


@pytest.fixture
def both(college):
    """The two pairs in the order of the list."""
    return [str(college.pair_id), str(college.fresh_id)]


def copy_of(work, pair_id, title, **changed):
    """Put a further pair there, with the people of another."""
    pair = work.session.get_one(Pair, pair_id)
    made = again(pair, title=title, case_id=uuid.uuid4(), support_case_id=None, **changed)
    work.session.add(made)
    work.session.flush()
    members = work.session.scalars(select(PairMember).where(PairMember.pair_id == pair_id)).all()
    work.session.add_all(again(one, pair_id=made.id) for one in members)
    work.session.commit()
    return made


def again(row: Base, **changed):
    """Make a row like another one."""
    kept = {column.key: getattr(row, column.key) for column in row.__table__.columns}
    return type(row)(**kept | {"id": uuid.uuid4()} | changed)


def test_a_curator_sees_the_pairs_of_the_college_by_name(curator, both):
    page = curator.get("/pairs")
    parsed(page)
    assert ids(page.text, "pairs") == both
    assert "2 пары" in page.text
    assert all(names in page.text for names in TOGETHER)
    assert "встреча 4 из 5: Рабочие встречи" in page.text
    assert "последняя встреча 10 сентября" in page.text


def test_whoever_oversees_sees_them_and_whoever_does_not_sees_none(college, reader, town, both):
    for somebody in (college.head, college.administrator, college.auditor):
        assert ids(reader(somebody).get("/pairs").text, "pairs") == both
    for somebody in (college.methodist, college.psychologist, town.curator, town.mentor):
        assert ids(reader(somebody).get("/pairs").text, "pairs") == []


def test_who_only_looks_after_the_bases_reads_of_a_pair_and_is_led_to_none(college, reader, work):
    address = f"/programmes/{work.session.get_one(Pair, college.pair_id).programme_id}/mentees"
    for somebody, led in ((college.curator, True), (college.methodist, False), (college.psychologist, False)):
        page = reader(somebody).get(address)
        assert page.status_code == 200
        assert "Стрижов" in page.text
        assert (f"/pairs/{college.pair_id}" in page.text) == led


def test_whoever_has_one_pair_comes_to_it_at_once(college, reader, work):
    for somebody in (college.mentors[0], college.mentees[0], college.guardian):
        sitting = reader(somebody)
        answer = sitting.get("/pairs")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/pairs/{college.pair_id}")
        back = parsed(sitting.get(f"/pairs/{college.pair_id}")).find(".//ol[@class='trail']//a").get("href")
        assert ids(sitting.get(back).text, "pairs") == [str(college.pair_id)]
    copy_of(work, college.pair_id, "Артём Стрижов – Вторая")
    page = reader(college.mentors[0]).get("/pairs")
    assert page.status_code == 200
    assert "Мои пары" in page.text


def test_the_room_is_called_after_whose_pairs_they_are(college, reader):
    def name(somebody):
        return parsed(reader(somebody).get("/")).find(".//nav[@class='site-nav']/a[@href='/pairs']")

    called = (college.curator, college.mentors[0], college.mentees[0])
    assert [" ".join("".join(name(one).itertext()).split()) for one in called] == [
        "Пары",
        "Мои пары",
        "Моя пара",
    ]
    assert name(college.psychologist) is None


def test_ones_own_step_stands_first_and_opens_at_once(curator):
    page = parsed(curator.get("/pairs"))
    steps = [" ".join("".join(one.itertext()).split()) for one in page.findall(".//div[@class='pair-next']")]
    assert steps[0].startswith("Записать встречу Артём Стрижов")
    assert steps[1].startswith("Провести знакомство Вы")
    assert page.find(".//div[@class='pair-next']/a").get("href").startswith("/tasks/")


@pytest.mark.parametrize(
    ("days", "silent", "said"),
    [
        (6, 0, ""),
        (8, 1, "8 дней без встреч"),
        (13, 1, "13 дней без встреч"),
        (21, 2, "21 день без встреч"),
        (22, 2, "22 дня без встреч"),
    ],
)
def test_a_pair_is_silent_beyond_the_day_by_which_it_was_to_meet(
    college, reader, both, clock, days, silent, said
):
    """One is to get acquainted within a week, the other to meet within two."""
    clock.advance(days=days)
    page = reader(college.curator).get("/pairs?silent=1")
    assert ids(page.text, "pairs") == both[2 - silent :]
    assert said in page.text


def test_a_pair_that_stands_still_is_not_silent(college, reader, both, clock):
    clock.advance(days=20)
    curator = reader(college.curator)
    assert curator.post(f"/pairs/{both[0]}/pause", {"reason": "Практика"}).status_code == 303
    assert ids(curator.get("/pairs?silent=1").text, "pairs") == both[1:]


@pytest.mark.parametrize(
    ("status", "group"),
    [
        (PairStatus.ACQUAINTED, "forming"),
        (PairStatus.CONCLUDING, "working"),
        (PairStatus.PAUSED, "paused"),
        (PairStatus.PARTED, "ended"),
    ],
)
def test_pairs_are_found_by_how_far_they_have_come(curator, college, work, status, group):
    work.session.get_one(Pair, college.pair_id).status = status
    work.session.commit()
    found = {one: ids(curator.get(f"/pairs?group={one}").text, "pairs") for one in pair_list.Group}
    assert [one.value for one, pairs in found.items() if str(college.pair_id) in pairs] == [group]


def test_pairs_are_found_by_name_programme_and_form_and_all_stay_in_the_address(curator, college, both, work):
    pair = work.session.get_one(Pair, college.pair_id)
    named = {"code": "teacher_learner", "title": "Педагог – обучающийся"}
    work.session.add(MentoringForm(programme_id=pair.programme_id, **named))
    work.session.commit()
    assert ids(curator.get("/pairs?search=ромашкина").text, "pairs") == both[:1]
    assert ids(curator.get("/pairs?form=learner_learner").text, "pairs") == both[1:]
    page = curator.get(
        f"/pairs?programme={pair.programme_id}&form=teacher_learner&search=стрижов&group=working"
    )
    assert ids(page.text, "pairs") == both[:1]
    tree = parsed(page)
    chosen = [one.get("value") for one in tree.findall(".//select/option[@selected]")]
    assert chosen == [str(pair.programme_id), "teacher_learner"]
    assert tree.find(".//input[@id='search']").get("value") == "стрижов"
    assert tree.find(".//input[@name='group']").get("value") == "working"
    assert "Таких пар нет" in curator.get("/pairs?search=кенгуру").text


@pytest.mark.parametrize("nonsense", ["after=x", "group=lost", "programme=1", "silent=maybe", "search=%00"])
def test_an_address_somebody_garbled_still_opens(curator, both, nonsense):
    assert ids(curator.get(f"/pairs?{nonsense}").text, "pairs") == both


def test_paging_comes_to_every_pair_once(curator, college, work, monkeypatch):
    for number in range(4):
        copy_of(work, college.pair_id, "Одно имя" if number < 3 else "Другое имя")
    monkeypatch.setattr(pair_list.list_pairs, "__kwdefaults__", {"after": None, "size": 2})
    address, seen = "/pairs?group=", []
    while address:
        page = curator.get(address)
        assert "6 пар" in page.text
        seen += ids(page.text, "pairs")
        following = parsed(page).find(".//a[@rel='next']")
        address = following.get("href") if following is not None else ""
    assert len(seen) == len(set(seen)) == 6


def test_the_table_holds_every_pair_that_was_asked_for(curator):
    answer = curator.get("/pairs.csv?group=working")
    assert answer.headers["Content-Type"].startswith("text/csv")
    head, row = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert head[:3] == ["Наставники", "Наставляемые", "Программа"]
    assert row[:2] == ["Артём Стрижов", "Соня Ромашкина"]
    assert row[5:11] == [
        "работают",
        "Рабочие встречи",
        "2026-09-01",
        "2026-09-10",
        "Записать встречу",
        "Артём Стрижов",
    ]


def test_an_empty_room_says_what_will_be_in_it(reader, town, college):
    page = reader(town.curator).get("/pairs")
    parsed(page)
    assert "Пар пока нет" in page.text
    for somebody in (town.mentor, town.mentee, college.mentees[3]):
        page = reader(somebody).get("/pairs")
        parsed(page)
        assert "Пары у вас пока нет" in page.text


def test_a_list_costs_the_same_whatever_its_length(curator, college, work, statements):
    curator.get("/pairs")
    with statements() as few:
        curator.get("/pairs")
    for number in range(5):
        copy_of(work, college.pair_id, f"Ещё {number}")
    with statements() as many:
        curator.get("/pairs")
    assert len(few) == len(many) <= 12


def test_the_place_of_a_pair_that_one_does_not_see_tells_nothing(college, reader, both, work, session):
    mentor = reader(college.mentors[0])
    for title in ("А", "Я"):
        session.get_one(Pair, college.fresh_id).title = title
        session.commit()
        assert ids(mentor.get(f"/pairs?after={college.fresh_id}").text, "pairs") == [both[0]]
