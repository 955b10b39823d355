"""REST, version 1: the same operations as the pages, with a session and the header X-CSRFToken."""

from flask import Flask
from flask_smorest import Api

from webapp.api import cases, session, tasks


def init_app(app: Flask) -> None:
    """Register the API and the document that describes it."""
    app.config.update(
        API_TITLE="Tandem",
        API_VERSION="v1",
        OPENAPI_VERSION="3.0.3",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = Api(app)
    for blueprint in (session.api, tasks.api, cases.api):
        api.register_blueprint(blueprint)
