"""Queries with wildcards (``人类*共同体``) and regular expressions (``/strong .* country/``)."""

from __future__ import annotations

import re

from glossary.errors import UsageError
from glossary.language.script import to_simplified
from glossary.language.variants import fold

__all__ = ["Pattern", "parse_pattern"]


class Pattern:
    """A compiled query that terms must match.

    Attributes:
        query: the wildcards, folded, or the regular expression without its slashes.
        whole: whether whole terms must match, as with wildcards, or parts of them.
    """

    def __init__(self, query: str, *, whole: bool) -> None:
        """Compile a query.

        Raises:
            re.error, OverflowError: it is not a regular expression.
        """
        self.query = query
        self.whole = whole
        text = query
        if whole:
            wildcards = {"*": ".*", "?": "."}
            text = "".join(wildcards.get(letter, re.escape(letter)) for letter in query)
        self._expression = re.compile(text, re.DOTALL if whole else re.IGNORECASE)

    def simplified(self) -> Pattern:
        """Return the same pattern in simplified script."""
        return Pattern(to_simplified(self.query), whole=self.whole)

    def matches(self, text: str) -> bool:
        """Return whether a term matches."""
        search = self._expression.fullmatch if self.whole else self._expression.search
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
            return Pattern(query[1:-1], whole=False)
        except (re.error, OverflowError) as error:
            raise UsageError(
                f"{query} is not a regular expression: {error}", cure="quote it as /NETWORK.*POWER/"
            ) from error
    folded = fold(query)
    # A question mark alone ends a question; with letters on its right it is a wildcard.
    if not re.search(r"\*|\?.", folded) or not re.search(r"[^\W_]", folded):
        return None
    return Pattern(folded, whole=True)
