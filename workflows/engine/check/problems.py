"""What the check can say: one table of codes, and the problems it finds.

A problem carries a code and values, never a finished sentence: the door that shows it knows the
reader's language and looks up the reason and the remedy by the code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol


class Severity(StrEnum):
    """An error keeps a pack from being installed; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


ERROR, WARNING = Severity.ERROR, Severity.WARNING

CODES: Mapping[str, tuple[Severity, tuple[str, ...]]] = {
    # The pack and its files.
    "pack_not_found": (ERROR, ("path",)),
    "archive_broken": (ERROR, ()),
    "path_refused": (ERROR, ("path",)),
    "file_unknown": (ERROR, ("path",)),
    "file_too_large": (ERROR, ("limit",)),
    "pack_too_large": (ERROR, ("limit",)),
    "too_many_files": (ERROR, ("limit",)),
    "check_failed": (ERROR, ("reason",)),
    "cannot_be_run": (ERROR, ("reason",)),
    # pack.toml
    "settings_not_found": (ERROR, ()),
    "settings_broken": (ERROR, ("reason",)),
    "settings_incomplete": (ERROR, ("entry",)),
    "settings_wrong": (ERROR, ("entry",)),
    "settings_unknown": (ERROR, ("entry",)),
    "start_unknown": (ERROR, ("process",)),
    # The file of a diagram as XML.
    "xml_broken": (ERROR, ("reason",)),
    "xml_doctype": (ERROR, ()),
    "not_bpmn": (ERROR, ()),
    "not_dmn": (ERROR, ()),
    "process_not_found": (ERROR, ()),
    "process_not_executable": (ERROR, ()),
    # Ids and names.
    "id_missing": (ERROR, ("kind",)),
    "id_wrong": (ERROR, ("id",)),
    "id_reserved": (ERROR, ("id",)),
    "id_duplicate": (ERROR, ("id", "other")),
    "name_missing": (ERROR, ("kind",)),
    "flow_name_missing": (WARNING, ()),
    "variable_wrong": (ERROR, ("variable",)),
    "variable_reserved": (ERROR, ("variable",)),
    # How the nodes hang together.
    "start_missing": (ERROR, ()),
    "start_several": (ERROR, ("count",)),
    "end_missing": (ERROR, ()),
    "flow_broken": (ERROR, ()),
    "flow_misplaced": (ERROR, ()),
    "unreachable": (ERROR, ()),
    "leads_nowhere": (ERROR, ()),
    "several_flows_out": (ERROR, ("count",)),
    "condition_ignored": (ERROR, ("source",)),
    "condition_missing": (ERROR, ("source",)),
    "default_missing": (ERROR, ()),
    "default_unknown": (ERROR, ("flow",)),
    "default_with_condition": (ERROR, ("source",)),
    "gateway_useless": (WARNING, ()),
    "gateway_joins_and_splits": (WARNING, ()),
    "join_never_complete": (ERROR, ("split",)),
    "event_gateway_target": (ERROR, ("target",)),
    "event_gateway_single": (ERROR, ()),
    "loop_without_wait": (ERROR, ("elements",)),
    "call_without_wait": (ERROR, ("processes",)),
    "parallel_same_variable": (ERROR, ("variable", "other")),
    "sheet_too_large": (WARNING, ("count", "limit")),
    "not_drawn": (WARNING, ()),
    # What the engine does not run.
    "event_subprocess": (ERROR, ()),
    "ad_hoc_subprocess": (ERROR, ()),
    "transaction": (ERROR, ()),
    "complex_gateway": (ERROR, ()),
    "compensation": (ERROR, ()),
    "link_event": (ERROR, ()),
    "signal_event": (ERROR, ()),
    "cancel_event": (ERROR, ()),
    "data_object": (WARNING, ("kind",)),
    "plain_task": (ERROR, ()),
    "element_unknown": (ERROR, ("kind",)),
    "foreign_extension": (ERROR, ("extension",)),
    "extension_ignored": (WARNING, ("extension",)),
    "script_foreign": (ERROR, ()),
    # Events and messages.
    "start_with_event": (ERROR, ("event",)),
    "event_several": (ERROR, ("count",)),
    "event_empty": (ERROR, ()),
    "event_misplaced": (ERROR, ("event",)),
    "boundary_misplaced": (ERROR, ()),
    "boundary_never_fires": (ERROR, ("event",)),
    "timer_missing": (ERROR, ()),
    "timer_wrong": (ERROR, ("text",)),
    "timer_without_zone": (ERROR, ("text",)),
    "timer_cycle_misplaced": (ERROR, ("text",)),
    "due_date_wrong": (ERROR, ("text",)),
    "message_missing": (ERROR, ()),
    "message_unknown": (ERROR, ("reference",)),
    "message_to_missing": (ERROR, ()),
    "message_never_awaited": (WARNING, ("message",)),
    "error_unknown": (ERROR, ("reference",)),
    "error_not_caught": (ERROR, ()),
    "escalation_unknown": (ERROR, ("reference",)),
    "escalation_not_caught": (WARNING, ()),
    # Expressions.
    "expression_wrong": (ERROR, ("expression", "reason")),
    "expression_missing": (ERROR, ("kind",)),
    "expression_without_equals": (ERROR, ("expression",)),
    "expression_language": (ERROR, ("language",)),
    "mapping_incomplete": (ERROR, ()),
    "mapping_ignored": (ERROR, ("extension",)),
    "variable_never_set": (WARNING, ("variable", "expression")),
    "collection_missing": (ERROR, ()),
    "collection_output_incomplete": (ERROR, ()),
    "repetition_wrong": (ERROR, ("text",)),
    "repetition_endless": (ERROR, ()),
    "repetition_twice": (ERROR, ()),
    # What a diagram names.
    "role_missing": (ERROR, ()),
    "role_unknown": (ERROR, ("role",)),
    "lane_ambiguous": (ERROR, ("lanes",)),
    "form_missing": (ERROR, ()),
    "form_unknown": (ERROR, ("form",)),
    "form_unused": (WARNING, ()),
    "operator_missing": (ERROR, ()),
    "operator_unknown": (ERROR, ("operator",)),
    "operator_is_an_id": (ERROR, ("operator",)),
    "listener_unknown": (ERROR, ("listener",)),
    "listener_event": (ERROR, ("event",)),
    "listener_misplaced": (ERROR, ()),
    "setting_wrong": (ERROR, ("listener", "setting", "values")),
    "reader_unknown": (ERROR, ("reader",)),
    "reader_misplaced": (ERROR, ()),
    "decision_missing": (ERROR, ()),
    "decision_unknown": (ERROR, ("decision",)),
    "call_missing": (ERROR, ()),
    "call_unknown": (ERROR, ("process",)),
    # Decisions, forms and catalogues.
    "decision_wrong": (ERROR, ("reason",)),
    "form_broken": (ERROR, ("reason",)),
    "form_without_components": (ERROR, ()),
    "form_id_differs": (WARNING, ("id",)),
    "form_component_unknown": (ERROR, ("type",)),
    "form_key_missing": (ERROR, ()),
    "form_key_wrong": (ERROR, ("key",)),
    "form_key_reserved": (ERROR, ("key",)),
    "form_key_duplicate": (ERROR, ("key",)),
    "form_label_missing": (ERROR, ()),
    "form_options_missing": (ERROR, ()),
    "form_option_duplicate": (ERROR, ("value",)),
    "form_property_wrong": (ERROR, ("property",)),
    "catalogue_not_found": (WARNING, ("language",)),
    "catalogue_broken": (ERROR, ()),
    "translation_missing": (WARNING, ("text", "language")),
    "translation_unused": (WARNING, ("text", "language")),
}
"""Every code, how grave it is and the names of the values its sentences may use."""


