"""What a programme came to: indicators beside their aims, answers of enough people, papers, the report."""

from datetime import date

import pytest
from sqlalchemy import select

from models.cases import Case
from models.consents import Consent, ConsentPurpose
from models.pairs import Pair, PairStatus
from models.practices import Practice, PracticeStatus
from models.programmes import ProgrammeDocument
from tests.webapp.readers import parsed
from workflows.operations.partners import add_contract, add_partner
from workflows.queries.programmes.indicators import get_numbers
from workflows.queries.programmes.showing import get_programme
from workflows.records import awards, festivals, surveys


@pytest.fixture
def answer(work, programme, session):
    """Let somebody answer a questionnaire: `answer(person, "entry", 4)`."""
    pack_version_id = session.get_one(Case, programme.case_id).pack_version_id

    def give(actor, moment, rating, role="mentee"):
        surveys.respond(
            work,
            programme.id,
            actor.person_id,
            instrument=f"{role}_survey",
            moment=moment,
            role=role,
            answers={"rate_trust": rating},
            pack_version_id=pack_version_id,
        )
        session.commit()

    return give


def rows(page, heading):
    """Read the table below a heading: of each row its cells."""
    part = parsed(page).find(f".//section[@aria-labelledby='{heading}']")
    return [
        [" ".join(" ".join(cell.itertext()).split()) for cell in row] for row in part.iterfind(".//tbody/tr")
    ]


def row_of(page, heading, name):
    return next(row for row in rows(page, heading) if row[0].startswith(name))


def test_indicators_stand_beside_the_aims_of_the_methodology(programme, college, reader):
    page = reader(college.curator).get(f"/programmes/{programme.id}/indicators")
    assert row_of(page, "facts", "Пары и группы")[1] == "1 1 работает"
    assert "не меньше 70" in row_of(page, "facts", "Прошли полный цикл")[2]
    assert "пока не достигнуто" in row_of(page, "facts", "Прошли полный цикл")[2]
    assert "не меньше 80" in row_of(page, "facts", "Выполнено мероприятий")[2]
    assert "считаются те, кто прошёл полный цикл" in row_of(page, "facts", "Вовлечены")[1]


def test_an_aim_is_found_in_whatever_table_the_organisation_has(programme, college, as_):
    view = get_programme(as_(college.head), programme.id)
    assert get_numbers(as_(college.head), view).aims == {
        "full_cycle_share": 70,
        "satisfied_share": 60,
        "roadmap_share": 80,
    }


def test_a_silent_pair_needs_attention(programme, college, reader, clock):
    curator = reader(college.curator)
    address = f"/programmes/{programme.id}/indicators"
    assert row_of(curator.get(address), "facts", "Молчащие пары")[1].startswith("0")
    clock.advance(days=20)
    curator.sign_in()
    row = row_of(curator.get(address), "facts", "Молчащие пары")
    assert row[1].startswith("1 нет встреч дольше 14 дней")
    assert "нужно внимание" in row[2]


def test_of_fewer_than_three_answers_nothing_is_said(programme, college, reader, answer, as_):
    for mentee in college.mentees[:2]:
        answer(mentee, "entry", 3)
        answer(mentee, "exit", 8)
    curator = reader(college.curator)
    address = f"/programmes/{programme.id}/indicators"
    row = row_of(curator.get(address), "surveys", "Анкета наставляемого")
    assert row[1] == row[3] == "слишком мало ответов 2 ответа"
    assert row[4] == "слишком мало ответов 2 человека"
    assert row_of(curator.get(address), "facts", "Довольны")[1] == "слишком мало ответов 2 ответа"
    facts = get_numbers(as_(college.head), get_programme(as_(college.head), programme.id)).facts
    assert {facts[name] for name in ("satisfied", "satisfied_share", "mentee_change")} == {None}
    answer(college.mentees[2], "entry", 3)
    answer(college.mentees[2], "exit", 8)
    row = row_of(curator.get(address), "surveys", "Анкета наставляемого")
    assert (row[1], row[3], row[4]) == ("3,0 3 ответа", "8,0 3 ответа", "+5,0 3 человека")
    assert row_of(curator.get(address), "facts", "Довольны")[1].startswith("100")


def test_a_change_compares_only_who_answered_twice(programme, college, reader, answer):
    for mentee in college.mentees:
        answer(mentee, "entry", 4)
    for mentor in college.mentors:
        answer(mentor, "entry", 5, role="mentor")
    answer(college.mentees[0], "exit", 9)
    page = reader(college.curator).get(f"/programmes/{programme.id}/indicators")
    assert row_of(page, "surveys", "Анкета наставляемого")[4] == "слишком мало ответов 1 человек"
    assert row_of(page, "surveys", "Анкета наставника")[1] == "5,0 3 ответа"


def test_charts_are_their_own_tables(programme, college, reader):
    page = parsed(reader(college.curator).get(f"/programmes/{programme.id}/indicators"))
    captions = {one.text for one in page.iterfind(".//table[@class='bars']/caption")}
    assert {"К чему пришли пары", "База наставляемых", "База наставников"} <= captions


