"""The same plays as in the tests of the methodology, but every task is done in a browser window."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from models.people import User
from models.tasks import Task, TaskStatus
from tests.browser.forms import fill_form
from tests.browser.visits import AXE, PASSWORD, Visit
from tests.workflows.mentoring.plays import Play
from workflows.operations.users import add_user
from workflows.work import Actor


class BrowserPlay(Play):
    """Opens a window for everybody who has something to do; each kind of page is looked at once."""

    def __init__(self, *own: Any, visit: Callable[..., Visit], **how: Any) -> None:
        super().__init__(*own)
        self._visit, self._how = visit, how
        self._windows: dict[uuid.UUID, Visit] = {}
        self._looked_at: set[str] = set()
        self.wrong: list[str] = []
        self._says_more = False
        self.is_watched = True
        """Whether tasks are done in windows; what only leads to a journey needs none."""

    def window(self, actor: Actor) -> Visit:
        """Return the window of somebody who has signed in."""
        assert actor.person_id is not None
        if actor.person_id not in self._windows:
            window = self._windows[actor.person_id] = self._visit(**self._how)
            window.sign_in(self._account(actor.person_id))
        return self._windows[actor.person_id]

    def open(self, actor: Actor, path: str) -> Visit:
        """Open a page in the window of somebody; after days have passed, they sign in again."""
        window = self.window(actor)
        window.go(path)
        if window.page.locator("#sign_in_name").count():
            window.say_who(self._account(actor.person_id))
        return window

    def complete(self, actor: Actor, task_id: uuid.UUID, answers: Mapping[str, Any]) -> Any:
        """Open the task, answer its questions, look at the page and send it."""
        if not self.is_watched:
            return super().complete(actor, task_id, answers)
        self.session.commit()
        task = self.session.get_one(Task, task_id)
        window = self.open(actor, f"/tasks/{task_id}")
        not_asked = fill_form(window.page, answers)
        assert self._says_more or not not_asked, f"{task.element} does not ask for {not_asked}"
        self.look_at(window, task.element)
        self.send(window)
        self.session.expire_all()
        assert task.status == TaskStatus.COMPLETED, window.page.locator("main").inner_text()[:1500]
        self.settle()
        return None

    def fill(self, *which: Any, **wanted: Any) -> Any:
        """Complete a task with answers that its form takes; what it knows but hides is not asked for."""
        self._says_more = True
        try:
            return super().fill(*which, **wanted)
        finally:
            self._says_more = False

    def send(self, window: Visit) -> None:
        """Press the button at the end of a form, and wait for the page that follows."""
        window.page.locator(".form-end .btn-primary").click()
        window.page.wait_for_load_state()

    def look_at(self, window: Visit, name: str) -> None:
        """Keep a page of this name and note what is wrong with it, once."""
        if name in self._looked_at:
            return
        self._looked_at.add(name)
        window.keep(f"journey-{name}")
        if window.is_wider_than_the_window():
            self.wrong.append(f"{name} is wider than the window")
        if AXE.exists():
            self.wrong += [f"{name}: {one}" for one in window.violations()]

    def _account(self, person_id: uuid.UUID | None) -> str:
        """Give somebody an account if they have none, and return its name."""
        user = self.session.query(User).filter_by(person_id=person_id).one_or_none()
        if user is None:
            name = f"user-{person_id.hex[:12]}"
            add_user(self.work(), person_id, name, PASSWORD)
            self.session.commit()
            return name
        return user.sign_in_name
