"""How days and names are written in documents."""

from datetime import date

from babel.dates import format_date

_DAYS = {"ru": "d MMMM y 'г.'", "en": "d MMMM y"}
_PATRONYMICS = ("вич", "вна", "ична", "оглы", "кызы")


def day(one: date | None, language: str) -> str:
    """Write a day in words; nothing if there is none."""
    return "" if one is None else format_date(one, _DAYS[language], locale=language)


def short_name(name: str) -> str:
    """Write initials before the family name, if the patronymic tells which of three words that is."""
    parts = name.split()
    if len(parts) != 3:
        return name
    if parts[2].lower().endswith(_PATRONYMICS):
        family, given, patronymic = parts
    elif parts[1].lower().endswith(_PATRONYMICS):
        given, patronymic, family = parts
    else:
        return name
    return f"{given[0]}. {patronymic[0]}. {family}"
