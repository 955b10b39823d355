"""Check a whole pack, or one diagram of it. Whatever the bytes, the answer is a list of problems."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from workflows.engine.check import (
    decisions,
    events,
    expressions,
    gateways,
    loops,
    names,
    references,
    repetitions,
    structure,
    unset,
    unsupported,
    user_tasks,
    variables,
)
from workflows.engine.check.building import read_document
from workflows.engine.check.files import path_problems, size_problems
from workflows.engine.check.forms import check_form
from workflows.engine.check.graph import Document
from workflows.engine.check.pack import Names, Pack
from workflows.engine.check.problems import Problem, Spot, problem
from workflows.engine.check.reading import line_by_id
from workflows.engine.check.settings import SETTINGS, settings_problems
from workflows.engine.check.translations import check_translations
from workflows.engine.definitions import DefinitionError, Definitions
from workflows.engine.feel_sandbox import BundleMissing

CHECKS: tuple[Callable[[Pack, Document], Iterable[Problem]], ...] = (
    unsupported.check,
    names.check,
    structure.check,
    gateways.check,
    loops.check,
    events.check,
    expressions.check,
    repetitions.check,
    references.check,
    user_tasks.check,
    variables.check,
    unset.check,
)
"""What is asked of every file with diagrams."""


def check_pack(files: Mapping[str, bytes], known: Names) -> list[Problem]:
    """Say everything that is wrong with a pack; nothing is left that would stop it from running."""
    files = {str(path): content for path, content in files.items()}
    problems = [*path_problems(files), *size_problems(files)]
    if problems:
        return _ordered(problems)
    pack, problems = _read(files, known)
    problems += _guarded(SETTINGS, lambda: _about_the_whole(pack))
    for document in pack.documents:
        problems += _about_document(pack, document)
    for file in files:
        if file.endswith(".form"):
            problems += _guarded(file, lambda file=file: check_form(file, files[file]))  # type: ignore[misc]
    if not any(found.is_error for found in problems):
        problems += _guarded("", lambda: _refused_by_the_engine(files))
    return _ordered(problems)


def _refused_by_the_engine(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Ask the engine too: nothing may be installed that it could not start afterwards."""
    definitions = Definitions(files)
    try:
        for process in definitions.process_keys():
            definitions.specs(process)
    except DefinitionError as refusal:
        spot = Spot(refusal.file, refusal.element, line=line_by_id(files, refusal.file, refusal.element))
        yield problem("cannot_be_run", spot, reason=refusal.reason)


def check_process(file: str, files: Mapping[str, bytes], known: Names) -> list[Problem]:
    """Say what is wrong with one diagram of a pack, for somebody who is drawing it."""
    pack, problems = _read(files, known)
    problems = [found for found in problems if found.file == file]
    for document in pack.documents:
        if document.file == file:
            problems += _about_document(pack, document)
            problems += [
                found for found in _guarded(file, lambda: names.duplicates(pack)) if found.file == file
            ]
    return _ordered(problems)


def _read(files: Mapping[str, bytes], known: Names) -> tuple[Pack, list[Problem]]:
    settings, problems = settings_problems(files)
    pack = Pack(files, known, settings)
    for file in sorted(files):
        if file.endswith(".bpmn"):
            problems += _guarded(file, lambda file=file: _take_document(pack, file))  # type: ignore[misc]
        elif file.endswith(".dmn"):
            problems += _guarded(file, lambda file=file: decisions.take(pack, file))  # type: ignore[misc]
    return pack, problems


def _take_document(pack: Pack, file: str) -> list[Problem]:
    document, problems = read_document(file, pack.files[file])
    if document is not None:
        pack.documents.append(document)
    return problems


def _about_document(pack: Pack, document: Document) -> list[Problem]:
    return [found for check in CHECKS for found in _guarded(document.file, lambda: check(pack, document))]  # noqa: B023


def _about_the_whole(pack: Pack) -> Iterator[Problem]:
    yield from names.duplicates(pack)
    yield from references.unused_forms(pack)
    yield from check_translations(pack)
    if not pack.processes:
        yield problem("process_not_found", Spot(""))
    begun = (*pack.settings.starts, *pack.settings.begun) if pack.settings is not None else ()
    for process in begun:
        if process not in pack.processes:
            yield problem("start_unknown", Spot(SETTINGS, id=process), process=process)


def _guarded(file: str, check: Callable[[], Iterable[Problem]]) -> list[Problem]:
    """Turn an error of the check itself into a problem: whoever draws must not lose the other answers."""
    found: list[Problem] = []
    try:
        found.extend(check())
    except BundleMissing:
        raise  # Nothing is wrong with the pack, and whoever runs the check can do something about it.
    except Exception as cause:
        reason = f"{type(cause).__name__}: {cause}"
        found.append(problem("check_failed", Spot(file), reason=reason))
    return found


def _ordered(problems: list[Problem]) -> list[Problem]:
    """Put errors before warnings, each in the order of the files."""
    return sorted(problems, key=lambda one: (not one.is_error, one.file, one.line, one.element, one.code))
