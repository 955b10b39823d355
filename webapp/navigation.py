"""The rooms of the product in the order of the bar, each shown to whom it is of use."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_babel import gettext as _

from webapp.visitor import actor
from workflows.access.rules import OVERSEERS, STAFF

SEES_CASES = frozenset({"administrator", "head", "curator", "methodist", "auditor", "coordinator"})

SEES_PAIRS = frozenset({*OVERSEERS, "mentor", "mentee", "guardian"})
SEES_DOCUMENTS = frozenset({*OVERSEERS, "mentor", "mentee"})
PAPERS = frozenset({"document_making", "document_batches", "document_templates"})
BASES = frozenset({"mentees", "mentors", "request_map", "profiles", "base_imports", "pairing"})
LOOKS_AFTER_PEOPLE = frozenset({"curator"})
"""Who has the bar full and finds the people of the organisation beside the own account."""
LEADS_ORGANISATION = frozenset({"administrator", "head", "coordinator", "auditor"})
ORGANISATION = frozenset({"bodies", "calendar", "mentoring_forms"})


@dataclass(frozen=True)
class Place:
    """A room: its name, its icon, the endpoint it opens with."""

    name: str
    icon: str
    endpoint: str
    also: frozenset[str] = frozenset()
    """Further blueprints whose pages belong to this room."""

    @property
    def is_here(self) -> bool:
        """Say whether the reader is in this room, whichever of its pages it is."""
        here, own = request.endpoint or "", self.endpoint
        room = here.partition(".")[0]
        return here == own or room in self.also or room == own.partition(".")[0] != "tasks"


def init_app(app: Flask) -> None:
    """Let every page show the bar."""
    app.jinja_env.globals.update(
        places=lambda: list(places()),
        organisation_tabs=organisation_tabs,
        looks_after_people=lambda: bool(LOOKS_AFTER_PEOPLE & {role.name for role in actor().roles}),
    )


def sees_pairs() -> bool:
    """Say whether the pages of pairs are for the reader."""
    return bool(SEES_PAIRS & {role.name for role in actor().roles})


def places() -> Iterator[Place]:
    """List the rooms that are of use to the reader."""
    yield Place(_("Today"), "today", "today.show")
    yield Place(_("Inbox"), "inbox", "tasks.inbox")
    roles = {role.name for role in actor().roles}
    if sees_pairs():
        yield Place(pairs_name(roles), "pair", "pairs.show")
    yield Place(_("Programmes"), "path", "programmes.show", BASES)
    if SEES_CASES & roles:
        yield Place(_("Cases"), "folder", "case_list.show")
    if SEES_DOCUMENTS & roles:
        yield Place(_("Documents"), "paper", "documents.show", PAPERS)
    if LEADS_ORGANISATION & roles:
        yield Place(_("Organisation"), "building", "people.show", ORGANISATION)


def organisation_tabs(here: str) -> list[tuple[str, str, bool]]:
    """List the rooms of the organisation, each with its address and whether it is this one."""
    roles = {role.name for role in actor().roles}
    rooms = [
        ("people", _("People"), OVERSEERS),
        ("bodies", _("Councils and groups"), (*OVERSEERS, *STAFF)),
        ("calendar", _("Working calendar"), roles),
        ("mentoring_forms", _("Forms of mentoring"), (*OVERSEERS, "methodist")),
    ]
    found = [(name, url_for(f"{room}.show"), room == here) for room, name, whose in rooms if roles & {*whose}]
    return found if len(found) > 1 else []


def pairs_name(roles: Collection[str]) -> str:
    """Call the room of the pairs after whose they are."""
    if any(role in OVERSEERS for role in roles):
        return _("Pairs")
    return _("My pairs") if "mentor" in roles else _("My pair")
