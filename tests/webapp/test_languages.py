"""Russian unless somebody chose English; nothing is left untranslated, no key without words."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from models.pairing import MarkKind
from models.programmes import ProgrammeStatus
from tests.webapp.readers import parsed
from webapp import appearance, sentences, words
from webapp.catalogues import TRANSLATIONS
from webapp.dates import due
from webapp.words.migrations import CHANGES, REASONS
from webapp.words.names import NOUNS
from workflows.access.rules import SEEING
from workflows.engine import migrate_words
from workflows.matching import OBSTACLES
from workflows.operations.people import change_person
from workflows.records import mentors
from workflows.service_tasks import normative_papers

HOUSE = Path(__file__).parents[2]
CATALOGUES = sorted(TRANSLATIONS.rglob("*.po"))
PLACEHOLDER = re.compile(r"%\((\w+)\)s|%\((\w+)\)d|\{(\w+)\}")
# The check of packs speaks about diagrams in words of its own.
SPEAKS_FOR_ITSELF = ("workflows/engine/",)
REFUSALS = {"Refusal", "Forbidden", "NotFound", "Conflict", "NotWaiting", "TooLate", "Complaint", "wrong"}


def test_the_first_page_speaks_russian(anonymous):
    page = anonymous.get("/sign-in")
    assert parsed(page).get("lang") == "ru"
    assert "Имя для входа" in page.text


def test_english_at_a_click_and_remembered(anonymous):
    answer = anonymous.post("/language", {"language": "en", "next": "/sign-in"})
    assert answer.headers["Location"] == "/sign-in"
    assert "Max-Age=31536000" in answer.headers["Set-Cookie"]
    page = anonymous.get("/sign-in")
    assert parsed(page).get("lang") == "en"
    assert "Sign-in name" in page.text


def test_a_language_that_nobody_speaks_here_is_refused(anonymous):
    assert anonymous.post("/language", {"language": "tlh"}).status_code == 400


def test_the_language_of_the_person_counts_until_another_is_chosen(reader, town, work):
    change_person(work, town.curator.person_id, full_name=town.curator.name, email=None, language="en")
    work.session.commit()
    curator = reader(town.curator)
    assert parsed(curator.get("/")).get("lang") == "en"
    curator.post("/language", {"language": "ru"})
    assert parsed(curator.get("/")).get("lang") == "ru"


def test_the_look_of_the_pages_is_remembered(anonymous):
    anonymous.post("/appearance", {"easy": "on"})
    page = parsed(anonymous.get("/sign-in"))
    assert (page.get("data-contrast"), page.get("data-type")) == ("high", "large")
    anonymous.post("/appearance", {"theme": "dark", "contrast": ""})
    page = parsed(anonymous.get("/sign-in"))
    assert (page.get("data-theme"), page.get("data-contrast"), page.get("data-type")) == (
        "dark",
        None,
        "large",
    )


def test_a_look_that_does_not_exist_counts_as_the_usual():
    assert appearance.sound({"theme": '"><script>', "type": "giant"}) == {
        "theme": "",
        "contrast": "",
        "type": "",
    }


@pytest.mark.parametrize(
    ("day", "hour", "words_in_russian", "pressing"),
    [
        (1, 8, "просрочено сегодня с 11:00", "late"),
        (1, 15, "сегодня до 18:00", "today"),
        (2, 15, "завтра до 18:00", "week"),
        (4, 9, "до пятницы, 4 сентября", "week"),
        (21, 9, "до 21 сентября", "later"),
    ],
)
def test_deadlines_are_said_as_people_say_them(app, day, hour, words_in_russian, pressing):
    with app.test_request_context():
        said = due(datetime(2026, 9, day, hour, tzinfo=UTC))
    assert (said.words, said.pressing) == (words_in_russian, pressing)


@pytest.mark.parametrize(("days", "ending"), [(1, "1 день"), (3, "3 дня"), (5, "5 дней"), (21, "21 день")])
def test_russian_counts_in_three_forms(app, clock, days, ending):
    due_at = clock()
    clock.advance(days=days)
    with app.test_request_context():
        assert due(due_at).words == f"просрочено на {ending}"


def test_another_year_is_named(app):
    with app.test_request_context():
        assert due(datetime(2027, 1, 10, 9, tzinfo=UTC)).words == "до 10 января 2027"


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_the_catalogue_holds_every_sentence_and_no_other(file):
    wanted = {(context, message) for message, context, _ in sentences.sentences()}
    kept = {(entry.context, entry.id) for entry in sentences.catalogue(file) if entry.id}
    assert wanted - kept == set(), "run `python -m webapp.sentences`, then translate what is new"
    assert kept - wanted == set(), "run `python -m webapp.sentences`"


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_every_sentence_is_translated_with_the_same_values(file):
    wrong = [entry.id for entry in sentences.catalogue(file) if entry.id and not is_sound(entry)]
    assert wrong == []


def is_sound(entry):
    strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
    originals = entry.id if isinstance(entry.id, tuple) else (entry.id,)
    given = set().union(*(values_in(one) for one in originals))
    return not entry.fuzzy and all(strings) and all(values_in(one) <= given for one in strings)


def values_in(text):
    return {name for found in PLACEHOLDER.findall(text) for name in found if name}


def test_every_key_of_the_workflows_has_words():
    missing = {key: place for key, place in keys_used() if not words.knows(key)}
    assert missing == {}


def keys_used():
    """Find the keys in `Conflict("key", …)`, `Complaint("key")`, and in `key = "…"` of a refusal."""
    for file in sorted((HOUSE / "workflows").rglob("*.py")):
        place = file.relative_to(HOUSE).as_posix()
        if place.startswith(SPEAKS_FOR_ITSELF):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            yield from ((key, f"{place}:{node.lineno}") for key in keys_in(node, place))


def keys_in(node, place):
    if isinstance(node, ast.Call) and called(node) in REFUSALS and node.args:
        return texts(node.args[0])
    if isinstance(node, ast.Call) and called(node) == "Invalid":
        return [key for one in node.keywords if one.arg == "key" for key in texts(one.value)]
    if place == "workflows/refusals.py" and isinstance(node, ast.Assign) and names(node) == ["key"]:
        return texts(node.value)
    return []


def names(assignment):
    return [getattr(target, "id", "") for target in assignment.targets]


def called(node):
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def texts(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return texts(node.body) + texts(node.orelse)
    if isinstance(node, ast.JoinedStr):
        # What is put behind: a status as in "case_suspended", a mark, or what the rules of matching exclude.
        start = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
        return [f"{start}{ending}" for ending in ENDINGS.get(start, ("unknown",))]
    return []


ACT = re.compile(r"[a-z_]+\.[a-z_]+")
ENDINGS = {
    "case_": ("running", "suspended", "completed", "cancelled"),
    "task_": ("completed", "withdrawn"),
    "cannot_pin_": OBSTACLES,
    "pairing.": tuple(MarkKind),
    "programme.": tuple(set(ProgrammeStatus) - {ProgrammeStatus.RUNNING}),
}


def test_every_noun_of_the_workflows_has_a_name():
    texts_of = [file.read_text("utf-8") for file in (HOUSE / "workflows").rglob("*.py")]
    nouns = {noun for text in texts_of for noun in re.findall(r'noun="([a-z_]+)"', text)}
    assert nouns
    assert nouns | set(SEEING) <= set(NOUNS)


def test_a_sentence_never_breaks_for_want_of_a_value(app):
    with app.test_request_context():
        for key in words.SENTENCES:
            assert words.say(key)
            assert "%(" not in words.say(key)


def test_every_act_of_the_journal_is_told_in_words_and_no_other():
    """An act is a text "noun.verb" that something with `record` or `note` in its name is given."""
    acts = set(acts_recorded())
    assert "notice.written" in acts
    assert acts == set(words.ACTS)


def acts_recorded():
    for file in sorted((HOUSE / "workflows").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            yield from (text for one in told_by(node) for text in texts(one) if ACT.fullmatch(text))


def told_by(node):
    if isinstance(node, ast.Call) and ("record" in called(node) or "note" in called(node)):
        return node.args
    return [node.value] if isinstance(node, ast.Assign) and names(node) == ["act"] else []


def test_what_is_read_in_tables_as_a_code_has_words():
    assert {f"source_{one}" for one in mentors.SOURCES} <= set(words.SENTENCES)
    assert {f"paper_{one}" for one in paper_kinds()} <= set(words.SENTENCES)


def paper_kinds():
    """Find the kinds of papers that listeners add, and those that are chosen in a form."""
    folder = HOUSE / "workflows" / "service_tasks"
    for file in (folder / "normative_papers.py", folder / "programme_team.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and called(node) in {"_add", "add_document"}:
                yield from (text for one in node.args for text in texts(one))
    chosen = orjson.loads((HOUSE / "bpmn" / "target-model" / "forms" / "amend_contract.form").read_bytes())
    kind = next(one for one in chosen["components"] if one.get("key") == "kind")
    yield from ({one["value"] for one in kind["values"]} - {"not_needed"})
    yield from normative_papers.PAPERS


def test_every_reason_and_change_of_a_move_is_said_and_no_other():
    in_operations = HOUSE / "workflows" / "operations" / "migrations.py"
    calls = [
        node for node in ast.walk(ast.parse(in_operations.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    told = {text for node in calls if called(node) == "Change" for text in texts(node.args[0])}
    # Cases under way are those that move.
    told -= {"case_running", "case_suspended"}
    assert told
    assert set(REASONS) == set(migrate_words.REASONS) | told
    assert set(CHANGES) == set(migrate_words.CHANGES)


@pytest.mark.parametrize("code", [*REASONS, *CHANGES, "case_moved_on", "nobody knows"])
def test_a_move_is_told_with_what_a_change_carries(app, code):
    with app.test_request_context():
        said = words.move(code, title="Пара", element="ask_mentor", name="")
    assert said
    assert "…" not in said
    assert "%(" not in said
