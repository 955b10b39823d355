"""Why something was done: what people type when they end, pause, leave or withdraw."""

import unicodedata

from workflows.refusals import Complaint, Invalid

LONGEST = 1000


def read_reason(reason: str, *, is_required: bool = True) -> str:
    """Return a reason as it is kept; one that nobody could read, or would read to its end, is refused."""
    said = reason.strip() if _can_be_seen(reason) else ""
    if is_required and not said:
        raise Invalid({"reason": [Complaint("required")]})
    if len(said) > LONGEST:
        raise Invalid({"reason": [Complaint("too_long", maximum=LONGEST)]})
    return said


def _can_be_seen(text: str) -> bool:
    # Separators, marks of the direction of writing and the like leave nothing on the page.
    return any(unicodedata.category(one)[0] not in "CZ" for one in text)
