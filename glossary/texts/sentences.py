"""Split paragraphs into sentences, with exact offsets."""

from __future__ import annotations

import re

from glossary.language.script import HAN
from glossary.model import is_chinese
from glossary.texts.chinese_sentences import chinese_boundaries
from glossary.texts.english_sentences import english_boundaries

__all__ = ["sentence_spans", "split_sentences"]

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
# Stops and marks that close: what is left of a sentence whose closing mark stands apart from its
# stop, or is doubled. An ellipsis or “……” is a sentence, of speech that fails.
_REST = re.compile(r"[\s。.！!？?，,”’\"'」』〞）)\]】〗〕］》〉＂]+")
# At the end of a paragraph nothing can open: typists take these for the marks that close.
_OPENING = re.compile(r"[“‘「『]")


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return the offsets ``[start, end)`` of the sentences of a paragraph, in order.

    No span begins or ends with white space, and between the spans there is nothing else, so that
    no character is lost. Closing marks by themselves belong to the sentence before. A paragraph
    that is plainly in the other language (an English quotation in a Chinese document) is split by
    that language's rules. Time is linear in the length.

    Args:
        text: one paragraph; line breaks in it count as spaces.
        language: the document's language tag.
    """
    chinese = is_chinese(language)
    has_han = _HAN.search(text) is not None
    if chinese and not has_han:
        chinese = False
    elif not chinese and has_han:
        chinese = _LATIN.search(text) is None
    boundaries = chinese_boundaries(text) if chinese else english_boundaries(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for end in (*boundaries, len(text)):
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            begin = start + len(piece) - len(piece.lstrip())
            rest = _REST.fullmatch(stripped) or (end == len(text) and _OPENING.fullmatch(stripped))
            if rest and spans:
                begin, _ = spans.pop()
            spans.append((begin, start + len(piece.rstrip())))
        start = end
    return spans


def split_sentences(text: str, language: str) -> list[str]:
    """Return the sentences of a paragraph; see :func:`sentence_spans`."""
    return [text[start:end] for start, end in sentence_spans(text, language)]
