"""Why a step of a case could not be done, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

STEPS: Mapping[str, LazyString] = {
    # What an expression or a decision gives.
    "expression_failed": _("The expression “{expression}” has no value. {reason}"),
    "decision_failed": _("The decision could not be made. {reason}"),
    "condition_not_boolean": _("The condition “{expression}” gave {value}, neither true nor false."),
    "script_not_context": _("The script gave {value}, but without a result variable a context is needed."),
    "script_not_feel": _("A diagram cannot run scripts other than FEEL."),
    "data_not_kept": _("What came out cannot be kept in the case. {reason}"),
    # The course of the process.
    "no_way_out": _("No way leads on: no condition after this gateway holds, and none is the default."),
    "not_a_list": _("The expression “{expression}” gave {value}, but a list is needed."),
    "not_a_count": _("The number of repetitions is {value}, but a whole number is needed."),
    "too_many_instances": _("It would be repeated more than {limit} times at once."),
    "too_many_steps": _("The process made {limit} steps without waiting for anybody: it turns in a circle."),
    "calls_too_deep": _("Processes call one another more than {limit} deep."),
    "error_not_caught": _("Nothing around this process catches the error “{error}”."),
    "stands_still": _("What the process waits for here can no longer come."),
    # Who is to take part in a case that was promised.
    "role_unknown": _("The methodology knows no role “{role}”, which somebody is to have in this case."),
    "person_not_here": _("{person} is to take part in this case and does not belong to the organisation."),
    "person_in_two_roles": _("{person} is to take part in this case in two roles, and can have only one."),
    # Time, messages, services.
    "timer_failed": _("It is not clear when the timer goes off. {reason}"),
    "due_date_failed": _("It is not clear by when this is due. {reason}"),
    "assignee_unknown": _("The task is for {person}, and there is no such person in the organisation."),
    "message_without_addressee": _("The message “{message}” is addressed to nobody: “to” gave {value}."),
    "message_not_kept": _("The message “{message}” cannot be sent. {reason}"),
    "addressee_unknown": _("There is no case {address} to which this case may send messages."),
    "message_storm": _("Cases answer one another without end: the message went through {limit} of them."),
    "service_refused": _("{reason}"),
    "service_broken": _("Something broke on our side while this step was done by the system."),
    "unforeseen": _("Something broke on our side while this step was done by the system."),
}

BELOW: Mapping[str, LazyString] = {
    # Timers and values.
    "beyond_calendar": _("The date lies beyond the calendar."),
    "not_a_duration": _("“{text}” is no ISO duration such as P14D or PT2H."),
    "duration_too_long": _("“{text}” is too long."),
    "not_a_moment": _("“{text}” is no ISO date, date-time or duration."),
    "moment_not_text": _("A date, a date-time or a duration is needed, not {value}."),
    "not_a_cycle": _("“{text}” is no ISO cycle such as R3/P7D."),
    "cycle_without_pause": _("“{text}” would repeat more often than once a minute."),
    "cycle_never_fires": _("“{text}” would never fire."),
    "kind_not_kept": _("Its value is a {kind}, which cannot be kept."),
    "value_not_kept": _("Its value cannot be kept: {detail}."),
    "value_too_large": _("The value has {size} bytes, more than the {limit} that a case keeps."),
    # What the operations of the house refuse.
    "operator_unknown": _("There is no operation named “{name}”."),
    "listener_unknown": _("Nobody listens to the answers under the name “{name}”."),
    "setting_missing": _("The task does not say what its property “{name}” is."),
    "notice_empty": _("The text of a notice is empty."),
    "nobody_to_tell": _(
        "There is nobody to tell: add the participant to the case or appoint a curator in the organisation."
    ),
    "no_proposal": _("No pairs were proposed in this case."),
    "no_general_meeting": _("No general meeting was planned in this case."),
    "no_search": _("No mentee is looked after in this case."),
}
"""What lies beneath a failed step besides expressions and decisions."""

# What nobody foresaw says nothing to those who cannot mend the program.
TECHNICAL = frozenset({"service_broken", "unforeseen"})


def is_technical(explanation: Mapping[str, Any]) -> bool:
    """Say whether only an administrator can make use of the wording of the program."""
    return explanation.get("code", "unforeseen") in TECHNICAL
