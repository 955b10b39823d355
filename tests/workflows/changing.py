"""Install the small pack with something of the pair drawn otherwise."""

from collections.abc import Mapping

FORM = '<zeebe:formDefinition formId="record_meeting"/>'


def listened_to(*names: str) -> tuple[str, str]:
    """Draw listeners on the task in which a meeting is recorded."""
    listeners = "".join(f'<zeebe:taskListener eventType="completing" type="{name}"/>' for name in names)
    return FORM, f"{FORM}<zeebe:taskListeners>{listeners}</zeebe:taskListeners>"


def read_for(names: str) -> tuple[str, str]:
    """Let something be read for the form in which a meeting is recorded."""
    reads = f'<zeebe:property name="reads" value="{names}"/>'
    return FORM, f"{FORM}<zeebe:properties>{reads}</zeebe:properties>"


def redrawn(
    files: Mapping[str, bytes], *changes: tuple[str, str], forms: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """Change the diagram of the pair, each text once, and put other forms in."""
    diagram = files["pair.bpmn"].decode()
    for old, new in changes:
        assert old in diagram
        diagram = diagram.replace(old, new, 1)
    written = {f"forms/{name}.form": form.encode() for name, form in (forms or {}).items()}
    return {**files, "pair.bpmn": diagram.encode(), **written}
