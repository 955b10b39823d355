"""What things of the house are called: nouns, roles, statuses, the acts of the journal."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

NOUNS: Mapping[str, LazyString] = {
    "avoidance": _("note that two people are not to be paired"),
    "award": _("award"),
    "bases": _("bases"),
    "break": _("break"),
    "calendar": _("calendar"),
    "case": _("case"),
    "concern": _("concern"),
    "consent": _("consent"),
    "full_cycle": _("full cycle mark"),
    "import": _("table of people"),
    "incident": _("incident"),
    "journal": _("journal"),
    "jury": _("jury"),
    "membership": _("role of a person"),
    "mentee": _("mentee"),
    "mentor": _("mentor"),
    "message": _("message"),
    "notice": _("notice"),
    "organisation": _("organisation"),
    "pack": _("methodology"),
    "pair": _("pair"),
    "pairing": _("forming of pairs"),
    "partner": _("partner"),
    "person": _("person"),
    "practice": _("story of a pair"),
    "process": _("process"),
    "programme": _("programme"),
    "profile_view": _("list of those who looked"),
    "report": _("report"),
    "request_map": _("map of requests"),
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

STATUSES: Mapping[str, LazyString] = {
    "running": _("under way"),
    "suspended": _("paused"),
    "completed": _("finished"),
    "cancelled": _("ended early"),
}

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
    "notice.written": _("The case sent a notice: “%(name)s”"),
    "membership.granted": _("%(who)s gave somebody a role"),
    "membership.ended": _("%(who)s ended somebody’s role"),
    "migration.started": _("%(who)s began to move cases to another version of the methodology"),
    "organisation.added": _("%(who)s added the organisation “%(name)s”"),
    "organisation.changed": _("%(who)s changed the organisation “%(name)s”"),
    "pack.installed": _("%(who)s installed a version of the methodology"),
    "person.added": _("%(who)s added a person"),
    "person.changed": _("%(who)s changed what is known about a person"),
    "user.added": _("%(who)s opened an account"),
    "user.blocked": _("%(who)s closed an account"),
    "user.password_set": _("%(who)s set a password"),
    "user.sessions_ended": _("%(who)s ended all sessions of an account"),
    "user.signed_in": _("%(who)s signed in"),
    "user.unblocked": _("%(who)s opened an account again"),
}
