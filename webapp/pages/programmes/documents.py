"""The documents of a programme: what can be made, what was made last, what was made for many."""

import uuid

from flask.typing import ResponseReturnValue

from webapp.pages.programmes.blueprint import pages
from webapp.pages.programmes.desk import desk_for, show
from webapp.transaction import work
from webapp.words import documents as words
from workflows.documents.kinds import KINDS, About
from workflows.queries.documents.batches import list_batches
from workflows.queries.documents.listing import DocumentsWanted, list_documents
from workflows.queries.documents.targets import may_make

NEWEST = 15


@pages.get("/programmes/<uuid:programme_id>/documents")
def documents(programme_id: uuid.UUID) -> ResponseReturnValue:
    desk = desk_for(programme_id)
    rows, more = list_documents(work(), DocumentsWanted(programme_id=programme_id), size=NEWEST)
    kinds = KINDS.values()
    return show(
        "documents.html",
        desk,
        rows=rows,
        has_more=more is not None,
        may_make=may_make(work(), programme_id),
        of_programme=[kind for kind in kinds if kind.about is About.PROGRAMME],
        of_others=[kind for kind in kinds if kind.about is not About.PROGRAMME],
        batches=list_batches(work(), programme_id),
        words=words,
    )
