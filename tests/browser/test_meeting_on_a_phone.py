"""A mentor records a meeting on a phone: from the first page on, counted in touches."""

from types import SimpleNamespace

import pytest

from tests.browser.visits import AXE, PASSWORD
from tests.workflows.mentoring.conftest import build_college
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play
from workflows.operations import users
from workflows.work import SYSTEM, Work

MOST_ANSWERS = 8


@pytest.fixture
def school(templates, clock):
    """A college in which a pair has agreed on its plan and meets from now on."""
    name, college = templates.furnish(build_college)
    played, at = templates.play_in(name, lambda *own: start_working(college, *own))
    clock.at = at
    with templates.lent(played) as made:
        with made.sessions.begin() as session:
            users.add_user(Work(session, SYSTEM, clock), college.mentors[0].person_id, "mentor", PASSWORD)
        yield SimpleNamespace(sessions=made.sessions, clock=clock)


def start_working(college, *own):
    """Bring a pair to its working meetings; a week passes."""
    play = Play(college, *own)
    PairPlay(play, college).start_working()
    play.pass_days(7)
    return play.clock.at


def choose(page, name, value):
    page.locator(f"input[type=radio][name='{name}'][value={value}]").check()


def test_a_mentor_records_a_meeting_in_eight_answers(visit):
    """In person, with one goal; each further goal asks for one answer more, a call for one less."""
    mentor = visit(width=390)
    mentor.sign_in("mentor")
    page = mentor.page
    mentor.keep("today-working")
    if AXE.exists():
        assert mentor.violations() == []
    page.get_by_role("link", name="Записать встречу").click()
    answers = [
        lambda: page.fill("[name=held_on]", "2026-09-08"),
        lambda: choose(page, "contact", "in_person"),
        lambda: page.fill("[name=minutes]", "60"),
        lambda: page.select_option("[name=activity]", "practice"),
        lambda: page.fill("[name=summary]", "Собрали две работы для портфолио"),
        lambda: choose(page, "progress.0.mark", "a_little"),
        lambda: choose(page, "outcome", "next"),
        lambda: page.fill("[name=next_on]", "2026-09-15"),
    ]
    *first, last = answers
    for answer in first:
        answer()
    # Nobody sends at once: the page still asks which questions the answers have opened, and keeps a draft.
    with page.expect_response("**/draft"):
        last()
    page.wait_for_function("!document.querySelector('.htmx-request')")
    page.locator(".form-end .btn-primary").click()
    page.get_by_text("Готово. Спасибо!").wait_for()
    assert len(answers) <= MOST_ANSWERS
    mentor.go("/today")
    assert "вторник, 15 сентября" in page.inner_text("[aria-labelledby=pair-1]")
    assert "стали немного ближе" in page.inner_text("[aria-labelledby=pair-1]")
    mentor.keep("today-after-meeting")
