"""The board of proposals: what it says, what the curator does on it, and what is said of what came of it."""

import csv
import io
import uuid

import pytest
from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry
from models.journal import JournalEntry
from models.people import Person
from tests.webapp.readers import parsed
from workflows.queries.pairing import get_pairing


@pytest.fixture
def board(address):
    return f"{address}/board"


@pytest.fixture
def proposed(as_, college, pairing):
    """Say who is proposed to whom now."""

    def read():
        found = get_pairing(as_(college.curator), pairing.id).proposals
        return {one.mentee_entry_id: one.mentor_entry_id for one in found}

    return read


def row(answer, entry_id):
    return " ".join(" ".join(parsed(answer).find(f".//li[@id='row-{entry_id}']").itertext()).split())


def rows(answer):
    return [
        one.get("id")[4:] for one in parsed(answer).iter("li") if (one.get("id") or "").startswith("row-")
    ]


def both(mentee, mentor, **more):
    return {"mentee": str(mentee), "mentor": str(mentor), "seen": str(mentor), **more}


def quick(reader, address, **given):
    """Send a form as the script of the page does it."""
    return reader.post(address, given, headers={"HX-Request": "true"})


def test_the_board_says_who_is_proposed_to_whom_and_why(curator, board, pairing, proposed):
    page = curator.get(board)
    assert len(rows(page)) == 3
    first = row(page, pairing.own[0])
    assert "Соня Ромашкина" in first
    assert "Артём Стрижов" in first
    assert "выбрали друг друга" in first
    (left,) = set(pairing.own) - set(proposed())
    assert "без наставника" in row(page, left)
    assert "подошли бы 2 наставника, но у них нет места" in row(page, left)
    assert "предложено 2 пары" in page.text


def test_by_mentor_the_board_shows_places_and_whoever_is_without_a_mentor(curator, board, pairing):
    page = curator.get(f"{board}?by=mentors")
    assert page.text.count("занято мест: 1 из 1") == 2
    assert len(rows(page)) == 3
    assert f'data-mentor="{pairing.theirs[0]}"' in page.text


def test_a_pair_is_kept_together_and_that_is_taken_back(curator, address, board, pairing, proposed):
    mentee, mentor = pairing.own[0], pairing.theirs[0]
    told = curator.post(f"{address}/pin", both(mentee, mentor), follow_redirects=True)
    assert "Соня Ромашкина и Артём Стрижов остаются вместе. Больше ничего не изменилось." in told.text
    assert "Снять закрепление" in row(told, mentee)
    assert rows(curator.get(f"{board}?show=pinned")) == [str(mentee)]
    told = curator.post(f"{address}/unmark", both(mentee, mentor), follow_redirects=True)
    assert "Закрепить" in row(told, mentee)
    assert proposed()[mentee] == mentor


def test_two_are_kept_apart_and_what_else_changed_is_said(curator, address, pairing, proposed):
    mentee, mentor = pairing.own[0], pairing.theirs[0]
    told = quick(curator, f"{address}/forbid", **both(mentee, mentor))
    assert told.status_code == 200
    assert proposed().get(mentee) != mentor
    assert "больше не будут предложены друг другу" in told.text
    assert "Изменил" in told.text
    assert 'class="is-changed"' in told.text
    assert "<html" not in told.text
    assert "не вместе: Артём Стрижов" in told.text


def test_a_mentee_gets_another_mentor_and_the_last_step_is_taken_back(
    curator, address, board, pairing, proposed, clock
):
    before = proposed()
    mentee, mentor = pairing.own[0], pairing.theirs[0]
    clock.advance(minutes=1)
    told = curator.post(
        f"{address}/move",
        {"mentee": str(mentee), "seen": str(mentor), "to": str(pairing.theirs[1])},
        follow_redirects=True,
    )
    assert "Готово: Соня Ромашкина, наставник – Дарья Голубкина." in told.text
    assert proposed()[mentee] == pairing.theirs[1]
    at = parsed(told).find(".//input[@name='at']").get("value")
    clock.advance(minutes=1)
    told = curator.post(f"{address}/undo", {"at": at}, follow_redirects=True)
    assert "Последний шаг отменён." in told.text
    assert proposed() == before
    again = curator.post(f"{address}/undo", {"at": at})
    assert again.status_code == 409
    assert "последним был другой шаг" in again.text


