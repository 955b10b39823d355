"""Operations on tables of people: keep one for the preview, take all of it in or nothing, give it up."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select

from models.imports import ImportBatch, ImportedBase
from models.people import Person
from models.programmes import Programme
from workflows import journal
from workflows.access import Permission, require
from workflows.operations.mentees import apply_as_mentee
from workflows.operations.mentors import propose_mentor
from workflows.operations.people import add_person, grant_membership
from workflows.queries.applicants import require_running
from workflows.queries.bases.imports import (
    ROLES,
    CheckedRow,
    Outcome,
    Preview,
    get_preview,
    list_holders,
    plain,
)
from workflows.queries.bases.places import open_base
from workflows.queries.bases.row_checks import BETWEEN, COLUMNS
from workflows.records import guardians
from workflows.refusals import Complaint, Conflict, Invalid
from workflows.work import Work

KEPT = timedelta(days=1)
MOST_ROWS = 200
"""So many come in within one request: thirty statements for each, six seconds of a processor for all."""


def stage_import(
    work: Work,
    programme_id: uuid.UUID,
    base: ImportedBase,
    file_name: str,
    rows: Sequence[Mapping[str, Any]],
) -> uuid.UUID:
    """Keep the rows of a table until they are confirmed, for a day at most; an earlier one is given up."""
    place = open_base(work, programme_id, Permission.BASES_IMPORT)
    require_running(place.programme)
    if not rows:
        raise Invalid({"file": [Complaint("table_empty")]})
    if len(rows) > MOST_ROWS:
        raise Invalid({"file": [Complaint("table_too_long", rows=len(rows), maximum=MOST_ROWS)]})
    own = (ImportBatch.staged_by_id == work.actor.person_id) & (ImportBatch.programme_id == programme_id)
    _forget(work, (own & (ImportBatch.base == base)) | (ImportBatch.expires_at <= work.now()))
    batch = ImportBatch(
        id=uuid.uuid4(),
        programme_id=programme_id,
        base=base,
        file_name=file_name[:200],
        rows=[{"row": row["row"], "cells": _known_cells(base, row["cells"])} for row in rows],
        staged_by_id=work.actor.person_id,
        staged_at=work.now(),
        expires_at=work.now() + KEPT,
    )
    work.session.add(batch)
    work.session.flush()
    return batch.id


def _known_cells(base: ImportedBase, cells: Mapping[str, str]) -> dict[str, str]:
    return {column: cells[column] for column in COLUMNS[base] if cells.get(column)}


def confirm_import(work: Work, batch_id: uuid.UUID) -> None:
    """Take a whole table in, by the same acts as one by one; what was taken in already stays as it is."""
    batch = work.session.get(ImportBatch, batch_id, with_for_update=True, populate_existing=True)
    if batch is not None:
        # Two tables of one programme come one after the other: the second finds whom the first has added.
        work.session.get(Programme, batch.programme_id, with_for_update=True, populate_existing=True)
    preview = get_preview(work, batch_id)
    role = require(work, Permission.BASES_IMPORT, preview.place.subject)
    if preview.batch.done_at is not None:
        return
    if not preview.is_right:
        raise Conflict("table_has_mistakes")
    people = _People(work, preview)
    made = [people.take_in(row) for row in preview.rows if row.outcome is not Outcome.THERE]
    counts = {one.value: preview.count(one) for one in Outcome if one is not Outcome.WRONG}
    _keep_outcome(work, preview.batch, {**counts, "entries": [str(one) for one in made]})
    journal.record(
        work,
        "bases.imported",
        f"programme:{preview.place.programme.id}",
        organisation_id=preview.place.organisation.id,
        role=role,
        details={"base": preview.batch.base, **counts},
    )


def _keep_outcome(work: Work, batch: ImportBatch, outcome: dict[str, Any]) -> None:
    batch.done_at, batch.rows, batch.outcome = work.now(), [], outcome
    work.session.flush()


class _People:
    """Takes the rows of one table in, one after another."""

    def __init__(self, work: Work, preview: Preview) -> None:
        self.work, self.place, self.base = work, preview.place, preview.batch.base
        self.role = ROLES[self.base]
        known = [row.person_id for row in preview.rows if row.person_id]
        self.holders = list_holders(work, self.place, self.role, known)
        self.guardians: dict[tuple[str, str], uuid.UUID] = {}

    def take_in(self, row: CheckedRow) -> uuid.UUID:
        """Put one person into the base; say in which row it was if that is refused."""
        try:
            person_id = row.person_id or self._add(row.cells, row.cells["full_name"], row.cells.get("email"))
            if person_id not in self.holders:
                grant_membership(self.work, person_id, self.place.organisation.id, self.role)
            return self._enter(person_id, row.cells)
        except (Conflict, Invalid) as refusal:
            raise Conflict("row_refused", row=row.number, name=row.name) from refusal

    def _enter(self, person_id: uuid.UUID, cells: Mapping[str, str]) -> uuid.UUID:
        programme_id = self.place.programme.id
        if self.base is ImportedBase.MENTORS:
            forms = cells["forms"].split(BETWEEN)
            return propose_mentor(self.work, programme_id, person_id, cells["source"], forms)
        own = [self._guardian(person_id, cells)] if cells.get("guardian") else []
        guardians.add(self.work, person_id, own, cells.get("kin", ""))
        return apply_as_mentee(
            self.work, programme_id, person_id, cells["form"], wants=cells.get("wants", ""), guardians=own
        )

    def _add(self, cells: Mapping[str, str], name: str, email: str | None) -> uuid.UUID:
        return add_person(
            self.work,
            self.place.organisation.id,
            name,
            email=email,
            born_on=date.fromisoformat(cells["born_on"]),
            study_group=cells.get("study_group"),
        )

    def _guardian(self, child_id: uuid.UUID, cells: Mapping[str, str]) -> uuid.UUID:
        """Find the guardian, or add one; two people are the same only if the address is the same too."""
        name, email = plain(cells["guardian"]), cells.get("guardian_email", "").lower()
        known = self.guardians.get((name, email)) if email else None
        found = known or self._known_guardian(child_id, name, email)
        if found is None:
            found = add_person(self.work, self.place.organisation.id, cells["guardian"], email=email or None)
            grant_membership(self.work, found, self.place.organisation.id, "guardian")
        self.guardians[name, email] = found
        return found

    def _known_guardian(self, child_id: uuid.UUID, name: str, email: str) -> uuid.UUID | None:
        own = Person.id.in_(guardians.list_of(self.work, child_id))
        same = Person.organisation_id == self.place.organisation.id
        wanted = select(Person.id).where(func.lower(Person.full_name) == name)
        by_address = (same & (func.lower(Person.email) == email)) if email else own
        return self.work.session.scalars(wanted.where(own | by_address).limit(1)).first()


def discard_import(work: Work, batch_id: uuid.UUID) -> None:
    """Give a table up that was not confirmed."""
    preview = get_preview(work, batch_id)
    require(work, Permission.BASES_IMPORT, preview.place.subject)
    if preview.batch.done_at is not None:
        raise Conflict("table_taken_in")
    work.session.delete(preview.batch)
    work.session.flush()


def forget_imports(work: Work) -> int:
    """Remove the tables that nobody confirmed within a day."""
    return _forget(work, ImportBatch.expires_at <= work.now())


def _forget(work: Work, which: ColumnElement[bool]) -> int:
    gone = work.session.execute(delete(ImportBatch).where(which).returning(ImportBatch.id)).all()
    return len(gone)
