"""REST: who is signed in."""

from typing import Any

from flask_wtf.csrf import generate_csrf

from webapp.api.reading import part
from webapp.schemas.session import SessionOut
from webapp.visitor import actor

api = part("api_session", "session", "Who asks.")


@api.get("")
@api.response(200, SessionOut)
def get() -> dict[str, Any]:
    """Return who is signed in, and the token that acts have to carry."""
    return {"actor": actor(), "csrf_token": generate_csrf()}
