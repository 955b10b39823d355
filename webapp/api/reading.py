"""Read what programs send. What no form could ever hold is refused before anything looks at it."""

from typing import Any

from flask import Request
from flask_smorest.blueprint import Blueprint
from marshmallow import Schema
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest

DEEPEST = 32


class BodyParser(FlaskParser):
    """Reads JSON as far as it can be kept: neither nested for ever nor with numbers of a thousand digits."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        try:
            given = super().load_json(req, schema)
        except (RecursionError, ValueError) as unreadable:
            raise BadRequest from unreadable
        if is_too_deep(given):
            raise BadRequest
        return given


def part(name: str, address: str, description: str) -> Blueprint:
    """Make a part of the API, at an address below that of the version."""
    made = Blueprint(name, __name__, url_prefix=f"/api/v1/{address}", description=description)
    made.ARGUMENTS_PARSER = BodyParser()
    return made


def is_too_deep(value: Any) -> bool:
    """Say whether lists and objects lie in one another deeper than anybody has a use for."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return False
    return True


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
