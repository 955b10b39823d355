"""One pair before those who belong to it and those who answer for it: everybody sees what is theirs."""

import uuid

from models.cases import CaseParticipant
from models.meetings import Meeting, MeetingAnswer, MeetingKind
from models.pairs import Pair, PairMember
from tests.webapp.pair_college import MENTOR_NOTE, PHONE, SECRET
from tests.webapp.pairs.reading import part
from tests.webapp.readers import ids, parsed
from webapp.pages.pairs import showing


def test_everybody_of_the_pair_and_whoever_oversees_it_sees_it(college, reader, address):
    seeing = (college.mentors[0], college.mentees[0], college.curator, college.guardian)
    for somebody in (*seeing, college.head, college.administrator, college.auditor):
        page = reader(somebody).get(address)
        parsed(page)
        assert page.status_code == 200
        assert "Артём Стрижов – Соня Ромашкина" in page.text


def test_nobody_else_learns_that_there_is_such_a_pair(college, reader, town, address):
    strangers = (college.mentors[1], college.mentees[1], college.methodist, college.tutor)
    for somebody in (*strangers, town.mentor, town.curator):
        sitting = reader(somebody)
        assert sitting.get(address).status_code == 404
        assert sitting.get(f"{address}/concern").status_code == 404
        assert sitting.post(f"{address}/end").status_code == 404
        for act in ("leave", "pause", "resume", "end"):
            assert sitting.post(f"{address}/{act}", {"reason": "Так", "sure": "on"}).status_code == 404


def test_the_five_meetings_show_where_the_pair_is(mentor, address):
    page = parsed(mentor.get(address))
    steps = page.findall(".//ol[@class='way is-bar']/li")
    assert [step.get("class") for step in steps] == ["is-done", "is-done", "is-done", "is-now", "is-ahead"]
    assert "1 встреча, последняя 10 сентября" in " ".join(steps[3].itertext())


def test_the_next_step_is_large_and_one_tap_away_for_whoever_has_it(mentor, mentee, address):
    page = mentor.get(address)
    assert part(page, "next").startswith("Ваш следующий шаг Записать встречу")
    task = parsed(page).find(".//section[@aria-labelledby='next']//a").get("href")
    assert mentor.get(task).status_code == 200
    waiting = mentee.get(address)
    assert part(waiting, "next").startswith("Сейчас ждём Артём Стрижов Записать встречу")
    assert parsed(waiting).find(".//section[@aria-labelledby='next']//a") is None


def test_what_a_mentee_says_is_read_by_the_mentee_and_the_curator_and_not_by_the_mentor(
    mentor, mentee, curator, college, reader, address
):
    for sitting in (mentee, curator, reader(college.head)):
        assert SECRET in sitting.get(address).text
    for sitting in (mentor, reader(college.guardian)):
        page = sitting.get(address).text
        assert SECRET not in page
        assert "Есть ответы, которые читает только куратор" in page


def test_what_a_mentor_notes_is_not_for_the_mentee(mentor, mentee, curator, address):
    assert MENTOR_NOTE in mentor.get(address).text
    assert MENTOR_NOTE in curator.get(address).text
    assert MENTOR_NOTE not in mentee.get(address).text


def test_how_somebody_feels_is_for_those_who_help(mentee, curator, college, reader, address):
    asked = "Как вы себя чувствуете"
    assert asked in mentee.get(address).text
    assert asked in curator.get(address).text
    auditor = reader(college.auditor).get(address).text
    assert asked not in auditor
    assert SECRET in auditor
    assert "Часть ответов читают только те, кто с этим помогает" in auditor


def test_a_mentee_of_a_group_does_not_read_what_another_said(college, reader, address, work):
    """Another mentee who joins sees the diary, and nothing of what the first one said."""
    pair = work.session.get_one(Pair, college.pair_id)
    joined = college.mentees[3].person_id
    since = {"since_on": pair.formed_on}
    work.session.add(PairMember(pair_id=pair.id, person_id=joined, role="mentee", **since))
    work.session.add(
        CaseParticipant(case_id=pair.case_id, person_id=joined, role="mentee", since_at=work.now())
    )
    work.session.commit()
    page = reader(college.mentees[3]).get(address)
    assert page.status_code == 200
    assert "Обсудили" in page.text
    assert SECRET not in page.text


