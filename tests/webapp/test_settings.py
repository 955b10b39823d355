"""What an installation may choose, and what is said when it chooses wrongly."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from webapp.settings import SettingsWrong, find_secret_key, from_environment

KEY = "k" * 40


def test_nothing_has_to_be_chosen() -> None:
    settings = from_environment({}, secret_key=KEY)
    assert (settings.secret_key, settings.host, settings.port) == (KEY, "127.0.0.1", 8000)
    assert (settings.is_https, settings.proxies, settings.processes) == (False, 0, 2)


def test_everything_can_be_chosen() -> None:
    settings = from_environment(
        {
            "TANDEM_SECRET_KEY": KEY,
            "TANDEM_HTTPS": "yes",
            "TANDEM_PROXIES": "1",
            "TANDEM_SESSION_HOURS": "8",
            "TANDEM_HOST": "::1",
            "TANDEM_PORT": "8443",
            "TANDEM_WEB_PROCESSES": "4",
        }
    )
    assert (settings.secret_key, settings.is_https, settings.proxies) == (KEY, True, 1)
    assert settings.session_lifetime == timedelta(hours=8)
    assert (settings.host, settings.port, settings.processes) == ("::1", 8443, 4)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TANDEM_PORT", "http"),
        ("TANDEM_PORT", "0"),
        ("TANDEM_PORT", "65536"),
        ("TANDEM_PORT", "٨٠٠٠"),
        ("TANDEM_PROXIES", "-1"),
        ("TANDEM_HTTPS", "maybe"),
        ("TANDEM_SESSION_HOURS", "1.5"),
        ("TANDEM_WEB_PROCESSES", "0"),
        ("TANDEM_SECRET_KEY", "short"),
    ],
)
def test_a_wrong_choice_is_named_in_one_line(name: str, value: str) -> None:
    with pytest.raises(SettingsWrong, match=name) as refusal:
        from_environment({name: value}, secret_key=KEY)
    assert "\n" not in str(refusal.value)


def test_a_secret_is_never_repeated() -> None:
    with pytest.raises(SettingsWrong) as refusal:
        find_secret_key(Path(), {"TANDEM_SECRET_KEY": "hush"})
    assert "hush" not in str(refusal.value)


def test_a_key_is_made_once_and_kept_for_this_account(tmp_path: Path) -> None:
    key = find_secret_key(tmp_path / "var", {})
    assert len(key) >= 32
    assert find_secret_key(tmp_path / "var", {}) == key
    assert stat.S_IMODE((tmp_path / "var" / "secret_key").stat().st_mode) == 0o600
    assert find_secret_key(tmp_path / "other", {}) != key


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: find_secret_key(tmp_path, {}), range(16)))
    assert len(keys) == 1


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(SettingsWrong, match="TANDEM_SECRET_KEY"):
        find_secret_key(tmp_path / "var", {})


def test_nobody_else_can_hold_the_lock_that_the_key_is_made_under(tmp_path: Path) -> None:
    find_secret_key(tmp_path, {})
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {"secret_key": 0o600, "secret_key.lock": 0o600}


MAIL = {
    "TANDEM_SMTP_HOST": "mail.school.example",
    "TANDEM_MAIL_FROM": "Tandem <tandem@school.example>",
    "TANDEM_ADDRESS": "https://tandem.school.example",
}


def test_without_a_mail_server_no_letters_leave() -> None:
    assert from_environment({}, secret_key=KEY).mail is None


def test_a_mail_server_is_spoken_to_in_secret_unless_it_is_said_otherwise() -> None:
    mail = from_environment(MAIL, secret_key=KEY).mail
    assert mail is not None
    assert (mail.host, mail.port, mail.security) == ("mail.school.example", 587, "starttls")
    assert (mail.sender, mail.address) == (MAIL["TANDEM_MAIL_FROM"], "https://tandem.school.example/")
    tls = from_environment(MAIL | {"TANDEM_SMTP_SECURITY": "TLS"}, secret_key=KEY).mail
    assert tls is not None
    assert tls.port == 465


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TANDEM_SMTP_PORT", "smtp"),
        ("TANDEM_SMTP_PORT", "0"),
        ("TANDEM_SMTP_SECURITY", "ssl"),
        ("TANDEM_SMTP_USER", "tandem"),
        ("TANDEM_SMTP_PASSWORD", "hush"),
        ("TANDEM_MAIL_FROM", ""),
        ("TANDEM_MAIL_FROM", "Tandem"),
        ("TANDEM_MAIL_FROM", "tandem@school.example\r\nBcc: a@b.example"),
        ("TANDEM_ADDRESS", ""),
        ("TANDEM_ADDRESS", "tandem.school.example"),
        ("TANDEM_ADDRESS", "ftp://tandem.school.example"),
    ],
)
def test_a_wrong_choice_about_mail_is_named_in_one_line(name: str, value: str) -> None:
    with pytest.raises(SettingsWrong, match=name) as refusal:
        from_environment(MAIL | {name: value}, secret_key=KEY)
    assert "hush" not in str(refusal.value)


def test_half_of_the_settings_of_mail_is_refused() -> None:
    with pytest.raises(SettingsWrong, match="TANDEM_SMTP_HOST"):
        from_environment({"TANDEM_SMTP_PORT": "25"}, secret_key=KEY)


def test_a_password_never_travels_in_the_open() -> None:
    given = {"TANDEM_SMTP_USER": "tandem", "TANDEM_SMTP_PASSWORD": "hush", "TANDEM_SMTP_SECURITY": "none"}
    with pytest.raises(SettingsWrong, match="TANDEM_SMTP_SECURITY"):
        from_environment(MAIL | given, secret_key=KEY)
    here = from_environment(MAIL | given | {"TANDEM_SMTP_HOST": "127.0.0.1"}, secret_key=KEY).mail
    assert here is not None
    assert "hush" not in repr(here)
