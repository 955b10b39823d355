"""Errors and escalations: whether somebody catches them wherever their process may run."""

from workflows.engine.check.graph import Node, Scope
from workflows.engine.check.pack import Pack


def code_of(pack: Pack, node: Node) -> str | None:
    """Give the code that an event throws or catches; a catching one without a code catches all."""
    for event, xml in node.events:
        if event in {"error", "escalation"}:
            return pack.codes.get((node.file, event, xml.get(f"{event}Ref", "")))
    return None


def is_caught(pack: Pack, node: Node, event: str, code: str | None) -> bool:
    """Say whether it is caught around this node, or else around every call of its process."""
    waiting, seen = [node.scope], {node.scope.id}
    while waiting:
        process = _outermost(pack, waiting.pop(), event, code)
        if process is None:
            continue
        calls = pack.calls.get(process.id, [])
        if event == "escalation" and any(_catches(pack, call, event, code) for call in calls):
            # An escalation that is heard somewhere is no mistake where nobody listens: all goes on as before.
            return True
        if not calls or (pack.settings is not None and pack.settings.may_begin(process.id)):
            return False
        for call in calls:
            if not _catches(pack, call, event, code) and call.scope.id not in seen:
                seen.add(call.scope.id)
                waiting.append(call.scope)
    return True


def _outermost(pack: Pack, scope: Scope, event: str, code: str | None) -> Scope | None:
    """Give the process out of which it would go, or nothing if it is caught before."""
    while scope.parent is not None:
        if _catches(pack, scope.parent, event, code):
            return None
        scope = scope.parent.scope
    return scope


def _catches(pack: Pack, holder: Node, event: str, code: str | None) -> bool:
    catching = [boundary for boundary in holder.boundaries if boundary.event == event]
    return any(code_of(pack, boundary) in (None, code) for boundary in catching)
