"""What may be wrong with single elements: kinds that are not run, and events."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

ELEMENTS: Mapping[str, tuple[LazyString, LazyString]] = {
    "event_subprocess": (
        _("Subprocesses that are started by an event are not run."),
        _("Put the event at the edge of a task or of an ordinary subprocess."),
    ),
    "ad_hoc_subprocess": (
        _("Subprocesses without an order are not run."),
        _("Draw the order of the steps, or several branches at once."),
    ),
    "transaction": (
        _("Transactions are not run."),
        _("Use an ordinary subprocess with an error event at its edge."),
    ),
    "complex_gateway": (
        _("Complex gateways are not run."),
        _("Use a cross, a plus or a circle."),
    ),
    "compensation": (
        _("Compensation is not run."),
        _("Draw the way back as ordinary steps."),
    ),
    "link_event": (
        _("Links from one place of the sheet to another are not followed."),
        _("Draw an arrow, or take a part into a process of its own."),
    ),
    "signal_event": (
        _("A signal would be heard in this one case only, and so signals are not run."),
        _("Send a message to the case that should know; inside a case use an escalation or a condition."),
    ),
    "cancel_event": (
        _("Cancel events are not run."),
        _("Use an error event."),
    ),
    "data_object": (
        _("It would be drawn but never filled (%(kind)s)."),
        _("Say it in a text annotation; data is kept by itself under the ids of the tasks."),
    ),
    "plain_task": (
        _("A task of no kind would be passed over at once."),
        _("Choose what it is: a user task with a form, a manual task, a service task."),
    ),
    "element_unknown": (
        _("“%(kind)s” is not understood here."),
        _("Remove it, or draw it with other elements."),
    ),
    "foreign_extension": (
        _("“%(extension)s” is meant for another engine and would be ignored."),
        _("Remove it and set the same in our properties panel."),
    ),
    "extension_ignored": (
        _("“%(extension)s” is not used here."),
        _("Remove it, so that nobody relies on it."),
    ),
    "script_foreign": (
        _("The script is written in a language that is not run."),
        _("Write a FEEL expression in the properties of the task and remove the script."),
    ),
    "start_with_event": (
        _("A case cannot be started like this (%(event)s)."),
        _("Use a plain start: people or other processes start cases."),
    ),
    "event_several": (
        _("The event has %(count)s triggers at once."),
        _("Leave one."),
    ),
    "event_empty": (
        _("The event does not say what it waits for."),
        _("Choose a time, a message or a condition."),
    ),
    "event_misplaced": (
        _("An event of this kind (%(event)s) does nothing at this place."),
        _("Choose another kind of event, or move it."),
    ),
    "boundary_misplaced": (
        _("The event stands at the edge of nothing that takes time."),
        _("Put it at the edge of a task, a call or a subprocess."),
    ),
    "boundary_never_fires": (
        _("An event of this kind (%(event)s) never happens at a single task."),
        _("Put it at the edge of a call or a subprocess that throws it."),
    ),
    "timer_missing": (
        _("The timer does not say when."),
        _("Write a duration such as P14D (14 days), or a date."),
    ),
    "timer_wrong": (
        _("“%(text)s” is not a time."),
        _(
            "Write a duration such as P14D or PT2H, a date such as 2026-05-31T12:00:00+03:00, a "
            "repetition such as R3/P7D, or an expression that begins with =."
        ),
    ),
    "timer_without_zone": (
        _("“%(text)s” does not say in which time zone."),
        _("Add the offset, for example +03:00."),
    ),
    "timer_cycle_misplaced": (
        _("“%(text)s” repeats, but this event can happen only once."),
        _("Use a duration, or make it a dashed event at the edge of a task."),
    ),
    "due_date_wrong": (
        _("“%(text)s” is not a time by which a task can be due."),
        _("Write a duration from its beginning such as P3D, or an expression that begins with =."),
    ),
    "message_missing": (
        _("It does not say which message."),
        _("Choose a message in the properties."),
    ),
    "message_unknown": (
        _("The message “%(reference)s” is not defined in this file."),
        _("Choose a message in the properties, or create it there."),
    ),
    "message_to_missing": (
        _("It does not say to which case the message goes."),
        _("Add an input “to” that gives the id of the case."),
    ),
    "message_never_awaited": (
        _("No process of this pack waits for the message “%(message)s”."),
        _("Mend the name, or draw the event that waits for it."),
    ),
    "error_unknown": (
        _("It does not say which error, or names one that is not defined (%(reference)s)."),
        _("Choose an error in the properties, or create it there."),
    ),
    "error_not_caught": (
        _("Nobody catches this error."),
        _("Put an error event at the edge of the subprocess or of the call."),
    ),
    "escalation_unknown": (
        _("It does not say which escalation, or names one that is not defined (%(reference)s)."),
        _("Choose an escalation in the properties, or create it there."),
    ),
    "escalation_not_caught": (
        _("Nobody hears this escalation."),
        _("Put an escalation event at the edge of the subprocess or of the call."),
    ),
}
"""The reason and the remedy of each code."""
