"""What may be wrong with how the elements of a diagram are named and hang together."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

SHEETS: Mapping[str, tuple[LazyString, LazyString]] = {
    "process_not_executable": (
        _("The process is marked as one that is not run."),
        _("Tick “executable” in the properties of the process."),
    ),
    "id_missing": (
        _("There is no id (%(kind)s)."),
        _("Give it an id: one word in Latin letters that says what it does."),
    ),
    "id_wrong": (
        _("“%(id)s” cannot be used in expressions."),
        _("Use Latin letters, digits and underscores in the id, and begin with a letter."),
    ),
    "id_reserved": (
        _("The id “%(id)s” is a word of the language of expressions or of the system."),
        _("Choose another id."),
    ),
    "id_duplicate": (
        _("The id “%(id)s” already belongs to %(other)s."),
        _("Give every element of the pack an id of its own: answers are kept under it."),
    ),
    "name_missing": (
        _("There is no name (%(kind)s)."),
        _("Write in plain words what happens here."),
    ),
    "flow_name_missing": (
        _("The arrow out of a question has no answer written on it."),
        _("Write the answer on it: yes, no, more work."),
    ),
    "variable_wrong": (
        _("“%(variable)s” cannot be the name of a value."),
        _("Use Latin letters, digits and underscores, and begin with a letter."),
    ),
    "variable_reserved": (
        _("The name “%(variable)s” is a word of the language of expressions or of the system."),
        _("Choose another name."),
    ),
    "start_missing": (
        _("There is no start."),
        _("Draw a start event: the circle with a thin line."),
    ),
    "start_several": (
        _("There are %(count)s starts; only one can begin."),
        _("Keep one start and lead it through a gateway where the ways divide."),
    ),
    "end_missing": (
        _("There is no end."),
        _("Draw an end event: the circle with a thick line."),
    ),
    "flow_broken": (
        _("The arrow does not join two elements of one sheet."),
        _("Draw it again, from element to element; arrows do not cross the border of a subprocess."),
    ),
    "flow_misplaced": (
        _("The arrow leaves an end, or enters a start or an event at the edge of a task."),
        _("Turn it round or remove it."),
    ),
    "unreachable": (
        _("Nothing leads here."),
        _("Draw an arrow to it, or remove it."),
    ),
    "leads_nowhere": (
        _("From here no way leads to an end."),
        _("Draw an arrow from it towards an end."),
    ),
    "several_flows_out": (
        _("%(count)s arrows leave it, but only a gateway may divide the way."),
        _("Put a gateway behind it: a cross for one of the ways, a plus for all of them."),
    ),
    "condition_ignored": (
        _("The condition on this arrow would never be asked, because “%(source)s” does not choose."),
        _("Move the condition behind a gateway with a cross."),
    ),
    "condition_missing": (
        _("This arrow out of “%(source)s” has no condition."),
        _("Write a condition, or make it the default way."),
    ),
    "default_missing": (
        _("It may happen that no condition holds, and then the case would stop here."),
        _("Mark one of the arrows as the default way."),
    ),
    "default_unknown": (
        _("The default way “%(flow)s” does not begin here."),
        _("Mark one of the arrows that leave this gateway as the default way."),
    ),
    "default_with_condition": (
        _("The default way out of “%(source)s” has a condition, which is never asked."),
        _("Remove the condition, or make another arrow the default way."),
    ),
    "gateway_useless": (
        _("One arrow comes in and one goes out: this gateway does nothing."),
        _("Remove it."),
    ),
    "gateway_joins_and_splits": (
        _("This gateway joins and divides at once, which is hard to read."),
        _("Draw two gateways, one behind the other."),
    ),
    "join_never_complete": (
        _("It waits for all its ways, but “%(split)s” only ever takes one of them."),
        _("Join them with the same kind of gateway that divided them."),
    ),
    "event_gateway_target": (
        _("“%(target)s” is not an event that one can wait for here."),
        _(
            "Behind this gateway put events that wait for a time, a message or a condition, each with "
            "this one arrow."
        ),
    ),
    "event_gateway_single": (
        _("A gateway that waits for events needs at least two of them."),
        _("Add another event, or remove the gateway."),
    ),
    "loop_without_wait": (
        _("The circle %(elements)s never waits for anybody: it would run for ever."),
        _("Put a task of a person, a timer or a message into the circle."),
    ),
    "call_without_wait": (
        _("The processes %(processes)s call one another without ever waiting."),
        _("Put a task of a person, a timer or a message before the call."),
    ),
    "parallel_same_variable": (
        _("It writes “%(variable)s” while “%(other)s” may write it too; the last one would win."),
        _("Give each branch a name of its own."),
    ),
    "sheet_too_large": (
        _("There are %(count)s elements on this sheet; more than %(limit)s are hard to read."),
        _("Take a part that has a name of its own into a process of its own and call it."),
    ),
    "not_drawn": (
        _("It has no place in the drawing, so people would not see it."),
        _("Open the diagram in the editor and draw it."),
    ),
}
"""The reason and the remedy of each code."""
