"""Who reads this page, as far as everything in the web may know: nobody, or a person signed in."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from flask import g
from flask_login import UserMixin, current_user

from workflows.queries.names import Home
from workflows.work import Actor

# Whoever is not signed in holds no role and is no person, so that every rule turns this one away.
NOBODY = Actor(person_id=uuid.UUID(int=0), name="")


@dataclass
class Visitor(UserMixin):
    """A person signed in, with what pages say about them."""

    user_id: uuid.UUID
    session_generation: int
    session_id: uuid.UUID
    actor: Actor
    find_home: Callable[[], Home]
    must_change_password: bool = False

    def get_id(self) -> str:
        """Name the account and the session; signing out everywhere changes the generation."""
        return f"{self.user_id}.{self.session_generation}.{self.session_id.hex}"

    @cached_property
    def home(self) -> Home:
        """Return the person's organisation; looked up only by answers that say something about it."""
        return self.find_home()

    @property
    def initials(self) -> str:
        """Return the first letters of the first two names."""
        return "".join(word[0] for word in self.actor.name.split()[:2]).upper()


def signed_in() -> Visitor | None:
    """Return who is signed in."""
    visitor = current_user._get_current_object()
    return visitor if isinstance(visitor, Visitor) else None


def actor() -> Actor:
    """Return who acts in this request: whoever came by a link to one task, else who is signed in."""
    if "guest" in g:
        guest: Actor = g.guest
        return guest
    visitor = signed_in()
    return visitor.actor if visitor else NOBODY
