"""Bitexts of two texts as ladders of line numbers, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from glossary.align.ladder import Beads, format_hunalign, format_ladder, read_ladder
from glossary.align.renditions import merge_links, pivot_first, with_columns
from glossary.align.sides import Link
from glossary.errors import BadInputError, UsageError
from glossary.model import Bead, Bitext, Document

__all__ = ["load_ladder", "to_hunalign", "to_ladder"]

#: The signature of a bitext that no aligner of tifa made.
_METHOD = "align:ladder"


def to_ladder(bitext: Bitext) -> str:
    """Return the beads of two texts as a ladder of vecalign: 0-based line numbers.

    Texts read with one sentence a line are numbered by line, with the empty ones counted; others
    by segment.

    Raises:
        UsageError: the bitext has more than two texts, which no ladder can hold.
    """
    return format_ladder(_numbered(bitext))


def to_hunalign(bitext: Bitext) -> str:
    """Return the beads of two texts as a ladder of hunalign; numbers as in :func:`to_ladder`.

    Raises:
        UsageError: the bitext has more than two texts, or beads that cross.
    """
    return format_hunalign(_numbered(bitext), [bead.score for bead in bitext.beads])


def load_ladder(path: Path, documents: Sequence[Document]) -> Bitext:
    """Read a ladder of two texts; sentences that it leaves out become beads of their own.

    Args:
        path: a ladder of vecalign or hunalign.
        documents: the texts that its numbers mean, in the order of its columns.

    Raises:
        BadInputError: the file is not a ladder, or has a number twice or one that is in no text.
        UsageError: there are not two texts.
    """
    if len(documents) != 2:
        raise UsageError(
            f"a ladder joins two texts, not {len(documents)}", place=path, cure="name the two texts"
        )
    order = pivot_first(documents)
    beads = [
        Bead(tuple(groups[at] for at in order), 1.0, edited=True)
        for groups in _groups(read_ladder(path), documents, path)
    ]
    pivot, other = (documents[at] for at in order)
    held = {index for bead in beads for index in bead.members[1]}
    alone = [Link((), (index,), 1.0) for index in range(len(other.segments)) if index not in held]
    bitext = Bitext(
        id=f"{pivot.source.id}+{other.source.id}",
        documents=(pivot, other),
        beads=tuple(merge_links(len(pivot.segments), [alone], beads)),
        method=_METHOD,
    )
    return with_columns(bitext, [document.source.id for document in documents])


def _groups(
    beads: Beads, documents: Sequence[Document], path: Path
) -> Iterator[list[tuple[int, ...]]]:
    """Yield the segments of each bead of a ladder, those without any left out."""
    numbers = [_line_numbers(document) for document in documents]
    free = [{number: at for at, number in enumerate(lines)} for lines in numbers]
    known = [set(lines) for lines in numbers]
    for bead in beads:
        groups = []
        for side, group in enumerate(bead):
            name, last = documents[side].source.id, numbers[side][-1]
            for number in group:
                if number > last:
                    raise BadInputError(
                        f"names line {number}, but the last of {name} is {last}",
                        place=path,
                        cure="name the texts in the order of the ladder's columns",
                    )
                if number in known[side] and number not in free[side]:
                    raise BadInputError(f"has line {number} of {name} in two beads", place=path)
            # Empty lines have a number and no sentence.
            groups.append(tuple(free[side].pop(number) for number in group if number in free[side]))
        if any(groups):
            yield groups


def _numbered(bitext: Bitext) -> list[tuple[list[int], list[int]]]:
    if len(bitext.documents) != 2:
        raise UsageError(
            f"a ladder joins two texts, not {len(bitext.documents)}", cure="use --format tsv"
        )
    left, right = (_line_numbers(document) for document in bitext.documents)
    return [
        ([left[index] for index in bead.members[0]], [right[index] for index in bead.members[1]])
        for bead in bitext.beads
    ]


def _line_numbers(document: Document) -> list[int]:
    segments = document.segments
    # Where each segment is a paragraph of its own, its paragraph is its line (read_sentences).
    paragraphs = [segment.paragraph for segment in segments]
    if len(set(paragraphs)) == len(paragraphs):
        return paragraphs
    return [segment.index for segment in segments]
