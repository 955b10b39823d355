"""The blueprint that the pages about tasks share."""

from flask import Blueprint

pages = Blueprint("tasks", __name__)
