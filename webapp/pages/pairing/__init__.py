"""Forming pairs in a programme: how far it is, the general meeting, the board of proposals, the decision."""

from webapp.pages.pairing import acting, board, decision, meeting, overview
from webapp.pages.pairing.blueprint import pages

__all__ = ["acting", "board", "decision", "meeting", "overview", "pages"]
