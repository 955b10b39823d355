"""What the house says about people, their accounts and the links that lead to them."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models.bodies import BodyDuty, BodyKind
from models.calendars import BreakKind
from webapp.words.kinds import Sentence
from workflows.queries.people_list import Account

ACCOUNTS: Mapping[Account, LazyString] = {
    Account.OPEN: _("has an account"),
    Account.INVITED: _("invited"),
    Account.NONE: _("no account"),
    Account.BLOCKED: _("account closed"),
}
LOOKS: Mapping[Account, str] = {
    Account.OPEN: "is-good",
    Account.BLOCKED: "is-bad",
    Account.INVITED: "is-warning",
}

BREAKS: Mapping[BreakKind, LazyString] = {
    BreakKind.HOLIDAY: _("public holiday"),
    BreakKind.TRANSFERRED: _("day off instead of another one"),
    BreakKind.VACATION: _("school holidays"),
    BreakKind.EXAMS: _("examinations"),
}

BODY_KINDS: Mapping[BodyKind, LazyString] = {
    BodyKind.COUNCIL: _("council"),
    BodyKind.COMMISSION: _("commission"),
    BodyKind.WORKING_GROUP: _("working group"),
    BodyKind.JURY: _("jury"),
}
BODY_DUTIES: Mapping[BodyDuty, LazyString] = {
    BodyDuty.CHAIR: _("chair"),
    BodyDuty.SECRETARY: _("secretary"),
    BodyDuty.MEMBER: _("member"),
}

SENTENCES: Mapping[str, Sentence] = {
    "account_is_blocked": _("The account of %(person)s is closed. Open it again first."),
    "body_closed": _("“%(name)s” is closed. Whoever sat there stays on record."),
    "body_name_taken": _("There is a body of this name already."),
    "sits_there_already": _("%(person)s sits there already."),
    "seat_taken": _("This seat is held by %(person)s. Let that time end first."),
    "last_administrator": _(
        "Nobody else is administrator of “%(organisation)s” for good. Give the role to somebody first."
    ),
    "own_account": _("Your own account is looked after on the page “My account”."),
    "password_same_as_before": _("This is the password you had. Choose another one."),
    "password_to_be_changed": _("First choose a password that nobody but you knows."),
    "passwords_differ": _("The two are not the same. Type both anew."),
}
ACTS: Mapping[str, LazyString] = {
    "body.added": _("%(who)s set up the body “%(name)s”"),
    "body.closed": _("%(who)s closed the body “%(name)s”"),
    "body.joined": _("%(who)s gave somebody a seat in a body"),
    "body.left": _("%(who)s ended somebody’s seat in a body"),
    "user.invited": _("%(who)s invited somebody to open an account"),
    "user.password_offered": _("%(who)s made a link to a new password for somebody"),
    "user.uninvited": _("%(who)s took back a link to an account"),
    "user.signed_out": _("%(who)s signed out"),
}
