"""What the keys of `workflows` are called in words: an English sentence for each, translated when said.

A test finds every key that `workflows` uses and asks for it here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import get_translations

from webapp import problems
from webapp.words import (
    bases,
    completion,
    days,
    documents,
    letters,
    names,
    pairing,
    pairs,
    people,
    programmes,
)
from webapp.words.answers import ANSWERS
from webapp.words.kinds import Sentence, plural
from webapp.words.migrations import CHANGES, COUNTS, REASONS
from webapp.words.names import HEADINGS, NOUNS, ROLES, STATUSES
from webapp.words.refusals import REFUSALS
from workflows.refusals import Complaint, Refusal

_FIELD = (programmes, bases, pairing, pairs, completion, letters, documents, people)
_OF_THE_FIELD = {key: sentence for module in _FIELD for key, sentence in module.SENTENCES.items()}
SENTENCES: Mapping[str, Sentence] = {**REFUSALS, **ANSWERS, **COUNTS, **_OF_THE_FIELD}
ACTS = {**names.ACTS, **{key: name for module in _FIELD for key, name in module.ACTS.items()}}
MOVES: Mapping[str, Sentence] = {**REASONS, **CHANGES}


class Values(dict[str, Any]):
    """The values of a sentence; a missing one leaves a gap, never an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def say(key: str, /, **values: Any) -> str:
    """Return the sentence of a key in the reader's language."""
    sentence = SENTENCES.get(key)
    if sentence is None:
        return say("refused")
    return _filled(sentence, values)


def _filled(sentence: Sentence, values: Mapping[str, Any]) -> str:
    said = {name: named(name, value) for name, value in values.items()}
    if isinstance(sentence, plural):
        number = int(values.get(sentence.number) or 0)
        return str(get_translations().ungettext(sentence.one, sentence.many, number)) % Values(said)
    return str(sentence) % Values(said)


def refuse(refusal: Refusal) -> str:
    """Return the sentence of a refusal; why a step failed is said in the reader's language."""
    values = dict(refusal.values)
    if "explanation" in values:
        values["reason"] = problems.why(values["explanation"])
    return say(refusal.key, **values)


def complain(complaint: Complaint) -> str:
    """Return the sentence of a complaint about a field, or about a place in a pack."""
    if problems.is_about_pack(complaint):
        return problems.complain(complaint)
    return say(complaint.key, **complaint.values)


def move(code: str, *, title: str, element: str, name: str) -> str:
    """Say why a case stays on its version, or what a move to another version changes in it."""
    values = {"title": title, "element": element, "name": name or element}
    # What a refusal of another kind kept from moving is said in the words of that refusal.
    return _filled(MOVES[code], values) if code in MOVES else say(code, **values)


def knows(key: str) -> bool:
    """Say whether there is a sentence for this key."""
    return key in SENTENCES


def heading(status: int) -> str:
    """Return the heading of a page that says no."""
    return str(HEADINGS.get(status, HEADINGS[400]))


def named(name: str, value: Any) -> Any:
    """Word a value that is itself a key, a noun or a role of the house, a place or a day."""
    if name == "noun":
        return NOUNS.get(value, value)
    if name == "paragraph":
        return documents.place(value)
    if name == "role":
        return ROLES.get(value, value)
    return days.in_words(value) if name == "day" or isinstance(value, date) else value


def role(code: str, titles: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Name a role as its pack does, else as the house does."""
    title = titles.get(code, {})
    return title.get(language) or title.get("ru") or str(ROLES.get(code, code))


def status(code: str) -> str:
    """Name the status of a case."""
    return str(STATUSES[code])


def act(key: str, *, who: str, name: str) -> str:
    """Tell of an act in the journal; one without a sentence is told by its key, so that nothing is hidden."""
    sentence = ACTS.get(key)
    return str(sentence) % Values(who=who, name=name or "…") if sentence else f"{who}: {key}"
