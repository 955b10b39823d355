"""A pack whose every text attacks the reader: on the page it is text, and nothing but text."""

import json
import re
from types import SimpleNamespace
from xml.sax.saxutils import quoteattr

import html5lib
import pytest

from webapp.markdown import to_html
from webapp.tables import as_text
from workflows.operations.cases import start_case
from workflows.operations.packs import install_pack

EVIL = "+x<img src=x onerror=alert(1)>\"'><script>alert(2)</script>%s%(name)s{0}"
LINKS = "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x) [d](//elsewhere.example)"
OPTIONS = [{"label": EVIL, "value": EVIL}, {"label": "x", "value": "constructor"}]
FORM = {
    "type": "default",
    "id": "record_meeting",
    "schemaVersion": 16,
    "components": [
        {"type": "text", "id": "said", "text": f'# {EVIL}\n{LINKS} [e](https://x"onclick="1)'},
        {"type": "textfield", "id": "topic", "key": "topic", "label": EVIL, "description": EVIL},
        {"type": "select", "id": "one", "key": "one", "label": EVIL, "values": OPTIONS},
        {"type": "radio", "id": "two", "key": "two", "label": EVIL, "values": OPTIONS},
        {"type": "checklist", "id": "many", "key": "many", "label": EVIL, "values": OPTIONS},
        {"type": "checkbox", "id": "is_last", "key": "is_last", "label": EVIL},
    ],
}


@pytest.fixture
def hostile(pack_files: dict[str, bytes]) -> dict[str, bytes]:
    diagram = pack_files["pair.bpmn"].decode()
    diagram = re.sub(r' name="[^"]*"', lambda _: f" name={quoteattr(EVIL)}", diagram)
    documented = f"<bpmn:documentation><![CDATA[{EVIL} {LINKS}]]></bpmn:documentation>"
    diagram = re.sub(r"(<bpmn:userTask [^>]*?\"[^<]*>)", lambda found: found[1] + documented, diagram)
    assert documented in diagram
    settings = pack_files["pack.toml"].decode().replace('"Наставник"', json.dumps(EVIL))
    return pack_files | {
        "pair.bpmn": diagram.encode(),
        "forms/record_meeting.form": json.dumps(FORM).encode(),
        "pack.toml": settings.encode(),
    }


def refuse_anything_live(answer):
    """Read the page as a browser does and look for what it would run or follow."""
    assert answer.status_code < 500
    for one in html5lib.parse(answer.text, namespaceHTMLElements=False).iter():
        assert one.tag != "img"
        assert one.tag != "script" or one.get("src").startswith("/static/")
        assert not [name for name in one.attrib if str(name).startswith("on")]
        for name in ("href", "src", "action"):
            assert one.get(name, "/").startswith(("/", "#", "https://x")), one.attrib
            assert not one.get(name, "/").startswith("//")


def test_no_text_of_a_pack_and_nothing_typed_comes_alive(reader, town: SimpleNamespace, as_, hostile):
    install_pack(as_(town.administrator), town.school.id, hostile)
    people = {role: [getattr(town, role).person_id] for role in ("mentor", "mentee", "curator")}
    case = start_case(as_(town.curator), town.school.id, "pair", EVIL, participants=people)
    as_(town.curator).session.commit()
    task, page, other = f"/tasks/{case.opened[0]}", f"/cases/{case.id}", reader(town.curator)
    mentor, typed = reader(town.mentor), {"topic": EVIL, "one": EVIL, "two": EVIL, "many": EVIL}
    for answer in (
        mentor.get("/"),
        mentor.get(task),
        mentor.post(task, typed | {"one": "no such choice"}),
        mentor.post(f"{task}/redraw", typed),
        mentor.post(task, typed | {"csrf_token": "old"}),
        mentor.post(task, typed),
        other.get(task),
        other.get(page),
        other.post(f"{page}/cancel", {"reason": EVIL}),
        other.post(f"{page}/cancel", {"reason": EVIL, "sure": "on"}),
        other.get(page),
    ):
        refuse_anything_live(answer)
    assert "alert(2)" in other.get(page).text, "the texts are there, as texts"


@pytest.mark.parametrize("sign", "=+-@\t\r\n＝＋－＠")
def test_no_cell_of_a_table_is_a_formula(sign: str) -> None:
    assert as_text(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "**a" * 50_000, "`" * 50_001, "[a](" * 30_000, "_a " * 50_000]
)
def test_no_text_keeps_the_reader_waiting(text: str) -> None:
    assert to_html(text)
