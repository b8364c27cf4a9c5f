"""Ladders: alignments as lines ``[0]:[0,1]``, as vecalign writes and reads them.

Indices are 0-based; a sentence without a counterpart stands as ``[3]:[]``. Vecalign adds a cost
after a second colon; it is read over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from glossary.errors import BadInputError

__all__ = ["Beads", "format_ladder", "parse_ladder", "read_ladder"]

#: Groups of sentence indices of two texts that render each other.
Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]

_INDICES = r"\[\s*((?:\d+\s*(?:,\s*\d+\s*)*)?)\]"
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
    """Read a ladder file.

    Raises:
        BadInputError: the file cannot be read or a line is not a bead.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"cannot be read: {error}", place=path) from error
    return parse_ladder(text, place=str(path))
