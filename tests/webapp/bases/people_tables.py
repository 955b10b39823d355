"""Tables of people as somebody fills them in and sends them."""

import io
from datetime import date

from openpyxl import Workbook
from sqlalchemy import func, select

from models.bases import MenteeEntry, MentorEntry
from models.people import Guardianship, Membership, Person

HEAD = [
    "Фамилия, имя, отчество *",
    "Дата рождения *",
    "Группа или класс",
    "Форма наставничества *",
    "С чем помочь",
]
HEAD += [
    "Электронная почта",
    "Родитель или законный представитель",
    "Кем приходится ребёнку",
    "Почта родителя",
]


LEARNERS = "Обучающийся – обучающийся"


GOOD = [
    "Ева Осинина",
    date(2011, 3, 4),
    101,
    LEARNERS,
    "Не бояться доски",
    "eva@example.org",
    "Анна Осинина",
    "мама",
]
GOOD += ["anna@example.org"]


ADULT = ["Лев Берёзов", "03.01.2001", "ТМ-41", LEARNERS]


def written(*rows, head=HEAD):
    """Write a workbook."""
    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(sitting, address, content, name="база.xlsx"):
    """Send a file as the page does."""
    return sitting.post(address, {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def looked_through(sitting, address, content):
    """Send a table and open the page that shows it."""
    answer = send(sitting, address, content)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"], sitting.get(answer.headers["Location"])


def counted(work):
    work.session.expire_all()
    tables = (Person, Membership, Guardianship, MenteeEntry, MentorEntry)
    return [work.session.scalar(select(func.count()).select_from(table)) for table in tables]
