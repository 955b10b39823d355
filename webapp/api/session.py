"""REST: who is signed in."""

from typing import Any

from flask_smorest.blueprint import Blueprint
from flask_wtf.csrf import generate_csrf

from webapp.schemas.session import SessionOut
from webapp.visitor import actor

api = Blueprint("api_session", __name__, url_prefix="/api/v1/session", description="Who asks.")


@api.get("")
@api.response(200, SessionOut)
def get() -> dict[str, Any]:
    """Return who is signed in, and the token that acts have to carry."""
    return {"actor": actor(), "csrf_token": generate_csrf()}
