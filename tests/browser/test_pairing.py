"""Pairs come about: the board by keyboard and by mouse, and the timer that keeps the time in the hall."""

import re
import uuid

import pytest
from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.programmes import MentoringForm
from models.tasks import Task, TaskStatus
from tests.browser.conftest import add_person
from tests.browser.visits import AXE
from tests.programmes import add_programme
from workflows.errands import do_errands
from workflows.operations.cases import start_case
from workflows.operations.tasks import complete_task
from workflows.queries.people import get_actor_of_person
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Work

FORM = "learner_learner"
MENTEES = ("Соня Ромашкина", "Тимур Ясенев", "Алиса Рябинина")
MENTORS = ("Артём Стрижов", "Дарья Голубкина")


@pytest.fixture
def pairing(school):
    """Let one programme come to its proposals, and plan the general meeting of another."""
    board_id, board_case, own, theirs = begin(school, "Подбор", "school", FORM, study_level=1)
    do(school, board_case, "record_talks", talks=[{"mentee": own[0], "mentor": theirs[0], "said": "both"}])
    hall_id, hall_case, _own, _theirs = begin(school, "Встреча", "council", "teacher_learner")
    held = {"held_at": "2026-09-01T15:00", "format": "in_person", "place": "Актовый зал", "tables": 2}
    do(school, hall_case, "plan_general_meeting", **held, minutes_per_round=5)
    return f"/programmes/{board_id}/pairing", f"/programmes/{hall_id}/pairing"


def begin(school, title, variant, form, **own):
    """Begin to form pairs in a programme with people in its bases."""
    curator = school.people["curator"]
    with school.sessions.begin() as session:
        work = Work(session, SYSTEM, school.clock)
        programme = add_programme(session, school.id, curator_id=curator, title=title, variant=variant)
        session.add(MentoringForm(programme_id=programme.id, code=form, title="Форма"))
        mentees = [
            add_entry(work, school, programme, MenteeEntry, name, form=form, **own) for name in MENTEES
        ]
        given = {"forms": [form], "source": "pedagogue", "study_level": 3}
        mentors = [add_entry(work, school, programme, MentorEntry, name, **given) for name in MENTORS]
        case = start_case(
            work,
            school.id,
            "pair_formation",
            "Формирование пар",
            participants={"curator": [curator]},
            variables={"programme_id": str(programme.id), "variant": variant},
        )
        found = programme.id, case.id, mentees, mentors
    settle(school)
    return found


def add_entry(work, school, programme, table, name, **own):
    entry = table(
        id=uuid.uuid4(),
        organisation_id=school.id,
        programme_id=programme.id,
        person_id=add_person(work, school.id, "mentee" if table is MenteeEntry else "mentor", name),
        status=EntryStatus.READY,
        applied_at=school.clock(),
        **own,
    )
    work.session.add(entry)
    work.session.flush()
    return str(entry.id)


def do(school, case_id, element, **answers):
    """Let the curator do a task of a case."""
    with school.sessions.begin() as session:
        curator = get_actor_of_person(session, school.people["curator"], school.clock())
        wanted = select(Task.id).where(
            Task.case_id == case_id, Task.element == element, Task.status == TaskStatus.OPEN
        )
        complete_task(Work(session, curator, school.clock), session.scalars(wanted).one(), answers)
    settle(school)


def settle(school):
    do_errands(lambda act: carry_out(school.sessions, SYSTEM, act, clock=school.clock))


def look(visit, place, name, wrong, wide):
    visit.go(place)
    visit.keep(name)
    if AXE.exists():
        wrong += [f"{place}: {one}" for one in visit.violations()]
    if visit.is_wider_than_the_window():
        wide.append(place)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_curator_moves_pairs_by_keyboard_and_keeps_the_time(visit, pairing, school, width):
    board, hall = pairing
    curator = visit(width=width)
    curator.sign_in("curator")
    wrong, wide = [], []
    for place in ("", "/board", "/board?by=mentors", "/meeting", "/decision"):
        look(curator, board + place, f"pairing{place.replace('/', '-').replace('?', '-')}", wrong, wide)
    for place in ("/meeting", "/meeting/slips", "/meeting/timer"):
        look(curator, hall + place, f"hall{place.replace('/', '-')}", wrong, wide)
    assert wrong == []
    assert wide == []
    move_by_keyboard(curator, board)
    if width > 1000:
        school.clock.advance(minutes=1)
        drag(curator, board)
    keep_the_time(curator, hall)


