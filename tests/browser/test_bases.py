"""A curator looks at the mentee base, opens a profile, and brings people in from a table with one mistake."""

from datetime import date

import pytest
from openpyxl import Workbook

from models.programmes import MentoringForm
from tests.browser.visits import AXE
from workflows.operations.mentees import apply_as_mentee
from workflows.operations.people import add_person
from workflows.records import mentees
from workflows.work import SYSTEM, Work

HEAD = ["Фамилия, имя, отчество", "Дата рождения", "Форма наставничества"]
FORM = "Обучающийся – обучающийся"


@pytest.fixture
def programme_id(school, start_pair):
    """The programme of the school, with one more mentee who is a child."""
    with school.sessions.begin() as session:
        work = Work(session, SYSTEM, school.clock)
        session.add(MentoringForm(programme_id=school.programme_id, code="learner_learner", title=FORM))
        session.flush()
        child = add_person(work, school.id, "Соня Ромашкина", born_on=date(2011, 5, 31), study_group="ТМ-11")
        entry = apply_as_mentee(work, school.programme_id, child, "learner_learner", wants="Говорить смелее")
        mentees.change(work, mentees.hold(work, entry), problems=["career", "bullying"])
    return school.programme_id


def table(folder, born_on):
    """Write a table of two people, the day of birth of the second as given."""
    book = Workbook()
    for row in (HEAD, ["Лев Берёзов", "03.01.2001", FORM], ["Ева Осинина", born_on, FORM]):
        book.active.append(row)
    book.save(folder / "base.xlsx")
    return folder / "base.xlsx"


def look_at(window, name):
    """Keep a picture of the page; nobody is shut out of it, and it fits."""
    window.keep(name)
    assert not AXE.exists() or window.violations() == [], name
    assert not window.is_wider_than_the_window(), name


@pytest.mark.parametrize("width", [1280, 390])
def test_a_curator_brings_people_in_from_a_table(visit, programme_id, tmp_path, width):
    curator = visit(width=width)
    curator.sign_in("curator")
    page = curator.page
    curator.go(f"/programmes/{programme_id}/requests")
    look_at(curator, "request-map")
    curator.go(f"/programmes/{programme_id}/mentees")
    look_at(curator, "mentees")
    page.get_by_role("link", name="Соня Ромашкина").click()
    page.get_by_text("Говорить смелее").wait_for()
    look_at(curator, "mentee")
    page.locator(".trail a").last.click()
    page.get_by_role("link", name="Добавить из таблицы").click()
    look_at(curator, "import")
    page.set_input_files("#file", table(tmp_path, "31.02.2010"))
    page.get_by_role("button", name="Просмотреть").click()
    page.get_by_text("нет такого дня: «31.02.2010»").first.wait_for()
    assert page.get_by_role("button", name="Добавить").count() == 0
    look_at(curator, "import-with-a-mistake")
    page.set_input_files("#file", table(tmp_path, "28.02.2010"))
    page.get_by_role("button", name="Просмотреть").click()
    look_at(curator, "import-right")
    page.get_by_role("button", name="Добавить 2 человек").click()
    page.get_by_role("heading", name="Таблица принята").wait_for()
    look_at(curator, "import-done")
    page.get_by_role("link", name="К наставляемым").click()
    assert page.locator(".task-title").all_inner_texts() == ["Ева Осинина", "Лев Берёзов", "Соня Ромашкина"]
