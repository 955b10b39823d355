"""Documents for many people at once: choose them, watch them being made, take all of them away."""

import uuid

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import dates
from webapp.pages.documents.blueprint import PDF, ZIP, to_keep
from webapp.pages.documents.making import day, typed
from webapp.pages.shown_again import Said, again, chosen
from webapp.transaction import work
from webapp.words import documents as words
from workflows.access import Permission
from workflows.documents import shipped
from workflows.operations.document_batches import start_batch
from workflows.operations.documents import LONGEST_TEXT
from workflows.queries.documents.batches import get_batch, get_together, list_candidates, pack_batch
from workflows.queries.documents.targets import kind_of, open_programme
from workflows.refusals import Conflict, Invalid

pages = Blueprint("document_batches", __name__)


@pages.get("/programmes/<uuid:programme_id>/documents/<code>/many")
def ask(programme_id: uuid.UUID, code: str) -> ResponseReturnValue:
    return page(programme_id, code, Said())


@pages.post("/programmes/<uuid:programme_id>/documents/<code>/many")
def start(programme_id: uuid.UUID, code: str) -> ResponseReturnValue:
    open_programme(work(), programme_id, Permission.DOCUMENT_MAKE)
    people = [one for text in request.form.getlist("people") if (one := chosen(text))]
    batch_id = start_batch(work(), programme_id, code, people, dated_on=day(), typed=typed(kind_of(code)))
    return redirect(url_for(".show", batch_id=batch_id), 303)


def page(programme_id: uuid.UUID, code: str, said: Said) -> str:
    """Make the page on which people are chosen; those who have such a document are left out at first."""
    programme, _organisation, _subject = open_programme(work(), programme_id, Permission.DOCUMENT_MAKE)
    kind, candidates = list_candidates(work(), programme_id, code)
    posted = request.method == "POST"
    ticked = set(request.form.getlist("people"))
    return render_template(
        "documents/many.html",
        programme=programme,
        kind=kind,
        words=words,
        candidates=[(one, str(one.choice.id) in ticked if posted else not one.has_one) for one in candidates],
        texts=typed(kind) if posted else {name: shipped.usual_text(kind, name) for name in kind.typed},
        today=dates.today(),
        typed=request.form,
        longest_text=LONGEST_TEXT,
        said=said,
    )


@pages.get("/documents/batches/<uuid:batch_id>")
def show(batch_id: uuid.UUID) -> ResponseReturnValue:
    return shown(batch_id, "documents/batch.html")


@pages.get("/documents/batches/<uuid:batch_id>/progress")
def progress(batch_id: uuid.UUID) -> ResponseReturnValue:
    """Show only how far it is, for a page that stays open."""
    return shown(batch_id, "documents/progress.html")


def shown(batch_id: uuid.UUID, template: str) -> str:
    """Show how far a batch is."""
    found = get_batch(work(), batch_id)
    return render_template(template, found=found, batch=found.batch, programme=found.programme, words=words)


@pages.get("/documents/batches/<uuid:batch_id>/all.zip")
def archive(batch_id: uuid.UUID) -> Response:
    batch, content = pack_batch(work(), batch_id)
    return to_keep(content, f"{words.KINDS[batch.kind]} {batch.dated_on.isoformat()}.zip", ZIP)


@pages.get("/documents/batches/<uuid:batch_id>/all.pdf")
def together(batch_id: uuid.UUID) -> Response:
    batch, content = get_together(work(), batch_id)
    name = _("%(kind)s, all to print", kind=words.KINDS[batch.kind])
    return to_keep(content, f"{name} {batch.dated_on.isoformat()}.pdf", PDF)


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    given = request.view_args or {}
    return again(refusal, lambda said: page(given["programme_id"], given["code"], said))
