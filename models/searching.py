"""How words are looked for: in the forms that Russian gives them, and by their beginnings."""

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func, literal_column

_RUSSIAN: ColumnElement[Any] = literal_column("'russian'::regconfig")


def words_of(text: SQLColumnExpression[str]) -> ColumnElement[Any]:
    """Return the words of a text, as the index of its table keeps them."""
    return func.to_tsvector(_RUSSIAN, text)


def sought(query: Any) -> ColumnElement[Any]:
    """Return what a text of the form `first:* & second:*` looks for."""
    return func.to_tsquery(_RUSSIAN, query)
