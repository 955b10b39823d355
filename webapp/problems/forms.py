"""What may be wrong with the questions of a form, beyond what the files themselves tell."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

FORMS: Mapping[str, tuple[LazyString, LazyString]] = {
    "form_id_wrong": (
        _("The part of the form has no usable id."),
        _("Give it an id of Latin letters, digits, hyphens and underscores that begins with a letter."),
    ),
    "form_id_duplicate": (
        _("Two parts of the form share this id."),
        _("Give each part an id of its own."),
    ),
    "form_property_range": (
        _("The property “%(property)s” is out of its range."),
        _("Write a whole number from %(least)s to %(most)s."),
    ),
    "form_limits_contradict": (
        _("The least allowed (%(minimum)s) is more than the most (%(maximum)s): no answer fits."),
        _("Swap the limits or remove one."),
    ),
    "form_default_wrong": (
        _("The default “%(value)s” would not be taken as an answer."),
        _("Choose a default that keeps to the rules of the field, or leave it empty."),
    ),
    "form_expression_missing": (
        _("The computed value has no expression."),
        _("Write the expression that gives the value, or remove the part."),
    ),
    "form_expression_too_long": (
        _("The expression is too long."),
        _("Use at most %(limit)s characters; a decision table says more in less."),
    ),
    "form_template_unsupported": (
        _("The text in “%(property)s” uses conditions or loops of templates, which are not shown here."),
        _("Use plain placeholders such as {{name}}, and hide whole parts by their condition instead."),
    ),
    "form_pattern_broken": (
        _("The pattern “%(pattern)s” cannot be read."),
        _("Mend the regular expression; it is read as browsers read it."),
    ),
    "form_pattern_looks_around": (
        _("The pattern “%(pattern)s” looks around or repeats what it found: that can take for ever."),
        _("Write the pattern without look-around and back references, or split it into two fields."),
    ),
    "form_pattern_too_large": (
        _("The pattern “%(pattern)s” is too large."),
        _("Shorten it or repeat less; use the limits of length for lengths."),
    ),
    "form_too_deep": (
        _("The parts of the form are nested too deeply."),
        _("Nest at most %(limit)s groups and lists in one another."),
    ),
    "form_too_large": (
        _("The form has too many parts."),
        _("Use at most %(limit)s parts; ask the rest in a task of its own."),
    ),
}
"""The reason and the remedy of each code."""
