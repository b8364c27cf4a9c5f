"""A concordance as text for people and as plain values for JSON."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from glossary.lookup.concordance import Line
from glossary.lookup.display import Style, plain_text

__all__ = ["JSON_SCHEMA", "lines_to_json", "to_kwic", "to_sentences"]

JSON_SCHEMA = "tifa.concord/1"


def to_kwic(lines: Sequence[Line], *, width: int = 36, style: Style = plain_text) -> str:
    """Return keyword-in-context lines, what was found one below the other.

    Args:
        lines: the concordance.
        width: columns of context on each side; a Chinese character takes two.
        style: paints what was found.
    """
    return "\n".join(
        f"{_fit(_flat(line.left), width, keep_end=True)}{style(_flat(line.found), 'match')}"
        f"{_fit(_flat(line.right), width)}  {style(_place(line), 'faint')}"
        for line in lines
    )


def to_sentences(lines: Iterable[Line], *, style: Style = plain_text) -> str:
    """Return whole sentences, each with its renderings below."""
    blocks = []
    for line in lines:
        text = f"{line.left}{style(line.found, 'match')}{line.right}"
        block = [f"{_flat(text)}  {style(_place(line), 'faint')}"]
        block += [
            f"  {_flat(text)}  {style(f'[{source}]', 'faint')}"
            for source, text in line.counterparts
        ]
        blocks.append("\n".join(block))
    return "\n\n".join(blocks)


def lines_to_json(lines: Iterable[Line]) -> dict[str, Any]:
    """Return a concordance as plain values."""
    return {
        "schema": JSON_SCHEMA,
        "lines": [
            {
                "source_id": line.source.id,
                "language": line.source.language,
                "date": line.source.date,
                "segment": line.segment,
                "span": list(line.span),
                "text": line.text,
                "counterparts": [
                    {"source_id": source, "text": text} for source, text in line.counterparts
                ],
            }
            for line in lines
        ],
    }


def _place(line: Line) -> str:
    date = f", {line.source.date}" if line.source.date else ""
    return f"[{line.source.id}:{line.segment + 1}{date}]"


def _flat(text: str) -> str:
    return "".join(" " if character.isspace() else character for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _fit(text: str, width: int, *, keep_end: bool = False) -> str:
    """Cut or pad a text to ``width`` columns, at its start if its end is to be kept."""
    kept = []
    left = width
    for character in reversed(text) if keep_end else text:
        left -= _columns(character)
        if left < 0:
            left += _columns(character)
            break
        kept.append(character)
    if keep_end:
        return " " * left + "".join(reversed(kept))
    return "".join(kept) + " " * left
