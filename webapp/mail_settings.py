"""How letters leave the house, as the environment says it. Without TANDEM_SMTP_HOST they stay in it."""

from collections.abc import Mapping
from email.utils import parseaddr
from urllib.parse import urlsplit

from webapp.settings_wrong import SettingsWrong
from workflows.post import MailSettings, Security
from workflows.records.addresses import is_email

USUAL_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}
OF_MAIL = ("PORT", "USER", "PASSWORD", "SECURITY")


def mail_from_environment(environment: Mapping[str, str]) -> MailSettings | None:
    """Read how letters are sent; settings that say only half of it are refused."""
    host = environment.get("TANDEM_SMTP_HOST", "").strip()
    if not host:
        _refuse_half(environment)
        return None
    security = _security(environment)
    user, password = environment.get("TANDEM_SMTP_USER", ""), environment.get("TANDEM_SMTP_PASSWORD", "")
    if bool(user) != bool(password):
        raise SettingsWrong("TANDEM_SMTP_USER and TANDEM_SMTP_PASSWORD belong together: set both or neither.")
    if user and security is Security.NONE and host not in ("localhost", "127.0.0.1", "::1"):
        raise SettingsWrong(
            "TANDEM_SMTP_PASSWORD would travel in the open: set TANDEM_SMTP_SECURITY to starttls or tls."
        )
    return MailSettings(
        host=host,
        port=_port(environment, USUAL_PORTS[security]),
        security=security,
        sender=_sender(environment),
        address=_address(environment),
        user=user,
        password=password,
    )


def _refuse_half(environment: Mapping[str, str]) -> None:
    for name in OF_MAIL:
        if environment.get(f"TANDEM_SMTP_{name}", "").strip():
            raise SettingsWrong(
                f"TANDEM_SMTP_{name} is set, but TANDEM_SMTP_HOST is not: set it, or neither."
            )


def _security(environment: Mapping[str, str]) -> Security:
    text = environment.get("TANDEM_SMTP_SECURITY", "").strip().lower() or Security.STARTTLS.value
    if text not in set(Security):
        raise SettingsWrong(f"TANDEM_SMTP_SECURITY must be none, starttls or tls, not “{text}”.")
    return Security(text)


def _port(environment: Mapping[str, str], usual: int) -> int:
    text = environment.get("TANDEM_SMTP_PORT", "").strip()
    if not text:
        return usual
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise SettingsWrong(f"TANDEM_SMTP_PORT must be a whole number from 1 to 65535, not “{text}”.")
    return int(text)


def _sender(environment: Mapping[str, str]) -> str:
    text = environment.get("TANDEM_MAIL_FROM", "").strip()
    if not is_email(parseaddr(text)[1]) or not text.isprintable():
        raise SettingsWrong(
            f"TANDEM_MAIL_FROM must say who writes, like Tandem <tandem@school.example>, not “{text}”."
        )
    return text


def _address(environment: Mapping[str, str]) -> str:
    text = environment.get("TANDEM_ADDRESS", "").strip().rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise SettingsWrong(
            "TANDEM_ADDRESS must say where browsers find Tandem, like https://tandem.school.example, so that "
            f"letters can lead there, not “{text}”."
        )
    return f"{text}/"
