"""The people whom the reader looks after, as a page and as a table."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import tables
from webapp.pages.bases.naming import kept_filters
from webapp.pages.people.blueprint import pages
from webapp.schemas.bases import readable
from webapp.schemas.people import PeopleQuery
from webapp.schemas.places import asked
from webapp.transaction import work
from webapp.words.names import ROLES
from webapp.words.people import ACCOUNTS, LOOKS
from workflows.access.rules import OVERSEERS
from workflows.queries.people_list import (
    COUNTED,
    PeopleFilters,
    PersonRow,
    count_people,
    list_organisations_overseen,
    list_people,
)
from workflows.queries.person_starts import may_add_people
from workflows.refusals import NotFound


@pages.get("/people")
def show() -> ResponseReturnValue:
    filters, wanted = opened()
    after = wanted.pop("after")
    rows, following = list_people(work(), filters, after_id=after)
    kept = kept_filters(wanted)
    organisations = list_organisations_overseen(work())
    return render_template(
        "people/list.html",
        rows=rows,
        total=total_words(filters, None if following or after else len(rows)),
        filters=filters,
        kept=kept,
        roles=role_choices(),
        organisations=organisations if len(organisations) > 1 else [],
        accounts=[(account.value, name) for account, name in ACCOUNTS.items()],
        account_words=ACCOUNTS,
        looks=LOOKS,
        role_words=role_words,
        may_add=may_add_people(work()),
        is_first=after is None,
        next_address=url_for(".show", after=following, **kept) if following else None,
    )


@pages.get("/people.csv")
def export() -> Response:
    _filters, wanted = opened()
    head = [
        _("Full name"),
        _("Organisation"),
        _("Group"),
        _("Position"),
        _("Roles"),
        _("Account"),
        _("Address"),
    ]
    return tables.table("people", head, map(cells, every_row(wanted)))


def opened() -> tuple[PeopleFilters, dict[str, Any]]:
    """Open the list to whoever looks after somebody, and read which of them are wanted."""
    if not any(role.name in OVERSEERS for role in work().actor.roles):
        raise NotFound(noun="person")
    wanted = asked(PeopleQuery(), readable(request.args))
    return PeopleFilters(**{name: value for name, value in wanted.items() if name != "after"}), wanted


def role_choices() -> list[tuple[str, str]]:
    """List the roles of the house by their names."""
    return sorted(((code, str(name)) for code, name in ROLES.items()), key=lambda one: one[1])


def role_words(roles: Sequence[str]) -> str:
    """Name the roles of a person."""
    return ", ".join(str(ROLES.get(role, role)) for role in roles)


def total_words(filters: PeopleFilters, known: int | None) -> str:
    """Say how many there are; counted only when one page does not hold them."""
    number = count_people(work(), filters) if known is None else known
    if number > COUNTED:
        return _("more than %(number)s people", number=COUNTED)
    return ngettext("%(num)d person", "%(num)d people", number) if number else ""


def every_row(wanted: dict[str, Any]) -> Iterator[PersonRow]:
    """Go through the list page by page, up to what a spreadsheet can use."""
    after, seen = wanted.pop("after"), 0
    filters = PeopleFilters(**wanted)
    while seen < tables.MOST_ROWS:
        rows, after = list_people(work(), filters, after_id=after, size=tables.PAGE)
        yield from rows
        seen += len(rows)
        if after is None:
            return


def cells(row: PersonRow) -> Sequence[str]:
    """Write a person as a row of a table; how to reach somebody stands on that person's page only."""
    place = url_for(".one", person_id=row.id, _external=True)
    known = (row.name, row.organisation, row.study_group or "", row.position or "")
    return (*known, role_words(row.roles), str(ACCOUNTS[row.account]), place)
