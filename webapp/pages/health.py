"""Whether this process answers and reaches its database."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from webapp.transaction import session

pages = Blueprint("health", __name__)


@pages.get("/health")
def check() -> ResponseReturnValue:
    session().execute(text("SELECT 1"))
    return {"status": "ok"}
