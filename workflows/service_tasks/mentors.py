"""The intake of a mentor: the questionnaires, the forms that fit, the interview, the base of the ready."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from models.bases import EntryStatus, Interview, MentorEntry
from models.people import Person
from workflows.records import guardians, mentors, statuses
from workflows.refusals import Complaint, Conflict, Invalid
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

TOLD = (
    "interests",
    "competences",
    "helps_with",
    "subject",
    "study_level",
    "experience_years",
    "mentee_age_from",
    "mentee_age_to",
    "hours_per_week",
    "capacity",
    "times",
)


def fill_profile(work: Work, place: Place, done: Done) -> Mapping[str, Any]:
    """Write down the first questionnaire, or that somebody would rather not."""
    entry, answers = _entry(work, place), done.answers
    if answers["wants_to_join"] == "no":
        mentors.set_status(work, entry.id, EntryStatus.LEFT, "withdrew")
        return {}
    low, high = answers.get("mentee_age_from"), answers.get("mentee_age_to")
    if low is not None and high is not None and high < low:
        raise Invalid({"mentee_age_to": [Complaint("ages_crossed")]})
    if answers.get("born_on"):
        work.session.get_one(Person, entry.person_id).born_on = date.fromisoformat(answers["born_on"])
    known = {key: answers[key] for key in TOLD if answers.get(key) is not None}
    mentors.change(work, entry, **known, about=answers.get("story") or entry.about)
    return {}


def keep_forms(
    work: Work, place: Place, *, eligibilities: Sequence[Mapping[str, Any] | None]
) -> dict[str, Any]:
    """Keep the forms for which the candidate is fit; without any the intake ends here."""
    entry = _entry(work, place)
    person = work.session.get_one(Person, entry.person_id)
    age, years = guardians.age_of(work, person), entry.experience_years or 0
    fit = [one["form"] for one in eligibilities if one and _fits(one, age, years)]
    if fit:
        mentors.change(work, entry, forms=fit)
    else:
        mentors.set_status(work, entry.id, EntryStatus.DECLINED, "not_eligible")
    is_adult = age is None or age >= guardians.GROWN_UP_AT
    return {"forms": fit, "reason": "" if fit else "not_eligible", "is_adult": is_adult}


def _fits(rule: Mapping[str, Any], age: int | None, years: int) -> bool:
    is_old_enough = age is None or age >= (rule.get("least_age") or 0)
    return bool(rule.get("is_allowed")) and is_old_enough and years >= (rule.get("least_experience") or 0)


def tell_about_yourself(work: Work, place: Place, done: Done) -> None:
    """Write down what the candidate told freely."""
    parts = (done.answers.get(key) for key in ("motivation", "experience", "preferences", "questions"))
    told = "\n\n".join(one for one in parts if one)
    mentors.change(work, _entry(work, place), motivation=told, periodicity=done.answers["periodicity"])


def record_interview(work: Work, place: Place, done: Done) -> Mapping[str, Any]:
    """Write down the talk and what was seen of the eight principles."""
    entry = _entry(work, place)
    work.session.add(
        Interview(
            id=uuid.uuid4(),
            mentor_entry_id=entry.id,
            held_on=date.fromisoformat(done.answers["held_on"]),
            interviewer_id=done.by_id,
            answers={key: value for key, value in done.answers.items() if key != "held_on"},
            decision=done.answers["decision"],
            recorded_at=work.now(),
        )
    )
    _take_decision(work, entry, done.answers)
    return {"needs_training": bool(done.answers.get("needs_training"))}


def check_more(work: Work, place: Place, done: Done) -> None:
    """Write down what came of a further check."""
    entry = _entry(work, place)
    statuses.record_act(work, entry, "mentor.checked_further", {"decision": done.answers["decision"]})
    _take_decision(work, entry, done.answers)


def _take_decision(work: Work, entry: MentorEntry, answers: Mapping[str, Any]) -> None:
    status = {
        "ready": EntryStatus.SELECTED,
        "reserve": EntryStatus.RESERVED,
        "rejected": EntryStatus.DECLINED,
    }.get(answers["decision"])
    if status is not None:
        mentors.set_status(work, entry.id, status, answers.get("reason") or "")


def admit(work: Work, place: Place, *, must_learn: bool) -> dict[str, Any]:
    """Let a selected mentor into the base of the ready; one who has to learn only once trained."""
    entry = _entry(work, place)
    if must_learn and not mentors.has_passed_training(work, entry.person_id):
        raise Conflict("mentor_not_trained")
    mentors.set_status(work, entry.id, EntryStatus.READY)
    return {"is_ready": True}


def _entry(work: Work, place: Place) -> MentorEntry:
    return mentors.hold_by_case(work, place.case_id)


OPERATORS: dict[str, Callable[..., Any]] = {"mentors.keep_forms": keep_forms, "mentors.admit": admit}
LISTENERS: dict[str, Callable[..., Any]] = {
    "mentors.fill_profile": fill_profile,
    "mentors.tell_about_yourself": tell_about_yourself,
    "mentors.record_interview": record_interview,
    "mentors.check_more": check_more,
}
