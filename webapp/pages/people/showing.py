"""One person's page: what is known, the roles, the account, what the person is part of."""

import uuid
from functools import partial

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from webapp import dates, refusals
from webapp.pages.bases.naming import pair_address
from webapp.pages.people.adding import new_page
from webapp.pages.people.blueprint import pages
from webapp.pages.people.listing import role_choices
from webapp.pages.shown_again import Said, again
from webapp.transaction import work
from webapp.words import entries
from webapp.words.names import ROLES
from workflows.access.rules import OVERSEERS
from workflows.operations.profile_views import note_person_view
from workflows.queries.person_page import PersonView, get_person_page
from workflows.queries.person_starts import list_organisations_to_add_in, list_roles_to_give
from workflows.refusals import Conflict, Forbidden, Invalid


@pages.get("/people/<uuid:person_id>")
def one(person_id: uuid.UUID) -> ResponseReturnValue:
    view = get_person_page(work(), person_id)
    if view.is_minor and not view.is_self:
        g.looked_at = partial(note_person_view, person_id=person_id), work().actor
    return page(view, Said())


def page(view: PersonView, said: Said, act: str = "") -> str:
    """Make the page of a person; `act` is the form that could not be done."""
    places = list_organisations_to_add_in(work()) if "grant" in view.may else []
    return render_template(
        "people/one.html",
        view=view,
        person=view.person,
        account=view.account,
        role_name=lambda code: str(ROLES.get(code, code)),
        roles_to_give=roles_to_give(view),
        branches=places,
        base_words={"mentee": entries.MENTEE_STATUSES, "mentor": entries.MENTOR_STATUSES},
        base_looks={"mentee": entries.LOOKS, "mentor": entries.MENTOR_LOOKS},
        pair_address=pair_address,
        looks_after=any(role.name in OVERSEERS for role in work().actor.roles),
        today=dates.today(),
        typed=request.form if act else {},
        act=act,
        said=said,
    )


def roles_to_give(view: PersonView) -> list[tuple[str, str]]:
    """List the roles that the reader may give in the person's organisation."""
    if "grant" not in view.may:
        return []
    names = dict(role_choices())
    given = list_roles_to_give(work(), view.organisation.id, list(names))
    return [(code, names[code]) for code in given]


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    person_id = (request.view_args or {}).get("person_id")
    act = (request.endpoint or "").rpartition(".")[2]
    if person_id is None:
        return again(refusal, new_page)
    return again(refusal, lambda said: page(get_person_page(work(), person_id), said, act))


@pages.errorhandler(Forbidden)
def explain(refusal: Forbidden) -> ResponseReturnValue:
    """Say on the person's page that somebody stands above the reader, as far as that page may be seen."""
    person_id = (request.view_args or {}).get("person_id")
    if refusal.key != "above_you" or person_id is None:
        return refusals.refuse(refusal)
    act = (request.endpoint or "").rpartition(".")[2]
    return again(refusal, lambda said: page(get_person_page(work(), person_id), said, act))
