"""Check the expressions of a template: only names that its kind knows; only to show, choose and repeat."""

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from workflows.documents.packages import Fault

MOST_REPEATED = 60
LONGEST_CONSTANT = 500
LONGEST_BETWEEN = 20
"""Joined with long texts, again and again, the members of a list would fill any memory."""
FILTERS = frozenset({"upper", "lower", "capitalize", "title", "trim", "join", "length", "first", "last"})
OF_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
    nodes.CondExpr,
    nodes.Filter,
)

Shape = Any
"""What can be named: a mapping of names, a list with the shape of one of its members, or a plain value."""


def make_environment() -> SandboxedEnvironment:
    """Return where templates are filled: no functions, a few filters, every value escaped."""
    environment = SandboxedEnvironment(autoescape=True)
    environment.globals.clear()
    environment.filters = {
        name: rule for name, rule in environment.filters.items() if name in {*FILTERS, "escape", "e"}
    }
    return environment


def list_faults(source: str, shape: Shape) -> list[Fault]:
    """List what is wrong with the expressions of one part of a template."""
    try:
        return list(_Reader(shape).read(make_environment().parse(source), {}, 0))
    except TemplateError as problem:
        return [Fault("template_expression_unreadable", (problem.message or "")[:100])]
    except RecursionError:
        return [Fault("template_expression_unreadable", "((((…))))")]


class _Reader:
    """Goes through the tree of expressions with what is known where each stands."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.repeated = 0

    def read(self, node: nodes.Node, known: Mapping[str, Shape], depth: int) -> Iterator[Fault]:
        """List what is wrong with a node and those inside it."""
        if not isinstance(node, _ALLOWED):
            yield Fault("template_expression_not_allowed", type(node).__name__)
        elif isinstance(node, nodes.For):
            yield from self._loop(node, known, depth)
        elif isinstance(node, nodes.Output):
            yield from self._shown(node, known, depth)
        elif isinstance(node, nodes.Name | nodes.Getattr):
            if self._shape_of(node, known) is None:
                yield Fault("template_name_unknown", _written(node))
        elif isinstance(node, nodes.Filter) and not self._is_allowed(node, known):
            yield Fault("template_expression_not_allowed", node.name)
        elif isinstance(node, nodes.Const) and len(str(node.value)) > LONGEST_CONSTANT:
            yield Fault("template_expression_not_allowed", str(node.value)[:40])
        else:
            for inner in node.iter_child_nodes():
                yield from self.read(inner, known, depth)

    def _is_allowed(self, node: nodes.Filter, known: Mapping[str, Shape]) -> bool:
        """Say whether a filter only changes how something looks: none makes more of it than there is."""
        if node.name not in FILTERS or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return False
        if node.name != "join":
            return not node.args
        between = [one.value if isinstance(one, nodes.Const) else None for one in node.args]
        is_short = all(isinstance(one, str) and len(one) <= LONGEST_BETWEEN for one in between)
        return is_short and node.node is not None and isinstance(self._shape_of(node.node, known), list)

    def _shown(self, node: nodes.Output, known: Mapping[str, Shape], depth: int) -> Iterator[Fault]:
        for inner in node.nodes:
            is_name = isinstance(inner, nodes.Name | nodes.Getattr)
            if is_name and isinstance(self._shape_of(inner, known), Mapping | list):
                # Nobody wants to read how a computer writes a list.
                yield Fault("template_shows_a_group", _written(inner))
            else:
                yield from self.read(inner, known, depth)

    def _loop(self, node: nodes.For, known: Mapping[str, Shape], depth: int) -> Iterator[Fault]:
        self.repeated += 1
        innermost = next(reversed([name for name in known if name != "loop"]), "")
        shape = self._shape_of(node.iter, known)
        is_own = isinstance(node.iter, nodes.Getattr) and _root(node.iter) == innermost
        if not isinstance(node.target, nodes.Name) or node.recursive or node.test:
            yield Fault("template_expression_not_allowed", "for")
        elif not isinstance(shape, list):
            yield Fault("template_list_unknown", _written(node.iter))
        elif (depth and not is_own) or self.repeated > MOST_REPEATED:
            # A list within another only if it is that one's own, and not once more inside itself: all
            # others would multiply.
            yield Fault("template_repeats_too_much", _written(node.iter))
        else:
            outer = {name: one for name, one in known.items() if name != node.target.name}
            inner = {**outer, node.target.name: shape[0], "loop": dict.fromkeys(OF_LOOP, "")}
            for one in (*node.body, *node.else_):
                yield from self.read(one, inner, depth + 1)

    def _shape_of(self, node: nodes.Node, known: Mapping[str, Shape]) -> Shape:
        if isinstance(node, nodes.Name):
            return known[node.name] if node.name in known else self.shape.get(node.name)
        if isinstance(node, nodes.Getattr):
            above = self._shape_of(node.node, known)
            return above.get(node.attr) if isinstance(above, Mapping) else None
        return None


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return type(node).__name__


def _root(node: nodes.Node) -> str:
    return _root(node.node) if isinstance(node, nodes.Getattr) else _written(node)
