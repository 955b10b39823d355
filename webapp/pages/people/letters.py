"""The letter with which a link to an account goes out, in the language of the person who gets it.

It is shown for copying, and a mail program is opened with it. Whoever sends mail for the house takes
it from here.
"""

from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import force_locale
from flask_babel import gettext as _

from models.people import Person
from webapp import dates
from webapp.languages import DEFAULT, LANGUAGES
from workflows.operations.invitations import MadeInvitation


@dataclass(frozen=True)
class Letter:
    """What is written to somebody."""

    to: str
    subject: str
    text: str

    @property
    def mailto(self) -> str:
        """Write it as an address that opens a mail program."""
        return f"mailto:{quote(self.to)}?subject={quote(self.subject)}&body={quote(self.text)}"


def letter_to(person: Person, organisation: str, made: MadeInvitation, address: str) -> Letter:
    """Write the letter to somebody who is invited, or who forgot the password."""
    with force_locale(person.language if person.language in LANGUAGES else DEFAULT):
        until = dates.day(made.until_at)
        if made.is_for_password:
            subject = _("A new password for Tandem")
            purpose = _("By this link you choose a new password:")
        else:
            subject = _("Your account in Tandem")
            purpose = _(
                "%(organisation)s invites you to its mentoring. By this link you open your account:",
                organisation=organisation,
            )
        lines = (
            _("Good day, %(name)s!", name=person.full_name),
            purpose,
            address,
            _("It works once, until %(day)s. Please give it to nobody.", day=until),
        )
    return Letter(person.email or "", subject, "\n\n".join(lines))
