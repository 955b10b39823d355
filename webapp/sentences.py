"""Find the sentences to translate in code and templates, and bring the catalogues in step with them.

`python -m webapp.sentences` adds what is new (untranslated) and drops what is gone; a test asks that
nothing is left to do.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from webapp.catalogues import TRANSLATIONS

WEBAPP = Path(__file__).parent
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "lazy_pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "plural": (1, 2),
}
WIDTH = 110
# Written by hand, because the extraction would put dates and nobody's addresses in it.
HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: Tandem\n"
"Language: {language}\n"
"Plural-Forms: {plural_forms}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def sentences() -> Iterator[tuple[str | tuple[str, ...], str | None, str]]:
    """Find every sentence: its text or both its forms, its context, and the file it stands in."""
    found = extract_from_dir(WEBAPP, METHODS, OPTIONS, KEYWORDS, directory_filter=holds_sentences)
    for file, _line, message, _comments, context in found:
        yield message, context, file


def holds_sentences(directory: str | os.PathLike[str]) -> bool:
    """Leave the npm side and what is not ours alone."""
    return Path(directory).name not in {"frontend", "static", "translations", "__pycache__"}


def template() -> Catalog:
    """Gather the sentences in a catalogue without translations."""
    gathered = Catalog(charset="utf-8")
    for message, context, file in sentences():
        gathered.add(message, None, locations=[(f"webapp/{file}", None)], context=context)  # type: ignore[list-item]
    return gathered


def catalogue(file: Path) -> Catalog:
    """Read a catalogue as it is kept."""
    with file.open("rb") as source:
        return read_po(source, locale=file.parts[-3])


def bring_in_step() -> None:
    """Add to every catalogue what is new and drop what is gone."""
    gathered = template()
    for file in sorted(TRANSLATIONS.rglob("*.po")):
        kept = catalogue(file)
        kept.update(gathered, no_fuzzy_matching=True, update_creation_date=False)
        kept.obsolete.clear()
        file.write_bytes(written(kept))


def written(catalogue: Catalog) -> bytes:
    """Write a catalogue in an order that does not change with the lines of the code."""
    body = io.BytesIO()
    write_po(body, catalogue, width=WIDTH, sort_by_file=True, include_lineno=False, omit_header=True)
    header = HEADER.format(language=catalogue.locale_identifier, plural_forms=catalogue.plural_forms)
    return header.encode() + body.getvalue()


if __name__ == "__main__":
    bring_in_step()
