"""The page of all filters: choose what to show, and keep it under a name."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import words
from webapp.languages import current
from webapp.pages.tasks import narrowing
from webapp.pages.tasks.blueprint import pages
from webapp.pages.tasks.inbox import address_of
from webapp.schemas import places
from webapp.schemas.inbox import InboxQuery, in_address
from webapp.transaction import work
from workflows.access import LEADERS
from workflows.operations import kept_filters
from workflows.queries.inbox import list_choices
from workflows.queries.kept_filters import list_filters, list_programme_choices
from workflows.queries.names import packs_of

NAMES = ("whose", "search", "due", "role", "element", "case", "programme", "order")


@pages.get("/tasks/filters")
def filters() -> ResponseReturnValue:
    asked = places.asked(InboxQuery(), request.args)
    told = dict.fromkeys(NAMES, "") | {"whose": asked["whose"].value, "search": asked["search"]}
    told |= in_address(asked["filters"])
    return render_template(
        "tasks/filters.html",
        asked=told,
        back=narrowing.address(asked),
        is_naming="naming" in request.args,
        typed_name="",
        problems=[],
        may_share=place_to_share() is not None,
        kept=[{**vars(one), "address": address_of(one)} for one in list_filters(work())],
        whose_options=[(one.value, name) for one, name in narrowing.whose_names().items()],
        due_options=[(one.value, name) for one, name in narrowing.due_names().items()],
        order_options=[(one.value, name) for one, name in narrowing.order_names().items()],
        programmes=list_programme_choices(work()),
        **choices(asked),
    )


def choices(asked: dict[str, Any]) -> dict[str, list[tuple[Any, str]]]:
    """List the pairs, kinds and roles of the tasks that are there, each by its name."""
    found = list_choices(work(), asked["whose"])
    packs, language = packs_of(work(), {one.case_id for one in found}), current()
    cases = {one.case_id: packs[one.case_id].texts.title(one.case_title, language) for one in found}
    kinds = {one.element: packs[one.case_id].texts.say(one.name, language) for one in found if one.element}
    roles = {
        one.role: str(words.role(one.role, packs[one.case_id].settings.roles, language)) for one in found
    }
    return {"cases": by_name(cases), "kinds": by_name(kinds), "roles": by_name(roles)}


def by_name(names: dict[Any, str]) -> list[tuple[Any, str]]:
    """Put choices in the order of their names."""
    return sorted(names.items(), key=lambda pair: (pair[1].casefold(), str(pair[0])))


@pages.post("/tasks/filters")
def keep_filter() -> ResponseReturnValue:
    given = {name: request.form.get(f"asked_{name}", "") for name in NAMES}
    read = places.asked(InboxQuery(), {name: value for name, value in given.items() if value})
    told = {"whose": read["whose"].value, "search": read["search"]} | in_address(read["filters"])
    told = {name: value for name, value in told.items() if value}
    kept_filters.keep_filter(work(), request.form.get("name", ""), told, **chosen())
    flash(_("Kept. It stands above the list from now on."), "is-good")
    return redirect(url_for("tasks.inbox", **told), 303)


@pages.post("/tasks/filters/<uuid:filter_id>")
def change_filter(filter_id: uuid.UUID) -> ResponseReturnValue:
    kept_filters.change_filter(work(), filter_id, name=request.form.get("name", ""), **chosen())
    flash(_("The filter is changed."), "is-good")
    return redirect(url_for("tasks.filters"), 303)


@pages.post("/tasks/filters/<uuid:filter_id>/forget")
def forget_filter(filter_id: uuid.UUID) -> ResponseReturnValue:
    kept_filters.forget_filter(work(), filter_id)
    flash(_("The filter is deleted. No task was touched."), "is-good")
    return redirect(url_for("tasks.filters"), 303)


def chosen() -> dict[str, Any]:
    """Read whether the inbox opens with it, and whether colleagues see it."""
    shared = place_to_share() if "is_shared" in request.form else None
    return {"is_first": "is_first" in request.form, "organisation_id": shared}


def place_to_share() -> uuid.UUID | None:
    """Return the organisation with whose people the reader may share: where the reader leads."""
    leading = (role.organisation_id for role in work().actor.roles if role.name in LEADERS)
    return next(leading, None)
