"""One person's page in a base: what each reader may know, what was signed, leaving, who looked."""

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from models.bases import EntryStatus, Interview, MenteeCategory, MenteeEntry, MentorEntry, MentorTraining
from models.consents import Consent
from models.people import Person
from models.views import ProfileView
from tests.webapp.bases_college import person, set_problems
from tests.webapp.readers import parsed
from workflows.operations.consents import give_consent
from workflows.records import guardians

SEES_CHILD = ("head", "administrator", "curator", "methodist", "psychologist", "auditor", "child", "guardian")


ROLES = (*SEES_CHILD, "secretary", "partner", "adult", "mentor", "learner")


@pytest.mark.parametrize("who", ROLES)
def test_a_child_is_seen_by_staff_by_the_guardian_and_by_itself(college, child, reader, who):
    answer = reader(getattr(college, who)).get(child)
    assert answer.status_code == (200 if who in SEES_CHILD else 404)
    if who in SEES_CHILD:
        parsed(answer)
        assert "Говорить смелее" in answer.text


@pytest.mark.parametrize("who", ROLES)
def test_a_mentor_is_seen_by_staff_and_by_oneself(college, mentor, reader, who):
    sees = who in (*SEES_CHILD[:6], "mentor")
    answer = reader(getattr(college, who)).get(mentor)
    assert answer.status_code == (200 if sees else 404)


@pytest.mark.parametrize("who", SEES_CHILD)
def test_what_must_not_be_known_is_not_in_the_page(college, child, reader, work, who):
    row = MenteeCategory(id=uuid.uuid4(), mentee_entry_id=college.child_entry, category="health")
    work.session.add(row)
    work.session.get_one(MenteeEntry, college.child_entry).told_by = "Сорокина из соседней группы"
    work.session.commit()
    page = reader(getattr(college, who)).get(child).text
    assert ("Особенности здоровья" in page) == (who in ("head", "curator", "psychologist"))
    assert ("mailto:" in page) == (who in ("head", "administrator", "curator", "child", "guardian"))
    assert ("Сорокина" in page) == (who not in ("child", "guardian"))
    assert ('id="consents"' in page) == (who not in ("methodist", "psychologist"))
    assert ('id="looks"' in page) == (who in ("head", "auditor", "child", "guardian"))
    assert ("Выйти из базы" in page) == (who in ("head", "administrator", "curator", "child", "guardian"))


def test_somebody_finds_the_own_page_from_the_programmes(college, reader):
    for who, kind in (("child", "mentee"), ("learner", "mentor")):
        sitting = reader(getattr(college, who))
        way = f"/programmes/{college.programme_id}/mine"
        assert way in sitting.get("/programmes").text
        answer = sitting.get(way)
        assert answer.headers["Location"] == f"/{kind}s/{getattr(college, who + '_entry')}"
    assert reader(college.curator).get(way).status_code == 404


def test_consents_stand_with_their_text_signer_and_day(college, child, reader, as_):
    sign(as_, college)
    page = reader(college.curator).get(child)
    parsed(page)
    for words in ("Ирина Ромашкина", "родитель или законный представитель", "действует", "Подписанный текст"):
        assert words in page.text
    assert "Подписать должны: Соня Ромашкина." in page.text
    assert "Отозвать" not in page.text, "only whoever signs takes it back"


def sign(as_, college):
    """Let the guardian sign in the product."""
    guardian = as_(college.guardian)
    for purpose in ("participation", "personal_data", "publicity"):
        give_consent(guardian, college.programme_id, college.child.person_id, purpose)
    guardian.session.commit()


def test_a_guardian_withdraws_a_consent_after_being_sure(college, child, reader, as_, work):
    sign(as_, college)
    guardian = reader(college.guardian)
    sent = {"purpose": "participation", "reason": "Переезд"}
    unsure = guardian.post(f"{child}/consents/withdraw", sent)
    assert unsure.status_code == 422
    assert parsed(unsure).find(".//*[@id='sure-participation-errors']") is not None
    assert guardian.post(f"{child}/consents/withdraw", sent | {"sure": "on"}).status_code == 303
    work.session.expire_all()
    taken = work.session.scalars(select(Consent).where(Consent.withdrawn_at.is_not(None))).all()
    assert [(one.purpose.value, one.withdrawn_because) for one in taken] == [("participation", "Переезд")]
    assert work.session.get_one(MenteeEntry, college.child_entry).status is EntryStatus.LEFT
    page = guardian.get(child).text
    assert "отозвано 1 сентября" in page
    again = guardian.post(f"{child}/consents/withdraw", sent | {"sure": "on"})
    assert again.status_code == 409
    assert "message is-bad" in again.text


@pytest.mark.parametrize(("who", "status"), [("curator", 403), ("mentor", 404), ("child", 303)])
def test_nobody_takes_back_what_others_signed(college, child, reader, as_, who, status):
    sign(as_, college)
    sent = {"purpose": "publicity", "sure": "on"}
    assert reader(getattr(college, who)).post(f"{child}/consents/withdraw", sent).status_code == status


def test_leaving_wants_a_reason_and_to_be_sure_and_nothing_typed_is_lost(college, child, reader, work):
    curator = reader(college.curator)
    unsure = curator.post(f"{child}/leave", {"reason": "Переезд в другой город"})
    assert unsure.status_code == 422
    page = parsed(unsure)
    assert page.find(".//textarea[@id='leave-reason']").text.strip() == "Переезд в другой город"
    assert page.find(".//*[@id='sure-leave-errors']") is not None
    assert curator.post(f"{child}/leave", {"reason": " ", "sure": "on"}).status_code == 422
    assert curator.post(f"{child}/leave", {"reason": "Переезд", "sure": "on"}).status_code == 303
    page = curator.get(child).text
    assert "вне базы" in page.lower()
    assert "Переезд" in page
    assert 'id="leaving"' not in page
    work.session.expire_all()
    assert work.session.get_one(MenteeEntry, college.child_entry).status is EntryStatus.LEFT


