"""What the keys of `workflows` are called in words: an English sentence for each, translated when said.

A test finds every key that `workflows` uses and asks for it here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import get_translations
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from workflows.refusals import Complaint


@dataclass(frozen=True)
class plural:  # noqa: N801
    """A sentence with a number in it; read by the extraction of sentences like a function."""

    one: str
    many: str
    number: str


Sentence = LazyString | plural


class Values(dict[str, Any]):
    """The values of a sentence; a missing one leaves a gap, never an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def say(key: str, /, **values: Any) -> str:
    """Return the sentence of a key in the reader's language."""
    sentence = SENTENCES.get(key)
    if sentence is None:
        return say("refused")
    said = {name: named(name, value) for name, value in values.items()}
    if isinstance(sentence, plural):
        number = int(values.get(sentence.number) or 0)
        return str(get_translations().ungettext(sentence.one, sentence.many, number)) % Values(said)
    return str(sentence) % Values(said)


def complain(complaint: Complaint) -> str:
    """Return the sentence of a complaint about a field."""
    return say(complaint.key, **complaint.values)


def knows(key: str) -> bool:
    """Say whether there is a sentence for this key."""
    return key in SENTENCES


def heading(status: int) -> str:
    """Return the heading of a page that says no."""
    return str(HEADINGS.get(status, HEADINGS[400]))


def named(name: str, value: Any) -> Any:
    """Word a value that is itself a key: a noun of the house."""
    return NOUNS.get(value, value) if name == "noun" else value


NOUNS: Mapping[str, LazyString] = {
    "case": _("case"),
    "incident": _("incident"),
    "message": _("message"),
    "organisation": _("organisation"),
    "pack": _("methodology"),
    "person": _("person"),
    "task": _("task"),
    "timer": _("timer"),
    "user": _("account"),
}

HEADINGS: Mapping[int, LazyString] = {
    400: _("This did not work"),
    403: _("This is not for you"),
    404: _("Nothing is here"),
    405: _("This did not work"),
    409: _("Somebody was here first"),
    413: _("That is too much at once"),
    422: _("Something has to be put right"),
    500: _("Something broke on our side"),
}

