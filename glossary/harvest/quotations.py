"""Quotation marks as evidence: what a writer quotes, a translator who quotes renders whole."""

from __future__ import annotations

from collections.abc import Sequence

from glossary.language.words import Word

__all__ = ["is_quoted", "quoted_spans"]

_OPENING = frozenset("“「『")
_CLOSING = frozenset("”」』")
_STRAIGHT = '"'


def is_quoted(words: Sequence[Word], start: int, end: int) -> bool:
    """Return whether the characters ``[start, end)`` stand directly between quotation marks."""
    before = next((word.text for word in words if word.end == start), "")
    after = next((word.text for word in words if word.start == end), "")
    if _STRAIGHT in {before, after}:
        return before == after
    return before in _OPENING and after in _CLOSING


def quoted_spans(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return the token spans ``[first, last)`` between quotation marks, marks at the end left out.

    Straight marks open and close by turns, as they do in machine translations.
    """
    spans = []
    opened: int | None = None
    for index, word in enumerate(words):
        if word.text in _OPENING or (word.text == _STRAIGHT and opened is None):
            opened = index + 1
        elif opened is not None and (word.text in _CLOSING or word.text == _STRAIGHT):
            last = index
            while last > opened and not words[last - 1].text[:1].isalnum():
                last -= 1
            if last > opened:
                spans.append((opened, last))
            opened = None
    return spans