@dataclass(frozen=True)
class Cause:
    """Why an expression or a decision cannot be used: a code of `feel_reasons` with its values."""

    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a pack: where it is and what it is."""

    file: str
    element: str
    name: str
    line: int
    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    cause: Cause | None = None
    """What `reason` among the values says in English, for doors that speak other languages too."""

    @property
    def severity(self) -> Severity:
        return CODES[self.code][0]

    @property
    def is_error(self) -> bool:
        return self.severity is ERROR


class Place(Protocol):
    """Something in a file that a problem can point at."""

    @property
    def file(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def line(self) -> int: ...


@dataclass(frozen=True)
class Spot:
    """A place that is no node of a diagram: a file, a component of a form, a line of a catalogue."""

    file: str
    id: str = ""
    name: str = ""
    line: int = 0


LONGEST_VALUE = 200
"""A value is for a sentence; the whole of a broken file would not fit into one."""


def problem(code: str, place: Place, cause: Cause | None = None, **values: str | int) -> Problem:
    """Say what is wrong at this place."""
    _severity, names = CODES[code]
    if names != tuple(values):
        raise KeyError(f"{code} needs the values {names}, not {tuple(values)}")
    shown = {key: _shortened(value) if isinstance(value, str) else value for key, value in values.items()}
    return Problem(place.file, _shortened(place.id), _shortened(place.name), place.line, code, shown, cause)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
