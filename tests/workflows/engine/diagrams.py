"""Write small diagrams: elements as short calls, flows as `start > task > end ? =condition`."""

from collections.abc import Mapping
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"


def process(
    key: str, *elements: str, flows: str, lanes: Mapping[str, str] | None = None, title: str | None = None
) -> str:
    """A process of these elements; several of them make one file, see `diagram`."""
    lane_set = "".join(
        f'<lane id="{lane}">{"".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in nodes.split())}</lane>'
        for lane, nodes in (lanes or {}).items()
    )
    body = "".join(elements) + _flows(flows)
    opening = f'<process id="{key}" name={quoteattr(title or key)} isExecutable="true">'
    return f'{opening}<laneSet id="{key}_lanes">{lane_set}</laneSet>{body}</process>'


def diagram(*processes: str, roots: str = "") -> bytes:
    """A file of these processes, and of the messages and errors they refer to."""
    text = f'<definitions xmlns="{BPMN}" xmlns:z="{ZEEBE}">{roots}{"".join(processes)}</definitions>'
    root = etree.fromstring(text)
    for flow in root.iter(f"{{{BPMN}}}sequenceFlow"):
        if flow.attrib.pop("isDefault", None):
            source = next(node for node in flow.getparent() if node.get("id") == flow.get("sourceRef"))
            source.set("default", flow.get("id"))
    return etree.tostring(root)


def _flows(text: str) -> str:
    found = []
    for chain in filter(None, (part.strip() for part in text.replace("\n", ";").split(";"))):
        path, _, condition = chain.partition(" ? ")
        nodes = [node.strip() for node in path.split(">")]
        for source, target in pairwise(nodes):
            found.append(_flow(f"{source}_to_{target}_{len(found)}", source, target, condition.strip()))
    return "".join(found)


def _flow(key: str, source: str, target: str, condition: str) -> str:
    default = ' isDefault="yes"' if condition == "default" else ""
    inside = (
        f"<conditionExpression>{escape(condition)}</conditionExpression>" if condition.startswith("=") else ""
    )
    return (
        f'<sequenceFlow id="{key}" sourceRef="{source}" targetRef="{target}"{default}>{inside}</sequenceFlow>'
    )


def element(kind: str, key: str, inside: str = "", extensions: str = "", **attributes: str) -> str:
    given = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    extended = f"<extensionElements>{extensions}</extensionElements>" if extensions else ""
    return f'<{kind} id="{key}"{given}>{extended}{inside}</{kind}>'


def start(key: str = "start") -> str:
    return element("startEvent", key)


def end(key: str = "end", inside: str = "") -> str:
    return element("endEvent", key, inside)


def manual(key: str, inside: str = "") -> str:
    return element("manualTask", key, inside)


def user(key: str, *, form: str = "", role: str = "", due: str = "", inside: str = "", name: str = "") -> str:
    extensions = f"<z:formDefinition formId={quoteattr(form)}/>" if form else ""
    extensions += f"<z:assignmentDefinition candidateGroups={quoteattr(role)}/>" if role else ""
    extensions += f"<z:taskSchedule dueDate={quoteattr(due)}/>" if due else ""
    return element("userTask", key, inside, extensions, **({"name": name} if name else {}))


def script(key: str, expression: str, result: str = "") -> str:
    named = f" resultVariable={quoteattr(result)}" if result else ""
    return element("scriptTask", key, "", f"<z:script expression={quoteattr(expression)}{named}/>")


def mapped(inputs: Mapping[str, str], outputs: Mapping[str, str] | None = None) -> str:
    rows = [
        f"<z:input source={quoteattr(source)} target={quoteattr(target)}/>"
        for target, source in inputs.items()
    ]
    rows += [f"<z:output source={quoteattr(s)} target={quoteattr(t)}/>" for t, s in (outputs or {}).items()]
    return f"<z:ioMapping>{''.join(rows)}</z:ioMapping>"


def service(key: str, operator: str, inputs: Mapping[str, str] | None = None, result: str = "") -> str:
    extensions = f'<z:taskDefinition type="{operator}"/>' + mapped(inputs or {})
    if result:
        extensions += f'<z:taskHeaders><z:header key="resultVariable" value="{result}"/></z:taskHeaders>'
    return element("serviceTask", key, "", extensions)


def xor(key: str) -> str:
    return element("exclusiveGateway", key)


def parallel(key: str) -> str:
    return element("parallelGateway", key)


def inclusive(key: str) -> str:
    return element("inclusiveGateway", key)


def first_of(key: str) -> str:
    return element("eventBasedGateway", key)


def subprocess(key: str, *elements: str, flows: str, loop: str = "") -> str:
    return element("subProcess", key, loop + "".join(elements) + _flows(flows))


def call(key: str, called: str, *, loop: str = "", mapping: str = "") -> str:
    return element("callActivity", key, loop, f'<z:calledElement processId="{called}"/>{mapping}')


def timer(*, after: str = "", at: str = "", every: str = "") -> str:
    texts = {"timeDuration": after, "timeDate": at, "timeCycle": every}
    inside = "".join(f"<{kind}>{escape(text)}</{kind}>" for kind, text in texts.items() if text)
    return f"<timerEventDefinition>{inside}</timerEventDefinition>"


def message(reference: str) -> str:
    return f'<messageEventDefinition messageRef="{reference}"/>'


def condition(expression: str) -> str:
    inside = f"<condition>{escape(expression)}</condition>"
    return f"<conditionalEventDefinition>{inside}</conditionalEventDefinition>"


def catch(key: str, trigger: str) -> str:
    return element("intermediateCatchEvent", key, trigger)


def throw(key: str, trigger: str, inputs: Mapping[str, str] | None = None) -> str:
    return element("intermediateThrowEvent", key, trigger, mapped(inputs) if inputs else "")


def edge(key: str, host: str, trigger: str, *, interrupts: bool = True) -> str:
    return element("boundaryEvent", key, trigger, attachedToRef=host, cancelActivity=str(interrupts).lower())


def message_root(key: str, name: str = "", correlation: str = "") -> str:
    extensions = f"<z:subscription correlationKey={quoteattr(correlation)}/>" if correlation else ""
    return element("message", key, "", extensions, name=name or key)


def several(
    items: str = "",
    item: str = "",
    *,
    one_by_one: bool = False,
    count: str = "",
    into: str = "",
    result: str = "",
    until: str = "",
) -> str:
    """The marker of a multi-instance."""
    names = {
        "inputCollection": items,
        "inputElement": item,
        "outputCollection": into,
        "outputElement": result,
    }
    given = "".join(f" {name}={quoteattr(text)}" for name, text in names.items() if text)
    inside = f"<extensionElements><z:loopCharacteristics{given}/></extensionElements>" if given else ""
    inside += f"<loopCardinality>{escape(count)}</loopCardinality>" if count else ""
    inside += f"<completionCondition>{escape(until)}</completionCondition>" if until else ""
    sequential = str(one_by_one).lower()
    kind = "multiInstanceLoopCharacteristics"
    return f'<{kind} isSequential="{sequential}">{inside}</{kind}>'


def repeated(*, condition: str = "", maximum: int | None = None, tests_before: bool = False) -> str:
    """The marker of a standard loop."""
    most = f' loopMaximum="{maximum}"' if maximum is not None else ""
    inside = f"<loopCondition>{escape(condition)}</loopCondition>" if condition else ""
    before = str(tests_before).lower()
    return f'<standardLoopCharacteristics testBefore="{before}"{most}>{inside}</standardLoopCharacteristics>'
