"""What every answer tells the browser: load nothing foreign, run nothing inline, keep nothing personal."""

from flask import Flask, Response, request

from webapp.settings import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # bpmn-js writes style attributes into the diagrams that it draws.
        "style-src-attr 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TWO_YEARS = "max-age=63072000; includeSubDomains"
A_YEAR = "public, max-age=31536000, immutable"


def init_app(app: Flask, settings: Settings) -> None:
    """Send the headers with every answer."""

    @app.after_request
    def add_headers(answer: Response) -> Response:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        if settings.is_https:
            answer.headers["Strict-Transport-Security"] = TWO_YEARS
        answer.headers["Cache-Control"] = keeping_rule(answer)
        return answer


def keeping_rule(answer: Response) -> str:
    """Let a bundle be kept for ever (its name changes with its content) and a page never."""
    if request.endpoint != "static" or answer.status_code >= 400:
        return "no-store"
    if request.path.startswith("/static/dist/"):
        return A_YEAR
    return "public, max-age=3600"
