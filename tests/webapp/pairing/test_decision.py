"""Who decides on the pairs, what they changed, and the list to print."""

import pytest

from tests.webapp.readers import parsed
from tests.workflows.mentoring.waiting import Cohort
from workflows.operations.people import add_person, grant_membership
from workflows.queries.pairing import get_pairing
from workflows.queries.people import get_actor_of_person


def text(answer):
    return " ".join(" ".join(parsed(answer).itertext()).split())


@pytest.fixture
def submitted(play):
    """Two pairs of teachers that a council decides on, and the head fixes by an order."""
    made = Cohort(play, "council")
    made.add_form("teacher_teacher")
    own = [made.mentee(n, "teacher_teacher", experience_years=1) for n in range(2)]
    theirs = [made.mentor(n, ("teacher_teacher",), experience_years=9) for n in range(2)]
    for one, other in zip(own, theirs, strict=True):
        made.choose(one, other)
    made.case_id = made.begin()
    held = {"held_at": "2026-09-01T15:00", "format": "video", "place": "ссылка", "tables": 2}
    play.do("plan_general_meeting", made.case_id, **held, minutes_per_round=5)
    play.do("record_attendance", made.case_id)
    play.do("close_choices", made.case_id, closes=True)
    play.do("review_proposals", made.case_id, decision="approve")
    play.session.commit()
    return made


@pytest.fixture
def place(submitted):
    return f"/programmes/{submitted.programme.id}/pairing/decision"


@pytest.fixture
def decide(play, submitted):
    """Let the council approve all pairs but those of these mentees."""

    def vote(*refused):
        found = get_pairing(submitted.work(), submitted.programme.id).proposals
        against = [str(one.id) for one in found if one.mentee in refused]
        why = {"refused": against, "refused_because": "Живут далеко"} if against else {}
        answers = {"protocol_number": "7", "decided_on": "2026-09-01"}
        play.do("decide_in_council", submitted.case_id, **answers, **why)
        play.session.commit()

    return vote


def test_the_way_of_the_decision_and_whose_turn_it_is_are_told(curator, place):
    page = text(curator.get(place))
    assert "Педагогический совет принимает решение" in page
    assert "издаёт приказ" in page
    assert "на решении" in page
    assert "Записать решение совета" in page


def test_what_the_council_changed_is_told(curator, place, decide):
    decide("Соня Ромашкина")
    page = text(curator.get(place))
    assert "протокол № 7" in page
    assert "Соня Ромашкина – Артём Стрижов : не одобрена. Живут далеко" in page.replace(
        "Стрижов:", "Стрижов :"
    )
    assert "Издать приказ о наставниках" in page


def test_the_board_says_when_its_proposals_are_decided_on(curator, place, decide):
    board = place.replace("decision", "board")
    assert "Предложения переданы на решение" in curator.get(board).text
    decide("Соня Ромашкина")
    assert "По этим предложениям решение принято" in curator.get(board).text


def test_the_list_of_pairs_names_those_approved_and_the_order(curator, place, decide, play, submitted):
    assert "Ни одна пара ещё не одобрена" in curator.get(f"{place}/list").text
    decide("Соня Ромашкина")
    play.do("order_pairs", submitted.case_id, protocol_number="31-н", decided_on="2026-09-01")
    play.session.commit()
    rows = parsed(curator.get(f"{place}/list")).findall(".//table/tbody/tr")
    assert [" ".join("".join(row.itertext()).split()) for row in rows] == ["1Дарья ГолубкинаТимур Ясенев31-н"]
    assert "приказ № 31-н" in text(curator.get(place))
    assert "пары сложились" in text(curator.get(place))


def test_whoever_sits_in_the_council_sees_what_it_decides_and_no_more(
    reader, college, place, submitted, pairing
):
    secretary = reader(college.secretary)
    page = secretary.get(place)
    assert page.status_code == 200
    assert "Соня Ромашкина" in page.text
    assert secretary.get(f"{place}/list").status_code == 200
    room = f"/programmes/{submitted.programme.id}/pairing"
    for other in ("", "/board", "/meeting"):
        assert secretary.get(room + other).status_code == 404
        assert f'href="{room}{other}"' not in page.text
    # Of another programme nothing has come to the council.
    assert secretary.get(f"/programmes/{pairing.id}/pairing/decision").status_code == 404


def test_when_all_is_decided_the_secretary_still_sees_the_own_decision(reader, college, place, decide):
    decide()
    assert "Все пары одобрены так, как предложены." in reader(college.secretary).get(place).text


def test_a_tutor_sees_nothing_of_it(reader, college, place):
    assert reader(college.tutor).get(place).status_code == 404


def test_a_curator_of_another_college_finds_nothing(reader, work, place, town):
    person_id = add_person(work, town.other.id, "Лидия Перепёлкина")
    grant_membership(work, person_id, town.other.id, "curator")
    work.session.commit()
    stranger = reader(get_actor_of_person(work.session, person_id, work.now()))
    assert stranger.get(place).status_code == 404
    assert stranger.get(place.removesuffix("/decision")).status_code == 404


def test_before_anything_is_handed_on_the_page_says_who_will_decide(curator, address):
    page = text(curator.get(f"{address}/decision"))
    assert "На решение ещё ничего не передали" in page
    assert "Кто будет решать" in page
