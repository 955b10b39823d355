"""What the people of the demonstration write into the forms of the five meetings."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from workflows.demonstration.cast import Pair

Answers = dict[str, Any]

_MEETINGS = (
    (
        "Разобрали, как готовиться к устному ответу, и провели пробное выступление.",
        "Рассказ без бумажки",
        "yes",
    ),
    ("Составили портфолио и выбрали две работы для конкурса.", "Портфолио", "yes"),
    ("Сходили на открытую лекцию и обсудили, чем занимается инженер.", "Вопросы лектору", "a_little"),
    ("Решали задачи прошлых олимпиад и искали, где теряются баллы.", "Три задачи до конца", "yes"),
    ("Говорили о том, как распределить силы перед контрольными.", "План недели", "a_little"),
)


def answers(form: str, pair: Pair, today: date, turn: int) -> Answers:
    """Return what this pair answers in a form on this day."""
    usual = _FORMS[form](today, turn)
    return {**usual, **pair.answers.get(form, {})}


def _record_acquaintance(today: date, _turn: int) -> Answers:
    return {
        "held_on": today.isoformat(),
        "minutes": 45,
        "mentoring_form": "student_student",
        "rules_discussed": ["code"],
        "common_ground": "Оба любят фантастику и не любят вставать рано.",
        "first_goal": "Сделать вместе короткое выступление.",
        "next_on": (today + timedelta(days=7)).isoformat(),
    }


def _confirm_readiness(_today: date, _turn: int) -> Answers:
    return {"answer": "ready", "accepts_rules": True}


def _record_trial(today: date, _turn: int) -> Answers:
    return {
        "held_on": today.isoformat(),
        "minutes": 50,
        "activity": "talk",
        "task": "Рассказать о себе за две минуты",
        "result": "Получилось со второго раза, без подсказок.",
        "thanks_to": "Репетировали вслух.",
    }


def _reflect_on_trial(_today: date, _turn: int) -> Answers:
    return {"feeling": "good", "liked": "Было не страшно ошибаться.", "wish": "continue"}


def _review_trial(_today: date, _turn: int) -> Answers:
    return {"decision": "continue", "notes": "Паре хорошо вместе, темп спокойный."}


def _list_wishes(_today: date, _turn: int) -> Answers:
    wishes = ("Выступить перед классом", "Подтянуть физику", "Сделать свой проект")
    return {
        "wishes": [
            {"wish": wish, "have": "Желание и один свободный вечер", "time": "два месяца"} for wish in wishes
        ],
        "main_wish": wishes[0],
    }


def _set_goals(today: date, _turn: int) -> Answers:
    goal = {
        "result": "Уверенно выступить на школьной конференции",
        "steps": "Выбрать тему\nСобрать материал\nОтрепетировать",
        "due_on": (today + timedelta(days=60)).isoformat(),
        "indicators": "Выступление без бумажки, ответы на вопросы",
    }
    until = (today + timedelta(days=90)).isoformat()
    return {"goals": [goal], "meetings": 8, "formats": ["in_person", "chat"], "until_on": until}


def _approve_plan(_today: date, turn: int) -> Answers:
    if turn == 0:
        return {"decision": "rework", "advice": "Добавьте, по чему станет видно движение.", "explained": True}
    return {"decision": "agreed", "explained": True}


def _record_meeting(today: date, turn: int) -> Answers:
    work, homework, closer = _MEETINGS[turn % len(_MEETINGS)]
    return {
        "held_on": today.isoformat(),
        "contact": "in_person",
        "place": "organisation",
        "minutes": 60 + 15 * (turn % 3),
        "work": work,
        "closer": closer,
        "homework": homework,
        "next_on": (today + timedelta(days=7)).isoformat(),
        "outcome": "next",
    }


def _reflect_on_meeting(_today: date, turn: int) -> Answers:
    return {"took_place": True, "closer": "yes" if turn % 2 else "a_little", "feeling": "good"}


def _check_on_pair(_today: date, _turn: int) -> Answers:
    return {"talked_to": ["mentor"], "cause": "busy", "decision": "continue"}


def _look_back(_today: date, _turn: int) -> Answers:
    return {
        "most_valuable": "Появилась привычка доводить начатое до конца.",
        "learned": "Слушать и договариваться.",
        "nearness": 8,
        "continue_together": "unsure",
        "wants_to_mentor": "later",
    }


def _record_final(today: date, _turn: int) -> Answers:
    return {
        "held_on": today.isoformat(),
        "results": "Выступление состоялось, портфолио собрано.",
        "achievements": "Диплом школьной конференции",
        "decision": "finish",
        "full_cycle": True,
        "prepares_case": True,
    }


_FORMS: dict[str, Callable[[date, int], Answers]] = {
    "record_acquaintance": _record_acquaintance,
    "confirm_readiness": _confirm_readiness,
    "record_trial": _record_trial,
    "reflect_on_trial": _reflect_on_trial,
    "review_trial": _review_trial,
    "list_wishes": _list_wishes,
    "set_goals": _set_goals,
    "approve_plan": _approve_plan,
    "record_meeting": _record_meeting,
    "reflect_on_meeting": _reflect_on_meeting,
    "check_on_pair": _check_on_pair,
    "look_back": _look_back,
    "record_final": _record_final,
}
