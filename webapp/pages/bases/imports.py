"""Take people into a base from a table: a template, a preview of each row, all of it or nothing."""

import uuid
from contextlib import closing

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.imports import ImportedBase
from webapp import tables, words
from webapp.pages.bases.columns import HINTS, NAMES, choices_of, heads_of, template
from webapp.pages.bases.naming import Names, trail_to
from webapp.pages.shown_again import Said, again
from webapp.spreadsheets import read_table
from webapp.transaction import work
from workflows.access import Permission
from workflows.operations.imports import MOST_ROWS, confirm_import, discard_import, stage_import
from workflows.queries.bases.imports import Outcome, Preview, get_preview, list_added
from workflows.queries.bases.places import BasePlace, open_base
from workflows.queries.bases.row_checks import COLUMNS, REQUIRED, Problem
from workflows.refusals import Conflict, Invalid, NotFound

pages = Blueprint("base_imports", __name__)
MOST_LINKS = 50


@pages.get("/programmes/<uuid:programme_id>/<base>/import")
def ask(programme_id: uuid.UUID, base: str) -> ResponseReturnValue:
    return page(programme_id, kind_of(base), Said())


@pages.get("/programmes/<uuid:programme_id>/<base>/template")
def give_template(programme_id: uuid.UUID, base: str) -> Response:
    place, kind = opened(programme_id), kind_of(base)
    name = _("mentees-template.xlsx") if kind is ImportedBase.MENTEES else _("mentors-template.xlsx")
    return tables.to_keep(template(kind, Names(place)), name, tables.XLSX)


@pages.post("/programmes/<uuid:programme_id>/<base>/import")
def send(programme_id: uuid.UUID, base: str) -> ResponseReturnValue:
    kind = kind_of(base)
    place = opened(programme_id)
    choices, (name, content) = choices_of(Names(place)), sent_file()
    rows = read_table(name, content, heads_of(kind), REQUIRED[kind])
    for row in rows:
        row["cells"] = {key: choices.code(key, text) for key, text in row["cells"].items()}
    batch_id = stage_import(work(), programme_id, kind, name, rows)
    return redirect(url_for(".preview", batch_id=batch_id), 303)


@pages.get("/imports/<uuid:batch_id>")
def preview(batch_id: uuid.UUID) -> ResponseReturnValue:
    return preview_page(get_preview(work(), batch_id), Said())


@pages.post("/imports/<uuid:batch_id>")
def confirm(batch_id: uuid.UUID) -> ResponseReturnValue:
    confirm_import(work(), batch_id)
    return redirect(url_for(".preview", batch_id=batch_id), 303)


@pages.post("/imports/<uuid:batch_id>/discard")
def discard(batch_id: uuid.UUID) -> ResponseReturnValue:
    batch = get_preview(work(), batch_id).batch
    back = url_for(".ask", programme_id=batch.programme_id, base=batch.base.value)
    discard_import(work(), batch_id)
    flash(_("The table is forgotten. Nothing was changed."), "is-good")
    return redirect(back, 303)


def sent_file() -> tuple[str, bytes]:
    """Return the name and the content of the file that was sent; it is kept nowhere."""
    file = request.files.get("file")
    if file is None:
        return "", b""
    with closing(file):
        return file.filename or "", file.read()


def kind_of(base: str) -> ImportedBase:
    """Read which base the address means."""
    if base not in set(ImportedBase):
        raise NotFound(noun="bases")
    return ImportedBase(base)


def opened(programme_id: uuid.UUID) -> BasePlace:
    """Open the place to whoever may take people in."""
    return open_base(work(), programme_id, Permission.BASES_IMPORT)


def list_of(place: BasePlace, kind: ImportedBase) -> tuple[str, str]:
    """Name the list to which people are added, and its address."""
    name = _("Mentees") if kind is ImportedBase.MENTEES else _("Mentors")
    return name, url_for(f"{kind.value}.show", programme_id=place.programme.id)


def page(programme_id: uuid.UUID, kind: ImportedBase, said: Said) -> str:
    """Make the page that takes a file."""
    place = opened(programme_id)
    return render_template(
        "bases/import.html",
        place=place,
        base=kind.value,
        trail=trail_to(place, list_of(place, kind)),
        columns=[(NAMES[key], HINTS[key], key in REQUIRED[kind]) for key in COLUMNS[kind]],
        most_rows=MOST_ROWS,
        said=said,
    )


def preview_page(found: Preview, said: Said) -> str:
    """Make the page that shows what the table would change, or what came of it."""
    place, kind = found.place, found.batch.base
    names = Names(place)
    return render_template(
        "bases/done.html" if found.batch.done_at else "bases/preview.html",
        found=found,
        place=place,
        batch=found.batch,
        base=kind.value,
        names=names,
        trail=trail_to(place, list_of(place, kind)),
        list_of=list_of(place, kind),
        columns=NAMES,
        outcomes={one.value: found.count(one) for one in Outcome},
        complain=lambda problem: complain(problem, names),
        note=words.say,
        added=list_added(work(), found, MOST_LINKS) if found.batch.done_at else [],
        said=said,
    )


def complain(problem: Problem, names: Names) -> str:
    """Say what is wrong in a cell, and what to do."""
    sentence = words.say(problem.key, **problem.values)
    if problem.key == "form_not_used":
        sentence += " " + _("There are: %(forms)s.", forms="; ".join(names.forms.values()))
    return _(
        "column “%(column)s”: %(problem)s",
        column=NAMES[problem.column],
        problem=sentence[:1].lower() + sentence[1:],
    )


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    given = request.view_args or {}
    if "batch_id" in given:
        return again(refusal, lambda said: preview_page(get_preview(work(), given["batch_id"]), said))
    return again(refusal, lambda said: page(given["programme_id"], kind_of(given["base"]), said))
