"""Real mail servers on this machine: they take letters, refuse them, ask for a password, or are down."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from workflows.post import MailSettings, Security

AUTHORITY = trustme.CA()
"""Whoever trusts it trusts the servers of this run; it is made anew each time and kept nowhere."""
ADDRESS = "https://tandem.school.example/"


class Letterbox:
    """What a mail server has taken, and whom it turns away."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.were_encrypted: list[bool] = []
        self.answers: dict[str, str] = {}
        """What is said to letters for an address instead of taking them."""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, to: str, _options: Any) -> str:  # noqa: N802
        if answer := self.answers.get(to):
            return answer
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        self.were_encrypted.append(session.ssl is not None)
        return "250 taken"

    @property
    def to(self) -> list[str]:
        """List for whom letters came, in the order in which they came."""
        return [str(letter["To"]) for letter in self.letters]


@contextmanager
def mail_server(box: Letterbox, *, port: int = 0, is_strict: bool = False) -> Iterator[MailSettings]:
    """Run a mail server; a strict one wants encryption and a password first."""
    strictness: dict[str, Any] = {}
    if is_strict:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        AUTHORITY.issue_cert("127.0.0.1").configure_cert(context)
        strictness = {"tls_context": context, "require_starttls": True, "auth_required": True}
        strictness["authenticator"] = _authenticate
    controller = Controller(box, hostname="127.0.0.1", port=port or _free_port(), **strictness)
    controller.start()
    try:
        yield settings(controller.port, is_strict=is_strict)
    finally:
        controller.stop()


def settings(port: int, *, is_strict: bool = False) -> MailSettings:
    """Say how letters go to a server on this port."""
    return MailSettings(
        host="127.0.0.1",
        port=port,
        security=Security.STARTTLS if is_strict else Security.NONE,
        sender="Tandem <tandem@school.example>",
        address=ADDRESS,
        user="tandem" if is_strict else "",
        password="owl and eagle owl" if is_strict else "",
    )


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    is_right = isinstance(given, LoginPassword) and given.password == b"owl and eagle owl"
    return AuthResult(success=is_right, handled=is_right)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
