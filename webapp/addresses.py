"""Addresses inside the house: where to go back to, and whether an address is ours at all."""

from urllib.parse import urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

LONGEST = 2000


def here() -> str:
    """Return the address of this page, to come back to; of a page that was posted to, its own page."""
    if request.method in ("GET", "HEAD"):
        return request.full_path.rstrip("?")
    return safe_address(request.path) or came_from()


def came_from() -> str:
    """Return the page of ours on which the reader pressed the button, else their home."""
    parts = urlsplit(request.referrer or "")
    address = parts.path + (f"?{parts.query}" if parts.query else "")
    is_ours = parts.netloc == request.host
    return (safe_address(address) if is_ours else None) or url_for("today.show")


def safe_address(address: str | None) -> str | None:
    """Return the address if it is a page of ours, and nothing otherwise."""
    if not address or len(address) > LONGEST or not is_plain_path(address):
        return None
    try:
        current_app.url_map.bind("").match(urlsplit(address).path, method="GET")
    except (RequestRedirect, HTTPException):
        return None
    return address


def is_plain_path(address: str) -> bool:
    """Say whether no browser could read this as an address elsewhere."""
    is_printable = all(letter > " " for letter in address) and "\\" not in address
    return is_printable and address.startswith("/") and not address.startswith("//")


def is_from_here() -> bool:
    """Say whether a page of ours sent this request; what another site sends is not shown back as typed."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.referrer or ""
    return urlsplit(origin).netloc == request.host