SENTENCES: Mapping[str, Sentence] = {
    # What the web itself says.
    "http_400": _("We could not read this request. Go back and try again."),
    "http_401": _("You are not signed in."),
    "http_403": _("You may not do this. If you think you should, ask your curator or administrator."),
    "http_404": _(
        "There is no such page, or it is not meant for you. Perhaps it was moved: look in the inbox."
    ),
    "http_405": _("This address does not take this kind of request. Go back and use the button there."),
    "http_413": _("What you sent is too large. Shorten the text and send it again."),
    "http_429": _("That was too often. Wait a minute and try again."),
    "http_500": _("It is not your fault. Nothing was changed; please try again in a minute."),
    "lost_race": _(
        "Somebody changed the same case at the same moment. Nothing of yours was done yet: try again."
    ),
    "page_too_old": _(
        "This page had been open for too long to be sent safely. Nothing was done yet: send it again."
    ),
    "unreadable": _("The text contains characters that cannot be kept. Type it again without pasting them."),
    "signed_out": _(
        "You were signed out. What you typed is still on this page: sign in in another tab, then go on."
    ),
    # What anybody may refuse.
    "refused": _("This cannot be done now."),
    "forbidden": _("You may not do this. If you think you should, ask your curator or administrator."),
    "not_found": _("Not found, or not meant for you: %(noun)s."),
    "invalid": _("Something has to be put right. See the messages beside the fields."),
    "conflict": _("Somebody was here first, and things have moved on."),
    "not_waiting": _("The case does not wait for this any more."),
    "stalled": _(
        "The step “%(element)s” could not be done: %(reason)s. Nothing is lost. The curator and the "
        "administrator see this on the page of the case and can try again when the cause is gone."
    ),
    # Signing in.
    "wrong_sign_in": _("The name or the password is wrong. Check the keyboard’s language and Caps Lock."),
    "too_many_attempts": plural(
        "Too many wrong attempts. Wait %(seconds)s second and try again.",
        "Too many wrong attempts. Wait %(seconds)s seconds and try again.",
        "seconds",
    ),
    "user_blocked": _("This account is closed. Ask the curator of your programme."),
    # Cases.
    "case_suspended": _(
        "“%(title)s” is paused. It can be worked on again as soon as the curator lets it go on."
    ),
    "case_running": _("“%(title)s” is not paused."),
    "case_completed": _("“%(title)s” has come to its end and does not change any more."),
    "case_cancelled": _("“%(title)s” was ended early and does not change any more."),
    "case_moved_on": _(
        "Somebody moved the same case at the same moment. Nothing of yours was done yet: try again."
    ),
    "case_not_started": _("The case could not begin. The step “%(element)s” could not be done: %(reason)s."),
    "case_cannot_migrate": _("“%(title)s” cannot be moved to this version of the methodology."),
    "wrong_number_of_cases": plural(
        "Choose at least one case, and at most %(limit)s.",
        "Choose at least one case, and at most %(limit)s.",
        "limit",
    ),
    "role_unknown": _("The methodology knows no role “%(role)s”."),
    "person_not_here": _("This person does not belong to the organisation."),
    # People, accounts and organisations.
    "has_account_already": _("%(person)s has an account already."),
    "cannot_block_oneself": _("Nobody can close their own account. Ask another administrator."),
    "sign_in_name_taken": _("The sign-in name “%(name)s” is taken. Choose another one."),
    "sign_in_name_wrong": _("Use 3 to 64 letters, digits or the signs . _ @ + - without blanks."),
    "wrong_password": _("This is not your present password."),
    "password_too_short": plural(
        "Too short: a password needs at least %(minimum)s character.",
        "Too short: a password needs at least %(minimum)s characters.",
        "minimum",
    ),
    "password_too_long": plural(
        "Too long: a password has at most %(limit)s character.",
        "Too long: a password has at most %(limit)s characters.",
        "limit",
    ),
    "password_holds_name": _("The password must not contain the sign-in name."),
    "password_too_simple": _("Too simple: use at least four different signs."),
    "role_already_held": _("%(person)s holds the role “%(role)s” here already."),
    "not_a_role": _("A role is written in small Latin letters, like this: class_tutor"),
    "not_a_language": _("Choose Russian or English."),
    "not_a_time_zone": _("There is no such time zone. Write it like this: Europe/Moscow"),
    "ends_before_it_begins": _("The last day is before the first one."),
    "organisation_cannot_be_below": _("Such an organisation cannot be placed under “%(parent)s”."),
    # Tasks.
    "too_late": _("This cannot be done any more. What you typed is kept as a draft."),
    "task_completed_already": _("You have already done the task “%(task)s”, with other answers."),
    "task_completed_by_another": _("%(who)s has done the task “%(task)s” meanwhile."),
    "task_completed": _("The task “%(task)s” is already done."),
    "task_withdrawn": _("The task “%(task)s” is not needed any more: the case has moved on another way."),
    "task_taken_by_another": _("%(who)s has taken the task “%(task)s”."),
    "task_has_no_other_holder": _(
        "There is nobody else to whom the task “%(task)s” could go back. Give it to somebody."
    ),
    "task_delegated_to_oneself": _("The task “%(task)s” is already with this person."),
    "task_not_delegated": _(
        "Nobody gave you the task “%(task)s” to do for them, so there is nobody to give it back to."
    ),
    "person_not_chosen": _("Choose to whom the task shall go."),
    "draft_too_large": _(
        "This is too much text for one task. Shorten it; what was kept before is still kept."
    ),
    # Answers in forms.
    "form_unreadable": _("This form cannot be shown: an administrator has to mend it in the methodology."),
    "required": _("Fill this in."),
    "must_be_ticked": _("Tick this box to go on."),
    "not_yes_or_no": _("Answer yes or no."),
    "not_text": _("Write this as text."),
    "too_long": plural(
        "This is too long: at most %(maximum)s character.",
        "This is too long: at most %(maximum)s characters.",
        "maximum",
    ),
    "too_short": plural(
        "This is too short: at least %(minimum)s character.",
        "This is too short: at least %(minimum)s characters.",
        "minimum",
    ),
    "control_characters": _(
        "There are invisible characters in this text. Type it anew instead of pasting it."
    ),
    "not_an_email": _("Write the address like this: name@example.org"),
    "not_a_phone": _("Write the number with the code, like this: +7 912 345-67-89"),
    "pattern": _("This does not look as it should. %(message)s"),
    "not_a_number": _("Write a number."),
    "not_whole": _("Write a whole number."),
    "too_many_decimals": plural(
        "At most %(digits)s digit after the point.", "At most %(digits)s digits after the point.", "digits"
    ),
    "too_large": _("At most %(maximum)s."),
    "too_small": _("At least %(minimum)s."),
    "off_step": _("Choose %(below)s or %(above)s."),
    "not_a_date": _("Write the day like this: 31.05.2026"),
    "not_a_time": _("Write the hour like this: 14:30"),
    "not_a_date_and_time": _("Write day and hour like this: 31.05.2026 14:30"),
    "date_out_of_range": _("Write a day between %(first)s and %(last)s."),
    "date_passed": _("This day has passed. Choose today or a later one."),
    "out_of_choices": _("Choose one of the answers offered."),
    "not_a_list": _("Several answers are expected here."),
    "too_many_rows": plural("At most %(maximum)s row.", "At most %(maximum)s rows.", "maximum"),
    "unknown_field": _("The form has no such question."),
    "not_an_object": _("The answers could not be read. Load the page again."),
}

