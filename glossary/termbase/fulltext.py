"""Write queries of SQLite's full-text search (FTS5) over the tokens of forms."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["all_of", "any_of", "beginning", "token"]


def token(text: str) -> str:
    """Return a query for forms with that token."""
    return '"' + text.replace('"', '""') + '"'


def beginning(text: str) -> str:
    """Return a query for forms with a token that begins so."""
    return token(text) + " *"


def all_of(queries: Iterable[str]) -> str:
    """Return a query for forms that each of the queries finds; at least one query."""
    return "(" + " AND ".join(queries) + ")"


def any_of(queries: Iterable[str]) -> str:
    """Return a query for forms that one of the queries finds; at least one query."""
    return "(" + " OR ".join(queries) + ")"
