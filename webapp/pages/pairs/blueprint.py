"""The blueprint that the pages about pairs share."""

from flask import Blueprint

pages = Blueprint("pairs", __name__)
