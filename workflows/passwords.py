"""Passwords: what is accepted, how they are kept, how one is checked. Nothing here knows whose they are."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from workflows.refusals import Complaint

SHORTEST, LONGEST = 10, 256

# A password nobody has: checking against it takes as long as checking against a real one.
_NOBODYS = "nobody signs in with this"


class Passwords:
    """Hashes and checks at one cost. The house has one of them; tests make theirs cheap."""

    def __init__(self) -> None:
        self.choose_cost(cheap=False)

    def choose_cost(self, *, cheap: bool) -> None:
        """Take the recommended cost, or one that only suits tests and throw-away demonstrations."""
        if cheap:
            self._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        else:
            self._hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
        self._hash_of_nobody = ""

    def hash(self, password: str) -> str:
        """Return what is kept of a password."""
        return self._hasher.hash(_settled(password))

    def is_right(self, kept: str | None, password: str) -> bool:
        """Say whether this is the password; without a kept one take the same time and say no."""
        if kept is None:
            self._hash_of_nobody = self._hash_of_nobody or self._hasher.hash(_NOBODYS)
        try:
            return self._hasher.verify(kept or self._hash_of_nobody, _settled(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, kept: str) -> bool:
        """Say whether the password was kept at another cost than today's."""
        return self._hasher.check_needs_rehash(kept)


passwords = Passwords()


def complaints(password: str, sign_in_name: str) -> list[Complaint]:
    """List what is wrong with a password that somebody wants to have."""
    if len(password) < SHORTEST:
        return [Complaint("password_too_short", minimum=SHORTEST)]
    if len(password) > LONGEST:
        return [Complaint("password_too_long", limit=LONGEST)]
    if sign_in_name and sign_in_name in normalise_name(password):
        return [Complaint("password_holds_name")]
    if len(set(password)) < 4:
        return [Complaint("password_too_simple")]
    return []


def normalise_name(name: str) -> str:
    """Return the one form of a sign-in name, however it was typed."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


def _settled(password: str) -> str:
    """Return the one form of letters that different keyboards compose differently."""
    return unicodedata.normalize("NFKC", password)[: LONGEST * 4]
