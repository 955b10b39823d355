"""What the forms of a programme show and offer: people, forms, papers, the roadmap."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from models.cases import Case
from models.contours import PAPERS_RETURNED, MeasureResult, PreliminaryRequest
from models.people import Membership, Person
from models.programmes import Programme
from workflows.queries.definitions import load_pack
from workflows.queries.readings.options import options
from workflows.queries.readings.reader import Reader
from workflows.records import appointments, programmes
from workflows.records.pair_sets import MOST_CHOICES
from workflows.work import Work

NOT_STAFF = ("mentee", "guardian", "participant")


def passport(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Tell what the programme is: its name, its days, what is known of its tasks and results."""
    programme = programmes.programme_of(work, case_id)
    chosen = programmes.list_forms(work, programme.id)
    return {
        "programme": {
            "title": programme.title,
            "starts_on": _spoken(programme.starts_on),
            "ends_on": _spoken(programme.ends_on),
            "forms": [one.title for one in chosen],
        },
        "tasks": programme.tasks,
        "expected_results": programme.expected_results,
        "chosen_forms": [one.code for one in chosen],
        "own_forms": options((one.code, one.title) for one in chosen),
    }


def beginning(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Tell the day before which nobody can have decided anything about the programme."""
    programme = programmes.find_programme_of(work, case_id)
    return {"programme_began_on": programmes.began_on(work, programme) if programme else None}


def people(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List who may be appointed: curators, those of them who work here, and all who take part."""
    programme = programmes.programme_of(work, case_id)
    held = (
        select(Person.id, Person.full_name, Person.organisation_id, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == programme.organisation_id, Membership.counts_at(work.now()))
        .order_by(Person.full_name, Person.id, Membership.role)
    )
    # Those who take part are many, and those who work here are not to be lost among them.
    rows = work.session.execute(held.where(Membership.role.not_in(NOT_STAFF)).limit(MOST_CHOICES)).all()
    everybody = held.where(Membership.role != "guardian").limit(MOST_CHOICES)
    curators = [row for row in rows if row.role == "curator"]
    own = [row for row in curators if row.organisation_id == programme.organisation_id]
    return {
        "curators": _choices(curators),
        "own_curators": _choices(own),
        "staff": _choices(rows),
        "people": _choices(work.session.execute(everybody)),
    }


def _choices(rows: Iterable[Any]) -> list[dict[str, str]]:
    return options({row.id: row.full_name for row in rows}.items())


def team(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List who answers for the programme, by name and duty."""
    programme = programmes.programme_of(work, case_id)
    found = appointments.list_appointments(work, programme.id)
    named = select(Person.id, Person.full_name).where(Person.id.in_({one.person_id for one in found}))
    names: dict[uuid.UUID, str] = dict(work.session.execute(named).tuples().all())
    curators = [names[one.person_id] for one in found if one.role == "curator"]
    return {"curator_name": ", ".join(curators)}


def requests(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List how many asked for mentoring before the programme began, by form."""
    programme = programmes.programme_of(work, case_id)
    wanted = select(PreliminaryRequest).where(PreliminaryRequest.programme_id == programme.id)
    found = work.session.scalars(wanted.order_by(PreliminaryRequest.requests.desc(), PreliminaryRequest.id))
    titles = {one["form"]: one["title"] for one in _decide(work, case_id, programme, "programme_forms")}
    return {
        "asked": [
            {"form": titles.get(one.form, one.form), "number": one.requests, "about": one.about}
            for one in found
        ]
    }


def papers(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List the drafts and the signed papers by the code of their kind; say where each draft can be read."""
    programme = programmes.programme_of(work, case_id)
    found = programmes.list_documents(work, programme.id)
    links = {f"{one.kind}_link": one.link for one in found if one.link and one.dated_on is None}
    shown = [
        {
            "title": {"code": f"paper_{one.kind}"},
            "link": one.link,
            "number": one.number,
            "dated_on": one.dated_on.isoformat() if one.dated_on else "",
        }
        for one in found
    ]
    return {"papers": shown, "remarks": _last_remarks(work, programme), **links}


def _last_remarks(work: Work, programme: Programme) -> str:
    wanted = select(MeasureResult.answers).where(
        MeasureResult.programme_id == programme.id, MeasureResult.activity == PAPERS_RETURNED
    )
    last = work.session.scalars(wanted.order_by(MeasureResult.entered_at.desc()).limit(1)).first()
    return str(last["remarks"]) if last else ""


def roadmap(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Give the roadmap as it is, or else the one that the methodology proposes for these days."""
    programme = programmes.programme_of(work, case_id)
    found = programmes.list_roadmap(work, programme.id)
    known: list[dict[str, Any]] = [
        {
            "stage": str(one.stage),
            "measure": one.measure,
            "responsible": one.responsible,
            "resources": one.resources,
            "due_on": one.due_on,
        }
        for one in found
    ]
    shown = [{**row, "due_on": _spoken(row["due_on"])} for row in known]
    return {"roadmap": known or _proposed(work, case_id, programme), "roadmap_shown": shown}


def _proposed(work: Work, case_id: uuid.UUID, programme: Programme) -> list[dict[str, Any]]:
    length = (programme.ends_on - programme.starts_on).days
    rows = _decide(work, case_id, programme, "roadmap_template")
    return [
        {
            "stage": str(row["stage"]),
            "measure": row["measure"],
            "responsible": row["responsible"],
            "due_on": programme.starts_on + timedelta(days=length * row["share"] // 100),
        }
        for row in rows
    ]


def _decide(work: Work, case_id: uuid.UUID, programme: Programme, decision: str) -> list[dict[str, Any]]:
    case = work.session.get_one(Case, case_id)
    definitions = load_pack(work, case.pack_version_id).definitions
    return definitions.decide(decision, {"variant": programme.variant}, now=work.now()) or []


def _spoken(day: date | None) -> str:
    return day.isoformat() if day else ""


READERS = {
    "programmes.passport": Reader(
        passport, gives=("programme", "tasks", "expected_results", "chosen_forms", "own_forms")
    ),
    "programmes.beginning": Reader(beginning, gives=("programme_began_on",)),
    "programmes.people": Reader(people, gives=("curators", "own_curators", "staff", "people")),
    "programmes.team": Reader(team, gives=("curator_name",)),
    "programmes.requests": Reader(requests, gives=("asked",)),
    "programmes.papers": Reader(
        papers, gives=("papers", "remarks", "act_link", "regulation_link", "programme_link", "roadmap_link")
    ),
    "programmes.roadmap": Reader(roadmap, gives=("roadmap", "roadmap_shown")),
}