ROLES: Mapping[str, LazyString] = {
    "administrator": _("administrator"),
    "auditor": _("auditor"),
    "coordinator": _("coordinator"),
    "curator": _("curator"),
    "head": _("head"),
    "mentee": _("mentee"),
    "mentor": _("mentor"),
    "methodist": _("methodist"),
    "psychologist": _("psychologist"),
}


def role(code: str, titles: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Name a role as its pack does, else as the house does."""
    title = titles.get(code, {})
    return title.get(language) or title.get("ru") or str(ROLES.get(code, code))


STATUSES: Mapping[str, LazyString] = {
    "running": _("under way"),
    "suspended": _("paused"),
    "completed": _("finished"),
    "cancelled": _("ended early"),
}


def status(code: str) -> str:
    """Name the status of a case."""
    return str(STATUSES[code])


ACTS: Mapping[str, LazyString] = {
    "case.started": _("%(who)s began the case"),
    "case.completed": _("The case came to its end"),
    "case.suspended": _("%(who)s paused the case"),
    "case.resumed": _("%(who)s let the case go on"),
    "case.cancelled": _("%(who)s ended the case early"),
    "case.migrated": _("%(who)s moved the case to another version of the methodology"),
    "task.completed": _("%(who)s: “%(name)s” is done"),
    "task.claimed": _("%(who)s took a task"),
    "task.released": _("%(who)s put a task back for others"),
    "task.assigned": _("%(who)s gave a task to somebody"),
    "task.delegated": _("%(who)s asked somebody to do a task"),
    "task.returned": _("%(who)s gave a task back"),
    "message.sent": _("%(who)s sent a message to the case"),
    "message.delivered": _("The case received a message"),
    "timer.fired": _("Time ran out: “%(name)s”"),
    "incident.opened": _("The step “%(name)s” could not be done"),
    "incident.retried": _("%(who)s tried a step again"),
}


def act(key: str, *, who: str, name: str) -> str:
    """Tell of an act in the journal; one without a sentence is told by its key, so that nothing is hidden."""
    sentence = ACTS.get(key)
    return str(sentence) % Values(who=who, name=name or "…") if sentence else f"{who}: {key}"
