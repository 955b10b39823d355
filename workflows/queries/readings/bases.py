"""What the forms of the bases show: who somebody is, what is missing, what is known at the start."""

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import select

from models.bases import EntryStatus, MentorEntry, MentorQuestion
from models.cases import Case
from models.people import Person
from models.programmes import MentoringForm
from models.surveys import SurveyMoment, SurveyResponse
from workflows.queries.definitions import load_pack
from workflows.queries.readings.reader import Reader
from workflows.records import consents, days, guardians, mentees, mentors
from workflows.work import Work

WORKING = (EntryStatus.READY, EntryStatus.MATCHED, EntryStatus.PAUSED)
_WORDS = {
    "problems": ("map_request", "problems"),
    "forms": ("map_request", "mentoring_form"),
}


def mentee(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Tell who applied, with what is known already, so that nothing is asked twice."""
    entry = mentees.entry_of(work, case_id)
    if entry is None:
        return {}
    person = work.session.get_one(Person, entry.person_id)
    return {
        "person_name": person.full_name,
        "form_name": names_of_forms(work, case_id, entry.programme_id).get(entry.form, entry.form),
        "born_on": person.born_on,
        "age": guardians.age_of(work, person),
        "wants": entry.wants,
        "story": entry.about,
        "interests": entry.interests,
        "times": entry.times,
        "subject": entry.subject,
        "study_level": entry.study_level,
        "experience_years": entry.experience_years,
        "mentoring_form": entry.form,
        "most_mentors": entry.most_mentors,
        "channel": entry.channel or None,
        "told_by": entry.told_by,
    }


def mentor(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Tell who offered to be a mentor, with what is known already."""
    entry = mentors.entry_of(work, case_id)
    if entry is None:
        return {}
    person = work.session.get_one(Person, entry.person_id)
    names = names_of_forms(work, case_id, entry.programme_id)
    own = ("interests", "competences", "helps_with", "times", "subject", "study_level", "experience_years")
    more = ("mentee_age_from", "mentee_age_to", "hours_per_week", "capacity", "motivation")
    return {
        "person_name": person.full_name,
        "forms_names": ", ".join(names.get(one, one) for one in entry.forms),
        "born_on": person.born_on,
        "story": entry.about,
        **{key: getattr(entry, key) for key in (*own, *more)},
    }


def baseline(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List what was seen at the start, for the curator who draws the map of requests."""
    entry = mentees.entry_of(work, case_id)
    if entry is None:
        return {"baseline": []}
    wanted = select(SurveyResponse).where(
        SurveyResponse.programme_id == entry.programme_id,
        SurveyResponse.about_id == entry.person_id,
        SurveyResponse.moment == SurveyMoment.ENTRY,
    )
    given = work.session.scalars(wanted.order_by(SurveyResponse.given_at, SurveyResponse.instrument))
    on = partial(days.day_of, work, entry.organisation_id)
    rows = [{"subject": one.instrument, "score": one.score, "given_on": on(one.given_at)} for one in given]
    return {"baseline": rows}


def consents_of(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Tell whose signature is missing under what."""
    entry = mentees.entry_of(work, case_id) or mentors.entry_of(work, case_id)
    if entry is None:
        return {}
    person = work.session.get_one(Person, entry.person_id)
    is_minor, own = guardians.is_minor(work, person), guardians.list_of(work, person.id)
    rows = [
        {"who": work.session.get_one(Person, one).full_name, "what": word(work, case_id, purpose)}
        for purpose in consents.REQUIRED
        for one in consents.lacking(work, entry.programme_id, person.id, purpose)
    ]
    return {
        "person_name": person.full_name,
        "unsigned": rows,
        "needs_guardian": is_minor and not own,
        "signs_for_child": work.actor.person_id in own,
    }


def word(work: Work, case_id: uuid.UUID, purpose: str) -> str:
    """Name a purpose as the form does on which people sign."""
    return next(
        (
            str(one["label"])
            for one in _components(work, case_id, "sign_consents")
            if one.get("key") == purpose
        ),
        purpose,
    )


def names_of_forms(work: Work, case_id: uuid.UUID, programme_id: uuid.UUID) -> dict[str, str]:
    """Name the forms of mentoring as the programme does, else as the pack does."""
    wanted = select(MentoringForm.code, MentoringForm.title).where(MentoringForm.programme_id == programme_id)
    own = dict(work.session.execute(wanted).tuples().all())
    return {**words_of(work, case_id, "forms"), **own}


def words_of(work: Work, case_id: uuid.UUID, kind: str) -> dict[str, str]:
    """Name the codes of a dictionary as the pack's own form does."""
    form, key = _WORDS[kind]
    component = next(one for one in _components(work, case_id, form) if one.get("key") == key)
    return {one["value"]: one["label"] for one in component["values"]}


def _components(work: Work, case_id: uuid.UUID, form: str) -> list[dict[str, Any]]:
    version_id = work.session.scalars(select(Case.pack_version_id).where(Case.id == case_id)).one()
    found: list[dict[str, Any]] = load_pack(work, version_id).definitions.form(form)["components"]
    return found


def training_questions(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List what the mentors asked before a training."""
    wanted = (
        select(Person.full_name, MentorQuestion.question)
        .join(MentorEntry, MentorEntry.id == MentorQuestion.mentor_entry_id)
        .join(Person, Person.id == MentorEntry.person_id)
        .where(MentorQuestion.case_id == case_id)
        .order_by(MentorQuestion.asked_at, Person.full_name)
    )
    return {"questions": [{"who": who, "question": said} for who, said in work.session.execute(wanted)]}


READERS = {
    "bases.mentee": Reader(
        mentee,
        gives=(
            *(
                "person_name",
                "form_name",
                "born_on",
                "age",
                "wants",
                "story",
                "interests",
                "times",
                "subject",
            ),
            *("study_level", "experience_years", "mentoring_form", "most_mentors", "channel", "told_by"),
        ),
    ),
    "bases.mentor": Reader(
        mentor,
        gives=(
            *("person_name", "forms_names", "born_on", "story", "interests", "competences", "helps_with"),
            *("times", "subject", "study_level", "experience_years", "mentee_age_from", "mentee_age_to"),
            *("hours_per_week", "capacity", "motivation"),
        ),
    ),
    "bases.baseline": Reader(baseline, gives=("baseline",)),
    "bases.consents": Reader(
        consents_of, gives=("person_name", "unsigned", "needs_guardian", "signs_for_child")
    ),
    "bases.training_questions": Reader(training_questions, gives=("questions",)),
}
