"""What a name and an address may look like, wherever they are typed."""

import re

LONGEST_NAME = 200

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def is_email(text: str) -> bool:
    """Say whether this is written like an address."""
    return _EMAIL.fullmatch(text) is not None
