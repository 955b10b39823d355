"""What a table of people is refused for: a cell that is wrong, a file that is none or wants harm."""

import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from models.imports import ImportBatch
from tests.webapp.bases.people_tables import ADULT, GOOD, HEAD, counted, looked_through, send, written
from tests.webapp.readers import parsed
from webapp.spreadsheets import refuse_what_is_no_workbook
from workflows.operations.imports import MOST_ROWS
from workflows.refusals import Complaint, Invalid


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (0, None, "строка 3, столбец «Фамилия, имя, отчество»: заполните"),
        (0, "Б" * 201, "столбец «Фамилия, имя, отчество»: слишком длинно"),
        (1, "31.02.2010", "столбец «Дата рождения»: нет такого дня: «31.02.2010»"),
        (1, "весной", "столбец «Дата рождения»: нет такого дня: «весной»"),
        (1, None, "столбец «Дата рождения»: заполните"),
        (1, date(2031, 1, 1), "столбец «Дата рождения»: этот день ещё не наступил"),
        (1, date(1880, 1, 1), "столбец «Дата рождения»: нет такого дня"),
        (1, date(2021, 1, 1), "столбец «Дата рождения»: в программу принимают с"),
        (3, "Кружок шахмат", "столбец «Форма наставничества»: в программе нет такой формы"),
        (3, None, "столбец «Форма наставничества»: заполните"),
        (5, "eva at example", "столбец «Электронная почта»: напишите адрес так"),
        (6, None, "столбец «Родитель или законный представитель»: заполните"),
        (6, "Ева Осинина", "столбец «Родитель или законный представитель»: сам себе представителем"),
        (8, "anna", "столбец «Почта родителя»: напишите адрес так"),
    ],
)
def test_each_mistake_is_named_with_its_cell_and_nothing_is_taken_in(
    college, address, reader, work, column, value, said
):
    before = counted(work)
    wrong = GOOD.copy()
    wrong[column] = value
    sitting = reader(college.curator)
    place, page = looked_through(sitting, address, written(ADULT, wrong))
    text = " ".join("".join(parsed(page).find(".//*[@class='mistakes']").itertext()).split())
    assert said in text.replace(" (Ева Осинина)", "").replace(f" ({'Б' * 57}…)", "")
    assert f'action="{place}"' not in page.text, "there is nothing to confirm"
    refused = sitting.post(place)
    assert refused.status_code == 409
    assert "В таблице ошибки" in refused.text
    assert counted(work) == before


def packed(**parts):
    """Pack a file as workbooks are packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in {"xl/workbook.xml": "<workbook/>", **parts}.items():
            book.writestr(name, content)
    return file.getvalue()


def with_entity(encoding="utf-8", before=""):
    """Write a workbook whose sheet declares an entity, hidden from whoever looks only for plain letters."""
    names, file = zipfile.ZipFile(io.BytesIO(written(GOOD))), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name in names.namelist():
            content = names.read(name)
            if name == "xl/worksheets/sheet1.xml":
                head = f'<?xml version="1.0" encoding="{encoding}"?>{before}'
                head += '<!DOCTYPE x [<!ENTITY a "b">]>'
                content = (head + content.decode().replace("Ева", "&a;")).encode(encoding)
            book.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("база.xlsx", b"", "Выберите файл"),
        ("база.xls", b"\xd0\xcf\x11\xe0", "старый формат"),
        ("база.xlsm", written(GOOD), "макросы"),
        ("база.xlsx", packed(**{"xl/vbaProject.bin": "x"}), "макросы"),
        ("база.xlsx", b"name;birthday", "Это не книга Excel"),
        (
            "база.xlsx",
            packed(**{"xl/styles.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}),
            "Это не книга Excel",
        ),
        ("база.xlsx", with_entity(encoding="utf-16"), "Это не книга Excel"),
        ("база.xlsx", with_entity(before=" " * 5000), "Это не книга Excel"),
        ("база.xlsx", packed(**{"xl/media/a.xml": b"0" * 13_000_000}), "намного больше"),
        ("база.xlsx", packed(), "Это не книга Excel"),
        ("база.xlsx", written(), "нет строк"),
        ("база.xlsx", written(GOOD, head=["Имя", *HEAD[1:]]), "Нет столбцов: фамилия, имя, отчество"),
        ("база.xlsx", written(*[ADULT] * (MOST_ROWS + 1)), "слишком длинная"),
    ],
)
def test_what_is_no_such_table_is_refused_in_words(college, address, reader, work, name, content, said):
    answer = send(reader(college.curator), address, content, name)
    assert answer.status_code == 422
    assert said in "".join(parsed(answer).find(".//*[@id='file-errors']").itertext())
    assert work.session.scalars(select(ImportBatch)).all() == []


def test_a_file_that_is_too_large_is_not_even_opened():
    with pytest.raises(Invalid) as refused:
        refuse_what_is_no_workbook("база.xlsx", b"0" * 2_000_001)
    assert refused.value.problems == {"file": [Complaint("file_too_large")]}
