"""Queries with wildcards (``人类*共同体``) and regular expressions (``/strong .* country/``)."""

from __future__ import annotations

import re

from glossary.errors import UsageError
from glossary.language.script import HAN
from glossary.language.variants import fold

__all__ = ["Pattern", "parse_pattern"]

_HAN_RUN = re.compile(f"[{HAN}]{{2,}}")


class Pattern:
    """A compiled query that terms must match.

    Attributes:
        pieces: runs of Han characters that every match holds; the index narrows by them.
    """

    def __init__(
        self, expression: re.Pattern[str], pieces: tuple[str, ...], *, whole: bool
    ) -> None:
        """Wrap an expression; ``whole`` terms must match it, or parts of them."""
        self._expression = expression
        self.pieces = pieces
        self._whole = whole

    def matches(self, text: str) -> bool:
        """Return whether a term matches."""
        search = self._expression.fullmatch if self._whole else self._expression.search
        return search(fold(text)) is not None


def parse_pattern(query: str) -> Pattern | None:
    """Return the pattern that a query is, or None if it is plain text.

    ``*`` stands for any text and ``?`` for one character, in the whole term; between slashes
    stands a regular expression of Python's, found anywhere in the term. Case does not count.

    Raises:
        UsageError: the regular expression is not valid.
    """
    query = query.strip()
    if len(query) > 2 and query.startswith("/") and query.endswith("/"):
        try:
            expression = re.compile(query[1:-1], re.IGNORECASE)
        except (re.error, OverflowError) as error:
            raise UsageError(
                f"{query} is not a regular expression: {error}", cure="quote it as /NETWORK.*POWER/"
            ) from error
        return Pattern(expression, (), whole=False)
    folded = fold(query)
    # A question mark alone ends a question; with letters on its right it is a wildcard.
    if not re.search(r"\*|\?.", folded) or not re.search(r"[^\W_]", folded):
        return None
    wildcards = {"*": ".*", "?": "."}
    text = "".join(wildcards.get(letter, re.escape(letter)) for letter in folded)
    return Pattern(re.compile(text, re.DOTALL), tuple(_HAN_RUN.findall(folded)), whole=True)
