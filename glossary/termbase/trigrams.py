"""Index the terms that are not Chinese by the letters that stand together in them.

Patterns are narrowed by them (``glossary.lookup.pattern_search``), as Cox 2012 does in Code Search.
Chinese terms are found by their pairs of characters (``glossary.termbase.tokens``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from glossary.language.variants import fold
from glossary.model import is_chinese
from glossary.termbase.tokens import FORM_END, FORM_START

__all__ = ["SIZE", "add_trigrams", "remove_trigrams", "solid", "trigrams"]

#: Letters in a token; of pairs there are too few, of fours too many.
SIZE = 3


def solid(text: str) -> str:
    """Return folded text with a letter for whatever is no letter or digit, edges aside.

    The tokenizer of the index would take spaces and marks for the ends of tokens.
    """
    return "".join(c if c.isalnum() or c in (FORM_START, FORM_END) else "·" for c in text)


def trigrams(text: str) -> list[str]:
    """Return the distinct runs of three letters of a solid text, in their order."""
    return list(dict.fromkeys(text[i : i + SIZE] for i in range(len(text) - SIZE + 1)))


def add_trigrams(connection: sqlite3.Connection, terms: Iterable[tuple[int, str, str]]) -> None:
    """Index terms given as row number, text and language."""
    connection.executemany(
        "INSERT INTO term_trigrams (rowid, tokens) VALUES (?, ?)", _tokens(terms)
    )


def remove_trigrams(connection: sqlite3.Connection, terms: Iterable[tuple[int, str, str]]) -> None:
    """Take terms out of the index that were added with the same text."""
    connection.executemany(
        "INSERT INTO term_trigrams (term_trigrams, rowid, tokens) VALUES ('delete', ?, ?)",
        _tokens(terms),
    )


def _tokens(terms: Iterable[tuple[int, str, str]]) -> Iterable[tuple[int, str]]:
    for number, text, language in terms:
        if not is_chinese(language):
            # An edge in the text itself would be taken for that of the term.
            inner = fold(text).replace(FORM_START, " ").replace(FORM_END, " ")
            # Two edges at the end: each letter but the last edge begins a trigram.
            whole = f"{FORM_START}{inner}{FORM_END}{FORM_END}"
            yield number, " ".join(trigrams(solid(whole)))
