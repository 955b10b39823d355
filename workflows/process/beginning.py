"""A case before its first step: its row with the people, and the version of the pack it is to begin on."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import (
    UUID,
    DateTime,
    String,
    Table,
    bindparam,
    column,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY

from models.cases import Case, CaseParticipant, CaseStatus
from models.organisations import Organisation
from models.prepared import Prepared
from workflows.access import Participant
from workflows.queries.definitions import find_version_to_start
from workflows.queries.held import CASE, HeldCase, hold_case
from workflows.records import programmes
from workflows.refusals import NotFound, NotWaiting
from workflows.work import Work

NOT_BEGUN = b""
"""The state comes with the first step; the row is there before, for what service tasks write."""


def enter(
    work: Work,
    organisation_id: uuid.UUID,
    pack_version_id: uuid.UUID,
    process: str,
    title: str,
    people: Iterable[Participant],
    *,
    programme_id: uuid.UUID | None,
    case_id: uuid.UUID | None = None,
) -> HeldCase:
    """Write down a case that is to begin, and who takes part in it."""
    case_id, seats = case_id or uuid.uuid4(), list(dict.fromkeys(people))
    # What the act has changed as objects may be what the case refers to.
    work.session.flush()
    _ENTER.run(
        work.session.connection(),
        {
            "case_id": case_id,
            "of_organisation": organisation_id,
            "on_version": pack_version_id,
            "of_programme": programme_id,
            "of_process": process,
            "called": title,
            "now": work.now(),
            "seats": [uuid.uuid4() for _ in seats],
            "people": [one.person_id for one in seats],
            "roles": [one.role for one in seats],
        },
    )
    return hold_case(work, case_id)


def _enter() -> Prepared:
    """Put the row of a case and those of its people into one statement."""
    ids, texts = ARRAY(UUID()), ARRAY(String())
    case_id, now = bindparam("case_id", type_=UUID()), bindparam("now", type_=DateTime(timezone=True))
    case = insert(CASE).values(
        id=case_id,
        organisation_id=bindparam("of_organisation"),
        pack_version_id=bindparam("on_version"),
        programme_id=bindparam("of_programme"),
        process=bindparam("of_process"),
        title=bindparam("called"),
        status=literal(CaseStatus.RUNNING, CASE.c.status.type),
        state=literal(NOT_BEGUN, CASE.c.state.type),
        revision=literal(1),
        started_at=now,
    )
    seat = (
        func.unnest(
            bindparam("seats", type_=ids), bindparam("people", type_=ids), bindparam("roles", type_=texts)
        )
        .table_valued(column("id", UUID()), column("person_id", UUID()), column("role", String()))
        .render_derived()
    )
    columns = ["id", "case_id", "person_id", "role", "since_at"]
    rows = select(seat.c.id, case_id, seat.c.person_id, seat.c.role, now)
    return Prepared(insert(_SEAT).from_select(columns, rows).add_cte(case.cte("entered")))


_SEAT = cast(Table, CaseParticipant.__table__)
_ENTER = _enter()


def keep_promise(work: Work, asked: Mapping[str, Any]) -> HeldCase:
    """Keep a case that was promised and cannot begin, on the version on which that was tried."""
    case_id = uuid.UUID(asked["case_id"])
    organisation = work.session.get_one(Organisation, uuid.UUID(asked["organisation_id"]))
    version = find_version_to_start(work, organisation, asked["process"])
    if work.session.get(Case, case_id) is not None:
        return _kept(work, case_id, version.id if version else None)
    if version is None:
        raise NotFound(noun="process", process=asked["process"])
    programme = programmes.find_named(work, organisation.id, asked["variables"])
    return enter(
        work,
        organisation.id,
        version.id,
        asked["process"],
        asked["title"],
        people_of(asked["participants"]),
        programme_id=programme.id if programme else None,
        case_id=case_id,
    )


def _kept(work: Work, case_id: uuid.UUID, version_id: uuid.UUID | None) -> HeldCase:
    case = hold_case(work, case_id)
    if case.has_begun:
        # Another worker, which this one knew nothing of, has begun it in the meantime.
        raise NotWaiting(act="begin_case")
    return stand_on(work, case, version_id) if version_id else case


def stand_on(work: Work, case: HeldCase, pack_version_id: uuid.UUID) -> HeldCase:
    """Let a case that has not begun stand on a version of a pack: there is nothing yet to carry over."""
    values = {"pack_version_id": pack_version_id}
    work.session.connection().execute(update(CASE).where(CASE.c.id == case.id).values(values))
    return replace(case, pack_version_id=pack_version_id)


def begin_by_now(work: Work, case: HeldCase) -> None:
    """Let a case that stood there unbegun count as begun from now on."""
    values = {"started_at": work.now()}
    work.session.connection().execute(update(CASE).where(CASE.c.id == case.id).values(values))


def people_of(participants: Mapping[str, Iterable[str]]) -> tuple[Participant, ...]:
    """Read who is to take part, as it was written down when the case was asked for."""
    return tuple(Participant(role, uuid.UUID(one)) for role, ones in participants.items() for one in ones)
