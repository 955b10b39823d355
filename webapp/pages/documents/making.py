"""Make a document: what it will say, what is missing and where that is filled in, then its number and day."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.pages.documents.blueprint import to_print
from webapp.pages.documents.showing import read_values
from webapp.pages.shown_again import Said, again, chosen
from webapp.transaction import work
from webapp.words import documents as words
from workflows.access import Permission
from workflows.documents.kinds import About, Kind, Place
from workflows.operations.documents import LONGEST_NUMBER, LONGEST_TEXT, make_document, renew_document
from workflows.queries.documents.previewing import Preview, draw, preview, preview_again
from workflows.queries.documents.targets import Choice, kind_of, list_choices, open_programme
from workflows.refusals import Complaint, Conflict, Invalid

pages = Blueprint("document_making", __name__)


@dataclass(frozen=True)
class Missing:
    """A field that is empty, and where it is filled in."""

    name: str
    where: str
    address: str


@pages.get("/programmes/<uuid:programme_id>/documents/<code>")
def ask(programme_id: uuid.UUID, code: str) -> ResponseReturnValue:
    return page(programme_id, code, Said())


@pages.post("/programmes/<uuid:programme_id>/documents/<code>")
def make(programme_id: uuid.UUID, code: str) -> ResponseReturnValue:
    open_programme(work(), programme_id, Permission.DOCUMENT_MAKE)
    document_id = make_document(
        work(),
        code,
        programme_id,
        about(),
        dated_on=day(),
        typed=typed(kind_of(code)),
        own_number=request.form.get("own_number", ""),
    )
    flash(_("The document is made and has its number."), "is-good")
    return redirect(url_for("documents.one", document_id=document_id), 303)


@pages.post("/programmes/<uuid:programme_id>/documents/<code>/look")
def look(programme_id: uuid.UUID, code: str) -> Response:
    found = preview(work(), code, programme_id, about(), typed(kind_of(code)))
    return to_print(draw(found, _("DRAFT")), f"{found.title}.pdf")


@pages.get("/documents/<uuid:document_id>/renew")
def ask_again(document_id: uuid.UUID) -> ResponseReturnValue:
    return renewal(document_id, Said())


@pages.post("/documents/<uuid:document_id>/renew")
def renew(document_id: uuid.UUID) -> ResponseReturnValue:
    found = preview_again(work(), document_id)
    newer_id = renew_document(work(), document_id, dated_on=day(), typed=typed(found.target.kind))
    flash(_("The new version is made. The former one stays on record."), "is-good")
    return redirect(url_for("documents.one", document_id=newer_id), 303)


def about() -> uuid.UUID | None:
    """Read about whom or what the document is to be."""
    return chosen(request.values.get("about"))


def day() -> date:
    """Read the day of the document."""
    try:
        return date.fromisoformat(request.form.get("dated_on", ""))
    except ValueError:
        problem = "not_a_date" if request.form.get("dated_on") else "required"
        raise Invalid({"dated_on": [Complaint(problem)]}) from None


def typed(kind: Kind) -> Mapping[str, str]:
    """Read what was typed for a kind of document."""
    return {name: request.form.get(f"typed.{name}", "") for name in kind.typed}


def page(programme_id: uuid.UUID, code: str, said: Said) -> str:
    """Make the page: first about whom it is, then what it will say."""
    programme, organisation, _subject = open_programme(work(), programme_id, Permission.DOCUMENT_MAKE)
    kind = kind_of(code)
    own_address = url_for(".ask", programme_id=programme_id, code=code)
    if kind.about is not About.PROGRAMME and about() is None:
        choices: list[Choice] = list_choices(work(), kind, programme)
        return render_template(
            "documents/about.html",
            programme=programme,
            organisation=organisation,
            kind=kind,
            words=words,
            choices=choices,
        )
    texts = typed(kind) if request.method == "POST" else None
    found = preview(work(), code, programme_id, about(), texts)
    return form(found, said, own_address, url_for(".look", programme_id=programme_id, code=code))


def renewal(document_id: uuid.UUID, said: Said) -> str:
    """Make the page that makes a newer version."""
    texts = None
    if request.method == "POST":
        texts = typed(preview_again(work(), document_id).target.kind)
    found = preview_again(work(), document_id, texts)
    return form(found, said, url_for(".renew", document_id=document_id), "", renews=True)


def form(found: Preview, said: Said, address: str, look_address: str, *, renews: bool = False) -> str:
    """Show what a document will say, and the form that makes it."""
    target = found.target
    chosen_one = target.person or target.partner or (target.pair if target.kind.about is About.PAIR else None)
    return render_template(
        "documents/new.html",
        found=found,
        target=target,
        programme=target.programme,
        kind=target.kind,
        about=chosen_one.id if chosen_one else None,
        shown_fields=read_values({**found.values, "typed": {}}),
        missing=[missing_one(found, name) for name in found.missing if not name.startswith("typed.")],
        texts=found.values.get("typed", {}),
        wrong_texts={
            name: [words.say_missing()]
            for name in target.kind.typed
            if f"typed.{name}" in found.missing and request.method == "POST"
        },
        words=words,
        renews=renews,
        address=address,
        look_address=look_address,
        typed=request.form,
        longest_text=LONGEST_TEXT,
        longest_number=LONGEST_NUMBER,
        said=said,
    )


def missing_one(found: Preview, name: str) -> Missing:
    """Say what is missing and where it is filled in."""
    place = found.target.kind.needs[name]
    return Missing(words.field(name), str(words.WHERE[place]), address_of(found, place))


def address_of(found: Preview, place: Place) -> str:
    """Return the page on which something is filled in; none if it is not one page."""
    if place is Place.PAIR and found.target.pair:
        return url_for("pairs.one", pair_id=found.target.pair.id)
    if place is Place.PERSON:
        return url_for("mentees.show", programme_id=found.target.programme.id)
    endpoint = words.LINKS.get(place)
    return url_for(endpoint, programme_id=found.target.programme.id) if endpoint else ""


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    given = request.view_args or {}
    if "document_id" in given:
        return again(refusal, lambda said: renewal(given["document_id"], said))
    return again(refusal, lambda said: page(given["programme_id"], given["code"], said))
