"""Notices: what cases have told the reader."""

import uuid

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.addresses import safe_address
from webapp.languages import current
from webapp.schemas.places import NoticesQuery, asked, written
from webapp.transaction import work
from webapp.visitor import signed_in
from webapp.words import days
from workflows.operations.notices import read_notice
from workflows.queries.definitions import load_pack
from workflows.queries.notices import COUNTED, NoticeRow, count_unread, list_notices

pages = Blueprint("notices", __name__)


def init_app(app: Flask) -> None:
    """Let every page say how many notices are unread."""
    app.jinja_env.globals.update(unread_notices=unread, unread_words=unread_words, notice_words=in_words)


def unread() -> int:
    """Count the unread notices of the reader; asked of the database once for an answer."""
    if signed_in() is None or g.get("cannot_tell_who"):
        return 0
    if "unread_notices" not in g:
        g.unread_notices = count_unread(work())
    number: int = g.unread_notices
    return number


def unread_words() -> str:
    """Write the number of unread notices; beyond what is counted, that there are more."""
    return f"{COUNTED}+" if unread() > COUNTED else str(unread())


def in_words(notice: NoticeRow) -> str:
    """Say a notice in the reader's language."""
    values = {name: days.in_words(value) for name, value in notice.values.items()}
    return load_pack(work(), notice.pack_version_id).texts.tell(notice.text, values, current())


@pages.get("/notices")
def show() -> ResponseReturnValue:
    after = asked(NoticesQuery(), request.args)["after"]
    notices, following = list_notices(work(), after=after)
    next_page = written(following.written_at, following.id) if following else None
    return render_template(
        "notices/list.html",
        notices=notices,
        is_first=after is None,
        next_address=url_for("notices.show", after=next_page) if next_page else None,
    )


@pages.post("/notices/<uuid:notice_id>/read")
def read(notice_id: uuid.UUID) -> ResponseReturnValue:
    read_notice(work(), notice_id)
    flash(_("The notice is off the list. You find it under “Notices”."), "is-good")
    return redirect(safe_address(request.form.get("next")) or url_for("notices.show"), 303)
