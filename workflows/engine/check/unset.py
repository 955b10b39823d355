"""Conditions that ask for what nothing ever sets: null does not hold, and nobody would hear of it."""

import re
from collections.abc import Iterator
from typing import Any

from workflows.engine import expressions as feel
from workflows.engine.check.expressions import expressions_of
from workflows.engine.check.forms import read_form
from workflows.engine.check.graph import Document, Node
from workflows.engine.check.pack import Pack
from workflows.engine.check.problems import Problem, problem
from workflows.engine.check.reading import local_name
from workflows.engine.check.variables import named_variables, written_by_script

_KEPT_UNDER_ITS_ID = {"userTask", "manualTask", "serviceTask", "businessRuleTask", "receiveTask"}
_COUNTS = {
    *("loopCounter", "numberOfInstances", "numberOfActiveInstances"),
    *("numberOfCompletedInstances", "numberOfTerminatedInstances"),
}
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_PATH = re.compile(r"(?<![\w.])([A-Za-z_]\w*)\.([A-Za-z_]\w*)")


def check(pack: Pack, document: Document) -> Iterator[Problem]:
    """Check what the conditions of a file ask for."""
    known = names_set_in(pack)
    if known is None:
        return
    answers = answers_of(pack)
    for expression in expressions_of(document):
        if expression.kind == "condition" and expression.text.startswith("="):
            for name in sorted(_asked(expression.text[1:], known, answers)):
                yield problem(
                    "variable_never_set", expression.place, variable=name, expression=expression.text
                )


def _asked(text: str, known: set[str], answers: dict[str, set[str]]) -> set[str]:
    """Name what an expression asks for in vain: values nobody sets, answers their form does not have."""
    try:
        absent = {name for name in feel.variables(text) if name not in known}
    except feel.ExpressionFailed:
        return set()
    paths = _PATH.findall(_TEXT.sub("", text))
    return absent | {f"{task}.{key}" for task, key in paths if task in answers and key not in answers[task]}


def names_set_in(pack: Pack) -> set[str] | None:
    """Name all that something in the pack may set; None if a script may set anything."""
    found = set(_COUNTS) | set(pack.settings.given if pack.settings else ())
    for node in (node for document in pack.documents for node in document.nodes()):
        if node.kind in _KEPT_UNDER_ITS_ID or node.event == "message":
            found.add(node.id)
        found.update(named_variables(node))
        found.update(_given_to_calls(node))
        if node.kind == "scriptTask":
            script = written_by_script(node)
            if script is None:
                return None
            found |= script
    return found


def _given_to_calls(node: Node) -> Iterator[str]:
    for mapping in node.extensions.get("ioMapping", []) if node.kind == "callActivity" else []:
        yield from (child.get("target", "").strip() for child in mapping if local_name(child) == "input")


def answers_of(pack: Pack) -> dict[str, set[str]]:
    """Name the answers that each user task gives, where its form can be read.

    A listener may give more than the form asks for, and what it gives is known when it is called.
    """
    found: dict[str, set[str]] = {}
    for node in (node for document in pack.documents for node in document.nodes()):
        file = f"forms/{node.extension_value('formDefinition', 'formId')}.form"
        if node.kind == "userTask" and file in pack.files and "taskListeners" not in node.extensions:
            form, problems = read_form(file, pack.files[file])
            if form is not None and not problems:
                found[node.id] = set(_keys(form))
    return found


def _keys(form: Any) -> Iterator[str]:
    """Name the keys of all parts of a form, and the paths under which groups of them lie."""
    waiting = [form]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield from (str(part[name]).split(".")[0] for name in ("key", "path") if part.get(name))
            components = part.get("components")
            waiting += components if isinstance(components, list) else []
