"""What a diagram names: forms, roles, operators, decisions and other processes."""

from collections.abc import Iterator

from workflows.engine.check import times
from workflows.engine.check.graph import Document, Node, Process
from workflows.engine.check.pack import Pack, called_process
from workflows.engine.check.problems import Problem, Spot, problem

_FOR_PEOPLE = {"userTask", "manualTask"}


def check(pack: Pack, document: Document) -> Iterator[Problem]:
    """Check that all exists that a file names."""
    ids = {node.id for node in document.nodes()}
    for process in document.processes:
        yield from _lanes(pack, process)
        for node in process.sheet.all_nodes():
            if node.kind in _FOR_PEOPLE:
                yield from _role(pack, process, node)
                yield from _due_date(node)
            if node.kind == "userTask":
                yield from _form(pack, node)
            elif node.kind == "serviceTask":
                yield from _operator(pack, node, ids)
            elif node.kind == "businessRuleTask":
                yield from _decision(pack, node)
            elif node.kind == "callActivity":
                yield from _call(pack, node)


def _lanes(pack: Pack, process: Process) -> Iterator[Problem]:
    for lane in process.lanes:
        if not _is_known_role(pack, lane.id):
            yield problem("role_unknown", lane, role=lane.id)
    for node in process.sheet.nodes:
        lanes = process.lanes_by_node.get(node.id, [])
        inner = [lane for lane in lanes if not any(other.parent is lane for other in lanes)]
        if len(inner) > 1:
            yield problem("lane_ambiguous", node, lanes=", ".join(lane.name or lane.id for lane in inner))


def _is_known_role(pack: Pack, role: str) -> bool:
    """Say whether the pack has this role; an expression is known when the case runs."""
    return pack.settings is None or role in pack.settings.roles or role.startswith("=")


def role_of(process: Process, node: Node) -> str:
    """Name the role whose task this is: its own, or that of the lane it stands in."""
    own = node.extension_value("assignmentDefinition", "candidateGroups")
    if own:
        return own
    standing: Node | None = node
    while standing is not None:
        lanes = process.lanes_by_node.get(standing.id, [])
        if lanes:
            return lanes[-1].id
        standing = standing.scope.parent
    return ""


def _role(pack: Pack, process: Process, node: Node) -> Iterator[Problem]:
    role = role_of(process, node)
    if not role:
        yield problem("role_missing", node)
    elif role not in {lane.id for lane in process.lanes} and not _is_known_role(pack, role):
        yield problem("role_unknown", node, role=role)


def _due_date(node: Node) -> Iterator[Problem]:
    due = node.extension_value("taskSchedule", "dueDate")
    if due and not due.startswith("=") and not times.is_duration(due):
        yield problem("due_date_wrong", node, text=due)


def _form(pack: Pack, node: Node) -> Iterator[Problem]:
    form = node.extension_value("formDefinition", "formId")
    if not form:
        yield problem("form_missing", node)
    elif form not in pack.forms:
        yield problem("form_unknown", node, form=form)


def _operator(pack: Pack, node: Node, ids: set[str]) -> Iterator[Problem]:
    operator = node.extension_value("taskDefinition", "type")
    if not operator:
        yield problem("operator_missing", node)
    elif operator in ids:
        yield problem("operator_is_an_id", node, operator=operator)
    elif operator not in pack.names.operators:
        yield problem("operator_unknown", node, operator=operator)


def _decision(pack: Pack, node: Node) -> Iterator[Problem]:
    decision = node.extension_value("calledDecision", "decisionId")
    if not decision:
        yield problem("decision_missing", node)
    elif decision not in pack.decisions:
        yield problem("decision_unknown", node, decision=decision)


def _call(pack: Pack, node: Node) -> Iterator[Problem]:
    process = called_process(node).strip()
    if not process:
        yield problem("call_missing", node)
    elif process not in pack.processes:
        yield problem("call_unknown", node, process=process)


def unused_forms(pack: Pack) -> Iterator[Problem]:
    """Find forms that no task shows."""
    shown = {
        xml.get("formId", "").strip()
        for document in pack.documents
        for node in document.nodes()
        for xml in node.extensions.get("formDefinition", [])
    }
    for form in sorted(pack.forms - shown):
        yield problem("form_unused", Spot(f"forms/{form}.form", id=form))
