"""Documents: all of them, one, making one, making many, and the templates by which they are made."""

from flask import Blueprint

from webapp.pages.documents import batches, listing, making, showing, templates
from webapp.pages.documents.blueprint import pages as documents

__all__ = ["batches", "listing", "making", "showing", "templates"]

pages: tuple[Blueprint, ...] = (documents, making.pages, batches.pages, templates.pages)
