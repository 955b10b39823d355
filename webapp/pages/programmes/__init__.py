"""Programmes: the list of them, starting one, and the pages of one."""

from webapp.pages.programmes import (
    closing,
    decisions,
    documents,
    indicators,
    listing,
    report,
    roadmap,
    stages,
    starting,
    team,
)
from webapp.pages.programmes.blueprint import pages

__all__ = [
    "closing",
    "decisions",
    "documents",
    "indicators",
    "listing",
    "pages",
    "report",
    "roadmap",
    "stages",
    "starting",
    "team",
]
