"""What a day is told in: how pairs and people stand, the five meetings, marks of goals."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString

PAIRS: Mapping[str, LazyString] = {
    "approved": lazy_pgettext("pairs", "To get acquainted"),
    "acquainted": lazy_pgettext("pairs", "To try it out"),
    "tried": lazy_pgettext("pairs", "To make a plan"),
    "planned": lazy_pgettext("pairs", "The plan is ready"),
    "working": lazy_pgettext("pairs", "Meeting regularly"),
    "paused": lazy_pgettext("pairs", "Paused"),
    "concluding": lazy_pgettext("pairs", "Summing up"),
    "completed": lazy_pgettext("pairs", "Completed"),
    "refused": lazy_pgettext("pairs", "Did not begin"),
    "parted": lazy_pgettext("pairs", "Parted after the trial"),
    "ended_early": lazy_pgettext("pairs", "Ended early"),
}

MEETINGS: Mapping[str, LazyString] = {
    "acquaintance": _("Acquaintance"),
    "trial": _("Trial meeting"),
    "planning": _("Planning"),
    "working": _("Working meetings"),
    "final": _("Final meeting"),
}

AHEAD: Mapping[str, LazyString] = {
    "next": _("meeting of the pair"),
    "final": _("final meeting"),
    "general": _("General meeting of mentors and mentees"),
}

MARKS: Mapping[str, LazyString] = {
    "reached": _("reached"),
    "yes": _("we have come nearer"),
    "a_little": _("we have come a little nearer"),
    "no": _("not nearer yet"),
}

MENTEES: Mapping[str, LazyString] = {
    "applied": _("Your application has arrived. It is being looked at."),
    "consented": _("Your application has arrived. It is being looked at."),
    "selected": _("You are taken. Soon a mentor will be looked for."),
    "ready": _("You are taken. A mentor is being looked for."),
    "searching": _("A mentor is still being looked for. You are not forgotten."),
    "matched": _("You have a mentor."),
    "paused": _("Your taking part is paused."),
    "completed": _("You have gone the whole way."),
    "declined": _("You were not taken this time."),
    "left": _("You do not take part any more."),
}

MENTORS: Mapping[str, LazyString] = {
    "applied": _("Your questionnaire has arrived. The curator will get in touch."),
    "consented": _("Your questionnaire has arrived. The curator will get in touch."),
    "selected": _("You are chosen as a mentor. Training comes next."),
    "reserved": _("You are in the reserve: you are called as soon as somebody needs you."),
    "ready": _("You are ready. A mentee is being looked for."),
    "searching": _("You are ready. A mentee is being looked for."),
    "matched": _("You have a mentee."),
    "paused": _("Your taking part is paused."),
    "completed": _("You have gone the whole way."),
    "declined": _("You were not taken this time."),
    "left": _("You do not take part any more."),
}
