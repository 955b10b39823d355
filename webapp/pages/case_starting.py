"""Start a case: choose where and which process, then say its title and who takes part."""

import uuid
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import words
from webapp.languages import current
from webapp.pages.shown_again import Said, again, chosen
from webapp.transaction import work
from workflows.operations.cases import LONGEST_TITLE, start_case
from workflows.queries.case_starts import (
    Beginning,
    Startable,
    get_beginning,
    list_organisations_to_start_in,
    may_start_anywhere,
    require_by_hand,
)
from workflows.refusals import Complaint, Conflict, Forbidden, Invalid

pages = Blueprint("case_starting", __name__)

ROLE = "role."


@dataclass(frozen=True)
class RoleChoice:
    """A role of the process and the people who could take it: first those who hold it anyway."""

    code: str
    title: str
    holders: list[tuple[uuid.UUID, str]]
    others: list[tuple[uuid.UUID, str]]
    chosen: uuid.UUID | None


@pages.get("/cases/new")
def show() -> ResponseReturnValue:
    return page(Said())


@pages.post("/cases/new")
def begin() -> ResponseReturnValue:
    organisation_id = chosen(request.form.get("organisation"))
    if organisation_id is None:
        raise Invalid({"organisation": [Complaint("required")]})
    process = request.form.get("process", "")
    require_by_hand(work(), organisation_id, process)
    started = start_case(
        work(),
        organisation_id,
        process,
        request.form.get("title", ""),
        participants=participants(),
    )
    flash(_("The case has begun. Whoever has something to do in it finds it in the inbox."), "is-good")
    return redirect(url_for("cases.show", case_id=started.id), 303)


def participants() -> dict[str, list[uuid.UUID]]:
    """Read who was chosen for which role."""
    people = {
        name.removeprefix(ROLE): chosen(request.form[name]) for name in request.form if name.startswith(ROLE)
    }
    return {role: [person] for role, person in people.items() if person}


def page(said: Said) -> str:
    """Make the page with what was chosen and typed so far."""
    if not may_start_anywhere(work()):
        raise Forbidden
    organisations = list_organisations_to_start_in(work())
    only = organisations[0][0] if len(organisations) == 1 else None
    organisation_id = chosen(request.values.get("organisation")) or only
    beginning = get_beginning(work(), organisation_id) if organisation_id else None
    startable = process_of(beginning) if beginning else None
    return render_template(
        "cases/new.html",
        organisations=organisations,
        beginning=beginning,
        processes=[(one.process, named(one)) for one in beginning.processes] if beginning else [],
        startable=startable,
        process_name=named(startable) if startable else "",
        roles=roles_of(beginning, startable) if beginning and startable else [],
        typed=request.form,
        longest_title=LONGEST_TITLE,
        said=said,
    )


def process_of(beginning: Beginning) -> Startable | None:
    """Return the process that was chosen, or the only one there is."""
    if len(beginning.processes) == 1:
        return beginning.processes[0]
    return beginning.find(request.values.get("process", ""))


def named(startable: Startable) -> str:
    """Name a process in the reader's language."""
    return startable.pack.texts.say(startable.title, current())


def roles_of(beginning: Beginning, startable: Startable) -> list[RoleChoice]:
    """List the roles of a pack, each with the people of the organisation."""
    titles = startable.pack.settings.roles
    return [
        RoleChoice(
            code,
            words.role(code, titles, current()),
            [(one.person_id, one.full_name) for one in beginning.members if code in one.roles],
            [(one.person_id, one.full_name) for one in beginning.members if code not in one.roles],
            chosen_for(beginning, code),
        )
        for code in titles
    ]


def chosen_for(beginning: Beginning, code: str) -> uuid.UUID | None:
    """Return who was chosen for a role; at first the reader, if the role is theirs anyway."""
    if request.method == "POST":
        return chosen(request.form.get(ROLE + code))
    reader = work().actor.person_id
    own = (one for one in beginning.members if one.person_id == reader and code in one.roles)
    return reader if any(own) else None


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    return again(refusal, page)
