"""Ladders: alignments as lines of numbers, as vecalign and hunalign write them.

Numbers are 0-based. Vecalign has a bead a line, ``[0]:[0,1]``, and a sentence without a counterpart
as ``[3]:[]``; the cost that it adds after a second colon is read over. Hunalign has a rung a line:
how far both texts have been read, and the score of the bead that begins there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from glossary.errors import BadInputError, UsageError

__all__ = [
    "Beads",
    "format_hunalign",
    "format_ladder",
    "parse_hunalign",
    "parse_ladder",
    "read_ladder",
]

#: Groups of sentence indices of two texts that render each other.
Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]

_INDICES = r"\[\s*((?:\d+\s*(?:,\s*\d+\s*)*)?)\]"
_RUNG = re.compile(r"\s*\d")
_LINE = re.compile(rf"\s*{_INDICES}\s*:\s*{_INDICES}\s*(?::.*)?")


def parse_ladder(text: str, *, place: str = "ladder") -> Beads:
    """Return the beads of a ladder.

    Args:
        text: the ladder; empty lines and lines that begin with ``#`` are skipped.
        place: the name for messages.

    Raises:
        BadInputError: a line is not ``[i, …]:[j, …]``.
    """
    beads: Beads = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise BadInputError(
                f"{line[:40]!r} is not a bead", place=place, line=number, cure="write [0]:[0,1]"
            )
        left, right = (
            tuple(int(item) for item in group.split(",") if item.strip())
            for group in match.groups()
        )
        beads.append((left, right))
    return beads


def format_ladder(beads: Iterable[tuple[Iterable[int], Iterable[int]]]) -> str:
    """Return beads as a ladder, one a line."""
    return "".join(
        "[{}]:[{}]\n".format(*(",".join(map(str, group)) for group in bead)) for bead in beads
    )


def read_ladder(path: Path) -> Beads:
    """Read a ladder of vecalign or hunalign, whichever the file is.

    Raises:
        BadInputError: the file cannot be read or a line is not what it should be.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"cannot be read: {error}", place=path) from error
    parse = parse_hunalign if _RUNG.match(text) else parse_ladder
    return parse(text, place=str(path))


def format_hunalign(
    beads: Iterable[tuple[Sequence[int], Sequence[int]]], scores: Iterable[float]
) -> str:
    """Return beads as a ladder of hunalign, a rung a line.

    A rung is where both texts have been read up to; a bead lies between two rungs, and its score
    stands on the first of them (hunalign's README, "ladder format").

    Raises:
        UsageError: beads cross, which such a ladder cannot say.
    """
    lines = []
    left = right = 0
    for (source, target), score in zip(beads, scores, strict=True):
        begin = (source[0] if source else left, target[0] if target else right)
        if begin[0] < left or begin[1] < right:
            raise UsageError(
                "beads cross, which a ladder of hunalign cannot say", cure="use --format ladder"
            )
        if begin != (left, right):
            # Empty lines, which stand in no bead, have a rung of their own.
            lines.append(f"{left}\t{right}\t0.0000\n")
        lines.append(f"{begin[0]}\t{begin[1]}\t{score:.4f}\n")
        left, right = (
            group[-1] + 1 if group else at
            for group, at in zip((source, target), begin, strict=True)
        )
    return "".join([*lines, f"{left}\t{right}\t0.0000\n"])


def parse_hunalign(text: str, *, place: str = "ladder") -> Beads:
    """Return the beads of a ladder of hunalign.

    Raises:
        BadInputError: a line is not two ascending positions, with or without a score.
    """
    rungs: list[tuple[int, int]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = line.split()
        if len(cells) not in (2, 3) or not (cells[0].isdecimal() and cells[1].isdecimal()):
            raise BadInputError(
                f"{line[:40]!r} is not a rung", place=place, line=number, cure="write 3 4 0.95"
            )
        rung = (int(cells[0]), int(cells[1]))
        if rungs and (rung[0] < rungs[-1][0] or rung[1] < rungs[-1][1]):
            raise BadInputError("stands before the rung above it", place=place, line=number)
        rungs.append(rung)
    return [
        (tuple(range(first[0], second[0])), tuple(range(first[1], second[1])))
        for first, second in pairwise(rungs)
        if first != second
    ]
