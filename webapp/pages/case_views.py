"""A case as its page says it: where it stands, in words, for one reader."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from models.cases import CaseStatus
from models.tasks import Task
from webapp import dates, problems, words
from webapp.languages import current
from webapp.transaction import work
from webapp.words import days
from workflows.queries.cases import CaseView
from workflows.queries.definitions import LoadedPack, load_pack
from workflows.queries.journal import EntryView
from workflows.queries.names import names_of

MOST_DONE = 50
NOBODY = uuid.UUID(int=0)
LOOKS = {
    CaseStatus.RUNNING: "is-good",
    CaseStatus.SUSPENDED: "is-warning",
    CaseStatus.COMPLETED: "",
    CaseStatus.CANCELLED: "is-bad",
}


@dataclass(frozen=True)
class Step:
    """A task on the page of its case."""

    id: uuid.UUID
    name: str
    who: str
    due_at: datetime | None
    completed_at: datetime | None
    is_open: bool
    is_asked: bool


@dataclass(frozen=True)
class Telling:
    """One entry of the history."""

    at: datetime
    text: str
    reason: str


@dataclass(frozen=True)
class CaseDesk:
    """A case with the pack it runs on, before its reader."""

    view: CaseView
    pack: LoadedPack
    language: str

    def say(self, text: str) -> str:
        """Say a text of the pack in the reader's language."""
        return self.pack.texts.say(text, self.language)

    @property
    def title(self) -> str:
        """Say what the case is called."""
        return self.pack.texts.title(self.view.case.title, self.language)

    def role(self, code: str) -> str:
        """Name a role as the pack does."""
        return words.role(code, self.pack.settings.roles, self.language)

    @property
    def pack_title(self) -> str:
        """Name the methodology."""
        titles = self.pack.settings.titles
        return titles.get(self.language) or titles.get("ru") or self.pack.settings.key

    def steps(self) -> tuple[list[Step], list[Step]]:
        """List what is open and what is done, with the names of those who do it."""
        tasks = [*self.view.open_tasks, *self.view.done_tasks]
        names = names_of(work(), (doer_of(task) for task in tasks))
        steps = [self._step(task, names) for task in tasks]
        return steps[: len(self.view.open_tasks)], steps[len(self.view.open_tasks) :]

    def _step(self, task: Task, names: dict[uuid.UUID, str]) -> Step:
        doer = doer_of(task)
        who = names.get(doer, "") if doer else _("free for: %(role)s", role=self.role(task.role))
        is_open = task.completed_at is None
        return Step(
            task.id, self.say(task.name), who, task.due_at, task.completed_at, is_open, not task.element
        )

    @property
    def way(self) -> str:
        """Say what comes after what is open now."""
        texts = self.pack.texts
        found = [
            step for task in self.view.open_tasks for step in texts.next_steps(task.element, self.language)
        ]
        following = list(dict.fromkeys(found))
        return _("After that: %(steps)s.", steps=" · ".join(following)) if following else ""

    @property
    def standing(self) -> tuple[str, str]:
        """Say in a word how the case stands, and how that looks."""
        status = self.view.case.status
        if status is CaseStatus.RUNNING and not self.view.has_begun:
            return _("not begun"), "is-bad"
        return words.status(status.value), LOOKS[status]

    @property
    def progress(self) -> str:
        """Say how far the case has come."""
        if not self.view.has_begun:
            return _("It has not begun.")
        done = len(self.view.done_tasks)
        if done >= MOST_DONE:
            return _("More than %(number)s steps are done.", number=MOST_DONE - 1)
        if not done:
            return _("It has just begun.")
        return ngettext("%(num)d step is done.", "%(num)d steps are done.", done)

    @property
    def silence(self) -> str:
        """Say what the case waits for when it waits for nobody."""
        if self.view.case.status is CaseStatus.SUSPENDED:
            return _("The case is paused: nobody has to do anything, and no deadline runs.")
        if self.view.case.status is not CaseStatus.RUNNING:
            return _("The case has ended. Nothing more happens in it.")
        if not self.view.has_begun:
            return _("The case was asked for and could not begin. Until it does, nobody has to do anything.")
        waits = [_("until %(moment)s", moment=dates.moment(timer.due_at)) for timer in self.view.timers[:1]]
        waits += [_("for news from another case") for _one in self.view.awaited[:1]]
        if not waits:
            return _("Nobody has to do anything now.")
        return _("Nobody has to do anything now. The case waits %(what)s.", what=_(" or ").join(waits))

    def history(self, entries: list[EntryView]) -> list[Telling]:
        """Tell what happened, the newest first."""
        names = names_of(work(), map(stood_for, entries))
        return [self._telling(entry, names.get(stood_for(entry) or NOBODY)) for entry in entries]

    def _telling(self, entry: EntryView, in_place_of: str | None) -> Telling:
        details = entry.details or {}
        who = entry.actor_name or _("The system")
        if in_place_of:
            who = _("%(deputy)s (for %(name)s)", deputy=who, name=in_place_of)
        text = words.act(entry.act, who=who, name=self._what(details))
        return Telling(entry.at, text, reason_of(details))

    def _what(self, details: Mapping[str, Any]) -> str:
        """Name what an act was about; a notice is told with its values, as whoever got it reads it."""
        values = {name: days.in_words(value) for name, value in (details.get("values") or {}).items()}
        text = str(details.get("name") or details.get("title") or details.get("text") or "")
        return self.pack.texts.tell(text, values, self.language)


def stood_for(entry: EntryView) -> uuid.UUID | None:
    """Return in whose place a deputy did this."""
    found = (entry.details or {}).get("in_place_of")
    return uuid.UUID(found) if found else None


def reason_of(details: dict[str, Any]) -> str:
    """Say why something happened: as somebody wrote it, or else as it was found."""
    if details.get("explanation"):
        return problems.why(details["explanation"])
    return str(details.get("reason") or "")


def doer_of(task: Task) -> uuid.UUID | None:
    """Return who has done a task or is to do it."""
    return task.completed_by_id or task.assignee_id


def desk_for(view: CaseView) -> CaseDesk:
    """Lay a case before the reader."""
    return CaseDesk(view, load_pack(work(), view.case.pack_version_id), current())