def test_indicators_are_kept_as_a_table(programme, college, reader):
    kept = reader(college.curator).get(f"/programmes/{programme.id}/indicators.csv").text
    assert "Пары и группы;1;" in kept


def test_the_rating_the_jury_and_the_awards_stand_on_the_closing_page(
    programme, college, reader, work, session
):
    title = session.get_one(Pair, programme.pair_id).title
    awards.give_points(work, programme.id, programme.pair_id, activity="contest", points=5)
    awards.add_vote(work, programme.id, programme.pair_id, college.head.person_id, 9)
    jury = [college.head.person_id, college.methodist.person_id]
    plan = {"held_on": date(2027, 5, 20), "place": "Актовый зал", "pair_ids": [programme.pair_id]}
    festivals.plan(work, programme.id, audiences=[], jury_ids=jury, guests=40, **plan)
    given = {"kind": "diploma", "title": "Пара года", "number": "12"}
    awards.grant(work, programme.id, awarded_on=date(2026, 9, 1), pair_id=programme.pair_id, **given)
    session.commit()
    page = reader(college.curator).get(f"/programmes/{programme.id}/closing")
    assert rows(page, "rating") == [["1", title, "5", "9", "14"]]
    assert rows(page, "awards") == [[title, "Диплом лучшей паре", "Пара года", "12", "1 сентября"]]
    assert "проголосовали 1 из 2" in page.text
    assert "Актовый зал" in page.text
    table = reader(college.curator).get(f"/programmes/{programme.id}/rating.csv").text
    assert f"1;{title};5;9;14" in table


def test_a_story_is_shown_only_as_long_as_everybody_agrees(programme, college, reader, session, clock):
    practice = {"programme_id": programme.id, "form": "learner_learner", "written_at": clock()}
    shown = {"status": PracticeStatus.PUBLISHED, "published_on": clock().date()}
    session.add(Practice(pair_id=programme.pair_id, title="Про двоих", summary="Тайна", **practice, **shown))
    session.add(Practice(title="Про всех", summary="Как мы начинали", **practice, **shown))
    session.commit()
    curator = reader(college.curator)
    for place in ("closing", "report"):
        page = curator.get(f"/programmes/{programme.id}/{place}").text
        assert "Как мы начинали" in page
        assert "Тайна" not in page
    assert "скрыты, потому что нет согласия – 1" in curator.get(f"/programmes/{programme.id}/closing").text


def test_papers_decisions_consents_and_contracts_stand_in_their_tables(
    programme, college, reader, as_, session, clock
):
    curator = as_(college.curator)
    partner_id = add_partner(curator, college.id, "Завод «Прогресс»", "enterprise")
    add_contract(curator, partner_id, "practice", "12", date(2026, 8, 1), date(2026, 8, 31))
    session.add(
        Consent(
            programme_id=programme.id,
            person_id=college.mentees[0].person_id,
            purpose=ConsentPurpose.PUBLICITY,
            text="…",
            text_version="target-model/3",
            signed_by_id=college.mentees[0].person_id,
            signed_as="oneself",
            way="paper",
            is_given=True,
            signed_at=clock(),
        )
    )
    session.commit()
    page = reader(college.curator).get(f"/programmes/{programme.id}/decisions")
    papers = {row[0]: row[1:3] for row in rows(page, "papers")}
    assert papers["Приказ о введении наставничества"] == ["15-н", "1 сентября"]
    assert papers["Приказ о назначении куратора"] == ["14-к", "1 сентября"]
    assert row_of(page, "partners", "Завод «Прогресс»")[1:3] == ["о практике", "12"]
    assert "истёк" in row_of(page, "partners", "Завод «Прогресс»")[4]
    assert row_of(page, "consents", "Показ другим")[1:] == ["3", "1", "0", "0"]
    assert "Составить критерии отбора" in [row[1] for row in rows(page, "written")]


def test_the_report_says_on_one_page_what_the_programme_came_to(programme, college, reader, session):
    session.get_one(Pair, programme.pair_id).status = PairStatus.COMPLETED
    session.commit()
    page = reader(college.head).get(f"/programmes/{programme.id}/report")
    parsed(page)
    for words in (
        "Отчёт о программе «Наставники года»",
        "Помочь первому курсу",
        "Меньше отчислений",
        "Ольга Лесная",
        "Сделано то, что собирались.",
        "Дорожная карта: сделано 0 из 7.",
        "Пары, дошедшие до итога",
    ):
        assert words in page.text
    assert session.scalars(select(Pair.status).where(Pair.id == programme.pair_id)).one() == "completed"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "Папка «act»"])
def test_a_link_that_is_none_is_only_read(programme, college, reader, session, link):
    document = session.scalars(
        select(ProgrammeDocument).where(ProgrammeDocument.programme_id == programme.id).limit(1)
    ).first()
    document.link = link
    session.commit()
    page = parsed(reader(college.curator).get(f"/programmes/{programme.id}/decisions"))
    assert link in " ".join(page.find(".//main").itertext())
    assert link not in {one.get("href") for one in page.iter("a")}
