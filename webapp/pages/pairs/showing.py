"""One pair: its way, the next step, its goals and diary, its people, and what may be done with it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from models.cases import CaseStatus
from webapp.pages.pairs.blueprint import pages
from webapp.pages.pairs.listing import oversees, silence
from webapp.pages.pairs.views import PairDesk, desk_for
from webapp.pages.shown_again import Said
from webapp.transaction import work
from webapp.words import documents as document_words
from webapp.words import meetings
from workflows.access import Permission
from workflows.documents.kinds import KINDS, About
from workflows.forms.reasons import LONGEST as LONGEST_REASON
from workflows.queries.documents.listing import DocumentRow, DocumentsWanted, list_documents
from workflows.queries.documents.targets import may_make
from workflows.queries.pair_concerns import list_concerns_of
from workflows.queries.pair_diary import MOST, PAGE, list_diary
from workflows.queries.pair_goals import list_goals_of
from workflows.queries.pair_page import get_pair

ALL = "all"
MOST_DOCUMENTS = 8
_ALIVE = (CaseStatus.RUNNING, CaseStatus.SUSPENDED)


@dataclass(frozen=True)
class PairDocuments:
    """The documents of a pair, whether there are more, and which kinds the reader may make."""

    rows: Sequence[DocumentRow]
    has_more: bool
    kinds: Sequence[str]


@pages.get("/pairs/<uuid:pair_id>")
def one(pair_id: uuid.UUID) -> ResponseReturnValue:
    return page(pair_id, Said())


def page(pair_id: uuid.UUID, said: Said, act: str = "") -> str:
    """Make the page of a pair, with what was just typed into one of its forms."""
    desk = desk_for(get_pair(work(), pair_id))
    view = desk.view
    shows_all = request.args.get("diary") == ALL
    diary, has_earlier = list_diary(work(), view, size=MOST if shows_all else PAGE)
    return render_template(
        "pairs/show.html",
        desk=desk,
        view=view,
        pair=view.pair,
        turns=desk.turns(),
        goals=list_goals_of(work(), view.pair),
        entries=desk.entries(diary),
        has_earlier=has_earlier,
        next_meeting=desk.next_meeting(diary),
        concerns=list_concerns_of(work(), view),
        silence=silence(view.pair.last_met_on or view.pair.formed_on) if view.is_silent else "",
        may=acts(desk),
        said_of=meetings,
        document_words=document_words,
        documents=documents_of(desk),
        oversees=oversees(),
        longest_reason=LONGEST_REASON,
        typed=request.form,
        said=said,
        act=act,
    )


def documents_of(desk: PairDesk) -> PairDocuments:
    """Lay the documents of a pair before the reader."""
    rows, more = list_documents(work(), DocumentsWanted(pair_id=desk.view.pair.id), size=MOST_DOCUMENTS)
    kinds = [kind.code for kind in KINDS.values() if kind.about is About.PAIR]
    may = may_make(work(), desk.view.pair.programme_id)
    return PairDocuments(rows, more is not None, kinds if may else [])


def acts(desk: PairDesk) -> set[str]:
    """Name what the reader may do with the pair as it stands, and what of it is for the reader's eyes."""
    may = {one.value for one in desk.view.may}
    if desk.is_over or desk.view.case_status not in _ALIVE or not desk.view.has_begun:
        return may - {"pair:leave", "pair:pause", "pair:resume", "pair:end"}
    return may - {Permission.PAIR_PAUSE.value if desk.is_paused else Permission.PAIR_RESUME.value}
