"""The pages of programmes, and how those with a form of their own are shown again."""

from collections.abc import Callable

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from webapp import refusals
from webapp.pages.shown_again import Said, again
from workflows.refusals import Conflict, Invalid

pages = Blueprint("programmes", __name__)

SHOWN_AGAIN: dict[str, Callable[[Said], str]] = {}
"""For each endpoint that takes a form: what makes its page with what was typed and what is wrong with it."""


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    page = SHOWN_AGAIN.get(request.endpoint or "")
    return again(refusal, page) if page else refusals.refuse(refusal)
