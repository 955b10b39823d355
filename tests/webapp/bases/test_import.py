"""People come into a base from a table: shown first, taken in all or not at all."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from models.bases import MenteeEntry, MentorEntry
from models.imports import ImportBatch
from models.journal import JournalEntry
from models.people import Guardianship, Membership, Person
from tests.webapp.bases.people_tables import (
    ADULT,
    GOOD,
    LEARNERS,
    counted,
    looked_through,
    saved,
    send,
    written,
)
from tests.webapp.readers import ids, parsed
from workflows.operations.imports import MOST_ROWS, forget_imports
from workflows.operations.mentees import apply_as_mentee
from workflows.operations.people import add_person


def test_a_table_is_shown_first_and_then_taken_in_whole(college, address, reader, work):
    curator = reader(college.curator)
    before = counted(work)
    sibling = [
        "Ян Осинин",
        date(2012, 3, 4),
        102,
        LEARNERS,
        "",
        "",
        "анна  осинина",
        "мама",
        "Anna@example.org",
    ]
    place, page = looked_through(curator, address, written(GOOD, ADULT, sibling))
    parsed(page)
    assert "Добавить 3 человек" in page.text.replace("человека", "человек")
    assert page.text.count("новый человек") == 3
    assert counted(work) == before, "looking changes nothing"
    done = curator.post(place)
    assert done.status_code == 303
    # Three mentees and one parent of two of them, each with a role.
    assert [now - then for now, then in zip(counted(work), before, strict=True)] == [4, 4, 2, 3, 0]
    eva = work.session.scalars(select(Person).where(Person.full_name == "Ева Осинина")).one()
    assert (eva.born_on, eva.study_group, eva.email) == (date(2011, 3, 4), "101", "eva@example.org")
    entry = work.session.scalars(select(MenteeEntry).where(MenteeEntry.person_id == eva.id)).one()
    assert (entry.form, entry.wants, entry.channel) == ("learner_learner", "Не бояться доски", "staff")
    kin = work.session.scalars(select(Guardianship.kin).where(Guardianship.child_id == eva.id)).one()
    assert kin == "мама"
    result = curator.get(place)
    parsed(result)
    assert len(ids(result.text, "mentees")) == 3
    assert curator.post(place).status_code == 303, "pressing twice takes nobody in twice"
    assert [now - then for now, then in zip(counted(work), before, strict=True)] == [4, 4, 2, 3, 0]
    batch = work.session.scalars(select(ImportBatch)).one()
    assert batch.rows == [], "what was read is not kept any longer"
    act = work.session.scalars(select(JournalEntry).where(JournalEntry.act == "bases.imported")).one()
    assert act.details["new"] == 3
    assert "Осинин" not in str(act.details)


def test_whoever_is_known_by_name_and_birthday_is_not_made_twice(college, address, reader, work, as_):
    curator = as_(college.curator)
    known = add_person(curator, college.id, "Ева Осинина", born_on=date(2011, 3, 4))
    add_person(curator, college.id, "Лев Берёзов")
    work.session.commit()
    before = counted(work)
    there = ["соня  ромашкина", "2012-05-31", "", LEARNERS]
    sitting = reader(college.curator)
    place, page = looked_through(sitting, address, written(GOOD, ADULT, there))
    for words in ("знакомый человек", "уже в базе", "человек с таким именем уже есть, но без даты рождения"):
        assert words in page.text
    sitting.post(place)
    # Eva joins, her mother and a second Lev are new, and Sonya stays as she is.
    assert counted(work)[0] - before[0] == 2
    assert counted(work)[3] - before[3] == 2
    entry = work.session.scalars(select(MenteeEntry).where(MenteeEntry.person_id == known)).one()
    assert entry.programme_id == college.programme_id
    roles = select(Membership.role).where(Membership.person_id == known)
    assert work.session.scalars(roles).all() == ["mentee"]


def test_the_same_person_twice_and_two_of_the_same_name(college, address, reader, work, as_):
    for _ in range(2):
        add_person(as_(college.curator), college.id, "Лев Берёзов", born_on=date(2001, 1, 3))
    work.session.commit()
    _, page = looked_through(reader(college.curator), address, written(GOOD, GOOD, ADULT))
    assert "этот же человек уже есть в строке 2" in page.text
    assert "людей с таким именем и днём рождения несколько" in page.text


def test_a_child_without_a_parent_is_pointed_out_but_no_mistake(college, address, reader):
    _, page = looked_through(reader(college.curator), address, written(GOOD[:6]))
    assert "родитель не указан" in page.text
    assert "Добавить 1 человека" in page.text


def test_somebody_who_applies_meanwhile_stops_nothing(college, address, reader, work, as_):
    curator = reader(college.curator)
    place, _ = looked_through(curator, address, written(GOOD, ADULT))
    born = add_person(as_(college.curator), college.id, "Лев Берёзов", born_on=date(2001, 1, 3))
    apply_as_mentee(as_(college.curator), college.programme_id, born, "learner_learner")
    work.session.commit()
    assert "уже в базе" in curator.get(place).text
    assert curator.post(place).status_code == 303
    assert "Ева Осинина" in curator.get(place).text


def test_the_template_can_be_filled_in_and_sent_in_both_languages(college, address, reader, work):
    curator = reader(college.curator)
    for language, name in (("ru", "Ева Осинина"), ("en", "Лада Осинина")):
        curator.post("/language", {"language": language})
        book = load_workbook(io.BytesIO(curator.get(address.replace("/import", "/template")).data))
        sheet = book.worksheets[0]
        lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
        assert lists == {f"D2:D{MOST_ROWS + 1}": "lists!$D$1:$D$2"}
        sheet.append([name, date(2011, 3, 4), "101", book["lists"]["D1"].value])
        assert len(list(book.worksheets[1].rows)) > 9
        place, page = looked_through(curator, address, saved(book))
        assert curator.post(place).status_code == 303, page.text
    assert work.session.scalar(select(Person).where(Person.full_name == "Лада Осинина")) is not None


def test_mentors_come_with_their_sub_base_and_forms(college, address, reader, work):
    head = ["Фамилия, имя, отчество", "Дата рождения", "Подбаза", "Формы наставничества"]
    forms = f"{LEARNERS}; Педагог – педагог"
    right = ["Рита Ясенева", date(1980, 1, 3), "Педагоги и мастера", forms]
    wrong = ["Олег Пионов", date(1980, 1, 3), "соседи", LEARNERS]
    curator, where = reader(college.curator), address.replace("mentees", "mentors")
    _, page = looked_through(curator, where, written(right, wrong, head=head))
    assert "столбец «Подбаза»: нет такой подбазы: «соседи»" in page.text
    place, _ = looked_through(curator, where, written(right, head=head))
    assert curator.post(place).status_code == 303
    rita = work.session.scalars(select(Person).where(Person.full_name == "Рита Ясенева")).one()
    entry = work.session.scalars(select(MentorEntry).where(MentorEntry.person_id == rita.id)).one()
    assert (entry.source, entry.forms) == ("pedagogue", ["learner_learner", "teacher_teacher"])


def test_a_table_belongs_to_whoever_sent_it_and_lasts_a_day(college, address, reader, work, clock):
    curator = reader(college.curator)
    first, _ = looked_through(curator, address, written(GOOD))
    place, _ = looked_through(curator, address, written(ADULT))
    assert curator.get(first).status_code == 404, "a newer table takes the place of an older one"
    for who in ("head", "methodist", "child"):
        other = reader(getattr(college, who))
        assert other.get(place).status_code == 404
        assert other.post(place).status_code == 404
        assert other.post(f"{place}/discard").status_code == 404
    clock.advance(hours=25)
    curator.sign_in()
    assert curator.get(place).status_code == 404
    assert forget_imports(work) == 1
    assert work.session.scalars(select(ImportBatch)).all() == []


def test_a_table_can_be_given_up(college, address, reader, work):
    curator = reader(college.curator)
    place, _ = looked_through(curator, address, written(GOOD))
    assert curator.post(f"{place}/discard").headers["Location"] == address
    assert curator.get(place).status_code == 404
    assert work.session.scalars(select(ImportBatch)).all() == []


@pytest.mark.parametrize(
    ("who", "status"), [("methodist", 404), ("auditor", 403), ("child", 404), ("mentor", 404)]
)
def test_others_send_no_tables(college, address, reader, work, who, status):
    assert send(reader(getattr(college, who)), address, written(GOOD)).status_code == status
    assert reader(getattr(college, who)).get(address.replace("/import", "/template")).status_code == status


def test_there_are_only_two_bases(college, reader):
    curator = reader(college.curator)
    assert curator.get(f"/programmes/{college.programme_id}/parents/import").status_code == 404


def test_a_row_costs_few_statements_so_that_the_largest_table_is_done_within_one_request(
    college, address, reader, statements
):
    rows = [
        [f"Иволгин {one:03}", date(2011, 3, 4), "ТМ-11", LEARNERS, "", "", f"Иволгина {one:03}", "мама"]
        for one in range(20)
    ]
    curator = reader(college.curator)
    place, _ = looked_through(curator, address, written(*rows))
    with statements() as heard:
        assert curator.post(place).status_code == 303
    assert len(heard.other) <= 20 + 30 * len(rows)
