"""Pages about pairs: the list, one pair, the acts that change its course, and what worries somebody."""

from webapp.pages.pairs import acting, concerns, listing, showing, table
from webapp.pages.pairs.blueprint import pages

__all__ = ["acting", "concerns", "listing", "pages", "showing", "table"]
