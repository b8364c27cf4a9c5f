"""The table that people correct: how a bead is a row, and what they may do to it.

A cell holds the sentences of one text, one a line. Each row ends with a digest of its cells, so
that a changed row is known by its content and no edit has to be declared; an empty line inside a
cell cuts the bead there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from glossary.align.formats.saved import SavedAlignment, SavedBead, saved_bead
from glossary.errors import BadInputError
from glossary.model import Bitext, Source

__all__ = ["FIRST_TEXT", "SCHEMA", "Decision", "header", "read_rows", "table_rows"]

#: Heads the last column and names the form of the table.
SCHEMA = "tifa.bitext/1"
_BEFORE = ("bead", "decision", "score", "kind")
#: The column of the first text.
FIRST_TEXT = len(_BEFORE)

_CUT = re.compile(r"\n[ \t\u3000]*\n")


class Decision(StrEnum):
    """What a person says about a row; a row that was changed needs none."""

    RIGHT = "right"
    JOIN = "join"
    APART = "apart"
    GONE = "gone"


def header(names: Iterable[str]) -> list[str]:
    """Return the headings of the table of texts of these names."""
    return [*_BEFORE, *names, SCHEMA]


def table_rows(bitext: Bitext, gone: Sequence[SavedBead] = ()) -> Iterator[list[str]]:
    """Yield the rows of a bitext, cells as text.

    Args:
        bitext: its documents are the columns, its beads the rows.
        gone: beads set by hand whose sentences are no longer in the texts; they stand last.
    """
    for number, bead in enumerate(bitext.beads, 1):
        decision = Decision.RIGHT.value if bead.edited else ""
        yield _row(str(number), decision, saved_bead(bitext, bead))
    for lost in gone:
        yield _row("", Decision.GONE.value, lost)


def _row(number: str, decision: str, bead: SavedBead) -> list[str]:
    cells = ["\n".join(" ".join(line.split()) for line in group) for group in bead.groups]
    kind = "-".join(str(len(group)) for group in bead.groups)
    return [number, decision, f"{bead.score:.4f}", kind, *cells, _digest(cells)]


def _digest(cells: Iterable[str]) -> str:
    """Return a digest that only an edit changes: white space around the sentences does not count.

    Eight digits are enough, since a row is compared with itself alone; the letter before them keeps
    spreadsheets from reading 12345e67 as a number.
    """
    text = "\x1f".join("\n".join(_lines(cell)) for cell in cells)
    return "x" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def _lines(cell: str) -> tuple[str, ...]:
    return tuple(kept for line in cell.split("\n") if (kept := " ".join(line.split())))


def read_rows(rows: Iterable[tuple[int, Sequence[str]]], place: Path) -> SavedAlignment:
    """Return what a table says, with all decisions carried out.

    Args:
        rows: number in the file and cells; the first holds the headings.
        place: the file, for messages.

    Raises:
        BadInputError: a row is not what it should be; the message names it.
    """
    stream = iter(rows)
    first, headings = next(stream, (1, ()))
    names = _names(headings, first, place)
    beads: list[SavedBead] = []
    gone: list[SavedBead] = []
    for number, cells in _in_order(list(stream), len(names), place):
        decision = _decision(cells[1], number, place)
        texts = cells[FIRST_TEXT:-1]
        edited = decision is Decision.RIGHT or _digest(texts) != cells[-1].strip()
        score = _score(cells[2], number, place)
        parts = list(_parts(texts, score, edited=edited))
        if decision is Decision.GONE:
            gone += (replace(part, edited=True) for part in parts)
        elif decision is Decision.APART:
            beads += _apart(parts)
        elif decision is Decision.JOIN:
            if not beads:
                raise BadInputError(
                    "cannot be joined to the row above: there is none", place=place, line=number
                )
            beads[-1] = _joined([beads[-1], *parts])
        else:
            beads += parts
    if not beads:
        raise BadInputError("has no beads", place=place, cure="write it again with tifa align")
    return SavedAlignment(tuple(Source(name) for name in names), tuple(beads), tuple(gone))


def _names(headings: Sequence[str], number: int, place: Path) -> list[str]:
    cells = [cell.strip() for cell in headings]
    while cells and not cells[-1]:
        cells.pop()
    last = cells[-1] if cells else ""
    if last != SCHEMA and last.partition("/")[0] == SCHEMA.partition("/")[0]:
        raise BadInputError(
            f"is in the form {last}, which this tifa does not know",
            place=place,
            line=number,
            cure=f"it knows {SCHEMA}: install a newer tifa",
        )
    names = cells[FIRST_TEXT:-1]
    if tuple(cells[:FIRST_TEXT]) != _BEFORE or last != SCHEMA or len(names) < 2:
        raise BadInputError(
            "is not a table of aligned texts",
            place=place,
            line=number,
            cure=f"its headings must be {', '.join(_BEFORE)}, the texts, {SCHEMA}",
        )
    if "" in names or len(set(names)) < len(names):
        raise BadInputError("has two texts of one name, or one without", place=place, line=number)
    return names


def _in_order(
    rows: Sequence[tuple[int, Sequence[str]]], texts: int, place: Path
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows in the order of the text, whatever a person has sorted them by.

    A row without a number was put in by hand and goes with the one above it.
    """
    width = FIRST_TEXT + texts + 1
    placed: list[tuple[int, int, list[str]]] = []
    last = 0
    for number, given in rows:
        cells = list(given)
        if any(cell.strip() for cell in cells[width:]):
            raise BadInputError(f"has {len(cells)} cells, not {width}", place=place, line=number)
        cells = [*cells, *[""] * (width - len(cells))][:width]
        name = cells[0].strip()
        if name and not name.isdecimal():
            raise BadInputError(
                f"{name!r} is no number of a bead",
                place=place,
                line=number,
                cure="leave the first cell of a new row empty",
            )
        last = int(name) if name else last
        placed.append((last, number, cells))
    for _, number, cells in sorted(placed, key=lambda row: row[:2]):
        yield number, cells


