"""What a programme is and who answers for it: the team by order, the tasks, the forms, the roadmap."""

import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from models.programmes import Programme
from workflows.engine.check.pack import Setting
from workflows.records import appointments, programmes
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

STAGES = "stages"
"""The property by which a diagram says which stages the roadmap has to have measures for."""


def appoint_team(work: Work, place: Place, done: Done) -> None:
    """Appoint the curator, a deputy and the team by one order."""
    programme = programmes.programme_of(work, place.case_id)
    answers = done.answers
    since_on = day_of(answers["order_on"])
    people = list(_people(answers))
    _refuse_twice(people)
    for role, person_id, form in people:
        appointments.appoint(
            work,
            programme,
            person_id,
            role,
            form=form,
            order_number=answers["order_number"],
            since_on=since_on,
        )
    programmes.add_document(
        work,
        programme,
        "curator_order",
        stage=1,
        by_id=done.by_id,
        number=answers["order_number"],
        dated_on=since_on,
    )


def _people(answers: Mapping[str, Any]) -> Iterator[tuple[str, uuid.UUID, str | None]]:
    yield "curator", uuid.UUID(answers["curator"]), None
    if answers.get("deputy"):
        yield "deputy_curator", uuid.UUID(answers["deputy"]), None
    for row in answers.get("team") or ():
        yield row["duty"], uuid.UUID(row["person"]), row.get("form") or None


def _refuse_twice(people: list[tuple[str, uuid.UUID, str | None]]) -> None:
    leading = [person for role, person, _form in people if role in appointments.SEATED]
    if len(set(leading)) < len(leading):
        raise Invalid({"deputy": [Complaint("deputy_is_the_curator")]})


def define(work: Work, place: Place, done: Done) -> None:
    """Write down the tasks, the expected results and the forms that the programme uses."""
    programme = programmes.programme_of(work, place.case_id)
    answers = done.answers
    programme.tasks, programme.expected_results = answers["tasks"], answers["expected_results"]
    titles = {one["form"]: one["title"] for one in done.known["forms"]}
    programmes.choose_forms(work, programme, {code: titles[code] for code in answers["chosen_forms"]})


def draw_roadmap(work: Work, place: Place, done: Done) -> None:
    """Write down the roadmap: every measure lies within the programme, and every stage has one."""
    programme = programmes.programme_of(work, place.case_id)
    rows = [_measure(row) for row in done.answers.get("roadmap") or ()]
    problems = dict(_outside(programme, rows))
    stages = {int(one) for one in done.setting(STAGES).split(",")}
    bare = sorted(stages - {row["stage"] for row in rows})
    if bare:
        problems["roadmap"] = [Complaint("stage_without_measure", stage=bare[0])]
    if problems:
        raise Invalid(problems)
    programmes.draw_roadmap(work, programme, rows)


def _measure(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "stage": int(row["stage"]),
        "measure": row["measure"],
        "responsible": row["responsible"],
        "resources": row.get("resources") or "",
        "due_on": day_of(row["due_on"]),
    }


def _outside(programme: Programme, rows: list[dict[str, Any]]) -> Iterator[tuple[str, list[Complaint]]]:
    for index, row in enumerate(rows):
        if not programme.starts_on <= row["due_on"] <= programme.ends_on:
            limits = {"earliest": programme.starts_on, "latest": programme.ends_on}
            yield f"roadmap.{index}.due_on", [Complaint("outside_of_programme", **limits)]


def day_of(value: Any) -> date:
    """Read a day as a form gives it."""
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


LISTENERS = {
    "programmes.appoint_team": appoint_team,
    "programmes.define": define,
    "programmes.draw_roadmap": draw_roadmap,
}
SETTINGS = {"programmes.draw_roadmap": (Setting(STAGES),)}
