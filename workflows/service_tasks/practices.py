"""What the diagram of a pair's story calls: may it be shown, keep the text, ask its people, show it."""

import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from models.pairs import Pair, PairStatus
from models.practices import Practice
from models.programmes import Programme
from workflows.records import practices, programmes, publicity, story_cases
from workflows.refusals import Conflict
from workflows.service_tasks.place import Done, Place
from workflows.work import Work


def ask_pairs(work: Work, place: Place, *, programme_id: str) -> dict[str, Any]:
    """Begin a case for the story of every completed pair all of whose people may be shown."""
    own_id = uuid.UUID(programme_id)
    completed = select(Pair.id).where(Pair.programme_id == own_id, Pair.status == PairStatus.COMPLETED)
    shown = publicity.list_pairs_shown(work, own_id, set(work.session.scalars(completed)))
    programme = work.session.get_one(Programme, own_id)
    for pair_id in sorted(shown):
        story_cases.ask_for(work, programme, pair_id)
    return {"count": len(shown)}


def may_show(work: Work, place: Place, *, programme_id: str, pair_id: str) -> dict[str, Any]:
    """Say whether all of the pair may be shown today, and who they are."""
    people = publicity.members_of(work, uuid.UUID(pair_id))
    is_allowed = publicity.may_show(work, uuid.UUID(programme_id), people)
    return {"is_allowed": is_allowed, "people": [str(one) for one in sorted(people)]}


def ask_agreement(work: Work, place: Place) -> dict[str, Any]:
    """Say whether everybody whom the story shows agreed to its text; if not, it stays with the pair."""
    practice = _of(work, place)
    people = publicity.members_of(work, practice.pair_id) if practice.pair_id else set()
    is_agreed = people <= practices.list_who_agreed(work, practice.id)
    if not is_agreed:
        practices.keep(work, practice, place.organisation_id)
    return {"is_agreed": is_agreed}


def write(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Keep the text of the story; whoever wrote it agrees to it, the others are asked."""
    pair_id = uuid.UUID(done.known["pair_id"])
    practice = practices.write(
        work,
        uuid.UUID(done.known["programme_id"]),
        place.organisation_id,
        case_id=place.case_id,
        pair_id=pair_id,
        form=work.session.get_one(Pair, pair_id).form,
        title=done.answers["title"],
        summary=done.answers["summary"],
    )
    practices.agree(work, practice.id, done.by_id, is_given=True)
    others = publicity.members_of(work, pair_id) - {done.by_id}
    return {"others": [str(one) for one in sorted(others)]}


def agree(work: Work, place: Place, done: Done) -> None:
    """Keep what one of the pair says of the text."""
    practices.agree(work, _of(work, place).id, done.by_id, is_given=done.answers["decision"] == "agree")


def publish(work: Work, place: Place, done: Done) -> None:
    """Show the story; a consent that was taken back meanwhile forbids it."""
    practice = _of(work, place)
    if done.answers["decision"] != "publish":
        practices.keep(work, practice, place.organisation_id, done.answers.get("reason") or "")
        return
    address = done.answers.get("address") or ""
    practices.publish(work, practice, place.organisation_id, done.now.date(), address)


def pack(work: Work, place: Place, done: Done) -> None:
    """Keep the experience of the whole programme as a good practice and show it; it names nobody."""
    programme = work.session.get_one(Programme, uuid.UUID(done.known["programme_id"]))
    practice = practices.write(
        work,
        programme.id,
        place.organisation_id,
        case_id=None,
        title=done.answers["title"],
        summary=done.answers["summary"],
    )
    address = done.answers.get("address") or ""
    today = programmes.today_of(work, programme)
    practices.publish(work, practice, place.organisation_id, today, address)


def _of(work: Work, place: Place) -> Practice:
    practice = practices.find_of_case(work, place.case_id)
    if practice is None:
        raise Conflict("practice_not_there")
    return practice


OPERATORS: dict[str, Callable[..., Any]] = {
    "practices.ask_pairs": ask_pairs,
    "practices.may_show": may_show,
    "practices.ask_agreement": ask_agreement,
}
LISTENERS: dict[str, Callable[..., Any]] = {
    "practices.write": write,
    "practices.agree": agree,
    "practices.publish": publish,
    "practices.pack": pack,
}
