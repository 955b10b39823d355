"""Fill a template with plain values."""

import io
import re
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate

from workflows.documents.expressions import make_environment

# XML cannot hold these, and the library takes some of them for breaks of its own.
_NOT_PRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def fill(template: bytes, values: Mapping[str, Any]) -> bytes:
    """Return the document that comes of a checked template with these values."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(plain(values), jinja_env=make_environment(), autoescape=True)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def plain(value: Any) -> Any:
    """Return a value as a document can hold it: texts without signs that control something."""
    if isinstance(value, str):
        # The library reads these pairs as the beginning and the end of expressions.
        return _NOT_PRINTABLE.sub(" ", value).replace("{_", "{ _").replace("_}", "_ }")
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value
