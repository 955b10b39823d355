"""Pages about tasks: the inbox, one task, several at once, and handing them over."""

from webapp.pages.tasks import completing, filtering, handing_over, inbox, remarks, showing, together
from webapp.pages.tasks.blueprint import pages

__all__ = ["completing", "filtering", "handing_over", "inbox", "pages", "remarks", "showing", "together"]
