"""Say that something about a pair must not wait."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.pages.pairs.blueprint import pages
from webapp.pages.pairs.views import desk_for
from webapp.pages.shown_again import Said
from webapp.transaction import work
from webapp.words import meetings
from workflows.access import Permission
from workflows.operations.concerns import LONGEST_TEXT
from workflows.operations.concerns import raise_concern as begin_concern
from workflows.queries.pair_page import get_pair
from workflows.refusals import Forbidden


@pages.get("/pairs/<uuid:pair_id>/concern")
def ask_concern(pair_id: uuid.UUID) -> ResponseReturnValue:
    return page(pair_id, Said())


@pages.post("/pairs/<uuid:pair_id>/concern")
def raise_concern(pair_id: uuid.UUID) -> ResponseReturnValue:
    kind, severity = request.form.get("kind", ""), request.form.get("severity", "")
    begin_concern(work(), pair_id, kind, severity, request.form.get("text", ""))
    flash(_("Thank you for telling. The curator has it now and will look after it."), "is-good")
    return redirect(url_for("pairs.one", pair_id=pair_id), 303)


def page(pair_id: uuid.UUID, said: Said) -> str:
    """Make the page with what was chosen and typed so far."""
    desk = desk_for(get_pair(work(), pair_id))
    if Permission.CONCERN_RAISE not in desk.view.may:
        raise Forbidden
    return render_template(
        "pairs/concern.html",
        desk=desk,
        pair=desk.view.pair,
        kinds=meetings.CONCERN_KINDS,
        severities=meetings.SEVERITIES,
        longest_text=LONGEST_TEXT,
        typed=request.form,
        said=said,
    )
