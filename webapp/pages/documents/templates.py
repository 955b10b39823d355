"""The templates of an organisation: look at them, take one away, put one's own in place, go back."""

import uuid

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.pages.documents.blueprint import AROUND_A_FILE, DOCX, sent_file, to_keep, to_print
from webapp.pages.shown_again import Said, again, chosen
from webapp.transaction import work
from webapp.words import documents as words
from workflows.documents.packages import LARGEST
from workflows.operations.document_templates import replace_template, restore_template
from workflows.queries.documents.targets import kind_of
from workflows.queries.documents.templates import (
    TemplatePlace,
    draw_sample,
    get_template,
    list_names,
    list_templates,
    open_templates,
)
from workflows.refusals import Conflict, Invalid

pages = Blueprint("document_templates", __name__)


@pages.url_value_preprocessor
def make_room_for_a_template(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let only this one address take a template with what the form around it needs."""
    if endpoint == "document_templates.replace":
        request.max_content_length = LARGEST + AROUND_A_FILE


def place() -> TemplatePlace:
    """Open the organisation that the address asks for."""
    return open_templates(work(), chosen(request.values.get("organisation")))


@pages.get("/documents/templates")
def show() -> ResponseReturnValue:
    here = place()
    return render_template(
        "documents/templates.html", at=here, rows=list_templates(work(), here), words=words
    )


@pages.get("/documents/templates/<code>")
def one(code: str) -> ResponseReturnValue:
    return page(code, Said())


def page(code: str, said: Said) -> str:
    """Make the page of one template."""
    here, kind = place(), kind_of(code)
    row = next(row for row in list_templates(work(), here) if row.kind is kind)
    return render_template(
        "documents/template.html",
        at=here,
        kind=kind,
        row=row,
        names=list_names(code),
        largest=LARGEST // 1024 // 1024,
        words=words,
        said=said,
    )


@pages.get("/documents/templates/<code>/file")
def download(code: str) -> Response:
    content = get_template(work(), place(), code)
    return to_keep(content, f"{words.KINDS[code]}.docx", DOCX)


@pages.get("/documents/templates/<code>/sample")
def sample(code: str) -> Response:
    return to_print(draw_sample(work(), place(), code, _("SAMPLE")), f"{words.KINDS[code]}.pdf")


@pages.post("/documents/templates/<code>")
def replace(code: str) -> ResponseReturnValue:
    here = place()
    replace_template(work(), here.organisation.id, code, *sent_file())
    flash(_("From now on documents of this kind are made by your template."), "is-good")
    return back(code, here.organisation.id)


@pages.post("/documents/templates/<code>/usual")
def restore(code: str) -> ResponseReturnValue:
    here = place()
    restore_template(work(), here.organisation.id, code)
    flash(_("The usual template is in use again."), "is-good")
    return back(code, here.organisation.id)


def back(code: str, organisation_id: uuid.UUID) -> ResponseReturnValue:
    """Return to the page of the template."""
    return redirect(url_for(".one", code=code, organisation=organisation_id), 303)


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    return again(refusal, lambda said: page((request.view_args or {})["code"], said))
