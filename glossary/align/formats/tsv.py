"""The table of beads as text: one row a line, its sentences parted by ``⏎``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from glossary.align.formats.rows import header, read_rows, table_rows
from glossary.align.formats.saved import SavedAlignment, SavedBead
from glossary.model import Bitext

__all__ = ["load_tsv", "to_tsv"]

#: Between the sentences of a cell: a line has no other line ends, and no text has this sign.
_LINE_END = "⏎"


def to_tsv(bitext: Bitext, gone: Sequence[SavedBead] = ()) -> str:
    """Return the beads as a table: number, decision, score, shape, the texts, digest.

    Args:
        bitext: its documents are the columns.
        gone: beads set by hand whose sentences are no longer in the texts.
    """
    from tmx.delimited import delimited_line, guarded_cell

    rows = [header(document.source.id for document in bitext.documents)]
    rows += table_rows(bitext, gone)
    return "".join(
        delimited_line((guarded_cell(cell.replace("\n", f" {_LINE_END} ")) for cell in row), "\t")
        for row in rows
    )


def load_tsv(path: Path) -> SavedAlignment:
    """Read a table of beads, with all decisions in it carried out.

    Raises:
        BadInputError: the file cannot be read or a row is not what it should be.
    """
    from tmx.delimited import plain_cell
    from tmx.delimited import read_rows as delimited_rows

    rows = delimited_rows(path, "\t")
    return read_rows(
        (
            (number, [plain_cell(cell).replace(_LINE_END, "\n") for cell in cells])
            for number, cells in rows
        ),
        path,
    )
