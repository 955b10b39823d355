"""The page of a programme: its stages in words, what holds the present one, and who sees how much."""

import pytest

from models.programmes import ProgrammeStatus
from tests.programmes import add_programme
from tests.webapp.readers import parsed
from workflows.operations.cases import suspend_case
from workflows.operations.programmes import appoint, start_programme, stop_programme
from workflows.queries.programmes.listing import list_programmes

INSIDE = (
    "/roadmap",
    "/roadmap.csv",
    "/team",
    "/decisions",
    "/indicators",
    "/indicators.csv",
    "/closing",
    "/rating.csv",
    "/report",
)


def text_of(answer, element_id):
    """Read the part of a page that is headed by this heading."""
    part = parsed(answer).find(f".//section[@aria-labelledby='{element_id}']")
    return " ".join(" ".join(part.itertext()).split())


def test_the_curator_sees_what_holds_the_stage_whose_turn_it_is_and_since_when(programme, college, reader):
    page = reader(college.curator).get(f"/programmes/{programme.id}")
    now = text_of(page, "now")
    assert "Что держит этап «Создать пары и группы»" in now
    assert "ждёт с 1 сентября" in now
    assert "Ольга Лесная" in now
    assert "Дальше – когда пары утверждены" in now
    assert "всё готово" in now


def test_a_gate_says_what_is_still_missing(college, as_, reader, clock):
    first = clock().date()
    programme_id = start_programme(
        as_(college.head), college.id, "Новый год", "college", first, first.replace(year=2027)
    )
    as_(college.head).session.commit()
    now = text_of(reader(college.head).get(f"/programmes/{programme_id}"), "now")
    assert "Назначить куратора и команду" in now
    assert "ещё не хватает" in now
    assert "Документы ещё не подписаны" in now


def test_each_stage_tells_its_days_its_result_and_both_contours(programme, college, reader):
    each = text_of(reader(college.curator).get(f"/programmes/{programme.id}"), "each")
    assert each.count("пройден") >= 4
    assert "Сделано то, что собирались." in each
    inside, _, outside = each.partition("2. Собрать базу")[0].partition("Внешний контур")
    assert "Назначить куратора и команду" in inside
    assert "Подписать" in inside
    assert "Рассказать о программе снаружи" in outside
    assert "услышали 25 человек" in outside
    assert "Рассказать о программе снаружи" not in inside


def test_the_way_says_in_words_where_it_stands(programme, college, reader):
    page = parsed(reader(college.curator).get(f"/programmes/{programme.id}"))
    steps = [
        " ".join(" ".join(one.itertext()).split()) for one in page.findall(".//ol[@class='way is-bar']/li")
    ]
    assert len(steps) == 7
    assert "Подготовить условия" in steps[0]
    assert steps[0].endswith("1 сентября")
    current = page.findall(".//ol[@class='way is-bar']/li[@aria-current='step']")
    assert ["Создать пары" in " ".join(one.itertext()) for one in current] == [True]


def test_a_mentee_sees_the_stages_and_what_is_theirs_and_no_more(programme, college, reader):
    mentee = reader(college.mentees[0])
    page = mentee.get(f"/programmes/{programme.id}")
    parsed(page)
    assert "Идёт этап 5 из 7" in page.text
    assert "Вы среди наставляемых" in text_of(page, "own")
    assert "Соня Ромашкина" in text_of(page, "own")
    for hidden in ("Сделано то, что собирались", "Ольга Лесная", "ждёт с", "/roadmap", "/indicators"):
        assert hidden not in page.text.partition("<main")[2]


@pytest.mark.parametrize("who", ["administrator", "head", "curator"])
def test_those_who_lead_see_every_page(programme, college, reader, who):
    sitting = reader(getattr(college, who))
    for place in ("", *INSIDE):
        answer = sitting.get(f"/programmes/{programme.id}{place}")
        assert answer.status_code == 200, place
        if not place.endswith(".csv"):
            parsed(answer)


@pytest.mark.parametrize("who", ["methodist", "psychologist", "tutor", "mentor", "mentee", "guardian"])
def test_others_of_the_college_see_the_overview_alone(programme, college, reader, who):
    people = {"mentor": college.mentors[1], "mentee": college.mentees[1]}
    sitting = reader(people.get(who) or getattr(college, who))
    assert sitting.get(f"/programmes/{programme.id}").status_code == 200
    assert {sitting.get(f"/programmes/{programme.id}{place}").status_code for place in INSIDE} == {403}


def test_people_of_another_school_learn_nothing(programme, town, reader):
    stranger = reader(town.stranger)
    assert {stranger.get(f"/programmes/{programme.id}{one}").status_code for one in ("", *INSIDE)} == {404}
    assert str(programme.id) not in stranger.get("/programmes").text


def test_whoever_is_appointed_to_the_team_sees_the_numbers(programme, college, as_, reader, clock):
    head, methodist = as_(college.head), college.methodist
    assert reader(methodist).get(f"/programmes/{programme.id}/indicators").status_code == 403
    given = {"order_number": "8", "since_on": clock().date()}
    appoint(head, programme.id, methodist.person_id, "team", **given)
    head.session.commit()
    assert reader(methodist).get(f"/programmes/{programme.id}/indicators").status_code == 200


