"""The way out of the house for letters: one thin layer over SMTP, which knows nothing of people."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr, parseaddr
from enum import StrEnum
from typing import Any, Protocol

PATIENCE_SECONDS = 30
_LONGEST_SAID = 300
_PERMANENT = 500


class Security(StrEnum):
    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True)
class MailSettings:
    """Where letters are handed over, in whose name, and where the links in them lead."""

    host: str
    port: int
    security: Security
    sender: str
    address: str
    """Our own address, as browsers know it."""
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Mail:
    """A letter ready to go. The same letter always has the same id, so that a second copy can be known."""

    id: str
    to: str
    subject: str
    plain: str
    html: str
    written_at: datetime
    off_address: str
    """Where its reader can switch such letters off."""


class Refused(Exception):
    """This letter is never taken: the other side says so for good."""


class NotNow(Exception):
    """This letter is not taken now; later it may be."""


class Unreachable(Exception):
    """No letter can be handed over now."""


Send = Callable[[Mail], None]


class Post(Protocol):
    """A way to hand letters over, one after another."""

    def opened(self) -> AbstractContextManager[Send]: ...


class SmtpPost:
    """Hands letters over to a mail server."""

    def __init__(self, settings: MailSettings, *, patience: float = PATIENCE_SECONDS) -> None:
        self._settings, self._patience = settings, patience

    @contextmanager
    def opened(self) -> Iterator[Send]:
        """Open a connection for several letters; what it says in parting does not matter any more."""
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as failure:
            raise Unreachable(_said(failure)) from failure
        try:
            yield lambda mail: self._send(server, mail)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connect(self) -> smtplib.SMTP:
        chosen, context = self._settings, ssl.create_default_context()
        if chosen.security is Security.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                chosen.host, chosen.port, timeout=self._patience, context=context
            )
        else:
            server = smtplib.SMTP(chosen.host, chosen.port, timeout=self._patience)
        try:
            if chosen.security is Security.STARTTLS:
                # A server that does not offer it is refused: nothing travels in the open by mistake.
                server.starttls(context=context)
            if chosen.user:
                server.login(chosen.user, chosen.password)
        except BaseException:
            server.close()
            raise
        return server

    def _send(self, server: smtplib.SMTP, mail: Mail) -> None:
        try:
            sender = self._settings.sender
            server.sendmail(parseaddr(sender)[1], [mail.to], written(mail, sender))
        except smtplib.SMTPRecipientsRefused as refusal:
            code, words = next(iter(refusal.recipients.values()))
            raise _judged(code, words) from refusal
        except smtplib.SMTPSenderRefused as refusal:
            # It is we who are not welcome, and somebody can mend that: the letter is not to blame.
            raise NotNow(_words(refusal.smtp_code, refusal.smtp_error)) from refusal
        except smtplib.SMTPDataError as refusal:
            raise _judged(refusal.smtp_code, refusal.smtp_error) from refusal
        except (smtplib.SMTPNotSupportedError, ValueError) as refusal:
            raise Refused(_said(refusal)) from refusal
        except (OSError, smtplib.SMTPException) as failure:
            raise Unreachable(_said(failure)) from failure


def written(mail: Mail, sender: str) -> bytes:
    """Write a letter as it travels, in both forms."""
    # The newer classes of `email` lose spaces where a long subject of Russian words is folded.
    message = MIMEMultipart("alternative")
    name, address = parseaddr(sender)
    message["From"], message["To"] = formataddr((name, address)), mail.to
    subject: Any = Header(" ".join(mail.subject.split()), "utf-8")
    message["Subject"] = subject
    message["Date"] = format_datetime(mail.written_at)
    message["Message-ID"] = f"<{mail.id}@{address.rpartition('@')[2]}>"
    # So that nobody's answering machine answers, and mail programs can offer to switch letters off.
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{mail.off_address}>"
    message.attach(MIMEText(mail.plain, "plain", "utf-8"))
    message.attach(MIMEText(mail.html, "html", "utf-8"))
    return message.as_bytes(policy=compat32.clone(linesep="\r\n"))


def _judged(code: int, words: bytes | str) -> Refused | NotNow:
    kind = Refused if code >= _PERMANENT else NotNow
    return kind(_words(code, words))


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:_LONGEST_SAID]


def _said(failure: Exception) -> str:
    if isinstance(failure, smtplib.SMTPResponseException):
        return _words(failure.smtp_code, failure.smtp_error)
    return " ".join(str(failure).split())[:_LONGEST_SAID] or type(failure).__name__
