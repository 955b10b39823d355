"""What the house says about programmes, stages and partners."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _  # noqa: F401
from flask_babel.speaklater import LazyString

from webapp.words.kinds import Sentence

SENTENCES: Mapping[str, Sentence] = {}
"""Refusals and complaints."""

ACTS: Mapping[str, LazyString] = {}
"""Acts of the journal."""
