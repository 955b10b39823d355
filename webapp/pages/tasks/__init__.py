"""Pages about tasks: the inbox, one task, and handing it over."""

from webapp.pages.tasks import completing, handing_over, inbox, showing
from webapp.pages.tasks.blueprint import pages

__all__ = ["completing", "handing_over", "inbox", "pages", "showing"]