def test_a_programme_that_has_just_begun_says_on_every_page_what_will_be_there(college, as_, reader, clock):
    first = clock().date()
    programme_id = start_programme(
        as_(college.head), college.id, "Новый год", "college", first, first.replace(year=2027)
    )
    as_(college.head).session.commit()
    head = reader(college.head)
    said = {
        "/roadmap": "Дорожной карты пока нет",
        "/team": "Пока никто не назначен",
        "/decisions": "Документов пока нет",
        "/indicators": "Пар пока нет",
        "/closing": "Отчётов пока нет",
        "/report": "Программа ещё идёт",
    }
    for place, words in said.items():
        page = head.get(f"/programmes/{programme_id}{place}")
        assert words in page.text, place
        parsed(page)


def test_a_programme_of_no_methodology_is_shown_too(college, work, reader):
    programme = add_programme(work.session, college.id, title="Без методики")
    work.session.commit()
    head = reader(college.head)
    for place in ("", *INSIDE):
        assert head.get(f"/programmes/{programme.id}{place}").status_code == 200, place


def test_in_english_nothing_of_the_pages_is_left_in_russian(programme, college, reader):
    curator = reader(college.curator)
    curator.post("/language", {"language": "en"})
    page = curator.get(f"/programmes/{programme.id}")
    assert "Form pairs and groups" in page.text
    assert "Go on once" in page.text
    assert "What holds the stage" in page.text
    for place in ("/roadmap", "/team", "/decisions", "/indicators", "/closing", "/report"):
        parsed(curator.get(f"/programmes/{programme.id}{place}"))


def test_the_list_says_the_stage_and_the_pairs_and_folds_what_is_over(
    programme, college, work, reader, clock
):
    over = {"status": ProgrammeStatus.CLOSED, "closed_at": clock()}
    add_programme(work.session, college.id, title="Прошлый год", **over)
    work.session.commit()
    page = reader(college.curator).get("/programmes")
    parsed(page)
    assert "Этап 5 из 7" in page.text
    assert "1 пара работает" in page.text
    assert "Прошлый год" in page.text.partition("<details")[2]
    shown = reader(college.mentees[0]).get("/programmes").text
    assert "Этап 5 из 7" in shown
    assert "пара работает" not in shown


def test_the_list_is_searched_paged_and_taken_away_as_a_table(programme, college, work, reader, as_):
    for number in range(4):
        add_programme(work.session, college.id, title=f"Курс {number}")
    work.session.commit()
    curator = as_(college.curator)
    first, after = list_programmes(curator, size=3)
    second, end = list_programmes(curator, size=3, after=after)
    assert len({row.programme.id for row in [*first, *second]}) == 5
    assert end is None
    assert [row.programme.title for row in list_programmes(curator, search="курс 2")[0]] == ["Курс 2"]
    sitting = reader(college.curator)
    assert "Курс 3" in sitting.get("/programmes?search=курс 3").text
    assert "Таких программ сейчас нет" in sitting.get("/programmes?search=кенгуру").text
    assert sitting.get("/programmes.csv?search=курс").text.count("Курс") == 4


@pytest.mark.parametrize("nonsense", ["after=x", "show=lost", "search=%00"])
def test_an_address_somebody_garbled_still_opens(programme, college, reader, nonsense):
    assert str(programme.id) in reader(college.curator).get(f"/programmes?{nonsense}").text


def test_what_was_stopped_says_why(programme, college, as_, reader):
    stop_programme(as_(college.head), programme.id, "Ремонт колледжа.")
    as_(college.head).session.commit()
    page = reader(college.head).get(f"/programmes/{programme.id}")
    assert "Ремонт колледжа." in text_of(page, "now")
    assert "остановлена" in page.text


def test_a_programme_that_is_paused_asks_nobody_for_anything(programme, college, as_, reader):
    suspend_case(as_(college.curator), programme.case_id)
    as_(college.curator).session.commit()
    page = reader(college.curator).get(f"/programmes/{programme.id}")
    assert "Программа приостановлена" in text_of(page, "now")
    assert "ждёт с" not in text_of(page, "now")


def test_the_pages_cost_the_same_with_three_pairs_and_with_sixty(
    programme, college, reader, statements, form_pairs
):
    curator = reader(college.curator)
    places = ["", *(place for place in INSIDE if not place.endswith(".csv"))]

    def count():
        counted = {}
        for place in places:
            with statements() as heard:
                assert curator.get(f"/programmes/{programme.id}{place}").status_code == 200
            counted[place] = len(heard)
        with statements() as heard:
            curator.get("/programmes")
        return counted | {"list": len(heard)}

    form_pairs(2)
    count()
    few = count()
    form_pairs(57)
    assert count() == few
    assert max(few[place] for place in ("", "/roadmap", "/team", "/decisions", "list")) <= 20
    assert max(few.values()) <= 50
