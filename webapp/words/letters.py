"""Letters, what people are told of and in which way, in words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString

from models.letters import LetterKind, Way
from webapp.words.kinds import Sentence
from workflows.operations.letters import OVERTAKEN, TOO_OLD, UNREACHED
from workflows.queries.letters import LetterState

SENTENCES: Mapping[str, Sentence] = {
    "no_such_way": _("Choose one of the ways."),
}
ACTS: Mapping[str, LazyString] = {
    "feed.made": _("%(who)s opened a private calendar"),
    "feed.withdrawn": _("%(who)s closed a private calendar"),
    "letter.read": _("%(who)s read a letter to somebody else"),
    "notification.chosen": _("%(who)s chose how to be told of news"),
}
KINDS: Mapping[LetterKind, LazyString] = {
    LetterKind.TASK_GIVEN: _("A colleague gives me a task"),
    LetterKind.TASK_NEW: _("A new task waits for me"),
    LetterKind.TASK_OVERDUE: _("Deadlines: due today, overdue"),
    LetterKind.MEETING: _("A meeting is tomorrow"),
    LetterKind.COMMENT: _("Somebody writes under my task"),
    LetterKind.NOTICE: _("My cases tell me something"),
}
"""What somebody is told of, those first that come from people."""
LETTERS: Mapping[LetterKind, LazyString] = {
    LetterKind.TASK_GIVEN: lazy_pgettext("letter", "A task from a colleague"),
    LetterKind.TASK_NEW: lazy_pgettext("letter", "A new task"),
    LetterKind.TASK_OVERDUE: lazy_pgettext("letter", "An overdue task"),
    LetterKind.MEETING: lazy_pgettext("letter", "A meeting tomorrow"),
    LetterKind.COMMENT: lazy_pgettext("letter", "A remark under a task"),
    LetterKind.NOTICE: lazy_pgettext("letter", "News from a case"),
    LetterKind.DIGEST: lazy_pgettext("letter", "The daily letter"),
}
"""What a letter is called by whoever looks after all of them."""
HINTS: Mapping[LetterKind, LazyString] = {
    LetterKind.TASK_GIVEN: _("The task stands in the inbox in any case."),
    LetterKind.TASK_NEW: _("Only tasks that are yours alone, not those that wait for anybody of your role."),
    LetterKind.TASK_OVERDUE: _("At once means: as soon as a deadline has passed."),
    LetterKind.MEETING: _("At once means: on the day before."),
    LetterKind.COMMENT: _("Also under a task that you have asked somebody else to do."),
    LetterKind.NOTICE: _("Not at all: they still stand under “Notices”, but are not counted as new."),
}
WAYS: Mapping[Way, LazyString] = {
    Way.AT_ONCE: _("a letter at once"),
    Way.DAILY: _("in the daily letter"),
    Way.HERE: _("only here in Tandem"),
    Way.NOT: _("not at all"),
}
STATES: Mapping[LetterState, LazyString] = {
    LetterState.WAITING: lazy_pgettext("letters", "Waiting"),
    LetterState.SENT: lazy_pgettext("letters", "Sent"),
    LetterState.GIVEN_UP: lazy_pgettext("letters", "Not delivered"),
}
CHIPS: Mapping[LetterState, LazyString] = {
    LetterState.WAITING: lazy_pgettext("letter", "waiting"),
    LetterState.SENT: lazy_pgettext("letter", "sent"),
    LetterState.GIVEN_UP: lazy_pgettext("letter", "not delivered"),
}
"""What is said of one letter, where `STATES` speak of several."""
LOOKS: Mapping[LetterState, str] = {
    LetterState.WAITING: "",
    LetterState.SENT: "is-good",
    LetterState.GIVEN_UP: "is-bad",
}
_FAILURES: Mapping[str, LazyString] = {
    OVERTAKEN: _("there was nothing left to say"),
    TOO_OLD: _("it waited for too long to be of use"),
    UNREACHED: _("there is no address or no account any more"),
}


def failure(text: str) -> str:
    """Say why a letter was not delivered: in our words, or in those of the mail server."""
    return str(_FAILURES.get(text, text))
