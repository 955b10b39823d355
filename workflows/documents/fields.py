"""The fields of Word: programs in the text, of which some fetch files from elsewhere or start others."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

HARMLESS = frozenset(
    {
        "PAGE",
        "NUMPAGES",
        "SECTIONPAGES",
        "SECTION",
        "DATE",
        "TIME",
        "CREATEDATE",
        "SAVEDATE",
        "PRINTDATE",
        "TOC",
        "PAGEREF",
        "REF",
        "NOTEREF",
        "STYLEREF",
        "SEQ",
        "SYMBOL",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
    }
)
"""All others are refused, and those whose name is itself put together by a field: it says what it likes."""
_LEADS = "HYPERLINK"
_TO = ('"http://', '"https://', '"mailto:', "\\l", '"#')


def list_strange(root: Any) -> Iterator[str]:
    """Go through the fields of a part that do more than to count, to date and to refer."""
    begun: list[str] = []
    for one in root.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText"), qn("w:delInstrText")):
        if one.tag == qn("w:fldSimple"):
            yield from _strange(one.get(qn("w:instr"), ""))
        elif one.tag != qn("w:fldChar"):
            begun = [*begun[:-1], (begun[-1] if begun else "") + (one.text or "")]
        elif one.get(qn("w:fldCharType")) == "begin":
            begun.append("")
        elif begun:
            # After the separator stands what the field has said last; nobody runs that.
            is_end = one.get(qn("w:fldCharType")) == "end"
            yield from _strange(begun[-1]) if begun[-1] != _DONE else ()
            begun = begun[:-1] if is_end else [*begun[:-1], _DONE]
    for left in begun:
        yield from _strange(left) if left != _DONE else ()


_DONE = " done"


def _strange(instruction: str) -> Iterator[str]:
    words = instruction.split()
    name = words[0].upper() if words else ""
    is_link = name == _LEADS and len(words) > 1 and words[1].lower().startswith(_TO)
    if name not in HARMLESS and not is_link:
        yield " ".join(words) or "{}"
