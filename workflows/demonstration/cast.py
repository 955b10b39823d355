"""Who plays in the demonstration, and how far each pair comes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

REGION = "Демонстрационный край"
TOWN = "Городской округ Заречье"
SCHOOL = "Школа № 7"
ELSEWHERE = "Колледж «Мастер»"


@dataclass(frozen=True)
class Person:
    """Somebody with a role; with a sign-in name there is an account to try."""

    name: str
    role: str
    sign_in_name: str | None = None
    place: str = SCHOOL


@dataclass(frozen=True)
class Pair:
    """A pair that was approved `begun` days ago and has done `steps` tasks since, one every `pace` days."""

    mentor: str
    mentee: str
    begun: float
    steps: int
    pace: float
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Where this pair answers otherwise than all: form → field → answer."""


STAFF = (
    Person("Вера Кедрова", "administrator", "administrator"),
    Person("Тамара Белозёрова", "head", "head"),
    Person("Ольга Лесная", "curator", "curator"),
    Person("Нина Аистова", "methodist"),
    Person("Игорь Совин", "auditor", "auditor"),
    Person("Павел Журавлин", "coordinator", "coordinator", TOWN),
    Person("Лидия Перепёлкина", "curator", None, ELSEWHERE),
)
MENTORS = (
    Person("Артём Стрижов", "mentor", "mentor"),
    Person("Дарья Голубкина", "mentor", "mentor2"),
    Person("Михаил Дроздецкий", "mentor"),
    Person("Елена Синичкина", "mentor"),
    Person("Глеб Соколовский", "mentor"),
)
MENTEES = (
    Person("Соня Ромашкина", "mentee", "mentee"),
    Person("Тимур Ясенев", "mentee", "mentee2"),
    Person("Алиса Рябинина", "mentee"),
    Person("Лев Берёзов", "mentee"),
    Person("Варя Клюквина", "mentee"),
    Person("Илья Тополев", "mentee"),
    Person("Мила Вишнёва", "mentee"),
    Person("Марк Каштанов", "mentee"),
    Person("Ева Осинина", "mentee"),
    Person("Даня Кленов", "mentee"),
    Person("Полина Ивушкина", "mentee"),
    Person("Костя Дубравин", "mentee"),
)
PAIRS = (
    # In the middle of their meetings, and on time.
    Pair("Артём Стрижов", "Соня Ромашкина", 64, 16, 3.9),
    Pair("Дарья Голубкина", "Тимур Ясенев", 58, 13, 4.3),
    # Silent for long: reminded, and the curator has been asked to look.
    Pair("Михаил Дроздецкий", "Алиса Рябинина", 90, 11, 3),
    # The whole way to the end.
    Pair(
        "Елена Синичкина",
        "Лев Берёзов",
        100,
        99,
        5.5,
        {"record_meeting": {"outcome": "final", "closer": "yes"}},
    ),
    # Parted after the trial, with a reason.
    Pair(
        "Глеб Соколовский",
        "Варя Клюквина",
        45,
        99,
        4,
        {
            "reflect_on_trial": {"feeling": "so_so", "wish": "stop"},
            "review_trial": {"decision": "part", "reason": "time"},
        },
    ),
    # Not ready for each other.
    Pair(
        "Артём Стрижов",
        "Илья Тополев",
        30,
        99,
        2,
        {"confirm_readiness": {"answer": "not_ready", "reason": "Не совпадает время."}},
    ),
    # At the planning; the plan came back once.
    Pair("Дарья Голубкина", "Мила Вишнёва", 26, 7, 3),
    Pair("Елена Синичкина", "Марк Каштанов", 33, 8, 3.5),
    # At the trial, one of them overdue.
    Pair("Глеб Соколовский", "Ева Осинина", 24, 3, 2.5),
    Pair("Михаил Дроздецкий", "Даня Кленов", 12, 4, 2.2),
    # Just begun.
    Pair("Дарья Голубкина", "Полина Ивушкина", 9, 0, 3),
    Pair("Артём Стрижов", "Костя Дубравин", 2, 1, 1.5),
)
