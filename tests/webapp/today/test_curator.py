"""Today for a curator: the day in numbers, silent pairs, stages, the week ahead."""

from datetime import timedelta

from tests.webapp.readers import parsed
from tests.webapp.today.autumn import TITLE
from tests.webapp.today.reading import numbers, words


def test_a_curator_sees_the_day_in_numbers_each_leading_to_what_it_counts(college, reader):
    page = parsed(reader(college.curator).get("/today"))
    found = numbers(page)
    assert found["пара молчит"] == ("1", "#silent")
    decisions, where = found["решение ждёт вас"]
    assert decisions == "1"
    assert "Подвести итог пробы" in words(page, where.removeprefix("#"))
    (unread,) = (where for said, (_number, where) in found.items() if "непрочитанн" in said)
    assert unread == "/notices"
    assert {"silent", "first"} <= {one.get("id") for one in page.iter()}


def test_the_pair_that_has_not_met_for_longer_than_its_rule_is_named(college, reader):
    said = words(parsed(reader(college.curator).get("/today")), "silent")
    assert "Артём Стрижов – Соня Ромашкина" in said
    assert "16 дней тишины" in said
    assert "Дарья Голубкина" not in said


def test_nobody_is_silent_the_day_before_the_rule_is_broken(college, reader, clock):
    clock.at -= timedelta(days=2)
    assert "Все пары встречаются так часто" in reader(college.curator).get("/today").text
    clock.at += timedelta(days=1)
    assert "15 дней тишины" in reader(college.curator).get("/today").text


def test_the_stages_of_a_programme_say_what_holds_the_present_one(college, reader):
    page = parsed(reader(college.curator).get("/today"))
    article = next(one for one in page.iter("article") if TITLE in "".join(one.itertext()))
    present = article.find(".//li[@aria-current='step']")
    assert "Подготовить условия" in "".join(present.itertext())
    said = " ".join("".join(article.itertext()).split())
    assert "Что держит этап «Подготовить условия» Назначить куратора и команду" in said
    assert "чья очередь: Тамара Белозёрова" in said
    assert "просрочено на" in said


def test_the_week_ahead_has_the_meetings_that_are_agreed_on(college, reader):
    said = words(parsed(reader(college.curator).get("/today")), "week")
    assert "Четверг, 24 сентября" in said.replace("четверг", "Четверг")
    assert "Дарья Голубкина – Тимур Ясенев" in said
    assert "Артём Стрижов" not in said.partition("24 сентября")[2].partition("сентября")[0]


def test_the_caseload_is_told_as_bars(college, reader):
    said = words(parsed(reader(college.curator).get("/today")), "caseload")
    assert "План готов 1" in said
    assert "Встречаются 1" in said
    assert "Пробная встреча 1" in said


def test_signing_in_leads_home_unless_one_wanted_to_go_elsewhere(college, reader, anonymous):
    curator = reader(college.curator, signs_in=False)
    assert curator.sign_in().headers["Location"] == "/today"
    assert anonymous.get("/").headers["Location"] == "/sign-in"
    assert anonymous.get("/cases").headers["Location"].endswith("next=/cases")


def test_the_day_is_told_in_english_too(college, reader):
    curator = reader(college.curator)
    curator.post("/language", {"language": "en"})
    page = parsed(curator.get("/today"))
    assert "16 days of silence" in words(page, "silent")
    assert "Prepare" in "".join(page.find(".//li[@aria-current='step']").itertext())