def move_by_keyboard(curator, board):
    curator.go(f"{board}/board")
    page = curator.page
    said = page.locator("#board-said")
    pin = page.get_by_role("button", name=re.compile("^Закрепить ?: Соня Ромашкина"))
    pin.focus()
    page.keyboard.press("Enter")
    said.get_by_text("остаются вместе").wait_for()
    # The button that was pressed is the one that takes it back, and whoever pressed it is still there.
    undone = page.get_by_role("button", name=re.compile("^Снять закрепление ?: Соня Ромашкина"))
    assert undone.evaluate("one => one === document.activeElement")
    page.keyboard.press("Enter")
    said.get_by_text("Отметка снята").wait_for()
    page.locator("summary", has_text="наставник: Соня Ромашкина").focus()
    page.keyboard.press("Enter")
    chosen = page.get_by_label("Кто ещё подходит: Соня Ромашкина")
    chosen.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said.get_by_text(re.compile("Готово: Соня Ромашкина")).wait_for()


def drag(curator, board):
    page = curator.page
    # All of the board is in view, so that nothing scrolls while somebody is being dragged.
    page.set_viewport_size({"width": 1280, "height": 2000})
    curator.go(f"{board}/board?by=mentors")
    chip = page.locator(".pairing-mentors [data-mentee]", has_text="Соня Ромашкина")
    mentee, seen = chip.get_attribute("data-mentee"), chip.get_attribute("data-seen")
    target = page.locator(f".pairing-mentors [data-mentor]:not([data-mentor='{seen}'])").first
    mentor = target.get_attribute("data-mentor")
    chip.locator(".pairing-name").drag_to(target)
    page.locator("#board-said").get_by_text("Готово:").wait_for()
    assert page.locator(f"[data-mentee='{mentee}']").get_attribute("data-seen") == mentor


def keep_the_time(curator, hall):
    page = curator.page
    curator.go(f"{hall}/meeting/timer")
    clock = page.get_by_role("timer")
    assert clock.inner_text() == "5:00"
    page.keyboard.press("ArrowRight")
    page.get_by_text("Круг 2 из 3").first.wait_for()
    page.keyboard.press("Space")
    page.locator("[data-hall-state]").get_by_text("Разговаривайте").wait_for()
    page.get_by_text(re.compile("4:5[0-9]")).wait_for()
    # The network goes, and the time goes on; the page is loaded anew, and the round is the same.
    curator.context.set_offline(True)
    page.keyboard.press("Space")
    page.locator("[data-hall-state]").get_by_text("На паузе").wait_for()
    left = clock.inner_text()
    curator.context.set_offline(False)
    page.reload()
    assert page.get_by_role("timer").inner_text() == left
    assert page.locator("[data-hall-turn]:visible").count() == 1
    assert "Круг 2 из 3" in page.locator("[data-hall-said]").inner_text()
    page.keyboard.press("ArrowLeft")
    page.get_by_text("Круг 1 из 3").first.wait_for()
    assert page.get_by_role("timer").inner_text() == "5:00"


def test_without_a_script_pairs_are_moved_all_the_same(visit, pairing):
    board, hall = pairing
    curator = visit(has_scripts=False)
    curator.sign_in("curator")
    curator.go(f"{board}/board")
    curator.page.get_by_role("button", name=re.compile("^Закрепить ?: Соня Ромашкина")).click()
    curator.page.get_by_text("остаются вместе").wait_for()
    curator.page.get_by_role("button", name=re.compile("^Отменить последний шаг")).click()
    curator.page.get_by_text("Последний шаг отменён.").wait_for()
    curator.go(f"{hall}/meeting/timer")
    assert curator.page.get_by_role("heading", name="Круг 3").is_visible()
    assert not curator.page.get_by_role("button", name="Начать").is_visible()
