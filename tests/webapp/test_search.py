"""One field for everything: words are found in every form, and only what the reader may see."""

import pytest

from tests.webapp.readers import parsed


@pytest.fixture
def pair(start_pair):
    return start_pair("Соня Ромашкина и Пётр Синичкин")


def test_a_name_is_found_in_whatever_form(reader, town, pair):
    curator = reader(town.curator)
    for words in ("Ромашкиной", "соню ромашкину", "Петра Синичкина", "ромаш", "Синичкиным, Соня!"):
        answer = curator.get("/search", query_string={"q": words})
        assert f"/cases/{pair.id}" in answer.text, words
        parsed(answer)


def test_an_open_task_is_found_by_its_words_and_those_of_its_case(reader, town, pair):
    mentor = reader(town.mentor)
    for words in ("запись встреч", "встречи Ромашкиной"):
        answer = mentor.get("/search", query_string={"q": words})
        assert f"/tasks/{pair.opened[0]}" in answer.text


def test_people_are_found_by_those_who_look_after_them(reader, town):
    name = town.mentee.name
    assert name in reader(town.curator).get("/search", query_string={"q": name}).text.partition("<main")[2]
    others = reader(town.stranger).get("/search", query_string={"q": name}).text
    assert "Ничего не нашлось" in others


def test_strangers_find_nothing_of_a_pair(reader, town, pair):
    for who in (town.stranger, town.second_mentor):
        answer = reader(who).get("/search", query_string={"q": "Ромашкина"})
        assert str(pair.id) not in answer.text
        assert str(pair.opened[0]) not in answer.text


@pytest.mark.parametrize("words", ["", "   ", "&|!:*", "'); DROP", "и в на", "\x00", "ё" * 300])
def test_whatever_is_asked_gets_an_answer(reader, town, pair, words):
    answer = reader(town.curator).get("/search", query_string={"q": words})
    assert answer.status_code == 200
    assert str(pair.id) not in answer.text


def test_many_finds_are_few_on_the_page(reader, town, start_pair):
    for number in range(9):
        start_pair(f"Соня Ромашкина {number}")
    answer = reader(town.curator).get("/search", query_string={"q": "ромашкина"})
    assert answer.text.count('href="/cases/') == 8
    assert "/cases?search=" in answer.text


def test_every_page_leads_there_in_both_languages(reader, town):
    curator = reader(town.curator)
    assert 'href="/search"' in curator.get("/").text
    curator.post("/language", {"language": "en"})
    assert "Find people, tasks and cases" in curator.get("/search").text


def test_the_page_asks_little_of_the_database(reader, town, start_pair, statements):
    curator = reader(town.curator)
    start_pair("Соня Ромашкина 0")
    with statements() as few:
        curator.get("/search", query_string={"q": "ромашкина"})
    for number in range(1, 7):
        start_pair(f"Соня Ромашкина {number}")
    with statements() as many:
        curator.get("/search", query_string={"q": "ромашкина"})
    assert len(many.other) == len(few.other)
