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


# What one name means in different places: the most particular place counts, else the name itself.
MEANT = {
    "code": {
        "document_making": "pair_plan",
        "document_batches": "certificate",
        "document_templates": "roadmap",
    },
}
NAMED = {
    "batch_id": {"document_batches": "papers_id"},
    "programme_id": {
        "pairing.meeting": "hall_id",
        "pairing.slips": "hall_id",
        "pairing.timer": "hall_id",
        "pairing": "board_id",
    },
    "file_id": {"documents": "scan_id", "case_remarks": "case_file_id"},
    "task_id": {"case_asking": "asked_id"},
    "entry_id": {
        "pairing": "board_entry",
        "profiles.mentee": "mentee_entry",
        "profiles.mentee_leaves": "mentee_entry",
        "profiles.mentee_withdraws": "mentee_entry",
        "profiles": "mentor_entry",
    },
}
# Of several organisations that one reads, the one that is meant stands behind the address.
ASKS_FOR = {"document_templates": ("organisation",)}


def address_of(app: Flask, endpoint: str, things: object) -> str:
    """Write the address of an endpoint, about these things."""
    rule = endpoints(app)[endpoint]
    place = rule.endpoint
    asked = ASKS_FOR.get(place.partition(".")[0], ())
    values = {name: value_of(place, name, things) for name in (*rule.arguments, *asked)}
    return app.url_map.bind("").build(place, values)


def value_of(place: str, name: str, things: object) -> object:
    """Find what a name means in an address."""
    blueprint = place.partition(".")[0]
    if name in MEANT:
        return MEANT[name][blueprint]
    meanings = NAMED.get(name, {})
    return getattr(things, meanings.get(place) or meanings.get(blueprint) or name)


def status_of(reader, app: Flask, endpoint: str, things: object, token: str) -> int:
    """Send what the page of it would send, filled in; the token is asked for once, not for each of them."""
    method, address = endpoint.partition(" ")[0], address_of(app, endpoint, things)
    headers = {"Sec-Fetch-Site": "same-origin", "X-CSRFToken": token}
    if method == "GET":
        return reader.get(address).status_code
    sent = (
        {"json": {"answers": {}}}
        if address.startswith("/api/")
        else {"data": things.form | things.sent.get(endpoint.partition(" ")[2], {})}
    )
    return reader.client.open(address, method=method, headers=headers, **sent).status_code