def test_contacts_are_there_once_they_were_shared_and_only_for_whoever_meets_or_leads(
    college, reader, address, work
):
    everybody = (*college.mentees[:1], college.curator, college.mentors[0], college.auditor, college.guardian)
    seen = [PHONE in reader(somebody).get(address).text for somebody in everybody]
    assert seen == [True, True, True, False, False]
    work.session.get_one(Pair, college.pair_id).contacts_shared_at = None
    work.session.commit()
    assert not any(PHONE in reader(somebody).get(address).text for somebody in everybody)


def test_goals_stand_with_their_steps_and_how_near_they_are(mentee, address):
    goals = part(mentee.get(address), "goals")
    assert "Достигнуто: 0 из 1." in goals
    assert "Портфолио до 17 октября Собрать работы Показать Признаки успеха: Три работы" in goals


def test_the_diary_tells_each_meeting_the_newest_first(mentee, address):
    diary = part(mentee.get(address), "diary")
    kinds = [diary.index(name) for name in ("Рабочая встреча", "Встреча-планирование", "Знакомство")]
    assert kinds == sorted(kinds)
    assert "10 сентября 60 минут Очно Беседа или дискуссия Обсудили" in diary


def test_a_long_diary_shows_the_newest_and_leads_to_all(mentee, address, monkeypatch):
    monkeypatch.setattr(showing, "PAGE", 2)
    page = mentee.get(address)
    assert "Знакомство" not in part(page, "diary")
    link = parsed(page).find(".//section[@aria-labelledby='diary']//p/a").get("href")
    assert "Знакомство" in part(mentee.get(link), "diary")


def test_a_fresh_pair_says_what_will_stand_in_its_places(college, reader):
    page = reader(college.mentors[1]).get(f"/pairs/{college.fresh_id}")
    assert "Цели ставят вместе на встрече-планировании" in part(page, "goals")
    assert "Записанных встреч пока нет" in part(page, "diary")
    assert part(page, "next").startswith("Сейчас ждём Ольга Лесная")
    assert "Телефоны и адреса появятся здесь" in part(page, "people")


def test_the_case_and_its_tasks_lead_to_the_pair(college, curator, mentor, address, work):
    case = work.session.get_one(Pair, college.pair_id).case_id
    assert ids(curator.get(f"/cases/{case}").text, "pairs") == [str(college.pair_id)]
    task = ids(mentor.get(address).text, "tasks")[0]
    assert ids(mentor.get(f"/tasks/{task}").text, "pairs") == [str(college.pair_id)]


def test_a_pair_costs_the_same_however_often_it_met(curator, address, college, statements, work):
    curator.get(address)
    with statements() as few:
        curator.get(address)
    add_meetings(work, college.pair_id, 8)
    with statements() as many:
        curator.get(address)
    assert len(few) == len(many) <= 30


def add_meetings(work, pair_id, number):
    """Put further meetings there, each with an answer."""
    pair = work.session.get_one(Pair, pair_id)
    by_id = work.session.scalars(Meeting.__table__.select().with_only_columns(Meeting.recorded_by_id)).first()
    for _number in range(number):
        meeting = Meeting(
            id=uuid.uuid4(),
            pair_id=pair.id,
            cycle=1,
            kind=MeetingKind.WORKING,
            held_on=pair.formed_on,
            contact="video",
            recorded_by_id=by_id,
            recorded_at=work.now(),
        )
        work.session.add(meeting)
        work.session.flush()
        said = {"took_place": "yes"}
        work.session.add(
            MeetingAnswer(
                meeting_id=meeting.id,
                person_id=by_id,
                role="mentor",
                form="record_meeting",
                answers=said,
                given_at=work.now(),
            )
        )
    work.session.commit()
