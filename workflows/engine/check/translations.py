"""Catalogues: whether every text that people read is there in the other language."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from workflows.engine.catalogues import CatalogueBroken, read_catalogue
from workflows.engine.check.building import BPMN
from workflows.engine.check.decision_texts import RUSSIAN, texts_of_decisions
from workflows.engine.check.form_parts import Part
from workflows.engine.check.forms import read_form
from workflows.engine.check.graph import Document, Node
from workflows.engine.check.pack import Pack
from workflows.engine.check.problems import Place, Problem, Spot, problem
from workflows.engine.check.reading import line_of, text_of

# The texts of a pack are Russian; this is what they must be translated into.
LANGUAGES = ("en",)
_TEXTS_OF_A_PART = ("label", "description", "text", "dateLabel", "timeLabel")
_TEXTS_OF_ITS_LOOK = ("prefixAdorner", "suffixAdorner")


def check_translations(pack: Pack) -> Iterator[Problem]:
    """Check the catalogues of a pack."""
    texts = texts_of(pack)
    catalogues = {PurePosixPath(path).stem: path for path in pack.files if path.endswith(".po")}
    for language in LANGUAGES:
        if language not in catalogues:
            yield problem("catalogue_not_found", Spot(f"translations/{language}.po"), language=language)
    for language, path in sorted(catalogues.items()):
        try:
            translated = read_catalogue(pack.files[path])
        except CatalogueBroken as cause:
            yield problem("catalogue_broken", Spot(path, line=cause.line))
            continue
        for text, place in texts.items():
            if text not in translated:
                spot = Spot(path, place.id, place.name)
                yield problem("translation_missing", spot, text=text, language=language)
        for text in translated:
            if text not in texts:
                yield problem("translation_unused", Spot(path), text=text, language=language)


def texts_of(pack: Pack) -> dict[str, Place]:
    """Give every text of the pack that people read, with the place where it is read first."""
    found: dict[str, Place] = {}
    for document in pack.documents:
        for text, place in _of_document(document):
            found.setdefault(text, place)
    for file in sorted(pack.files):
        if file.endswith(".form"):
            for text, place in _of_form(file, pack.files[file]):
                found.setdefault(text, place)
        elif file.endswith(".dmn"):
            for text, place in texts_of_decisions(file, pack.files[file]):
                found.setdefault(text, place)
    return {text: place for text, place in found.items() if _has_letters(text)}


def _of_document(document: Document) -> Iterator[tuple[str, Place]]:
    for process in document.processes:
        yield process.sheet.name, process.sheet
        yield from ((lane.name, lane) for lane in process.lanes)
    for scope in document.scopes():
        yield from ((node.name, node) for node in scope.nodes)
        yield from ((flow.name, flow) for flow in scope.flows)
        yield from (told for node in scope.nodes for told in _told_by(node))
        yield from ((_purpose_of(node), node) for node in scope.nodes)
    for participant in document.root.iter(f"{BPMN}participant"):
        name = participant.get("name", "").strip()
        yield name, Spot(document.file, participant.get("id", ""), name, line_of(participant))
    for annotation in document.root.iter(f"{BPMN}textAnnotation"):
        spot = Spot(document.file, annotation.get("id", ""), "", line_of(annotation))
        yield text_of(annotation.find(f"{BPMN}text")), spot


def _purpose_of(node: Node) -> str:
    return text_of(node.xml.find(f"{BPMN}documentation"))


def _told_by(node: Node) -> Iterator[tuple[str, Place]]:
    """Give the literal texts that a service task tells people; codes and expressions are none."""
    for mapping in node.extensions.get("ioMapping", []):
        for child in mapping:
            source = child.get("source", "")
            is_text = child.get("target") == "text" or RUSSIAN.search(source) is not None
            if is_text and not source.startswith("="):
                yield source, node


def _of_form(file: str, content: bytes) -> Iterator[tuple[str, Place]]:
    form, _problems = read_form(file, content)
    waiting: list[Any] = [*form["components"]] if form is not None else []
    while waiting:
        data = waiting.pop(0)
        if not isinstance(data, dict):
            continue
        place = Part(file, "", data).place
        for text in _of_part(data):
            if isinstance(text, str) and not text.startswith("="):
                yield text, place
        inner = data.get("components")
        waiting[:0] = inner if isinstance(inner, list) else []


def _of_part(data: dict[str, Any]) -> Iterator[Any]:
    yield from (data.get(name) for name in _TEXTS_OF_A_PART)
    look, rules = data.get("appearance"), data.get("validate")
    if isinstance(look, dict):
        yield from (look.get(name) for name in _TEXTS_OF_ITS_LOOK)
    if isinstance(rules, dict):
        yield rules.get("patternErrorMessage")
    for parts in (data.get("values"), data.get("columns")):
        if isinstance(parts, list):
            yield from (one.get("label") for one in parts if isinstance(one, dict))


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
