"""The sentences that stand beside the field of a form."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from webapp.words.kinds import Sentence, plural

ANSWERS: Mapping[str, Sentence] = {
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
    "date_too_early": _("Not before %(day)s."),
    "date_too_late": _("Not after %(day)s."),
    "out_of_choices": _("Choose one of the answers offered."),
    "not_a_list": _("Several answers are expected here."),
    "too_many_rows": plural("At most %(maximum)s row.", "At most %(maximum)s rows.", "maximum"),
    "unknown_field": _("The form has no such question."),
    "not_an_object": _("The answers could not be read. Load the page again."),
}
