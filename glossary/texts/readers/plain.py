"""Plain text: paragraphs from blank lines, from indents, from lines, or out of hard-wrapped lines.

Whether a text is hard-wrapped is measured on the text itself: in wrapped prose most lines are so
full that the next word would not have fitted, and few of those full lines end a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from glossary.texts.clean import tidy
from glossary.texts.readers.base import Paragraph

__all__ = ["join_lines", "plain_paragraphs", "read_plain"]

# Columns; a Han character takes two. Wrapped prose is set 45 to 130 columns wide (Project
# Gutenberg 70–75, e-mail 72, Chinese lines of 35 to 40 characters 70–80).
_NARROWEST, _WIDEST = 45, 130
#: Share of lines that must be full before a text counts as wrapped.
_FULL_SHARE = 0.4
#: Share of the full lines that may end a sentence: lines that are paragraphs nearly all do.
_ENDING_SHARE = 0.5

_INDENT = re.compile(r"[ \t\u3000]*")
_ENDING = re.compile(r"[。！？.!?:：;；…][”’\"'」』）)]*$")
_ITEM = re.compile(
    r"(?:[-*•·●○◆■]\s|[(（][\dA-Za-z一二三四五六七八九十]{1,4}[)）]|\d{1,3}[.、．)]\s?|[一二三四五六七八九十]{1,3}、)"
)
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]"
)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    indent: int
    width: int


def read_plain(text: str) -> list[Paragraph]:
    """Return the paragraphs of a cleaned plain text."""
    return [Paragraph(paragraph) for paragraph in plain_paragraphs(text)]


def plain_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of ``text``, tidied, in order and none empty."""
    blocks = list(_blocks(text))
    width = _wrap_width(blocks)
    paragraphs: list[str] = []
    for block in blocks:
        if width is None or _block_width(block) > _WIDEST:
            paragraphs.extend(tidy(line.text) for line in block)
        else:
            paragraphs.extend(
                tidy(join_lines([line.text for line in group])) for group in _unwrap(block, width)
            )
    return [paragraph for paragraph in paragraphs if paragraph]


def join_lines(lines: Sequence[str]) -> str:
    """Join the lines of one paragraph: with a space, between Chinese characters without one.

    A hyphen at a line's end stays, joined without a space: plain text is wrapped at hyphens that
    are there anyway.
    """
    joined = ""
    for line in lines:
        stripped = line.strip()
        if not joined or not stripped or _glues(joined, stripped):
            joined += stripped
        else:
            joined += " " + stripped
    return joined


def _glues(before: str, after: str) -> bool:
    if _WIDE.match(before[-1]) or before[-1] in "“‘—…":
        return bool(_WIDE.match(after[0])) or after[0] in "“”‘’—…"
    if before[-1] in "”’":
        return bool(_WIDE.match(after[0]))
    return before[-1] == "-" and before[-2:-1].isalpha() and after[0].isalpha()


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Yield runs of lines between blank lines."""
    block: list[_Line] = []
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            indent = _INDENT.match(raw)
            lead = indent.group().expandtabs(4) if indent else ""
            block.append(_Line(raw.rstrip(), _width(lead), _width(raw.rstrip().expandtabs(4))))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text)) if not text.isascii() else len(text)


def _block_width(block: list[_Line]) -> int:
    """Return the width of a block's longest line, but for a few that stick out (addresses)."""
    return sorted(line.width for line in block)[-1 - len(block) // 50]


def _wrap_width(blocks: list[list[_Line]]) -> int | None:
    """Return the width in columns that blocks were wrapped to, or None if none was."""
    considerable = [block for block in blocks if len(block) > 1 and _block_width(block) <= _WIDEST]
    if not considerable:
        return None
    width = _block_width([line for block in considerable for line in block])
    if width < _NARROWEST:
        return None
    full = ending = considered = 0
    for block in considerable:
        for line, following in pairwise(block):
            considered += 1
            if _is_full(line, following, width):
                full += 1
                ending += bool(_ENDING.search(line.text))
    if full < _FULL_SHARE * considered or ending > _ENDING_SHARE * full:
        return None
    return width


def _is_full(line: _Line, following: _Line, width: int) -> bool:
    """Whether the first word of the following line would not have fitted on this one."""
    first = following.text.lstrip()
    if _WIDE.match(first):
        # Two characters, as a stop may not begin a line and takes the one before it along.
        return line.width + 4 > width
    word = first.split(None, 1)[0]
    return line.width + 1 + _width(word[:40]) > width


def _breaks_off(line: _Line, following: _Line, width: int) -> bool:
    """Whether a line that is not quite full stops in mid-sentence, the right edge being ragged.

    Lines set in a proportional font and then copied differ by a fifth in characters.
    """
    if _ENDING.search(line.text):
        return False
    first = following.text.lstrip()[0]
    return first.islower() or line.width >= 0.8 * width


def _unwrap(block: list[_Line], width: int) -> Iterator[list[_Line]]:
    """Yield the lines of each paragraph of a block of wrapped lines."""
    shallowest = min(line.indent for line in block)
    group = [block[0]]
    for line, following in pairwise(block):
        indented = following.indent > max(shallowest, 1) and (
            following.indent > line.indent or _ENDING.search(line.text) is not None
        )
        begins = indented or (
            _ITEM.match(following.text.lstrip()) is not None
            and _ENDING.search(line.text) is not None
        )
        if begins or not (_is_full(line, following, width) or _breaks_off(line, following, width)):
            yield group
            group = []
        group.append(following)
    yield group
