"""Put paragraphs together again that a caption or a page furniture line cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossary.language.script import HAN
from glossary.model import SegmentRole, is_chinese
from glossary.texts.readers.base import Paragraph
from glossary.texts.readers.plain import join_lines
from glossary.texts.roles import assign_roles, is_numbered_heading

__all__ = ["rejoin"]

#: So many captions and metadata lines in a row may stand between the halves.
_MOST_BETWEEN = 4
# Shorter pieces that lack a stop are headings or list items.
_SHORTEST_HALF = 20

_UNFINISHED = {
    True: re.compile(rf"[{HAN}，、“（《]$"),
    False: re.compile(r"(?:[a-z,]|\b[A-Z][\w-]*)$"),
}
_CONTINUATION = {
    True: re.compile(rf"[{HAN}，、”）》]"),
    False: re.compile(r"[a-z]"),
}


def rejoin(paragraphs: Sequence[Paragraph], language: str) -> list[Paragraph]:
    """Return the paragraphs with those made whole that captions interrupt in mid-sentence.

    The first half must break off without any punctuation that could end it and the second go on in
    mid-sentence: in lower case; in Chinese, which has none, the first half must end in a comma or
    the second begin with a mark that nothing can begin with, or both be long running text. What
    stood between follows the whole paragraph; nothing is dropped.
    """
    chinese = is_chinese(language)
    roles = assign_roles(paragraphs)
    result: list[Paragraph] = []
    index = 0
    while index < len(paragraphs):
        first = paragraphs[index]
        following = _after_captions(roles, index)
        if (
            following is not None
            and _may_break_off(first, roles[index], chinese=chinese)
            and roles[following] is SegmentRole.BODY
            and _continues(first.text, paragraphs[following].text, chinese=chinese)
        ):
            result.append(Paragraph(join_lines([first.text, paragraphs[following].text])))
            result.extend(paragraphs[index + 1 : following])
            index = following + 1
        else:
            result.append(first)
            index += 1
    return result


def _after_captions(roles: Sequence[SegmentRole], index: int) -> int | None:
    """Return the index of the paragraph behind the captions that follow, if any do."""
    between = {SegmentRole.CAPTION, SegmentRole.METADATA}
    following = index + 1
    while following < len(roles) and roles[following] in between:
        following += 1
    if not 1 < following - index <= _MOST_BETWEEN + 1 or following == len(roles):
        return None
    return following


def _may_break_off(paragraph: Paragraph, role: SegmentRole, *, chinese: bool) -> bool:
    """Whether a paragraph is running text, or in English perhaps the shorter half of some."""
    if role is SegmentRole.HEADING and not chinese:
        return paragraph.role is None and not is_numbered_heading(paragraph.text)
    return role is SegmentRole.BODY


def _continues(first: str, second: str, *, chinese: bool) -> bool:
    if len(first) < _SHORTEST_HALF or not _UNFINISHED[chinese].search(first[-40:]):
        return False
    if not _CONTINUATION[chinese].match(second):
        return False
    if not chinese:
        return True
    return first[-1] in "，、“（《" or second[0] in "，、”）》" or len(first) > 60 < len(second)
