"""What a reader chooses for this browser: the language and the look of the pages."""

from flask import Blueprint, abort, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from webapp import appearance, languages
from webapp.addresses import came_from, safe_address

language_pages = Blueprint("language", __name__)
appearance_pages = Blueprint("appearance", __name__)


def back() -> AnyResponse:
    """Return to the page on which the choice was made."""
    return redirect(safe_address(request.form.get("next")) or came_from(), 303)


@language_pages.post("/language")
def choose() -> AnyResponse:
    chosen = request.form.get("language", "")
    if chosen not in languages.LANGUAGES:
        abort(400)
    answer = back()
    languages.remember(answer, chosen)
    return answer


@appearance_pages.post("/appearance", endpoint="choose")
def choose_appearance() -> AnyResponse:
    chosen = appearance.changed(request.form)
    wants_data = request.accept_mimetypes.best == "application/json"
    answer: AnyResponse = jsonify(chosen) if wants_data else back()
    appearance.remember(answer, chosen)
    return answer
