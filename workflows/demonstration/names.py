"""Invented people: names of birds and plants, so that nobody real is meant."""

from random import Random

# fmt: off
_WOMEN = (
    "Алиса", "Анна", "Вера", "Дарья", "Ева", "Елена", "Зоя", "Ирина", "Кира", "Лидия", "Майя", "Мария",
    "Мила", "Нина", "Олеся", "Полина", "Рита", "Соня", "Таня", "Яна",
)
_MEN = (
    "Артём", "Борис", "Вадим", "Глеб", "Даня", "Егор", "Иван", "Илья", "Кирилл", "Костя", "Лев", "Макар",
    "Марк", "Олег", "Павел", "Роман", "Семён", "Тимур", "Фёдор", "Юрий",
)
_KIN = (
    "Березин", "Боярышников", "Васильков", "Вишняков", "Воробьёв", "Гвоздикин", "Голубкин", "Дроздецкий",
    "Дубравин", "Журавлин", "Иволгин", "Ивушкин", "Каштанов", "Кедров", "Кленов", "Клюквин", "Колокольцев",
    "Коноплянкин", "Крапивин", "Ландышев", "Лапкин", "Лебедин", "Липкин", "Малинкин", "Морошкин",
    "Овсянкин", "Ольшанин", "Осинин", "Осокин", "Папоротников", "Перепёлкин", "Пионов", "Поползнев",
    "Рогозин", "Ромашкин", "Рябинин", "Синичкин", "Скворцовин", "Снегирёв", "Соколовин", "Соловушкин",
    "Сосновин", "Стрижов", "Тополев", "Филинов", "Фиалкин", "Чайкин", "Черёмухин", "Щегловин", "Ясенев",
)
_FATHERS = ("Олегов", "Павлов", "Борисов", "Глебов", "Иванов", "Марков", "Романов", "Семёнов")
# fmt: on


def invent_names(count: int, chance: Random) -> list[str]:
    """Return so many different names, in an order that only chance decides."""
    everybody = [f"{name} {kin}а" for name in _WOMEN for kin in _KIN]
    everybody += [f"{name} {kin}" for name in _MEN for kin in _KIN]
    if count > len(everybody):
        # There are so many of them that people tell each other apart by their fathers.
        everybody += [f"{name} {of}на {kin}а" for name in _WOMEN for of in _FATHERS for kin in _KIN]
        everybody += [f"{name} {of}ич {kin}" for name in _MEN for of in _FATHERS for kin in _KIN]
    if count > len(everybody):
        raise ValueError(f"there are names for {len(everybody)} people, not for {count}")
    everybody.sort()
    return chance.sample(everybody, count)
