"""The documents that the reader may see, as a page and as a table to keep."""

from collections.abc import Iterator
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import tables
from webapp.pages.documents.blueprint import pages
from webapp.schemas.documents import DocumentsQuery
from webapp.schemas.places import asked, written
from webapp.transaction import work
from webapp.words import documents as words
from workflows.access.rules import LEADERS, OVERSEERS
from workflows.queries.documents.listing import (
    DocumentRow,
    DocumentsWanted,
    list_documents,
    list_programmes_with_documents,
)


@pages.get("/documents")
def show() -> ResponseReturnValue:
    wanted = asked(DocumentsQuery(), request.args)
    rows, following = list_documents(work(), chosen(wanted), after=wanted["after"])
    roles = {role.name for role in work().actor.roles}
    return render_template(
        "documents/list.html",
        rows=rows,
        wanted=wanted,
        words=words,
        is_first=wanted["after"] is None,
        is_filtered=bool(filters(wanted)),
        oversees=bool(roles & set(OVERSEERS)),
        may_see_templates=bool(roles & {*OVERSEERS, "methodist"}),
        makes=bool(roles & set(LEADERS)),
        programmes=list_programmes_with_documents(work()) if roles & set(OVERSEERS) else [],
        next_address=address(wanted, after=written(following.made_at, following.id)) if following else None,
        first_address=address(wanted),
        table_address=url_for("documents.export", **filters(wanted)),
    )


def chosen(wanted: dict[str, Any]) -> DocumentsWanted:
    """Put what the address asks for into the words of the query."""
    return DocumentsWanted(
        search=wanted["search"],
        kind=wanted["kind"],
        status=wanted["status"],
        programme_id=wanted["programme"],
        since_on=wanted["since"],
        until_on=wanted["until"],
    )


def filters(wanted: dict[str, Any]) -> dict[str, Any]:
    """List the filters of an address, leaving out the usual ones."""
    known = {
        "search": wanted["search"] or None,
        "kind": wanted["kind"] or None,
        "status": wanted["status"].value if wanted["status"] else None,
        "programme": wanted["programme"],
        "since": wanted["since"].isoformat() if wanted["since"] else None,
        "until": wanted["until"].isoformat() if wanted["until"] else None,
    }
    return {name: value for name, value in known.items() if value is not None}


def address(wanted: dict[str, Any], **changed: Any) -> str:
    """Write the address of the list with these filters."""
    return url_for("documents.show", **(filters(wanted) | changed))


@pages.get("/documents.csv")
def export() -> ResponseReturnValue:
    head = [_("Document"), _("Kind"), _("Number"), _("Day"), _("Version"), _("Status")]
    head += [_("Programme"), _("Organisation"), _("Address")]
    return tables.table("documents", head, map(cells, every_row(asked(DocumentsQuery(), request.args))))


def every_row(wanted: dict[str, Any]) -> Iterator[DocumentRow]:
    """Go through the list page by page, up to what a spreadsheet can use."""
    seen, after = 0, None
    while seen < tables.MOST_ROWS:
        found, after = list_documents(work(), chosen(wanted), after=after, size=tables.PAGE)
        yield from found
        seen += len(found)
        if after is None:
            return


def cells(row: DocumentRow) -> tuple[str, ...]:
    """Write a document as a row of a table."""
    return (
        row.title,
        str(words.KINDS[row.kind]),
        row.number,
        row.dated_on.isoformat(),
        str(row.version),
        str(words.STATUSES[row.status]),
        row.programme,
        row.organisation,
        url_for("documents.one", document_id=row.id, _external=True),
    )
