"""Ask for each address of the house by the name of its endpoint."""

from flask import Flask
from werkzeug.routing import Rule

SAFE = {"HEAD", "OPTIONS"}


def endpoints(app: Flask) -> dict[str, Rule]:
    """Map every address that names something to its rule: `POST pairs.end`, `GET pairs.one`."""
    return {
        f"{method} {rule.endpoint}": rule
        for rule in app.url_map.iter_rules()
        if rule.arguments
        for method in (rule.methods or set()) - SAFE
    }


def address_of(app: Flask, endpoint: str, things: object) -> str:
    """Write the address of an endpoint, about these things."""
    rule = endpoints(app)[endpoint]
    entry = "mentee_entry" if "mentee" in endpoint else "mentor_entry"
    values = {name: getattr(things, entry if name == "entry_id" else name) for name in rule.arguments}
    return app.url_map.bind("").build(rule.endpoint, values)


def status_of(reader, app: Flask, endpoint: str, things: object, token: str) -> int:
    """Send what the page of it would send, filled in; the token is asked for once, not for each of them."""
    method, address = endpoint.partition(" ")[0], address_of(app, endpoint, things)
    headers = {"Sec-Fetch-Site": "same-origin", "X-CSRFToken": token}
    if method == "GET":
        return reader.get(address).status_code
    sent = {"json": {"answers": {}}} if address.startswith("/api/") else {"data": things.form}
    return reader.client.open(address, method=method, headers=headers, **sent).status_code
