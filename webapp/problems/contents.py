"""What may be wrong with what elements say: expressions, and the things they name."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

CONTENTS: Mapping[str, tuple[LazyString, LazyString]] = {
    "expression_wrong": (
        _("“%(expression)s” cannot be understood. %(reason)s"),
        _("Mend the expression; the language is FEEL."),
    ),
    "expression_missing": (
        _("An expression is needed here (%(kind)s)."),
        _("Write one; it begins with =."),
    ),
    "expression_without_equals": (
        _("“%(expression)s” would be taken for a plain text."),
        _("Begin the expression with =."),
    ),
    "expression_language": (
        _("The expression is written in “%(language)s”."),
        _("Write it in FEEL and remove the name of the language."),
    ),
    "mapping_incomplete": (
        _("An input or output has no name or no value."),
        _("Fill in both sides, or remove the row."),
    ),
    "collection_missing": (
        _("It is repeated for each, but does not say for each of what."),
        _("Name the list, for example =members, or the number of times."),
    ),
    "collection_output_incomplete": (
        _("Results are collected, but either the list or what goes into it is not named."),
        _("Fill in both the list and the element, or neither."),
    ),
    "repetition_wrong": (
        _("“%(text)s” is not a number of times."),
        _("Write a whole number from 1 to 9999, or an expression that begins with =."),
    ),
    "repetition_twice": (
        _("It says in two ways how often it is repeated."),
        _("Keep one of them: the list, the number of times or the loop."),
    ),
    "mapping_ignored": (
        _("“%(extension)s” would not be asked at an element of this kind."),
        _("Remove it; what the tasks gave is read by their ids, and a script task computes anything else."),
    ),
    "variable_never_set": (
        _("“%(expression)s” asks for “%(variable)s”, which nothing here sets."),
        _(
            "Mend the name; answers are kept under the id of their task by the key of the field, results"
            " under the name given there. Only what is given when a case is started may be left as it is."
        ),
    ),
    "repetition_endless": (
        _("It is repeated without an end."),
        _("Write a condition, or the largest number of times."),
    ),
    "role_missing": (
        _("Nobody knows whose task this is."),
        _("Put it into a lane whose id is a role, or name the role in the properties."),
    ),
    "role_unknown": (
        _("There is no role “%(role)s” in this pack."),
        _("Use the code of a role from pack.toml, or add the role there."),
    ),
    "lane_ambiguous": (
        _("It stands in several lanes at once: %(lanes)s."),
        _("Move it into one of them."),
    ),
    "form_missing": (
        _("The task has no form."),
        _("Choose a form, or make it a manual task that is only ticked off."),
    ),
    "form_unknown": (
        _("There is no form “%(form)s” in this pack."),
        _("Choose another form, or add forms/%(form)s.form."),
    ),
    "operator_missing": (
        _("The task does not say what to do."),
        _("Choose an operation in the properties."),
    ),
    "operator_unknown": (
        _("There is no operation “%(operator)s”."),
        _("Choose one of the operations of the list."),
    ),
    "operator_is_an_id": (
        _("“%(operator)s” is the id of an element and not an operation."),
        _("Choose one of the operations of the list."),
    ),
    "listener_unknown": (
        _("Nobody listens to the answers under the name “%(listener)s”."),
        _("Choose one of the listeners of the list."),
    ),
    "listener_event": (
        _("A listener is called when a task is completed, and not at “%(event)s”."),
        _("Set the event of the listener to “completing”."),
    ),
    "listener_misplaced": (
        _("Only the answers of a user task are listened to."),
        _("Remove the listener, or make this a user task with a form."),
    ),
    "setting_wrong": (
        _("The task does not tell “%(listener)s” what its property “%(setting)s” is."),
        _("Give the task the property “%(setting)s” in the properties. It may be: %(values)s."),
    ),
    "reader_unknown": (
        _("There is nothing to be read under the name “%(reader)s”."),
        _("Choose among the readers of the list; several are divided by commas."),
    ),
    "reader_misplaced": (
        _("Only for the form of a user task something can be read."),
        _("Remove the property “reads”, or make this a user task with a form."),
    ),
    "decision_missing": (
        _("The task does not say which decision to ask."),
        _("Choose a decision in the properties."),
    ),
    "decision_unknown": (
        _("There is no decision “%(decision)s” in this pack."),
        _("Choose another decision, or add its table."),
    ),
    "call_missing": (
        _("It does not say which process to call."),
        _("Choose a process in the properties."),
    ),
    "call_unknown": (
        _("There is no process “%(process)s” in this pack."),
        _("Choose another process, or add its diagram."),
    ),
}
"""The reason and the remedy of each code."""
