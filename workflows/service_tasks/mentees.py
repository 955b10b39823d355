"""The intake of a mentee: the request, what is known at the start, the request map, the decision."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from models.bases import EntryStatus, MenteeEntry
from models.pairing import Decision
from models.people import Person
from workflows.records import guardians, mentees, statuses, surveys
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks import notices
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

STUDIES = ("average_mark", "absences", "rate_motivation")


def fill_request(work: Work, place: Place, done: Done) -> Mapping[str, Any]:
    """Write down what somebody told of themselves, or that they would rather not."""
    entry = _entry(work, place)
    if done.answers["wants_to_join"] == "no":
        mentees.set_status(work, entry.id, EntryStatus.LEFT, done.answers.get("why_not") or "withdrew")
        return {}
    person = work.session.get_one(Person, entry.person_id)
    if done.answers.get("born_on"):
        person.born_on = date.fromisoformat(done.answers["born_on"])
    _refuse_if_of_another_age(work, person, done.known.get("entry_rules") or {})
    _take(work, entry, done.answers)
    return {"needs_help_now": bool(done.answers.get("needs_help_now"))}


def _refuse_if_of_another_age(work: Work, person: Person, rules: Mapping[str, Any]) -> None:
    age, least, most = guardians.age_of(work, person), rules.get("least_age"), rules.get("most_age")
    if age is not None and least is not None and age < least:
        raise Invalid({"born_on": [Complaint("too_young", age=least)]})
    if age is not None and most is not None and age > most:
        raise Invalid({"born_on": [Complaint("too_old", age=most)]})


def _take(work: Work, entry: MenteeEntry, answers: Mapping[str, Any]) -> None:
    values = {key: answers.get(key) or entry_now for key, entry_now in _known(entry).items()}
    values["urgent_at"] = work.now() if answers.get("needs_help_now") else entry.urgent_at
    mentees.change(work, entry, **values, about=answers.get("story") or entry.about)


def _known(entry: MenteeEntry) -> dict[str, Any]:
    own = ("wants", "interests", "subject", "times", "study_level", "experience_years")
    return {key: getattr(entry, key) for key in own}


def help_first(work: Work, place: Place, done: Done) -> None:
    """Write down that the psychologist has talked with somebody before everything else."""
    # How somebody feels is not for everybody who reads the journal.
    statuses.record_act(work, _entry(work, place), "mentee.supported_first", {})


def assess_person(work: Work, place: Place, done: Done) -> None:
    """Write down personal traits at the start, and what only few may know."""
    entry = _entry(work, place)
    mentees.set_categories(work, entry.id, done.answers.get("categories") or [])
    _respond(work, place, done, entry, "personal", but=("categories",))


def assess_studies(work: Work, place: Place, done: Done) -> None:
    """Write down how studies went before and what somebody can do already."""
    entry = _entry(work, place)
    _respond(work, place, done, entry, "academic", only=STUDIES)
    _respond(work, place, done, entry, "competence", but=STUDIES)


def assess_teaching(work: Work, place: Place, done: Done) -> None:
    """Write down what a pedagogue can do already."""
    _respond(work, place, done, _entry(work, place), "competence")


def _respond(
    work: Work,
    place: Place,
    done: Done,
    entry: MenteeEntry,
    instrument: str,
    *,
    only: Iterable[str] = (),
    but: Iterable[str] = (),
) -> None:
    keys = set(only) or set(done.answers) - set(but)
    surveys.respond(
        work,
        entry.programme_id,
        done.by_id,
        instrument=instrument,
        moment="entry",
        role=done.role,
        answers={key: value for key, value in done.answers.items() if key in keys},
        pack_version_id=place.pack_version_id,
        about_id=entry.person_id,
    )


def map_request(work: Work, place: Place, done: Done) -> Mapping[str, Any]:
    """Write the request into the map: what with, in which form, how soon."""
    entry, answers = _entry(work, place), done.answers
    form = answers["mentoring_form"]
    _refuse_if_not_young(entry, form, answers["role_model"], done.known.get("entry_rules") or {})
    mentees.change(
        work,
        entry,
        problems=list(answers["problems"]),
        form=form,
        role_model=answers["role_model"],
        priority=int(answers["priority"]),
        most_mentors=int(answers["most_mentors"]),
        channel=answers["channel"],
        told_by=answers.get("told_by") or entry.told_by,
    )
    return {}


def _refuse_if_not_young(entry: MenteeEntry, form: str, role_model: str, rules: Mapping[str, Any]) -> None:
    most = rules.get("young_for_years")
    is_for_the_young = form == "teacher_teacher" and role_model == "professional"
    if is_for_the_young and most is not None and (entry.experience_years or 0) > most:
        raise Invalid({"role_model": [Complaint("not_a_young_specialist", years=most)]})


def record_advice(work: Work, place: Place, done: Done) -> None:
    """Write down what the student council thinks."""
    _decide(work, place, done, "student_council", done.answers["advice"], is_advice=True)


def decide(work: Work, place: Place, done: Done) -> None:
    """Write down the decision, and let the mentee into the base or not."""
    entry, route = _entry(work, place), done.known.get("route") or {}
    _decide(work, place, done, route.get("body", "curator"), done.answers["outcome"], is_advice=False)
    if done.answers["outcome"] == "accepted":
        mentees.set_status(work, entry.id, EntryStatus.READY)
    else:
        mentees.set_status(work, entry.id, EntryStatus.DECLINED, done.answers["reason"])


def _decide(work: Work, place: Place, done: Done, body: str, outcome: str, *, is_advice: bool) -> None:
    entry = _entry(work, place)
    work.session.add(
        Decision(
            id=uuid.uuid4(),
            programme_id=entry.programme_id,
            case_id=place.case_id,
            subject="mentee_admission",
            form=entry.form,
            body=body,
            is_advice=is_advice,
            outcome=outcome,
            protocol_number=done.answers.get("protocol_number") or "",
            decided_on=date.fromisoformat(done.answers["decided_on"]),
            note=done.answers.get("note") or done.answers.get("reason") or "",
            entered_by_id=done.by_id,
            entered_at=work.now(),
        )
    )


def tell_decision(work: Work, place: Place, /, *, text: str, **values: Any) -> dict[str, Any]:
    """Tell the mentee and the guardians what was decided."""
    people = [one.person_id for one in place.participants if one.role in ("mentee", "guardian")]
    return notices.tell(work, place, people, text, values)


def _entry(work: Work, place: Place) -> MenteeEntry:
    return mentees.hold_by_case(work, place.case_id)


OPERATORS: dict[str, Callable[..., Any]] = {"mentees.tell_decision": tell_decision}
LISTENERS: dict[str, Callable[..., Any]] = {
    "mentees.fill_request": fill_request,
    "mentees.help_first": help_first,
    "mentees.assess_person": assess_person,
    "mentees.assess_studies": assess_studies,
    "mentees.assess_teaching": assess_teaching,
    "mentees.map_request": map_request,
    "mentees.record_advice": record_advice,
    "mentees.decide": decide,
}
