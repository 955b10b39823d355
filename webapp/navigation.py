"""The rooms of the product in the order of the bar, each shown to whom it is of use."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, request
from flask_babel import gettext as _

from webapp.visitor import actor

SEES_CASES = frozenset({"administrator", "head", "curator", "methodist", "auditor", "coordinator"})

BASES = frozenset({"mentees", "mentors", "request_map", "profiles", "base_imports"})


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
    app.jinja_env.globals.update(places=lambda: list(places()))


def places() -> Iterator[Place]:
    """List the rooms that are of use to the reader."""
    yield Place(_("Inbox"), "inbox", "tasks.inbox")
    yield Place(_("Programmes"), "path", "programmes.show", BASES)
    if SEES_CASES & {role.name for role in actor().roles}:
        yield Place(_("Cases"), "folder", "case_list.show")
    yield Place(_("Notices"), "bell", "notices.show")
