"""Tell people something: a notice each, and one entry in the journal."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Insert, Table, bindparam, insert, select

from models.letters import LetterKind, NotificationChoice, Way
from models.notices import Notice
from models.people import Membership
from workflows import journal
from workflows.records import letters
from workflows.service_tasks.place import OperatorFailed, Place
from workflows.work import Work

_LONGEST_TEXT = 2000


def tell_curator(work: Work, place: Place, /, *, text: str, **values: Any) -> dict[str, Any]:
    """Tell the curators of the case; a case without one is the matter of the organisation's curators.

    The text is one of the pack and may have `{names}` in braces; each is a further input of the task.
    """
    own = [one.person_id for one in place.participants if one.role == "curator"]
    return _tell_somebody(work, place, own or curators_of(work, place.organisation_id), text, values)


def tell_participants(
    work: Work, place: Place, /, *, text: str, role: str | Sequence[str] = "", **values: Any
) -> dict[str, Any]:
    """Tell the participants of the case, all of them or those in one role or several."""
    roles = [role] if isinstance(role, str) else role
    people = [one.person_id for one in place.participants if role == "" or one.role in roles]
    return _tell_somebody(work, place, people, text, values)


def _tell_somebody(
    work: Work, place: Place, people: Collection[uuid.UUID], text: str, values: Mapping[str, Any]
) -> dict[str, Any]:
    if not people:
        raise OperatorFailed("nobody_to_tell")
    return tell(work, place, people, text, values)


def curators_of(work: Work, organisation_id: uuid.UUID) -> list[uuid.UUID]:
    """List the curators of an organisation, who has been one longest first."""
    wanted = select(Membership.person_id).where(
        Membership.organisation_id == organisation_id,
        Membership.role == "curator",
        Membership.counts_at(work.now()),
    )
    found = work.session.scalars(wanted.order_by(Membership.since_on, Membership.id))
    return list(dict.fromkeys(found))


def tell(
    work: Work, place: Place, people: Iterable[uuid.UUID], text: Any, values: Mapping[str, Any]
) -> dict[str, Any]:
    """Write a notice to each of these people, and one entry to the journal; nobody is told nothing.

    The text is one of the pack, with `{names}` in braces for the values: days and texts of the pack
    among them are said in the language of whoever reads the notice.
    """
    if not isinstance(text, str) or not text.strip():
        raise OperatorFailed("notice_empty")
    rows = [
        {
            "id": uuid.uuid4(),
            "organisation_id": place.organisation_id,
            "case_id": place.case_id,
            "person_id": person_id,
            "text": text[:_LONGEST_TEXT],
            "values": journal.settle(values),
            "written_at": work.now(),
        }
        for person_id in dict.fromkeys(people)
    ]
    if not rows:
        return {"told": 0}
    work.session.connection().execute(_written(), rows)
    about, told = {"case": str(place.case_id)}, [row["person_id"] for row in rows]
    letters.ask(work, LetterKind.NOTICE, told, cause=rows[0]["id"], about=about)
    journal.record(
        work,
        "notice.written",
        f"case:{place.case_id}",
        organisation_id=place.organisation_id,
        role="system",
        case_id=place.case_id,
        pack_version_id=place.pack_version_id,
        details={
            "text": text[:_LONGEST_TEXT],
            "values": values,
            "people": [row["person_id"] for row in rows],
        },
    )
    return {"told": len(rows)}


@cache
def _written() -> Insert:
    """Insert notices; to whom they are not worth a look they come as read."""
    notice, choice = cast(Table, Notice.__table__), NotificationChoice
    wants_none = (choice.person_id == bindparam("person_id")) & (
        choice.ways[LetterKind.NOTICE.value].astext == Way.NOT.value
    )
    read_at = select(bindparam("written_at", type_=notice.c.written_at.type)).where(wants_none)
    given = {one.name: bindparam(one.name, type_=one.type) for one in notice.c if one.name != "read_at"}
    return insert(notice).values({**given, "read_at": read_at.scalar_subquery()})
