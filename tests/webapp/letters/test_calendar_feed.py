"""A private calendar: what stands in it, for whom it opens, and when it closes."""

import re
from datetime import date, datetime

from icalendar import Calendar
from sqlalchemy import select

from models.feeds import CalendarFeed
from models.people import User
from tests.webapp.readers import parsed
from workflows.records.meetings import find_last


def make_address(sitting):
    answer = sitting.post("/me/calendar")
    parsed(answer)
    assert answer.status_code == 200
    return re.search(r"http://localhost(/calendar/[\w-]+\.ics)", answer.text)[1]


def events(answer):
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def by_uid(answer):
    return {str(one["uid"]): one for one in events(answer)}


def test_meetings_and_deadlines_stand_in_it_and_nobody_is_named(sit, anonymous, college) -> None:
    answer = anonymous.get(make_address(sit("mentor")))
    found = events(answer)
    titles = [str(one["summary"]) for one in found]
    meetings = [one for one in found if str(one["summary"]) == "Встреча с наставляемым"]
    assert [one.decoded("dtstart") for one in meetings] == [date(2026, 9, 1), date(2026, 9, 8)]
    assert any(title.startswith("Срок в ") for title in titles)
    assert all(one.decoded("dtstart") < one.decoded("dtend") for one in found)
    assert f"/pairs/{college.pair_id}" in str(meetings[0]["url"])
    text = answer.data.decode()
    assert not any(word in text for one in (college.mentor, college.mentee) for word in one.name.split())


def test_everybody_has_only_what_is_theirs(sit, anonymous) -> None:
    mentor, mentee = (by_uid(anonymous.get(make_address(sit(one)))) for one in ("mentor", "mentee"))
    tasks = [{uid for uid in one if uid.startswith("task-")} for one in (mentor, mentee)]
    assert all(tasks)
    assert not tasks[0] & tasks[1]
    assert events(anonymous.get(make_address(sit("methodist")))) == []


def test_the_same_thing_keeps_its_mark_and_what_is_unchanged_is_not_sent_again(
    sit, anonymous, work, college
) -> None:
    address = make_address(sit("mentor"))
    first = anonymous.get(address)
    again = anonymous.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    from models.pairs import Pair

    meeting = find_last(work, work.session.get_one(Pair, college.pair_id))
    meeting.next_on = date(2026, 9, 9)
    work.session.commit()
    moved = anonymous.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert moved.status_code == 200
    assert by_uid(moved).keys() == by_uid(first).keys()
    assert by_uid(moved)[f"next-{meeting.id}@tandem"].decoded("dtstart") == date(2026, 9, 9)


def test_a_new_address_closes_the_one_before_and_a_closed_one_opens_nothing(sit, anonymous) -> None:
    mentor = sit("mentor")
    former, newer = make_address(mentor), make_address(mentor)
    assert anonymous.get(former).status_code == 404
    assert anonymous.get(newer).status_code == 200
    assert newer not in mentor.get("/me/notifications").text, "it is shown once"
    assert mentor.post("/me/calendar/close").status_code == 303
    assert anonymous.get(newer).status_code == 404
    assert mentor.post("/me/calendar/close").status_code == 303


def test_a_guessed_address_opens_nothing(anonymous) -> None:
    for secret in ("x", "0" * 43, "%00", "é"):
        assert anonymous.get(f"/calendar/{secret}.ics").status_code == 404


def test_only_the_digest_of_the_secret_is_kept(sit, session) -> None:
    secret = make_address(sit("mentor")).removeprefix("/calendar/").removesuffix(".ics")
    (feed,) = session.scalars(select(CalendarFeed)).all()
    assert len(feed.digest) == 32
    assert secret.encode() not in feed.digest


def test_the_calendar_of_a_closed_account_is_closed(sit, anonymous, session, college) -> None:
    address = make_address(sit("mentor"))
    account = select(User).where(User.person_id == college.mentor.person_id)
    session.scalars(account).one().is_blocked = True
    session.commit()
    assert anonymous.get(address).status_code == 404


def test_it_speaks_the_language_of_its_owner_and_costs_few_statements(
    sit, anonymous, session, college, statements
) -> None:
    from models.people import Person

    address = make_address(sit("mentee"))
    session.get_one(Person, college.mentee.person_id).language = "en"
    session.commit()
    with statements() as heard:
        found = events(anonymous.get(address))
    assert "Meeting with my mentor" in [str(one["summary"]) for one in found]
    assert len(heard.other) <= 6


def test_deadlines_stand_on_the_day_of_the_organisation(sit, anonymous, session, college) -> None:
    from models.tasks import Task

    task = session.scalars(select(Task).where(Task.assignee_id == college.mentor.person_id)).first()
    task.due_at = datetime.fromisoformat("2026-09-05T22:30:00+00:00")
    session.commit()
    found = by_uid(anonymous.get(make_address(sit("mentor"))))
    assert found[f"task-{task.id}@tandem"].decoded("dtstart") == date(2026, 9, 6)