def test_whoever_has_nobody_is_given_a_mentor(curator, address, pairing, proposed):
    (left,) = set(pairing.own) - set(proposed())
    chosen = pairing.theirs[1]
    page = curator.get(f"{address}/mentees/{left}")
    assert page.text.count("Поставить этого") == 2
    assert "свободных мест нет" in page.text
    sent = {"mentee": str(left), "seen": "", "to": str(chosen), "from": "choose"}
    assert curator.post(f"{address}/move", sent).status_code == 303
    assert proposed()[left] == chosen


def test_what_the_rules_exclude_is_refused_with_a_sentence(curator, address, pairing, session, proposed):
    before = proposed()
    session.get(MenteeEntry, pairing.own[0]).study_level = 5
    session.commit()
    sent = both(pairing.own[0], pairing.theirs[0])
    told = curator.post(f"{address}/pin", sent)
    assert told.status_code == 422
    assert "Наставник должен" in told.text
    assert parsed(told).find(".//li[@id='row-" + str(pairing.own[0]) + "']") is not None
    assert proposed() == before


def test_a_page_that_others_have_overtaken_changes_nothing_and_says_what_they_did(
    curator, reader, college, address, pairing, proposed
):
    mentee, first, second = pairing.own[0], *pairing.theirs
    head = reader(college.head)
    moved = {"mentee": str(mentee), "seen": str(first), "to": str(second)}
    assert head.post(f"{address}/move", moved).status_code == 303
    told = quick(curator, f"{address}/pin", **both(mentee, first))
    assert told.status_code == 409
    assert "Теперь так: Соня Ромашкина – Дарья Голубкина" in told.text
    assert proposed()[mentee] == second


def test_nothing_is_guessed_when_nobody_is_named(curator, address):
    for act in ("pin", "forbid", "unmark", "move"):
        assert curator.post(f"{address}/{act}", {"mentee": "x"}).status_code == 422
    assert curator.post(f"{address}/undo", {"at": "yesterday"}).status_code == 409


def test_somebody_of_another_programme_is_not_found(curator, address, pairing):
    sent = both(pairing.own[0], pairing.hosts[0])
    for act in ("pin", "forbid", "unmark"):
        assert curator.post(f"{address}/{act}", sent).status_code == 404
    nobody = both(uuid.uuid4(), uuid.uuid4())
    named = both(pairing.guests[0], pairing.hosts[0])
    for sent in (nobody, named):
        told = curator.post(f"{address}/unmark", sent, follow_redirects=True)
        assert told.status_code == 404, "nothing is said of somebody whom this board does not have"
    assert curator.get(f"{address}/mentees/{pairing.guests[0]}").status_code == 404


def test_whoever_comes_late_is_proposed_when_the_curator_asks_anew(
    curator, address, college, pairing, session, clock, proposed
):
    late = add_mentee(session, college, pairing, "Ева Зимородкова", clock(), priority=9)
    session.commit()
    told = curator.post(f"{address}/propose", {"groups": []}, follow_redirects=True)
    assert "Пары подобраны заново." in told.text
    assert late in proposed()


def test_the_board_is_searched_and_chosen_from(curator, board, pairing, proposed):
    assert rows(curator.get(f"{board}?search=ромашкина")) == [str(pairing.own[0])]
    (left,) = set(pairing.own) - set(proposed())
    assert rows(curator.get(f"{board}?show=left")) == [str(left)]
    page = curator.get(f"{board}?search=никого")
    assert rows(page) == []
    assert "Под такой поиск ничего не подходит" in page.text
    assert len(rows(curator.get(f"{board}?show=nonsense&by=x&after=y"))) == 3


