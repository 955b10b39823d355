"""The people of an organisation: the list, one person, roles, accounts, a new person."""

from webapp.pages.people import acting, adding, listing, showing
from webapp.pages.people.blueprint import pages

__all__ = ["acting", "adding", "listing", "pages", "showing"]
