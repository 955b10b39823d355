"""The conditions that permissions are made of. Each answers with the role that opens the door, or None."""

from collections.abc import Callable

from workflows.access.reach import roles_at
from workflows.access.subjects import Subject
from workflows.work import Actor

Predicate = Callable[[Actor, Subject], str | None]


def holds(*roles: str) -> Predicate:
    """Let in whoever holds one of these roles in the organisation of the subject."""

    def holds_role(actor: Actor, subject: Subject) -> str | None:
        held = roles_at(actor, subject.path)
        return next((role for role in roles if role in held), None)

    return holds_role


def belongs(actor: Actor, subject: Subject) -> str | None:
    """Let in whoever holds any role in the organisation of the subject."""
    return next(iter(sorted(roles_at(actor, subject.path))), None)


def takes_part(*roles: str) -> Predicate:
    """Let in the participants of the case, all of them or those in one of these roles."""

    def takes_part_in_case(actor: Actor, subject: Subject) -> str | None:
        own = [one.role for one in subject.participants if one.person_id == actor.person_id]
        return next((role for role in own if not roles or role in roles), None)

    return takes_part_in_case


def is_assignee(actor: Actor, subject: Subject) -> str | None:
    """Let in the person to whom the task is assigned, and who stands in for that person."""
    return subject.task_role if actor.is_or_stands_for(subject.assignee_id) else None


def has_completed(actor: Actor, subject: Subject) -> str | None:
    """Let in the person who has done the task."""
    is_own = actor.person_id is not None and subject.completed_by_id == actor.person_id
    return subject.task_role if is_own else None


def takes_part_in_role_of_task(actor: Actor, subject: Subject) -> str | None:
    """Let in the participants of the case for whose role the task was opened."""
    holders = subject.holders(subject.task_role) if subject.task_role else ()
    return subject.task_role if any(map(actor.is_or_stands_for, holders)) else None


def has_delegated(actor: Actor, subject: Subject) -> str | None:
    """Let in the person who gave the task to somebody else and answers for it, or who stands in for them."""
    return subject.task_role if actor.is_or_stands_for(subject.delegated_by_id) else None


def holds_role_of_task(actor: Actor, subject: Subject) -> str | None:
    """Let in those for whose role the task was opened: the participants in it, or else the organisation's."""
    if subject.task_role is None:
        return None
    holders = subject.holders(subject.task_role)
    if holders:
        return subject.task_role if any(map(actor.is_or_stands_for, holders)) else None
    return subject.task_role if subject.task_role in roles_at(actor, subject.path) else None


def works_on_task(*roles: str) -> Predicate:
    """Let in those for whose role the task was opened, if it is one of these.

    Colleagues share the tasks of their role; two mentees of one group share nothing.
    """

    def works_on_it(actor: Actor, subject: Subject) -> str | None:
        return holds_role_of_task(actor, subject) if subject.task_role in roles else None

    return works_on_it


def may_take(actor: Actor, subject: Subject) -> str | None:
    """Let in those for whose role an unassigned task waits."""
    return holds_role_of_task(actor, subject) if subject.assignee_id is None else None


def is_oneself(actor: Actor, subject: Subject) -> str | None:
    """Let in the person whose own record it is."""
    return "self" if subject.person_id is not None and subject.person_id == actor.person_id else None
