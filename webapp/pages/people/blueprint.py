"""The room of the people of an organisation."""

from flask import Blueprint

pages = Blueprint("people", __name__)
