"""One field for everything: people, cases and tasks, in whatever form their words stand."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp import words
from webapp.languages import current
from webapp.pages.case_views import LOOKS
from webapp.schemas.places import LONGEST_SEARCH, tidy_search
from webapp.transaction import work
from webapp.words import documents
from workflows.queries.names import packs_of
from workflows.queries.search import Found, find_everywhere

pages = Blueprint("search", __name__)


@pages.get("/search")
def show() -> ResponseReturnValue:
    asked = tidy_search(request.args.get("q", ""))[:LONGEST_SEARCH]
    found = find_everywhere(work(), asked)
    return render_template(
        "search/page.html",
        asked=asked,
        found=found,
        looks=LOOKS,
        statuses={status: words.status(status.value) for status in LOOKS},
        document_words=documents,
        **in_words(found),
    )


def in_words(found: Found) -> dict[str, dict[UUID, str]]:
    """Say the kinds of cases, the names of tasks and the roles of people in the reader's language."""
    packs = packs_of(work(), {one.id for one in found.cases} | {one.case_id for one in found.tasks})
    language = current()

    def title(case_id: UUID, title: str) -> str:
        return packs[case_id].texts.title(title, language)

    def kind(one: Any) -> str:
        return packs[one.id].texts.say(packs[one.id].definitions.title(one.process), language)

    return {
        "titles": {one.id: title(one.id, one.title) for one in found.cases}
        | {one.case_id: title(one.case_id, one.case_title) for one in found.tasks},
        "kinds": {one.id: kind(one) for one in found.cases},
        "names": {one.id: packs[one.case_id].texts.say(one.name, language) for one in found.tasks},
        "roles_of": {
            one.id: ", ".join(words.role(role, {}, language) for role in one.roles) for one in found.people
        },
    }
