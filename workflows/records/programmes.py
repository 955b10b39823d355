"""Programmes: which one a case belongs to, its stages, its documents and its roadmap."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, select

from models.cases import Case, CaseStatus
from models.programmes import (
    MentoringForm,
    Programme,
    ProgrammeDocument,
    ProgrammeStatus,
    RoadmapItem,
    Stage,
)
from workflows import journal
from workflows.records import days
from workflows.records.statuses import role_of
from workflows.refusals import NotFound
from workflows.work import Work

OUTLIVES = ("consent_withdrawal",)
"""Cases that go on when their programme is stopped: personal data must be removed all the same."""
_ALIVE = (CaseStatus.RUNNING, CaseStatus.SUSPENDED)
_OF_CASE = (
    select(Programme).join(Case, Case.programme_id == Programme.id).where(Case.id == bindparam("case_id"))
)
_NAMED = (
    select(Programme)
    .where(Programme.id == bindparam("id"), Programme.organisation_id == bindparam("organisation_id"))
    .with_for_update(read=True)
    .execution_options(populate_existing=True)
)


def programme_of(work: Work, case_id: uuid.UUID) -> Programme:
    """Return the programme that a case carries, or around which it stands."""
    programme = find_programme_of(work, case_id)
    if programme is None:
        raise NotFound(noun="programme")
    return programme


def find_programme_of(work: Work, case_id: uuid.UUID) -> Programme | None:
    """Find the programme of a case."""
    return work.remembered(
        ("programme of case", case_id),
        lambda: work.session.scalars(_OF_CASE, {"case_id": case_id}).one_or_none(),
    )


def find_named(work: Work, organisation_id: uuid.UUID, variables: Mapping[str, Any]) -> Programme | None:
    """Find the programme that the variables of a case name, so that nobody stops it while the case begins."""
    named = as_id(variables.get("programme_id"))
    if named is None:
        return None
    given = {"id": named, "organisation_id": organisation_id}
    return work.remembered(
        ("named programme", (named, organisation_id)),
        lambda: work.session.scalars(_NAMED, given).one_or_none(),
    )


def as_id(value: Any) -> uuid.UUID | None:
    """Read an id as a case keeps it; what is none names nothing."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


def is_of(programme_id: uuid.UUID) -> ColumnElement[bool]:
    """Keep the cases that stand around a programme and are not over, the one that carries it among them."""
    return and_(Case.programme_id == programme_id, Case.status.in_(_ALIVE))


