"""Decisions: DMN as dmn-js saves it."""

from collections.abc import Iterator

from workflows.engine import dmn_problems
from workflows.engine.check.pack import Pack
from workflows.engine.check.problems import Cause, Problem, Spot, problem
from workflows.engine.check.reading import line_of, local_name, namespace, read_xml


def take(pack: Pack, file: str) -> list[Problem]:
    """Note which decisions a file has, and say what is wrong with them."""
    root, problems = read_xml(file, pack.files[file])
    if root is None:
        return problems
    if local_name(root) != "definitions" or "/spec/DMN/" not in namespace(str(root.tag)):
        return [problem("not_dmn", Spot(file, line=line_of(root)))]
    for xml in root.iterchildren("{*}decision"):
        decision = xml.get("id", "")
        other = pack.decisions.setdefault(decision, file)
        if other != file:
            spot = Spot(file, decision, xml.get("name", ""), line_of(xml))
            problems.append(problem("id_duplicate", spot, id=decision, other=other))
    return [*problems, *_complaints(file, pack.files[file])]


def _complaints(file: str, content: bytes) -> Iterator[Problem]:
    for found in dmn_problems.complaints(content):
        spot = Spot(file, found.element, found.name, found.line)
        yield problem("decision_wrong", spot, Cause(found.code, found.values), reason=found.reason)
