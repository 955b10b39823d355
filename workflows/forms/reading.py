"""Read a form as the form-js editor saves it (schema versions of form-js 1.x)."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from workflows.forms.components import Component, Computed, Group, Separator, Spacer, Text
from workflows.forms.reading_fields import READERS, read_field
from workflows.forms.reading_tables import read_table
from workflows.forms.schemas import MAX_ROWS, schema_of
from workflows.forms.scopes import DynamicList, Form, Scope
from workflows.forms.source import Finding, Source
from workflows.refusals import Complaint, Invalid

MAX_COMPONENTS = 300
MAX_DEPTH = 8
MAX_KEY = 200

UNSUPPORTED = ("html", "image", "iframe", "filepicker", "documentPreview", "multipage", "page")
PASSED_OVER = ("button",)  # The page has its own buttons.

# The page keeps `csrf_token` for itself, and FEEL the names of a row's surroundings.
RESERVED = frozenset({"csrf_token", "this", "parent", "i"})

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,99}")
_SEGMENT = re.compile(r"[^\W\d_]\w*")

Path = tuple[str, ...]


def read(schema: Mapping[str, Any]) -> Form:
    """Read a form; raise `Invalid` if it cannot be used. Keep the result: reading takes milliseconds."""
    reader = _Reader()
    form = reader.form(schema)
    if reader.found:
        problems: dict[str, list[Complaint]] = {}
        for found in reader.found:
            problems.setdefault(found.component, []).append(Complaint(found.code, **found.values))
        raise Invalid(problems, "form_unreadable")
    return form


def complaints(schema: object) -> list[Finding]:
    """List why a form cannot be used: the id of the component, a key for people, and its values."""
    reader = _Reader()
    reader.form(schema)
    return reader.found


class _Reader:
    """Goes through the components once, noting everything that is wrong on the way."""

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self.ids: set[str] = set()
        self.count = 0

    def form(self, schema: object) -> Form:
        if not isinstance(schema, Mapping) or not isinstance(schema.get("components"), list):
            self.found.append(Finding("", "form_without_components", {}))
            schema = {"components": []}
        source = Source(schema, "", self.found)
        scope = Scope(self.components(source, (), set(), depth=0))
        # Keys that clash cannot be planted; what is read with complaints is never used.
        return Form(source.text("id"), scope, schema_of(Scope(()) if self.found else scope))

    def components(self, source: Source, base: Path, taken: set[Path], depth: int) -> tuple[Component, ...]:
        raw = source.raw.get("components")
        if not isinstance(raw, list):
            source.complain("form_property_wrong", property="components")
            return ()
        if depth > MAX_DEPTH:
            source.complain("form_too_deep", limit=MAX_DEPTH)
            return ()
        parts = (self.component(entry, base, taken, depth) for entry in raw[: MAX_COMPONENTS + 1])
        return tuple(part for part in parts if part is not None)

    def component(self, raw: object, base: Path, taken: set[Path], depth: int) -> Component | None:
        source = Source(raw, self.identify(raw), self.found)
        self.count += 1
        if self.count > MAX_COMPONENTS:
            if self.count == MAX_COMPONENTS + 1:
                source.complain("form_too_large", limit=MAX_COMPONENTS)
            return None
        kind = source.text("type")
        if kind in PASSED_OVER:
            return None
        if kind in UNSUPPORTED:
            source.complain("form_component_unknown", type=kind)
            return None
        part = self.known(kind, source, base, taken, depth)
        return replace(part, mentions=frozenset(source.mentions)) if part and source.mentions else part

    def identify(self, raw: object) -> str:
        name = raw.get("id") if isinstance(raw, Mapping) else None
        if not isinstance(name, str) or not _ID.fullmatch(name):
            name = f"#{self.count + 1}"
            self.found.append(Finding(name, "form_id_wrong", {}))
        elif name in self.ids:
            self.found.append(Finding(name, "form_id_duplicate", {}))
        self.ids.add(name)
        return name

    def known(self, kind: str, source: Source, base: Path, taken: set[Path], depth: int) -> Component | None:
        basics = self.basics(source)
        if kind in READERS:
            path = self.path(source, "key", base, taken)
            return read_field(source, basics, path)
        match kind:
            case "text":
                return Text(**basics, text=source.words("text"))
            case "separator":
                return Separator(**basics)
            case "spacer":
                return Spacer(**basics, height=source.whole("height", least=0, most=1000) or 60)
            case "table":
                return read_table(source, basics)
            case "expression":
                return self.computed(source, basics, base, taken)
            case "group":
                inner = (*base, *self.segments(source, source.text("path")))
                return Group(
                    **basics,
                    components=self.components(source, inner, taken, depth + 1),
                    has_outline=source.flag("showOutline"),
                )
            case "dynamiclist":
                return self.dynamic_list(source, basics, base, taken, depth)
        source.complain("form_component_unknown", type=kind[:100])
        return None

    def basics(self, source: Source) -> dict[str, Any]:
        layout = source.inner("layout")
        return {
            "id": source.component,
            "label": source.words("label"),
            "row": layout.text("row") or None,
            "columns": layout.whole("columns", least=1, most=16),
            "hide": source.inner("conditional").formula("hide"),
        }

    def computed(
        self, source: Source, basics: dict[str, Any], base: Path, taken: set[Path]
    ) -> Component | None:
        path, expression = self.path(source, "key", base, taken), source.formula("expression")
        if expression is None:
            source.complain("form_expression_missing")
            return None
        return Computed(**basics, path=path, expression=expression)

    def dynamic_list(
        self, source: Source, basics: dict[str, Any], base: Path, taken: set[Path], depth: int
    ) -> Component:
        at_first = source.whole("defaultRepetitions", least=0, most=MAX_ROWS)
        return DynamicList(
            **basics,
            path=self.path(source, "path", base, taken),
            scope=Scope(self.components(source, (), set(), depth + 1)),
            rows_at_first=1 if at_first is None else at_first,
            can_change=source.flag("allowAddRemove"),
        )

    def path(self, source: Source, name: str, base: Path, taken: set[Path]) -> Path:
        """Give the place of an answer; two questions may not share one, nor stand inside one another."""
        segments = self.segments(source, source.text(name))
        if not segments:
            source.complain("form_key_missing")
            return (*base, source.component)
        path = (*base, *segments)
        if any(path[: len(other)] == other or other[: len(path)] == path for other in taken):
            source.complain("form_key_duplicate", key=".".join(path))
        taken.add(path)
        return path

    def segments(self, source: Source, text: str) -> Path:
        segments = tuple(text.split(".")) if text else ()
        if len(text) > MAX_KEY or not all(map(_SEGMENT.fullmatch, segments)):
            source.complain("form_key_wrong", key=text[:100])
        elif not RESERVED.isdisjoint(segments):
            source.complain("form_key_reserved", key=text)
        return segments
