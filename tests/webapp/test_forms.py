"""Forms of a methodology on a page: readable by everybody, safe, and usable without a script."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from html5lib import HTMLParser
from werkzeug.datastructures import MultiDict

from webapp import form_pages
from webapp.form_readings import read_back
from workflows import forms
from workflows.refusals import Complaint, Invalid

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=ZoneInfo("Europe/Moscow"))
CASE = {
    "mentee_name": "Алиса",
    "pair": "7-А",
    "known_topics": [{"label": "Учёба", "value": "study"}, {"label": "Работа", "value": "work"}],
}
EVERY_KIND = Path(__file__).parents[1] / "workflows" / "forms" / "every_kind.form"
EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"
CONTROLS = "input", "select", "textarea"

Tree = Any


class Page:
    """A rendered form, and what somebody would do with it in a browser."""

    def __init__(self, form: forms.Form, html: str) -> None:
        self.form = form
        self.html = html
        document = f"<!doctype html><html lang=en><head><title>t</title></head><body>{html}</body></html>"
        self.tree = HTMLParser(strict=True, namespaceHTMLElements=False).parse(document)
        self.ids = [one.get("id") for one in self.tree.iter() if one.get("id")]

    def all(self, *tags: str) -> list[Tree]:
        return [one for one in self.tree.iter() if one.tag in tags]

    def control(self, name: str) -> Tree:
        return next(one for one in self.all(*CONTROLS) if one.get("name") == name)

    def by_id(self, name: str) -> Tree:
        return next(one for one in self.tree.iter() if one.get("id") == name)

    def text(self, element: Tree) -> str:
        return " ".join("".join(element.itertext()).split())

    def label_of(self, name: str) -> str:
        control = self.control(name)
        return self.text(next(one for one in self.all("label") if one.get("for") == control.get("id")))

    def described(self, name: str) -> str:
        ids = self.control(name).get("aria-describedby", "").split()
        return " ".join(self.text(self.by_id(one)) for one in ids)

    def names(self) -> set[str]:
        return {one.get("name") for one in self.all(*CONTROLS) if not one.get("name").startswith("_")}

    def sent(self, **changed: Any) -> MultiDict[str, str]:
        """Give what a browser would send, after somebody changed some fields."""
        posted: MultiDict[str, str] = MultiDict(pair for one in self.all(*CONTROLS) for pair in _sent_by(one))
        for name, value in changed.items():
            name = name.replace("__", ".")
            posted.setlist(name, value if isinstance(value, list) else [value])
        return posted


def _sent_by(control: Tree) -> Iterator[tuple[str, str]]:
    if control.get("disabled") is not None:
        return
    name, kind = control.get("name"), control.get("type")
    if control.tag == "textarea":
        yield name, "".join(control.itertext())
    elif control.tag == "select":
        chosen = [one for one in control.iter("option") if one.get("selected") is not None]
        yield from ((name, one.get("value")) for one in chosen or list(control.iter("option"))[:1])
    elif kind not in {"checkbox", "radio"} or control.get("checked") is not None:
        yield name, control.get("value", "")


Render = Callable[..., Page]


@pytest.fixture
def render(built_app: Flask) -> Iterator[Render]:
    def page(
        form: forms.Form,
        answers: dict[str, Any] | None = None,
        problems: dict[str, list[Complaint]] | None = None,
        case: dict[str, Any] = CASE,
        **more: Any,
    ) -> Page:
        first = form_pages.first_answers(form, case) if answers is None else answers
        voice = {"context": case, "now": NOW, "language": "en", "translate": str} | more
        return Page(form, form_pages.render(form, first, problems or {}, **voice))

    with built_app.test_request_context("/", headers={"Cookie": "language=en"}):
        yield page


@pytest.fixture(scope="module")
def every_kind() -> forms.Form:
    return forms.read(json.loads(EVERY_KIND.read_text("utf-8")))


def form_of(*components: dict[str, Any]) -> forms.Form:
    whole = [
        {"id": f"F{n}", "type": "textfield", "label": f"Question {n}"} | component
        for n, component in enumerate(components)
    ]
    return forms.read({"id": "form", "components": whole})


def problems_of(
    form: forms.Form, raw: dict[str, Any], case: dict[str, Any] = CASE
) -> dict[str, list[Complaint]]:
    with pytest.raises(Invalid) as refusal:
        forms.check(form, raw, context=case, now=NOW)
    return dict(refusal.value.problems)


def test_a_form_with_every_kind_of_part_is_strict_html_with_a_name_for_every_control(render, every_kind):
    page = render(every_kind, redraw_address="/redraw")
    assert len(page.ids) == len(set(page.ids))
    labelled = {one.get("for") for one in page.all("label")}
    visible = [one for one in page.all(*CONTROLS) if one.get("type") != "hidden"]
    assert len(visible) > 20
    assert [one.get("name") for one in visible if one.get("id") not in labelled] == []
    assert labelled <= set(page.ids)
    assert all(page.text(next(one.iter("legend"))) for one in page.all("fieldset"))
    assert all(one.get("style") is None or one.get("class") == "form-spacer" for one in page.tree.iter())


def test_a_form_full_of_mistakes_is_strict_html_with_a_message_beside_each_field(render, every_kind):
    raw = form_pages.typed(every_kind, render(every_kind).sent(mood="bad", hours="11,55", goals__0__title=""))
    page = render(every_kind, raw, problems_of(every_kind, raw))
    assert len(page.ids) == len(set(page.ids))
    assert page.control("hours").get("aria-invalid") == "true"
    assert page.control("hours").get("value") == "11,55"
    assert "At most 1 digit after the point" in page.described("hours")
    links = {one.get("href"): page.text(one) for one in page.by_id("form-problems").iter("a")}
    assert links["#f-title"] == "Тема встречи"
    assert links["#f-goals-0-title"] == "Цели 1 – Цель"
    assert {one.removeprefix("#") for one in links} <= set(page.ids)


def test_what_is_required_is_said_in_words(render):
    page = render(form_of({"key": "a", "validate": {"required": True}}, {"key": "b"}))
    assert page.label_of("a") == "Question 0 (required)"
    assert page.control("a").get("aria-required") == "true"
    assert page.label_of("b") == "Question 1"


def test_help_and_limits_belong_to_their_field(render):
    page = render(
        form_of(
            {"key": "a", "description": "As in the diary.", "validate": {"maxLength": 80}},
            {"key": "b", "type": "number", "validate": {"min": 0.5, "max": 10}},
        ),
        language="ru",
    )
    assert page.described("a") == "As in the diary. Up to 80 characters"
    assert page.described("b") == "From 0,5 to 10"


def test_a_group_of_choices_is_a_fieldset_with_a_legend(render):
    form = form_of({"key": "mood", "type": "radio", "values": ["good", "bad"]})
    page = render(form, {"mood": "bad"}, {"mood": [Complaint("required")]})
    (group,) = page.all("fieldset")
    assert page.text(next(group.iter("legend"))) == "Question 0"
    assert [one.get("value") for one in page.all("input") if one.get("checked") is not None] == ["bad"]
    assert "Fill this in." in page.text(page.by_id(group.get("aria-describedby")))
    assert page.by_id("form-problems").find(".//a").get("href") == "#f-mood-0"


def test_answers_stand_in_the_fields_in_the_readers_way(render):
    form = form_of(
        {"key": "hours", "type": "number"},
        {"key": "day", "type": "datetime"},
        {"key": "at", "type": "datetime", "subtype": "datetime"},
        {"key": "hour", "type": "datetime", "subtype": "time"},
        {"key": "notes", "type": "textarea"},
    )
    kept = {
        "hours": 3.5,
        "day": "2026-05-31",
        "at": "2026-05-31T11:30Z",
        "hour": "09:30+03:00",
        "notes": "\nfirst",
    }
    page = render(form, kept, language="ru")
    values = {name: page.control(name).get("value") for name in ("hours", "day", "at", "hour")}
    assert values == {"hours": "3,5", "day": "2026-05-31", "at": "2026-05-31T14:30", "hour": "09:30"}
    assert "".join(page.control("notes").itertext()) == "\nfirst"


def test_a_day_that_the_browsers_own_field_would_swallow_stays_readable(render):
    form = form_of({"key": "day", "type": "datetime"})
    assert render(form, {"day": "31.05.2026"}).control("day").get("type") == "date"
    page = render(form, {"day": "31.02.2026"})
    assert page.control("day").get("type") == "text"
    assert page.control("day").get("value") == "31.02.2026"


def test_whatever_is_typed_or_written_in_a_pack_stays_text(render):
    form = forms.read(
        {
            "id": "form",
            "components": [
                {
                    "type": "text",
                    "id": "T",
                    "text": f"# {EVIL}\n[x](javascript:alert(1)) {{{{name}}}} `{EVIL}`",
                },
                {
                    "type": "textfield",
                    "id": "A",
                    "key": "a",
                    "label": EVIL,
                    "description": EVIL,
                    "appearance": {"prefixAdorner": EVIL},
                },
                {"type": "textarea", "id": "B", "key": "b", "label": "b"},
                {
                    "type": "select",
                    "id": "C",
                    "key": "c",
                    "label": "c",
                    "values": [{"label": EVIL, "value": EVIL}],
                },
                {"type": "radio", "id": "D", "key": "d", "label": EVIL, "valuesKey": "options"},
                {"type": "group", "id": "E", "label": EVIL, "components": []},
                {
                    "type": "dynamiclist",
                    "id": "G",
                    "path": "g",
                    "label": EVIL,
                    "allowAddRemove": True,
                    "components": [{"type": "textfield", "id": "H", "key": "h", "label": EVIL}],
                },
            ],
        }
    )
    case = {"name": EVIL, "options": [EVIL]}
    problems = {"a": [Complaint("pattern", message=EVIL)], EVIL: [Complaint("unknown_field")]}
    typed = {"a": EVIL, "b": f"</textarea>{EVIL}", "c": EVIL, "d": EVIL, "g": [{"h": EVIL}]}
    page = render(form, typed, problems, case, redraw_address="/redraw")
    assert page.all("script", "img", "style", "iframe") == []
    assert [one for one in page.tree.iter() for name in one.attrib if name.startswith("on")] == []
    assert not any("javascript:" in (one.get("href") or "") for one in page.all("a"))
    assert page.control("a").get("value") == EVIL
    assert "".join(page.control("b").itertext()) == f"</textarea>{EVIL}"


def test_texts_of_the_pack_are_said_in_the_readers_language(render):
    words = {
        "Тема": "Topic",
        "Хорошо": "Good",
        "Встреча пары {{pair}}": "Meeting of pair {{pair}}",
        "Цели": "Goals",
    }
    form = forms.read(
        {
            "id": "form",
            "components": [
                {"type": "text", "id": "T", "text": "Встреча пары {{pair}}"},
                {"type": "textfield", "id": "A", "key": "a", "label": "Тема"},
                {
                    "type": "radio",
                    "id": "B",
                    "key": "b",
                    "label": "Тема",
                    "values": [{"label": "Хорошо", "value": "good"}],
                },
                {"type": "radio", "id": "C", "key": "c", "label": "Тема", "valuesKey": "options"},
            ],
        }
    )
    page = render(
        form, case={"pair": "7-А", "options": ["Хорошо"]}, translate=lambda text: words.get(text, text)
    )
    assert "Meeting of pair 7-А" in page.html
    assert page.label_of("a") == "Topic"
    assert page.label_of("b") == "Good"
    assert page.label_of("c") == "Хорошо"


def test_what_was_rendered_comes_back_as_it_was(render, every_kind):
    answers = {
        "mentee_name": "Алиса",
        "title": "Знакомство",
        "held_on": "2026-05-31",
        "next_at": "2026-06-07T15:00+03:00",
        "began_at": "14:30",
        "hours": 1.5,
        "guardian": {"mail": "a@x.org", "phone": "+79123456789"},
        "mood": "bad",
        "why": "дождь\nи ветер",
        "topics": ["study"],
        "place": "school",
        "is_online": True,
        "tags": [1, 3],
        "goals": [
            {"title": "Читать", "is_done": True, "proof": "книга"},
            {"title": "Бегать", "is_done": False},
        ],
        "private": {"notes": ""},
        "agree": True,
        "goal_count": 2,
    }
    page = render(every_kind, answers, language="ru")
    raw = form_pages.typed(every_kind, page.sent())
    assert forms.check(every_kind, raw, context=CASE, now=NOW) == answers


def test_names_that_are_not_the_forms_own_are_passed_over():
    form = form_of({"key": "a"})
    posted = MultiDict({"a": "x", "csrf_token": "t", "_action": "send", "revision": "5"})
    assert form_pages.typed(form, posted) == {"a": "x"}


def test_rows_are_added_and_removed_without_a_script_and_keep_what_was_typed(render, every_kind):
    page = render(every_kind)
    posted = page.sent(title="Typed", goals__0__title="First", _rows="add:goals")
    assert form_pages.wants_row(posted)
    more = form_pages.with_rows_changed(every_kind, posted)
    assert [row["title"] for row in more.answers["goals"]] == ["First", ""]
    assert more.answers["title"] == "Typed"
    page = render(every_kind, more.answers, focus=more.focus)
    assert page.control("goals.1.title").get("autofocus") is not None
    assert len([one for one in page.tree.iter() if one.get("autofocus") is not None]) == 1
    fewer = form_pages.with_rows_changed(
        every_kind, page.sent(_rows="remove:goals.0", goals__1__title="Second")
    )
    assert [row["title"] for row in fewer.answers["goals"]] == ["Second"]
    page = render(every_kind, fewer.answers, focus=fewer.focus)
    assert page.by_id("f-goals-add").get("autofocus") is not None


@pytest.mark.parametrize(
    "command", ["add:nothing", "remove:goals.7", "remove:goals", "drop:goals", "", "add:" + "x" * 999]
)
def test_a_command_for_rows_that_makes_no_sense_changes_nothing(render, every_kind, command):
    posted = render(every_kind).sent(_rows=command, goals__0__title="First")
    answers = form_pages.with_rows_changed(every_kind, posted).answers
    assert [row["title"] for row in answers["goals"]] == ["First"]


def test_every_button_for_rows_says_what_it_is_for(render, every_kind):
    page = render(every_kind)
    said = [page.text(one) for one in page.all("button")]
    assert said == ["", "Remove Цели 1", "Add one more: Цели"]
    assert page.all("button")[0].get("name") is None, "Enter must send the form, not add a row"


def test_a_conditional_field_appears_at_the_next_sending(render, every_kind):
    page = render(every_kind)
    assert "why" not in page.names()
    posted = page.sent(mood="bad")
    assert form_pages.has_unseen(every_kind, posted, context=CASE, now=NOW)
    page = render(every_kind, form_pages.typed(every_kind, posted))
    assert "why" in page.names()
    assert not form_pages.has_unseen(every_kind, page.sent(), context=CASE, now=NOW)


def test_an_optional_question_in_a_row_is_not_skipped_unseen(render, every_kind):
    page = render(every_kind)
    posted = page.sent(goals__0__title="x", goals__0__is_done="on")
    assert form_pages.has_unseen(every_kind, posted, context=CASE, now=NOW)
    page = render(every_kind, form_pages.typed(every_kind, posted))
    assert "goals.0.proof" in page.names()


def test_what_was_typed_into_a_field_survives_its_hiding(render, every_kind):
    page = render(every_kind, {"mood": "bad", "why": "a long story"})
    page = render(every_kind, form_pages.typed(every_kind, page.sent(mood="good")))
    assert page.control("why").get("type") == "hidden"
    raw = form_pages.typed(
        every_kind, page.sent(title="Talk", held_on="2026-05-20", agree="on", goals__0__title="x")
    )
    assert "why" not in forms.check(every_kind, raw, context=CASE, now=NOW)
    page = render(every_kind, form_pages.typed(every_kind, page.sent(mood="bad")))
    assert "".join(page.control("why").itertext()) == "a long story"


def test_a_field_on_which_others_depend_asks_quietly_for_the_form(render, every_kind):
    page = render(every_kind, redraw_address="/tasks/1/redraw")
    asking = {one.get("name") for one in page.all(*CONTROLS) if one.get("hx-post") == "/tasks/1/redraw"}
    assert {"mood", "goals.0.is_done"} <= asking
    assert asking.isdisjoint({"title", "hours", "place", "agree", "private.notes"})
    frame = next(one for one in page.all("div") if one.get("class") == "tandem-form")
    slots = [slot.removeprefix("#") for slot in frame.get("hx-select-oob").split(",")]
    assert set(slots) <= set(page.ids)
    assert {"form-shown", "slot-Field_why", "slot-goals-0-Field_proof"} <= set(slots)
    assert "slot-List_goals" not in slots, "somebody may be typing in another row"
    assert "hx-" not in render(every_kind).html


def test_the_quiet_redraw_complains_only_where_it_was_complained_before(render, every_kind):
    raw = form_pages.typed(every_kind, render(every_kind).sent())
    said = {"title": [Complaint("required")], "agree": [Complaint("must_be_ticked")]}
    posted = render(every_kind, raw, said).sent(title="Now there is one", mood="bad")
    again = form_pages.redraw(
        every_kind, posted, context=CASE, now=NOW, language="en", translate=str, redraw_address="/redraw"
    )
    page = Page(every_kind, again)
    invalid = {one.get("name") for one in page.all(*CONTROLS) if one.get("aria-invalid")}
    assert invalid == {"agree"}
    assert "why" in page.names()


def test_a_locked_field_shows_what_is_known_and_cannot_be_changed(render, every_kind):
    control = render(every_kind, {"mentee_name": "Mallory"}).control("mentee_name")
    assert control.get("value") == "Алиса"
    assert control.get("readonly") is not None
    form = form_of({"key": "c", "type": "select", "values": ["x"], "disabled": True, "defaultValue": "x"})
    assert render(form).control("c").get("disabled") is not None


def test_what_the_form_asked_for_stands_first_with_its_default(render, every_kind):
    page = render(every_kind)
    assert "".join(page.control("private.notes").itertext()) == "нет"
    assert len([one for one in page.all("input") if one.get("name") == "_row"]) == 1


def test_parts_stand_beside_one_another_as_their_author_put_them(render, every_kind):
    page = render(every_kind)
    row = next(
        one for one in page.all("div") if one.get("class") == "row" and page.control("held_on") in one.iter()
    )
    assert [child.get("class") for child in row] == ["col-12 col-md-4"] * 3


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One\n## Two", "<h2>One</h2>\n<h3>Two</h3>"),
        ("a **b** *c* _d_ `e*f*`", "<p>a <strong>b</strong> <em>c</em> <em>d</em> <code>e*f*</code></p>"),
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("- a\n- b\n\n1. c\n2. d", "<ul><li>a</li><li>b</li></ul>\n<ol><li>c</li><li>d</li></ol>"),
        ("> said", "<blockquote><p>said</p></blockquote>"),
        ("---", "<hr>"),
        ("snake_case_name 2*3*4", "<p>snake_case_name 2<em>3</em>4</p>"),
        (r"\*not\*", "<p>*not*</p>"),
        ("[a](/cases/1)", '<p><a href="/cases/1" rel="noopener noreferrer">a</a></p>'),
        ("[a](//evil.example)", "<p>[a](//evil.example)</p>"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>"),
        ("<b>&amp;", "<p>&lt;b&gt;&amp;amp;</p>"),
    ],
)
def test_the_small_markdown(text, html):
    from webapp.markdown import to_html

    assert to_html(text) == html


def test_a_value_cannot_bring_markdown_of_its_own(render):
    form = forms.read({"id": "f", "components": [{"type": "text", "id": "T", "text": "For {{name}}."}]})
    page = render(form, case={"name": "# [x](https://evil.example)\n- **b**"})
    assert "<p>For # [x](https://evil.example) - **b**.</p>" in page.html


def test_answers_are_read_back_in_words(built_app, every_kind):
    answers = {
        "title": "Знакомство",
        "held_on": "2026-05-31",
        "next_at": "2026-06-07T12:00Z",
        "hours": 1.5,
        "mood": "good",
        "tags": [1, 3],
        "is_online": True,
        "goals": [{"title": "Читать", "is_done": False}],
        "guardian": {"mail": ""},
    }
    with built_app.test_request_context("/", headers={"Cookie": "language=en"}):
        said = read_back(every_kind, answers, context=CASE, now=NOW, language="ru", translate=str)
    assert said == [
        ("Тема встречи", "Знакомство"),
        ("Когда встретились", "31 мая 2026"),
        ("Следующая встреча", "7 июня 2026, 15:00"),
        ("Сколько часов", "1,5 ч"),
        ("Почта родителя", ""),
        ("Как прошло", "Хорошо"),
        ("По видеосвязи", "yes"),
        ("Метки", "учёба; семья"),
        ("Цели 1: Цель", "Читать"),
        ("Цели 1: Уже достигнута", "no"),
    ]


def test_every_complaint_about_an_answer_has_words_of_its_own():
    from webapp import words

    sources = (Path(forms.__file__).parent).glob("*.py")
    keys = {
        key
        for source in sources
        for key in re.findall(r'(?:wrong|Complaint)\(\s*"(\w+)"', source.read_text("utf-8"))
    }
    assert len(keys) > 20
    assert sorted(key for key in keys if not words.knows(key)) == []


PLAN = {
    "type": "table",
    "label": "Plan",
    "dataSource": "=plan",
    "columns": [
        {"label": "Goal", "key": "title"},
        {"label": "Until", "key": "due_on"},
        {"label": "Done", "key": "is_done"},
    ],
}
GOALS = [
    {"title": EVIL, "due_on": "2026-05-31", "is_done": True},
    {"title": "Algebra", "due_on": None, "is_done": False, "other": "unseen"},
    "no row",
]


def cells(page: Page) -> list[list[str]]:
    return [[page.text(one) for one in row] for row in page.all("tr")]


def test_a_table_shows_rows_with_their_heads_and_moves_within_its_own_frame(render):
    page = render(form_of(PLAN), {}, case={"plan": GOALS})
    assert cells(page) == [
        ["Goal", "Until", "Done"],
        [EVIL, "31 May 2026", "yes"],
        ["Algebra", "", "no"],
    ]
    assert page.text(page.all("caption")[0]) == "Plan"
    assert [one.get("scope") for one in page.all("th")] == ["col", "col", "col", "row", "row"]
    (frame,) = [one for one in page.all("div") if one.get("role") == "region"]
    assert (frame.get("class"), frame.get("tabindex"), frame.get("aria-label")) == (
        "table-responsive",
        "0",
        "Plan",
    )
    assert page.all("script", "img") == []


def test_codes_in_a_table_are_said_with_their_values_in_the_readers_language(render):
    reasons = [
        {"code": "helps_with", "count": 2, "of": 3},
        {"code": "same_subject", "subject": EVIL},
        {"code": "nobody knows it", "count": 1},
        {"no": "code"},
    ]
    page = render(form_of(PLAN), {}, case={"plan": [{"title": reasons, "is_done": {"code": "paper_act"}}]})
    assert cells(page)[1] == [
        f"helps with 2 requests of 3, the same subject: {EVIL}",
        "",
        "Order on the introduction of mentoring",
    ]
    assert page.all("script", "img") == []


@pytest.mark.parametrize(
    ("language", "day"), [("ru", "31 мая 2026"), ("en", "31 May 2026")], ids=["Russian", "English"]
)
def test_days_in_texts_and_among_what_can_be_chosen_are_said_in_the_readers_language(render, language, day):
    measures = {"key": "done", "type": "checklist", "valuesExpression": "=measures"}
    form = form_of({"type": "text", "text": "{{met_on}}; {{last}}"}, measures)
    option = {"value": "1", "label": ["Собрание", "Вера Кедрова", "2026-05-31"]}
    known = {"met_on": "2026-05-31", "last": ["2026-05-31", "Обсудили"], "measures": [option]}
    page = render(form, case=known, language=language)
    said = page.text(page.tree)
    assert f"{day}; {day}, Обсудили" in said
    assert f"Собрание, Вера Кедрова, {day}" in said
    read = read_back(form, {"done": ["1"]}, context=known, now=NOW, language=language, translate=str)
    assert [answer for _, answer in read] == [f"Собрание, Вера Кедрова, {day}"]


@pytest.mark.parametrize("case", [{}, {"plan": []}, {"plan": "none"}])
def test_a_table_without_rows_says_so(render, case):
    page = render(form_of(PLAN), {}, case=case)
    assert page.all("table") == []
    assert "Plan: Nothing is written down here yet." in page.text(page.tree)


def test_a_hidden_table_is_not_shown(render):
    page = render(form_of(PLAN | {"conditional": {"hide": "=true"}}), {}, case={"plan": GOALS})
    assert page.all("table") == []


def test_a_table_stands_beside_the_answers_that_were_given(built_app, render):
    form = form_of(PLAN, {"key": "note"}, PLAN | {"conditional": {"hide": "=true"}})
    with built_app.test_request_context("/", headers={"Cookie": "language=en"}):
        voice = {"now": NOW, "language": "en", "translate": str}
        shown = read_back(form, {"note": "kept"}, context={"plan": GOALS}, **voice)
        assert [question for question, _ in shown] == ["Plan", "Question 1"]
        table = Page(form, shown[0][1])
        assert cells(table)[1] == [EVIL, "31 May 2026", "yes"]
        assert read_back(form, {"note": "kept"}, context={}, **voice) == [("Question 1", "kept")]


def test_what_was_chosen_among_what_is_read_is_told_by_its_name(built_app):
    form = form_of({"key": "with", "type": "select", "valuesExpression": "=people"})
    people = [{"label": "Olga {{1 + 1}}", "value": "7b1f"}]
    with built_app.test_request_context("/", headers={"Cookie": "language=en"}):
        voice = {"now": NOW, "language": "en", "translate": str}
        assert read_back(form, {"with": "7b1f"}, context={"people": people}, **voice) == [
            ("Question 0", "Olga {{1 + 1}}")
        ]
        assert read_back(form, {"with": "7b1f"}, context={}, **voice) == [("Question 0", "7b1f")]


@pytest.mark.parametrize(
    ("subtype", "low", "high"),
    [("date", "2026-05-20", "2026-06-30"), ("datetime", "2026-05-20T00:00", "2026-06-30T23:59")],
)
def test_the_first_and_the_last_day_are_known_to_the_field_and_said_in_words(render, subtype, low, high):
    limits = {"earliest": "=today()", "latest": "2026-06-30"}
    form = form_of({"key": "day", "type": "datetime", "subtype": subtype, "properties": limits})
    page = render(form, {})
    assert (page.control("day").get("min"), page.control("day").get("max")) == (low, high)
    assert page.described("day") == "From 20 May 2026 to 30 June 2026"


def test_one_limit_of_a_day_is_said_alone_and_a_refused_day_names_it(render):
    form = form_of(
        {"key": "a", "type": "datetime", "properties": {"earliest": "2026-05-20"}},
        {"key": "b", "type": "datetime", "properties": {"latest": "2026-06-30"}},
    )
    raw = {"a": "2026-05-19", "b": "2026-07-01"}
    page = render(form, raw, problems_of(form, raw))
    assert page.described("a") == "Not before 20 May 2026 Error: Not before 20 May 2026."
    assert page.described("b") == "Not after 30 June 2026 Error: Not after 30 June 2026."
    assert page.control("b").get("min") is None
