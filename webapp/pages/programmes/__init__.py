"""Programmes: the list of them, starting one, and the pages of one."""

from webapp.pages.programmes import listing, roadmap, stages, starting
from webapp.pages.programmes.blueprint import pages

__all__ = ["listing", "pages", "roadmap", "stages", "starting"]
