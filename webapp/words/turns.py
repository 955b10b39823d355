"""Why a task stands before its reader, in one line."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

WHY: Mapping[str, LazyString] = {
    "stands_in": _("You stand in for %(name)s, whose task it is."),
    "offered": _("You are one of several here whose role is: %(role)s. Whoever takes it first does it."),
    "free": _("It waits for whoever has the role: %(role)s. You have it."),
    "seen_free": _(
        "It waits for whoever has the role: %(role)s. You see it because you look after this case."
    ),
    "asked_another": _("You asked %(name)s to do it, and still answer for it."),
    "seen": _("It is the task of %(name)s. You see it because you take part or look after this case."),
    "taken": _("You took it on %(day)s."),
    "assigned": _("%(name)s gave it to you on %(day)s."),
    "delegated": _("%(name)s asked you on %(day)s to do it."),
    "returned": _("%(name)s gave it back to you on %(day)s."),
    "released": _("It came back to you."),
    "seat": _("In this case your role is: %(role)s."),
}
