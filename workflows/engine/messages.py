"""Messages between cases: what a case awaits, and what it has sent.

The library delivers a message at once, to whoever matches any one key. Here a message is addressed to one
case and matched by its name and one key; who keeps it until it is awaited is not the engine's business.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from workflows.engine.case import CaseTask
from workflows.engine.environment import failure
from workflows.engine.step import Sent
from workflows.engine.values import NotPlain, kept

ADDRESS = "to"
KEY = "key"


def key_text(value: Any) -> str:
    """Write a key as one text; a key of several parts is a list or a context."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def compose(task: CaseTask, name: str, inputs: Mapping[str, Any]) -> Sent:
    """Make the message that this element sends from its inputs."""
    rest = dict(inputs)
    address = rest.pop(ADDRESS, None)
    if not isinstance(address, str) or not address:
        raise failure(task, "message_without_addressee", message=name, value=repr(address))
    key = key_text(rest.pop(KEY, None))
    try:
        payload = kept(rest)
    except NotPlain as problem:
        raise failure(task, "message_not_kept", problem, message=name) from problem
    return Sent(element=task.task_spec.bpmn_id, name=name, to=address, key=key, payload=payload)
