"""DMN files for tests, written the way dmn-js saves them."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

DMN_1_3 = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def dmn(*elements: str, namespace: str = DMN_1_3) -> bytes:
    """Put elements together to a file."""
    head = f'<definitions xmlns="{namespace}" id="definitions" name="Tests" namespace="http://camunda.org/schema/1.0/dmn">'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{chr(10).join(elements)}\n</definitions>'.encode()
    )


def decision(key: str, logic: str, *requires: str, name: str | None = None, type: str = "") -> str:
    """Write a decision; what it requires is given as `decision:id`, `input:id` or `knowledge:id`."""
    variable = f"<variable name={quoteattr(name or key)} typeRef={quoteattr(type)}/>" if type else ""
    needs = "".join(_requirement(*each.split(":")) for each in requires)
    return f"<decision id={quoteattr(key)} name={quoteattr(name or key)}>{variable}{needs}{logic}</decision>"


def _requirement(kind: str, key: str) -> str:
    if kind == "knowledge":
        return f'<knowledgeRequirement><requiredKnowledge href="#{key}"/></knowledgeRequirement>'
    return f'<informationRequirement><required{kind.title()} href="#{key}"/></informationRequirement>'


def input_data(key: str, name: str, type: str = "") -> str:
    """Write input data with its variable."""
    variable = f"<variable name={quoteattr(name)} typeRef={quoteattr(type)}/>"
    return f"<inputData id={quoteattr(key)} name={quoteattr(name)}>{variable}</inputData>"


def literal(text: str, **attributes: str) -> str:
    """Write an expression in a box of its own."""
    more = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f'<literalExpression id="literal"{more}><text>{escape(text)}</text></literalExpression>'


def table(
    policy: str,
    inputs: Sequence[str],
    outputs: Sequence[str],
    *rules: Sequence[str],
    aggregation: str = "",
    types: Sequence[str] = (),
    input_values: str = "",
    output_values: Sequence[str] = (),
    defaults: Sequence[str] = (),
) -> str:
    """Write a decision table; a rule is a row of texts, tests first."""
    more = f" aggregation={quoteattr(aggregation)}" if aggregation else ""
    columns = [_input(text, number, types, input_values) for number, text in enumerate(inputs)]
    columns += [_output(name, number, output_values, defaults) for number, name in enumerate(outputs)]
    rows = [_rule(row, number, len(inputs)) for number, row in enumerate(rules, start=1)]
    body = "\n".join([*columns, *rows])
    return f'<decisionTable id="table" hitPolicy={quoteattr(policy)}{more}>\n{body}\n</decisionTable>'


def _input(text: str, number: int, types: Sequence[str], values: str) -> str:
    kind = f" typeRef={quoteattr(types[number])}" if types else ""
    allowed = f"<inputValues><text>{escape(values)}</text></inputValues>" if values else ""
    expression = f'<inputExpression id="e{number}"{kind}><text>{escape(text)}</text></inputExpression>'
    return f'<input id="i{number}">{expression}{allowed}</input>'


def _output(name: str, number: int, values: Sequence[str], defaults: Sequence[str]) -> str:
    allowed = f"<outputValues><text>{escape(values[number])}</text></outputValues>" if values else ""
    standing = ""
    if defaults:
        standing = f"<defaultOutputEntry><text>{escape(defaults[number])}</text></defaultOutputEntry>"
    return f'<output id="o{number}" name={quoteattr(name)}>{allowed}{standing}</output>'


def _rule(row: Sequence[str], number: int, tests: int) -> str:
    cells = "".join(_cell(text, index < tests, f"r{number}c{index + 1}") for index, text in enumerate(row))
    return f'<rule id="r{number}">{cells}</rule>'


def _cell(text: str, is_test: bool, key: str) -> str:
    kind = "inputEntry" if is_test else "outputEntry"
    return f'<{kind} id="{key}"><text>{escape(text)}</text></{kind}>'