def _decision(cell: str, number: int, place: Path) -> Decision | None:
    said = cell.strip().lower()
    try:
        return Decision(said) if said else None
    except ValueError as error:
        raise BadInputError(
            f"{cell.strip()!r} is no decision",
            place=place,
            line=number,
            cure=f"write {', '.join(Decision)} or nothing",
        ) from error


def _score(cell: str, number: int, place: Path) -> float:
    # A row put in by hand has no score: a person is sure. Some locales write a comma.
    try:
        score = float(cell.strip().replace(",", ".") or 1)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise BadInputError(
            f"{cell.strip()!r} is no score between 0 and 1", place=place, line=number
        )
    return score


def _parts(texts: Sequence[str], score: float, *, edited: bool) -> Iterator[SavedBead]:
    """Yield the beads of a row: one, or more if its cells are cut by empty lines."""
    columns = [_CUT.split(text.strip()) for text in texts]
    for at in range(max(map(len, columns))):
        groups = tuple(_lines(column[at]) if at < len(column) else () for column in columns)
        if any(groups):
            yield SavedBead(groups, 1.0 if edited else score, edited)


def _apart(parts: Sequence[SavedBead]) -> Iterator[SavedBead]:
    for part in parts:
        for column, group in enumerate(part.groups):
            if group:
                alone = tuple(group if at == column else () for at in range(len(part.groups)))
                yield replace(part, groups=alone, score=1.0, edited=True)


def _joined(beads: Sequence[SavedBead]) -> SavedBead:
    columns = zip(*(bead.groups for bead in beads), strict=True)
    groups = tuple(tuple(line for group in column for line in group) for column in columns)
    return SavedBead(groups, 1.0, edited=True)