@pytest.mark.parametrize(
    ("who", "status"), [("learner", 404), ("methodist", 403), ("auditor", 403), ("mentor", 303)]
)
def test_a_mentor_leaves_by_oneself_or_by_the_curator(college, mentor, reader, work, who, status):
    sent = {"reason": "Нет времени", "sure": "on"}
    assert reader(getattr(college, who)).post(f"{mentor}/leave", sent).status_code == status
    work.session.expire_all()
    has_left = work.session.get_one(MentorEntry, college.mentor_entry).status is EntryStatus.LEFT
    assert has_left == (status == 303)


def test_a_mentor_shows_documents_talk_and_training(college, mentor, reader, work, clock):
    held = {"mentor_entry_id": college.mentor_entry, "held_on": date(2026, 8, 20), "recorded_at": clock()}
    by = college.curator.person_id
    work.session.add(
        Interview(
            id=uuid.uuid4(), **held, interviewer_id=by, answers={"about_self": "тайна"}, decision="ready"
        )
    )
    own = {"kind": "primary", "format": "game", "topics": ["ethics"], "with_ethics": True, "is_passed": True}
    work.session.add(MentorTraining(id=uuid.uuid4(), **held, **own, recorded_by_id=by))
    work.session.commit()
    page = reader(college.curator).get(mentor)
    parsed(page)
    for words in ("Готов к обучению", "Ролевая игра, тренинг".lower(), "Этика и безопасность", "пройдено"):
        assert words in page.text
    assert "тайна" not in page.text, "what was said in the talk stays between the two"
    assert "Собеседование" not in reader(college.mentor).get(mentor).text


def test_whoever_looks_at_a_child_is_written_down_once_an_hour(college, child, reader, work, clock):
    psychologist = reader(college.psychologist)
    psychologist.get(child)
    clock.advance(minutes=20)
    psychologist.get(child)
    clock.advance(minutes=50)
    psychologist.get(child)
    reader(college.child).get(child)
    reader(college.mentor).get(child)
    looks = work.session.scalars(select(ProfileView).order_by(ProfileView.at)).all()
    assert {one.viewer_id for one in looks} == {college.psychologist.person_id}
    assert [one.role for one in looks] == ["psychologist"] * 2
    assert {one.person_id for one in looks} == {college.child.person_id}
    for who in ("child", "auditor"):
        page = reader(getattr(college, who)).get(child).text
        assert page.count("psychologist колледжа") == 2


def test_a_grown_up_is_not_watched_over(college, reader, work):
    reader(college.psychologist).get(f"/mentees/{college.adult_entry}")
    reader(college.psychologist).get(f"/mentors/{college.mentor_entry}")
    assert work.session.scalars(select(ProfileView)).all() == []


def test_a_page_costs_the_same_whatever_it_holds(college, child, reader, as_, work, statements):
    curator = reader(college.curator)
    curator.get(child)
    with statements() as few:
        curator.get(child)
    sign(as_, college)
    set_problems(work, college.child_entry, "career", "bullying")
    work.session.commit()
    with statements() as many:
        curator.get(child)
    assert len(many.other) == len(few.other) <= 32


def test_the_page_speaks_english(college, child, mentor, reader):
    curator = reader(college.curator)
    curator.post("/language", {"language": "en"})
    page = curator.get(child)
    parsed(page)
    assert "Parents and guardians" in page.text
    assert "Missing: taking part in the programme" in page.text
    assert "What the mentor can give" in curator.get(mentor).text


@pytest.mark.parametrize("who", ["curator", "auditor", "child"])
def test_search_leads_to_the_page_and_holds_no_contact(college, reader, who):
    sitting = reader(getattr(college, who))
    found = sitting.get("/search", query_string={"q": "Ромашкиной"})
    assert f'href="/people/{college.child.person_id}"' in found.text
    assert "@example.org" not in found.text
    assert "Говорить смелее" not in found.text
    found = sitting.get("/search", query_string={"q": "Стрижов"}).text
    sees_mentor = f'href="/people/{college.mentor.person_id}"' in found
    assert sees_mentor == (who != "child")


@pytest.mark.parametrize("who", ["mentor", "methodist", "partner", "guardian"])
def test_nobody_searches_for_people_by_what_may_not_be_known(college, reader, session, who):
    """Neither an address nor a wish nor a part of a name tells whether there is such a person."""
    child = session.get_one(Person, college.child.person_id)
    sitting = reader(getattr(college, who))
    for words in (child.email, "Говорить смелее", "Ромашкина", "2012"):
        assert "Соня" not in sitting.get("/search", query_string={"q": words}).text


def test_one_parent_does_not_learn_how_to_reach_the_other(college, child, reader, work):
    other = person(work, college.id, "Олег Ромашкин", "guardian")
    guardians.add(work, college.child.person_id, [other.person_id], "папа")
    address = work.session.get_one(Person, other.person_id).email
    own = work.session.get_one(Person, college.guardian.person_id).email
    work.session.commit()
    shown = {who: reader(getattr(college, who)).get(child).text for who in ("guardian", "child", "curator")}
    assert {who: address in page for who, page in shown.items()} == {
        "guardian": False,
        "child": False,
        "curator": True,
    }
    assert own in shown["guardian"]
    assert "Олег Ромашкин" in shown["guardian"]