def hold_programme(work: Work, programme_id: uuid.UUID) -> Programme:
    """Return a programme, locked; what only refers to it can be written meanwhile."""
    programme = work.session.get(
        Programme, programme_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if programme is None:
        raise NotFound(noun="programme")
    return programme


def today_of(work: Work, programme: Programme) -> date:
    """Say which day it is where the programme runs."""
    return days.today(work, programme.organisation_id)


def began_on(work: Work, programme: Programme) -> date:
    """Return the first day of a programme: the planned one, or the day its case began if that is earlier."""
    started_at = work.session.scalar(select(Case.started_at).where(Case.id == programme.case_id))
    if started_at is None:
        return programme.starts_on
    return min(programme.starts_on, days.day_of(work, programme.organisation_id, started_at))


def open_stage(work: Work, programme: Programme, number: int) -> Stage:
    """Begin a stage; one that has begun already goes on."""
    stage = find_stage(work, programme.id, number)
    if stage is None:
        stage = Stage(id=uuid.uuid4(), programme_id=programme.id, number=number, opened_at=work.now())
        work.session.add(stage)
        note(work, programme, "stage.opened", {"number": number})
    return stage


def close_stage(work: Work, programme: Programme, number: int, result: str) -> None:
    """Write down what came of a stage: its gate is passed."""
    stage = open_stage(work, programme, number)
    stage.closed_at, stage.result = work.now(), result
    note(work, programme, "stage.closed", {"number": number, "result": result})


def find_stage(work: Work, programme_id: uuid.UUID, number: int) -> Stage | None:
    """Find a stage that has begun."""
    wanted = select(Stage).where(Stage.programme_id == programme_id, Stage.number == number)
    return work.session.scalars(wanted).one_or_none()


def due_of_stage(work: Work, programme_id: uuid.UUID, number: int) -> date | None:
    """Say by when the roadmap wants a stage done, if it says so."""
    wanted = select(func.max(RoadmapItem.due_on)).where(
        RoadmapItem.programme_id == programme_id, RoadmapItem.stage == number
    )
    return work.session.scalar(wanted)


def add_document(
    work: Work,
    programme: Programme,
    kind: str,
    *,
    stage: int,
    by_id: uuid.UUID,
    number: str = "",
    dated_on: date | None = None,
    link: str = "",
) -> ProgrammeDocument:
    """Add a document; without a day it is a draft."""
    document = ProgrammeDocument(
        id=uuid.uuid4(),
        programme_id=programme.id,
        stage=stage,
        kind=kind,
        number=number,
        dated_on=dated_on,
        link=link,
        entered_by_id=by_id,
        entered_at=work.now(),
    )
    work.session.add(document)
    note(work, programme, "document.added", {"kind": kind, "number": number})
    return document


def list_documents(work: Work, programme_id: uuid.UUID, *kinds: str) -> list[ProgrammeDocument]:
    """List the documents of a programme in the order in which they came."""
    wanted = select(ProgrammeDocument).where(ProgrammeDocument.programme_id == programme_id)
    if kinds:
        wanted = wanted.where(ProgrammeDocument.kind.in_(kinds))
    return list(work.session.scalars(wanted.order_by(ProgrammeDocument.entered_at, ProgrammeDocument.kind)))


def forget_drafts(work: Work, programme_id: uuid.UUID) -> None:
    """Forget the drafts of a programme: new ones take their place."""
    work.session.execute(
        delete(ProgrammeDocument).where(
            ProgrammeDocument.programme_id == programme_id, ProgrammeDocument.dated_on.is_(None)
        )
    )


def list_forms(work: Work, programme_id: uuid.UUID) -> list[MentoringForm]:
    """List the mentoring forms of a programme by their codes."""
    wanted = select(MentoringForm).where(MentoringForm.programme_id == programme_id)
    return list(work.session.scalars(wanted.order_by(MentoringForm.code)))


def choose_forms(work: Work, programme: Programme, titles: Mapping[str, str]) -> None:
    """Let a programme use these forms under these names, and no others."""
    work.session.execute(delete(MentoringForm).where(MentoringForm.programme_id == programme.id))
    work.session.add_all(
        MentoringForm(programme_id=programme.id, code=code, title=title) for code, title in titles.items()
    )
    note(work, programme, "programme.forms_chosen", {"forms": list(titles)})


def list_roadmap(work: Work, programme_id: uuid.UUID, stage: int | None = None) -> list[RoadmapItem]:
    """List the measures of the roadmap, all of them or those of a stage."""
    wanted = select(RoadmapItem).where(RoadmapItem.programme_id == programme_id)
    if stage is not None:
        wanted = wanted.where(RoadmapItem.stage == stage)
    return list(work.session.scalars(wanted.order_by(RoadmapItem.position)))


def draw_roadmap(work: Work, programme: Programme, rows: Iterable[Mapping[str, Any]]) -> None:
    """Put these measures in the place of the roadmap as it was; what was done stays done."""
    done = {one.measure: one for one in list_roadmap(work, programme.id) if one.done_on is not None}
    work.session.execute(delete(RoadmapItem).where(RoadmapItem.programme_id == programme.id))
    work.session.flush()
    for position, row in enumerate(rows, start=1):
        item = RoadmapItem(id=uuid.uuid4(), programme_id=programme.id, position=position, **row)
        before = done.get(item.measure)
        if before is not None:
            item.done_on, item.outcome = before.done_on, before.outcome
        work.session.add(item)
    note(work, programme, "roadmap.drawn", {})


def finish(work: Work, programme: Programme, status: ProgrammeStatus, reason: str = "") -> None:
    """End a programme: it has come to its end, or it was stopped and why."""
    programme.status, programme.closed_at = status, work.now()
    programme.stopped_because = reason
    note(work, programme, f"programme.{status.value}", {"reason": reason})


def note(
    work: Work, programme: Programme, act: str, details: Mapping[str, Any], role: str | None = None
) -> None:
    """Write in the journal what became of a programme."""
    work.session.flush()
    journal.record(
        work,
        act,
        f"programme:{programme.id}",
        organisation_id=programme.organisation_id,
        role=role or role_of(work),
        case_id=programme.case_id,
        details=details,
    )
