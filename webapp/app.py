"""Build the Flask application."""

import json

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import (
    addresses,
    api,
    appearance,
    dates,
    languages,
    login,
    looks,
    navigation,
    pages,
    refusals,
    security,
    transaction,
)
from webapp.bundles import asset
from webapp.settings import Settings
from workflows.work import machine_clock

# htmx must neither evaluate text nor write styles, and leaves no personal page in the browser's memory.
HTMX = {
    "allowEval": False,
    "allowScriptTags": False,
    "includeIndicatorStyles": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "[45]..", "swap": True, "error": True},
    ],
}


def create_app(
    settings: Settings, sessions: sessionmaker[Session], *, clock: transaction.Clock = machine_clock
) -> Flask:
    """Return the application on this database."""
    app = Flask(__name__)
    configure(app, settings)
    languages.init_app(app)
    appearance.init_app(app)
    dates.init_app(app)
    navigation.init_app(app)
    # The order matters: who is not signed in is asked to, before anything is said about a form.
    login.init_app(app, settings)
    CSRFProtect(app)
    security.init_app(app, settings)
    pages.init_app(app)
    api.init_app(app)
    refusals.init_app(app)
    looks.init_app(app)
    transaction.init_app(app, sessions, clock)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Set what Flask and its extensions read."""
    if not settings.secret_key:
        raise ValueError("The web needs a secret key to sign sessions with.")
    app.secret_key = settings.secret_key
    app.config.update(
        # Browsers accept the prefix only with Secure and the path "/", so that no other host can set it.
        SESSION_COOKIE_NAME="__Host-tandem" if settings.is_https else "tandem",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=settings.max_content_length,
        MAX_FORM_MEMORY_SIZE=settings.max_content_length,
        MAX_FORM_PARTS=5000,
        # The token lives as long as the session it belongs to.
        WTF_CSRF_TIME_LIMIT=None,
    )
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    app.extensions["tandem.has_mail"] = settings.mail is not None
    app.jinja_env.globals.update(asset=asset, here=addresses.here, htmx_config=json.dumps(HTMX))
    app.jinja_env.globals["icons"] = app.jinja_env.get_template("parts/icons.html").module
