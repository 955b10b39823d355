"""Compile the catalogues of words whose text is newer than what was made from it."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parent / "translations"


def bring_up_to_date() -> None:
    """Make every stale `.mo` anew; a reader sees the old one or the new one, never half of it."""
    for text in sorted(TRANSLATIONS.rglob("*.po")):
        compiled = text.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < text.stat().st_mtime:
            _compile(text, compiled)


def _compile(text: Path, compiled: Path) -> None:
    with text.open("rb") as source:
        catalogue = read_po(source, locale=text.parts[-3])
    unfinished = compiled.with_suffix(f".{os.getpid()}.unfinished")
    with unfinished.open("wb") as target:
        write_mo(target, catalogue)
    unfinished.replace(compiled)


if __name__ == "__main__":
    bring_up_to_date()
