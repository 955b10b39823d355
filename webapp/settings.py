"""What an installation may choose, read from the environment once and never changed."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from webapp.locking import only_one
from webapp.mail_settings import mail_from_environment
from webapp.settings_wrong import SettingsWrong
from workflows.post import MailSettings

__all__ = ["SHORTEST_KEY", "Settings", "SettingsWrong", "find_secret_key", "from_environment"]

SHORTEST_KEY = 32
_YES_AND_NO = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}


@dataclass(frozen=True)
class Settings:
    """How the web behaves. The database is chosen in `models.database`."""

    secret_key: str
    is_https: bool = False
    """Whether people reach us through https: then cookies never travel without it."""
    proxies: int = 0
    """How many reverse proxies of ours stand before this server and may be believed about addresses."""
    session_lifetime: timedelta = timedelta(hours=12)
    max_content_length: int = 2 * 1024 * 1024
    host: str = "127.0.0.1"
    port: int = 8000
    processes: int = 2
    """How many processes of the web server answer side by side."""
    mail: MailSettings | None = None
    """How letters leave the house; none: they are kept where an administrator can look at them."""


def from_environment(environment: Mapping[str, str] = os.environ, *, secret_key: str = "") -> Settings:
    """Read the settings; without TANDEM_SECRET_KEY the key given is taken."""
    return Settings(
        secret_key=_key(environment) or secret_key,
        is_https=_choice(environment, "TANDEM_HTTPS"),
        proxies=_number(environment, "TANDEM_PROXIES", 0, least=0, most=10),
        session_lifetime=timedelta(hours=_number(environment, "TANDEM_SESSION_HOURS", 12, least=1, most=720)),
        host=environment.get("TANDEM_HOST") or Settings.host,
        port=_number(environment, "TANDEM_PORT", Settings.port, least=1, most=65535),
        processes=_number(environment, "TANDEM_WEB_PROCESSES", Settings.processes, least=1, most=64),
        mail=mail_from_environment(environment),
    )


def find_secret_key(folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return the key that signs sessions: the chosen one, or one made once and kept for this account."""
    if chosen := _key(environment):
        return chosen
    file = folder / "secret_key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _read_or_make(file)
    except OSError as failure:
        raise SettingsWrong(
            f"{file} cannot be used ({failure.strerror}): make the folder writable or set TANDEM_SECRET_KEY."
        ) from failure


def _read_or_make(file: Path) -> str:
    with only_one(file.with_suffix(".lock")):
        if not file.exists():
            unfinished = file.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
                stream.write(secrets.token_urlsafe(48))
            unfinished.replace(file)
    return file.read_text().strip()


def _key(environment: Mapping[str, str]) -> str:
    key = environment.get("TANDEM_SECRET_KEY", "")
    if key and len(key) < SHORTEST_KEY:
        raise SettingsWrong(f"TANDEM_SECRET_KEY must have at least {SHORTEST_KEY} characters.")
    return key


def _number(environment: Mapping[str, str], name: str, otherwise: int, *, least: int, most: int) -> int:
    text = environment.get(name, "").strip()
    if not text:
        return otherwise
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise SettingsWrong(f"{name} must be a whole number from {least} to {most}, not “{text}”.")
    return int(text)


def _choice(environment: Mapping[str, str], name: str) -> bool:
    text = environment.get(name, "").strip().lower()
    if text and text not in _YES_AND_NO:
        raise SettingsWrong(f"{name} must be 1 or 0, not “{text}”.")
    return _YES_AND_NO.get(text, False)
