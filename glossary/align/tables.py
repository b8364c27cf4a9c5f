"""Bitexts as text: ladders, tables and JSON lines for people and other tools."""

from __future__ import annotations

import json

from glossary.align.ladder import format_ladder
from glossary.errors import UsageError
from glossary.model import Bead, Bitext

__all__ = ["to_json_lines", "to_ladder", "to_tsv"]


def to_ladder(bitext: Bitext) -> str:
    """Return the beads of two texts as a ladder of 0-based line numbers.

    Texts read with one sentence a line are numbered by line, with the empty ones counted; others
    by segment.

    Raises:
        UsageError: the bitext has more than two texts, which no ladder can hold.
    """
    if len(bitext.documents) != 2:
        raise UsageError(
            f"a ladder joins two texts, not {len(bitext.documents)}", cure="use --format tsv"
        )
    lines = [_line_numbers(bitext, side) for side in (0, 1)]
    return format_ladder(
        (
            [lines[0][index] for index in bead.members[0]],
            [lines[1][index] for index in bead.members[1]],
        )
        for bead in bitext.beads
    )


def _line_numbers(bitext: Bitext, side: int) -> list[int]:
    segments = bitext.documents[side].segments
    # Where each segment is a paragraph of its own, its paragraph is its line (read_sentences).
    paragraphs = [segment.paragraph for segment in segments]
    if len(set(paragraphs)) == len(paragraphs):
        return paragraphs
    return [segment.index for segment in segments]


def to_tsv(bitext: Bitext) -> str:
    """Return a table: score, shape, then the text of each rendition; the first line names them.

    Tabs and line ends inside sentences become spaces.
    """
    names = [document.source.id for document in bitext.documents]
    rows = [["score", "kind", *names]]
    for bead in bitext.beads:
        texts = [" ".join(bitext.text(bead, at).split()) for at in range(len(names))]
        rows.append([f"{bead.score:.4f}", _shape(bead), *texts])
    return "".join("\t".join(row) + "\n" for row in rows)


def to_json_lines(bitext: Bitext) -> str:
    """Return one JSON object a bead: score, members (segment indices) and texts by source."""
    lines = []
    for bead in bitext.beads:
        texts = {
            document.source.id: [segment.text for segment in bitext.segments(bead, at)]
            for at, document in enumerate(bitext.documents)
        }
        value = {
            "schema": "tifa.bead/1",
            "score": bead.score,
            "kind": _shape(bead),
            "members": bead.members,
            "texts": texts,
        }
        lines.append(json.dumps(value, ensure_ascii=False) + "\n")
    return "".join(lines)


def _shape(bead: Bead) -> str:
    return "-".join(str(len(group)) for group in bead.members)
