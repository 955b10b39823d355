"""A programme before its reader: its words in the reader's language, the pages that are open to them."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from models.cases import CaseStatus
from models.programmes import ProgrammeStatus
from webapp import words
from webapp.languages import current
from webapp.transaction import work
from workflows.access import Permission
from workflows.queries.programmes.showing import ProgrammeView, get_programme
from workflows.queries.programmes.stages import name_without_number, titles_of


@dataclass(frozen=True)
class Desk:
    """A programme with the methodology by which it runs."""

    view: ProgrammeView
    language: str

    @property
    def programme(self) -> Any:
        return self.view.programme

    def say(self, text: str) -> str:
        """Say a text of the methodology in the reader's language."""
        return self.view.pack.texts.say(text, self.language) if self.view.pack else text

    def role(self, code: str) -> str:
        """Name a role as the methodology does."""
        return words.role(code, self.view.pack.settings.roles if self.view.pack else {}, self.language)

    def stage(self, number: int) -> str:
        """Name a stage as the sheet of the methodology does."""
        element, name = titles_of(self.view.pack)[number]
        return name_without_number(self.say(name)) if element else _("Stage %(number)s", number=number)

    def gate(self, element: str) -> str:
        """Say what the methodology asks for before the next stage begins."""
        return self.view.pack.texts.note(element, self.language) if self.view.pack and element else ""

    @cached_property
    def element_names(self) -> dict[str, str]:
        """Map the steps of the methodology's sheets to their names, as the sheets have them."""
        if self.view.pack is None:
            return {}
        definitions = self.view.pack.definitions
        return {
            element: name
            for process in definitions.process_keys()
            for element, name in definitions.elements(process).items()
        }

    @property
    def standing(self) -> tuple[str, str]:
        """Say in a word how the programme stands, and how that looks."""
        status, case = self.view.programme.status, self.view.case_status
        if status is ProgrammeStatus.RUNNING and case is CaseStatus.SUSPENDED:
            return pgettext("programme", "paused"), "is-warning"
        return standing_of(status)

    def tabs(self) -> Iterator[tuple[str, str, bool]]:
        """List the pages of the programme: name, address, whether it is this one."""
        pages = {
            "programmes.one": _("Stages"),
            "programmes.roadmap": _("Roadmap"),
            "programmes.team": _("Team"),
            "pairing.overview": _("Forming pairs"),
            "programmes.decisions": _("Decisions"),
            "programmes.indicators": _("Indicators"),
            "programmes.closing": _("Closing"),
            "programmes.documents": _("Documents"),
        }
        if Permission.PAIRING_READ not in self.view.may:
            del pages["pairing.overview"]
        here = request.endpoint or ""
        for endpoint, name in pages.items():
            address = url_for(endpoint, programme_id=self.view.id)
            is_room = endpoint == "pairing.overview" and here.startswith("pairing.")
            yield name, address, is_room or here.startswith(endpoint)

    @property
    def may_open_case(self) -> bool:
        """Say whether the reader may open the case that carries the programme."""
        return Permission.CASE_READ in self.view.may

    @property
    def sees_bases(self) -> bool:
        """Say whether the bases of the programme are for the reader."""
        return Permission.MENTEE_READ in self.view.may

    def may(self, permission: str) -> bool:
        """Say whether the reader may do this with a programme that is running."""
        is_running = self.view.programme.status is ProgrammeStatus.RUNNING
        return is_running and permission in {one.value for one in self.view.may}


def standing_of(status: ProgrammeStatus) -> tuple[str, str]:
    """Name the status of a programme, and say how that looks."""
    return {
        ProgrammeStatus.RUNNING: (pgettext("programme", "under way"), "is-good"),
        ProgrammeStatus.CLOSED: (pgettext("programme", "closed"), ""),
        ProgrammeStatus.STOPPED: (pgettext("programme", "stopped"), "is-bad"),
    }[status]


def desk_for(programme_id: uuid.UUID, *, inside: bool = True) -> Desk:
    """Lay a programme before the reader; all of it, unless the outside is enough."""
    return Desk(get_programme(work(), programme_id, inside=inside), current())


def show(template: str, desk: Desk, **shown: Any) -> str:
    """Make a page of a programme."""
    return render_template(f"programmes/{template}", **frame(desk), **shown)


def frame(desk: Desk) -> dict[str, Any]:
    """Give what stands around every page of a programme."""
    standing, look = desk.standing
    return {
        "desk": desk,
        "view": desk.view,
        "programme": desk.view.programme,
        "standing": standing,
        "look": look,
        "programme_tabs": list(desk.tabs()) if desk.view.is_inside else [],
    }
