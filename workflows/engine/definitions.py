"""All of one pack version: its processes as specs, its decisions and forms, read when first asked for.

Once read, nothing in it changes; one object serves all threads of a process.
"""

from collections.abc import Mapping
from datetime import datetime
from threading import RLock
from typing import Any

import orjson

from workflows.engine.decisions import DecisionFailed, Decisions
from workflows.engine.parsing.documents import BPMN, DefinitionError, Document
from workflows.engine.parsing.pack import DiagramParser
from workflows.engine.parsing.processes import ProcessParser
from workflows.engine.parsing.user_tasks import Asked, asked_by
from workflows.engine.specs.subprocesses import Subprocess

__all__ = ["DefinitionError", "Definitions"]


class Definitions:
    """The files of a pack, by path inside the pack."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = dict(files)
        self._lock = RLock()
        self._parser: DiagramParser | None = None
        self._specs: dict[str, tuple[Any, dict[str, Any]]] = {}
        self._decisions: dict[str, Decisions] | None = None
        self._forms: dict[str, dict[str, Any]] = {}
        self._asked: dict[str, Asked] | None = None

    def process_keys(self) -> list[str]:
        """List the processes that can be started or called, in the order of the files."""
        processes = self._diagrams().process_parsers.values()
        return [p.name for p in processes if "/" not in p.name and p.process_executable]

    def title(self, process: str) -> str:
        """Give the name of a process as people read it."""
        return str(self._process(process).get_name())

    def elements(self, process: str) -> dict[str, str]:
        """Map the id of each node of a process, of its subprocesses too, to its name."""
        wanted = self._process(process).node.iterdescendants(f"{{{BPMN}}}*")
        nodes = [n for n in wanted if n.get("id") and n.tag in DiagramParser.PARSER_CLASSES]
        return {node.get("id", ""): " ".join((node.get("name") or "").split()) for node in nodes}

    def listeners(self, element: str) -> tuple[str, ...]:
        """Name who listens to the answers of a user task; its id stands for one thing in the whole pack."""
        return self._asked_of_the_house(element).listeners

    def heard_by(self, listener: str) -> list[str]:
        """List the user tasks to whose answers somebody listens."""
        self._asked_of_the_house("")
        return [element for element, asked in (self._asked or {}).items() if listener in asked.listeners]

    def readers(self, element: str) -> tuple[str, ...]:
        """Name who reads in the tables of the house for the form of a user task."""
        return self._asked_of_the_house(element).readers

    def settings(self, element: str) -> Mapping[str, str]:
        """Give what the diagram tells those who listen to a user task."""
        return self._asked_of_the_house(element).settings

    def form(self, key: str) -> dict[str, Any]:
        """Give a form, parsed."""
        path = f"forms/{key}.form"
        if key not in self._forms:
            try:
                self._forms[key] = orjson.loads(self._files[path])
            except KeyError:
                raise DefinitionError(path, "", "the pack has no such form") from None
            except orjson.JSONDecodeError as problem:
                raise DefinitionError(path, "", f"this is no form: {problem}") from problem
        return self._forms[key]

    def decide(self, decision_id: str, context: Mapping[str, Any], *, now: datetime) -> Any:
        """Ask a decision of the pack."""
        holder = self._all_decisions().get(decision_id)
        if holder is None:
            raise DecisionFailed("unknown_decision", name=decision_id)
        return holder.decide(decision_id, context, now=now)

    def has_decision(self, decision_id: str) -> bool:
        """Say whether the pack has a decision."""
        return decision_id in self._all_decisions()

    def specs(self, process: str) -> tuple[Any, dict[str, Any]]:
        """Give the spec of a process, and those of all that may run inside it, by name."""
        known = self._specs.get(process)
        if known is None:
            with self._lock:
                known = self._specs.get(process) or self._read(process)
                self._specs[process] = known
        return known

    def _read(self, process: str) -> tuple[Any, dict[str, Any]]:
        try:
            return self._parse(process)
        except DefinitionError:
            raise
        except Exception as problem:
            # The check finds what is wrong with a diagram; this is for packs that were never checked.
            raise DefinitionError("", process, f"it cannot be read: {problem!r}") from problem

    def _parse(self, process: str) -> tuple[Any, dict[str, Any]]:
        spec = self._process(process).get_spec()
        inner: dict[str, Any] = {}
        ahead = [spec]
        while ahead:
            for node in ahead.pop().task_specs.values():
                if isinstance(node, Subprocess) and node.spec not in inner:
                    inner[node.spec] = self._process(node.spec).get_spec()
                    ahead.append(inner[node.spec])
        return spec, inner

    def _process(self, name: str) -> ProcessParser:
        found: ProcessParser | None = self._diagrams().get_process_parser(name)
        if found is None:
            raise DefinitionError("", name, "the pack has no such process")
        return found

    def _diagrams(self) -> DiagramParser:
        if self._parser is None:
            with self._lock:
                if self._parser is None:
                    parser = DiagramParser()
                    for path, content in sorted(self._files.items()):
                        if path.endswith(".bpmn"):
                            parser.add_document(Document.read(path, content))
                    self._parser = parser
        return self._parser

    def _asked_of_the_house(self, element: str) -> Asked:
        if self._asked is None:
            with self._lock:
                parsers = list(self._diagrams().process_parsers.values())
                tasks = (node for one in parsers for node in one.node.iterdescendants(f"{{{BPMN}}}userTask"))
                self._asked = {node.get("id", ""): asked_by(node) for node in tasks}
        return self._asked.get(element, Asked())

    def _all_decisions(self) -> dict[str, Decisions]:
        if self._decisions is None:
            with self._lock:
                tables = [Decisions.from_dmn(c) for p, c in sorted(self._files.items()) if p.endswith(".dmn")]
                self._decisions = {decision_id: table for table in tables for decision_id in table.ids()}
        return self._decisions
