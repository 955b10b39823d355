"""Who stands above whom: nobody gives more than they hold, or lays hands on somebody who holds more.

The permissions table says who may give roles and accounts at all. Here it is said to whom, because an
account given with a known password, or a role given to oneself, would open every other door.
"""

from collections.abc import Iterable

from workflows.access.reach import roles_at
from workflows.refusals import Forbidden
from workflows.work import Actor, Work

LEADING = frozenset({"administrator", "head", "coordinator", "auditor"})

ABOVE: dict[str, frozenset[str]] = {
    "administrator": frozenset(),
    "head": LEADING,
    "curator": LEADING | {"curator"},
}
"""For each role that looks after people: the roles that are not below it."""


def is_above(actor: Actor, role: str, path: str) -> bool:
    """Say whether the actor stands above a role in the organisation with this path."""
    own = roles_at(actor, path) & ABOVE.keys()
    return actor.is_system or any(role not in ABOVE[name] for name in own)


def require_above(work: Work, held: Iterable[tuple[str, str]]) -> None:
    """Refuse unless the actor stands above every one of these roles, each with its organisation's path."""
    if not all(is_above(work.actor, role, path) for role, path in held):
        raise Forbidden("above_you")
