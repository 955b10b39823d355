"""What was decided and written down in a programme, in tables."""

import uuid
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import words
from webapp.pages.programmes.blueprint import pages
from webapp.pages.programmes.desk import Desk, desk_for, show
from webapp.transaction import work
from webapp.words.papers import BODIES, CONTRACTS, OUTCOMES, PARTNERS, PURPOSES, SUBJECTS, name
from workflows.access import Permission
from workflows.queries.programmes import papers
from workflows.queries.programmes.papers import Decided
from workflows.queries.programmes.showing import list_forms


@pages.get("/programmes/<uuid:programme_id>/decisions")
def decisions(programme_id: uuid.UUID) -> ResponseReturnValue:
    desk = desk_for(programme_id)
    forms = {form.code: desk.say(form.title) for form in list_forms(work(), programme_id)}
    return show(
        "decisions.html",
        desk,
        papers=papers.list_papers(work(), programme_id),
        paper_name=paper_name,
        decided=[decision_row(one, forms) for one in papers.list_decided(work(), programme_id)],
        orders=papers.list_orders(work(), programme_id),
        consented=[
            (name(PURPOSES, one.purpose.value), one) for one in papers.list_consented(work(), programme_id)
        ],
        partnerships=[
            (one, name(PARTNERS, one.kind), name(CONTRACTS, one.contract) if one.contract else "")
            for one in papers.list_partnerships(work(), desk.view)
        ],
        sees_partners=Permission.PARTNER_READ in desk.view.may,
        written=[
            (one, element_name(desk, one.activity)) for one in papers.list_written(work(), programme_id)
        ],
    )


def paper_name(kind: str) -> str:
    """Name a kind of paper."""
    return words.say(f"paper_{kind}") if words.knows(f"paper_{kind}") else _("Paper")


def decision_row(one: Decided, forms: dict[str, str]) -> dict[str, Any]:
    """Put decisions of one kind into words."""
    return {
        "subject": name(SUBJECTS, one.subject),
        "form": forms.get(one.form, "") if one.form else "",
        "body": name(BODIES, one.body),
        "is_advice": one.is_advice,
        "outcome": name(OUTCOMES, one.outcome),
        "number": one.number,
        "protocols": one.protocols,
        "last_on": one.last_on,
    }


def element_name(desk: Desk, element: str) -> str:
    """Name a step as the methodology does."""
    return desk.say(desk.element_names.get(element, "")) or _("A measure of the stage")