def test_the_board_is_kept_as_a_table(curator, board):
    told = curator.get(f"{board}.csv")
    lines = list(csv.reader(io.StringIO(told.data.decode("utf-8-sig")), delimiter=";"))
    assert lines[0][:3] == ["Наставляемый", "Форма наставничества", "Наставник"]
    assert len(lines) == 4
    named = next(line for line in lines if line[0] == "Соня Ромашкина")
    assert named[2] == "Артём Стрижов"
    assert "выбрали друг друга" in named[4]


def test_handed_on_the_board_is_only_looked_at(curator, address, board, pairing, play):
    play.do("review_proposals", pairing.case_id, decision="approve")
    page = curator.get(board)
    assert "Предложения переданы на решение" in page.text
    assert "Закрепить" not in page.text
    told = curator.post(f"{address}/pin", both(pairing.own[0], pairing.theirs[0]))
    assert told.status_code == 409
    assert curator.get(f"{address}/mentees/{pairing.own[0]}").status_code == 404


def test_a_long_board_is_paged_and_costs_the_same_whatever_its_length(
    curator, address, board, college, pairing, session, clock, statements
):
    with statements() as few:
        curator.get(board)
    for number in range(60):
        add_mentee(session, college, pairing, f"Иволга {number:03}", clock())
    session.commit()
    curator.post(f"{address}/propose", {})
    with statements() as many:
        page = curator.get(board)
    assert len(rows(page)) == 40
    following = parsed(page).find(".//a[@rel='next']").get("href")
    further = rows(curator.get(following))
    assert len(further) == 23
    assert not set(further) & set(rows(page))
    assert len(many.other) == len(few.other) <= 40


@pytest.mark.parametrize("who", ["curator", "head"])
def test_curator_and_head_move_pairs(reader, college, address, board, pairing, who):
    sitting = reader(getattr(college, who))
    assert "Закрепить" in sitting.get(board).text
    assert sitting.post(f"{address}/pin", both(pairing.own[0], pairing.theirs[0])).status_code == 303


def test_an_auditor_looks_on(reader, address, board, pairing):
    sitting = reader(pairing.auditor)
    page = sitting.get(board)
    assert "переставляет пары куратор" in page.text
    assert "Закрепить" not in page.text
    for act in ("pin", "forbid", "unmark"):
        assert sitting.post(f"{address}/{act}", both(pairing.own[0], pairing.theirs[0])).status_code == 403
    assert sitting.post(f"{address}/propose", {}).status_code == 403


@pytest.mark.parametrize("who", ["mentors", "mentees"])
def test_mentors_and_mentees_never_see_the_board(reader, college, address, pairing, who):
    sitting = reader(getattr(college, who)[0])
    places = ["", "/board", "/board.csv", "/board?by=mentors", f"/mentees/{pairing.own[0]}"]
    places += ["/meeting", "/meeting/slips", "/meeting/timer", "/decision", "/decision/list"]
    assert {place: sitting.get(address + place).status_code for place in places} == dict.fromkeys(places, 404)
    assert sitting.post(f"{address}/pin", both(pairing.own[0], pairing.theirs[0])).status_code == 404
    assert f"{pairing.id}/pairing" not in sitting.get(f"/programmes/{pairing.id}").text


def test_the_journal_says_that_a_step_was_taken_back(curator, address, board, pairing, session, clock):
    clock.advance(minutes=1)
    told = curator.post(f"{address}/pin", both(pairing.own[0], pairing.theirs[0]), follow_redirects=True)
    at = parsed(told).find(".//input[@name='at']").get("value")
    curator.post(f"{address}/undo", {"at": at})
    acts = session.scalars(select(JournalEntry.act).where(JournalEntry.act.like("pairing.%"))).all()
    assert acts.count("pairing.undone") == 1


def add_mentee(session, college, pairing, name, applied_at, **more):
    person = Person(id=uuid.uuid4(), organisation_id=college.id, full_name=name)
    session.add(person)
    session.flush()
    entry = MenteeEntry(
        id=uuid.uuid4(),
        organisation_id=college.id,
        programme_id=pairing.id,
        person_id=person.id,
        status=EntryStatus.READY,
        form="learner_learner",
        study_level=1,
        applied_at=applied_at,
        **more,
    )
    session.add(entry)
    session.flush()
    return entry.id
