"""What comes with the product: a template for each kind, its words, and the made-up values to try it with."""

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import bpmn
from workflows.documents.kinds import Kind

_FOLDER = Path(bpmn.__file__).parent / "target-model" / "documents"


@cache
def template_of(code: str) -> bytes:
    """Return the template of a kind as it comes with the product."""
    return (_FOLDER / f"{code}.docx").read_bytes()


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((_FOLDER / "documents.toml").read_text(encoding="utf-8"))


def digest_of(content: bytes) -> str:
    """Return by what a template is told from others."""
    return hashlib.sha256(content).hexdigest()


def word(kind: Kind, group: str, code: str, otherwise: str = "") -> str:
    """Return what a code is called in the language of the document."""
    return str(_words()["words"][kind.language].get(group, {}).get(code, otherwise or code))


def usual_text(kind: Kind, name: str) -> str:
    """Return what stands in a field to type before anybody has typed."""
    return str(_words()["kinds"][kind.code].get("typed", {}).get(name, ""))


def title_of(kind: Kind, values: Mapping[str, Any]) -> str:
    """Return what a document is called in lists, and in the name of its file."""
    known = {
        f"{group}_{name}": value
        for group, inner in values.items()
        if isinstance(inner, Mapping)
        for name, value in inner.items()
        if isinstance(value, str)
    }
    return Template(_words()["kinds"][kind.code]["title"]).safe_substitute(known)


def mark_of(kind: Kind) -> str:
    """Return the letters before the numbers of a register."""
    return str(_words()["registers"][kind.register])


def names_of(kind: Kind) -> list[str]:
    """List what a document of a kind is filled with."""
    words = _words()
    return [*words["everywhere"], *words["kinds"][kind.code]["names"]]


def sample_of(kind: Kind) -> dict[str, Any]:
    """Return made-up values of a kind: they show a template, and their names are the ones it may use."""
    words = _words()
    found = {name: words["samples"][kind.language][name] for name in names_of(kind)}
    if kind.typed:
        found["typed"] = {name: usual_text(kind, name) or words["sample_text"] for name in kind.typed}
    return found
