"""How far a role reaches in the tree of organisations."""

from workflows.work import Actor

BRANCH_ROLES = frozenset({"administrator", "auditor", "coordinator"})
"""These reach from the organisation where they are held over the whole branch below; others only there."""


def roles_at(actor: Actor, path: str) -> frozenset[str]:
    """List the roles that count for the actor in the organisation with this path."""
    return frozenset(
        role.name
        for role in actor.roles
        if role.path == path or (role.name in BRANCH_ROLES and path.startswith(role.path))
    )
