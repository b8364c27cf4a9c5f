"""The table of beads as an Excel workbook for people to correct.

Four sheets: how to correct, the doubtful beads with the least certain first, all beads in the order
of the text (the one that is read back), and what is known about the texts. All texts are written as
text: none is ever a formula. Needs the extra ``sheets``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.align.formats.row_heights import row_height, with_growing_rows
from glossary.align.formats.rows import FIRST_TEXT, Decision, header, read_rows, table_rows
from glossary.align.formats.saved import SavedAlignment, SavedBead
from glossary.errors import BadInputError, OutputError
from glossary.model import Authority, Bitext, Source
from tmx.xlsx import MAX_CELL, MAX_ROWS, new_workbook, read_sheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["load_workbook", "write_workbook"]

_HOW_TO, _DOUBTFUL, _BEADS, _TEXTS = "how to", "to review", "beads", "texts"
_SOURCE_FIELDS = tuple(field.name for field in fields(Source))
_TEXT_FIELDS = tuple(name for name in _SOURCE_FIELDS if name not in {"date", "authority"})
_SIZE = "characters"
_CHOICES = [decision.value for decision in Decision if decision is not Decision.GONE]
_CHOICES_EXPLAINED = (
    "right: leave it as it is\njoin: merge with the row above\napart: nothing here belongs together"
)
#: Width of a column of text, in characters.
_TEXT_WIDTH = 60
_HOW_WIDTH = 100
# Pale enough for black text: to review, with sentences that have no counterpart, set by hand, gone.
_LOW, _ALONE, _SET, _LOST = "#F4CCCC", "#FFF2CC", "#D9EAD3", "#D9D9D9"

_INSTRUCTIONS = (
    ("How to correct this alignment", ""),
    (
        "What it is",
        "Each row of the sheet “beads” is a bead: sentences that render each other, one text a "
        "column, one sentence a line of the cell. An empty cell says that nothing renders the "
        "others. Red rows are doubtful and stand, least certain first, in the sheet “to review”: "
        "click there on a number to get to the row. Yellow rows have no counterpart, green ones "
        "are set by hand. Correct in “beads” only.",
    ),
    (
        "Say that it is right",
        "Choose “right” in the column “decision”. The row stays as it is from then on, even if "
        "the texts are aligned again after changes.",
    ),
    (
        "Merge rows",
        "Choose “join” in the lower row: it is joined to the row above. Or cut its sentences and "
        "paste them into the cells of the other row.",
    ),
    (
        "Split a row",
        "Put an empty line into its cells (Alt+Enter twice): what stands before it becomes one "
        "bead, what stands behind it another. Or insert a new row and move sentences there; its "
        "first cell stays empty.",
    ),
    (
        "Move a sentence",
        "Cut it out of its cell and paste it as a line of another. It may be any row: a "
        "translator may have changed the order.",
    ),
    (
        "Drop a pairing",
        "Choose “apart”: every sentence of the row is then without a counterpart.",
    ),
    (
        "Undo",
        "Clear the decision of a green row: it is aligned again the next time. A row whose text "
        "you changed counts as set by hand, with or without a decision.",
    ),
    ("Sort and filter", "As you like: rows are put back into the order of their numbers."),
    (
        "Grey rows",
        "Rows set by hand whose sentences are no longer in the texts. They are kept, and apply "
        "again if the sentences come back; delete those you don't need.",
    ),
    (
        "Read it back",
        "tifa align --from-review {name} -o bitext.tmx takes the texts from this file. tifa align "
        "TEXT TEXT --from-review {name} -o {name} reads them anew, keeps all that is set by hand "
        "and aligns the rest around it.",
    ),
)


def write_workbook(
    bitext: Bitext, path: Path, *, review_below: float, gone: Sequence[SavedBead] = ()
) -> None:
    """Write a bitext as a workbook: the same bytes for the same beads.

    Args:
        bitext: its documents are the columns, its beads the rows.
        path: of the workbook, which is replaced if it is there.
        review_below: beads with a lower score are coloured and listed for review.
        gone: beads set by hand whose sentences are no longer in the texts.

    Raises:
        MissingExtraError: the package that writes workbooks is not installed.
        OutputError: the file cannot be written, or has more text or rows than Excel takes.
    """
    with new_workbook(path, bitext.id, finish=with_growing_rows) as book:
        names = [document.source.id for document in bitext.documents]
        rows = list(table_rows(bitext, gone))
        _check_limits(rows, path)
        writer = _Writer(book, names, review_below)
        writer.instructions(path.name)
        doubtful = book.add_worksheet(_DOUBTFUL)
        writer.beads(rows)
        writer.doubtful(doubtful, rows)
        writer.texts([document.source for document in bitext.documents], rows)


def load_workbook(path: Path) -> SavedAlignment:
    """Read a workbook of beads, with all decisions in it carried out.

    Raises:
        BadInputError: the file is no such workbook or a row is not what it should be.
        MissingExtraError: the package that reads workbooks is not installed.
    """
    rows = read_sheet(path, _BEADS)
    table = [(number, [_unix(cell) for cell in cells]) for number, cells in rows]
    saved = read_rows(table, path)
    sources, sizes = _read_texts(list(read_sheet(path, _TEXTS)), path)
    known = [sources.get(source.id, source) for source in saved.sources]
    warnings = [
        f"tifa: {path}: {source.id} has {abs(change):,} characters "
        f"{'more' if change > 0 else 'less'} than when the file was written"
        for column, source in enumerate(known)
        if (change := _size(saved, column) - sizes.get(source.id, _size(saved, column)))
    ]
    return SavedAlignment(tuple(known), saved.beads, saved.gone, tuple(warnings))


def _check_limits(rows: Sequence[Sequence[str]], path: Path) -> None:
    cure = "write a .tsv"
    if len(rows) >= MAX_ROWS:
        raise OutputError(f"{len(rows)} rows are more than Excel takes", place=path, cure=cure)
    for row in rows:
        longest = max(map(len, row))
        if longest > MAX_CELL:
            raise OutputError(
                f"bead {row[0]} has {longest:,} characters, more than a cell of Excel takes",
                place=path,
                cure=cure,
            )


def _unix(cell: str) -> str:
    # Spreadsheets write the line ends of cells as they like; Excel escapes a return as _x000D_.
    return cell.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")


def _solid(lines: Sequence[str]) -> int:
    return sum(len("".join(line.split())) for line in lines)


def _size(saved: SavedAlignment, column: int) -> int:
    return sum(_solid(bead.groups[column]) for bead in saved.beads)


def _read_texts(
    rows: Sequence[tuple[int, Sequence[str]]], path: Path
) -> tuple[dict[str, Source], dict[str, int]]:
    """Return the sources by id and the characters that each text had when the file was written.

    What the sheet is for is known without it, so a workbook that lost it is read all the same.
    """
    sources: dict[str, Source] = {}
    sizes: dict[str, int] = {}
    headings = tuple(cell.strip() for cell in rows[0][1]) if rows else ()
    if headings[: len(_SOURCE_FIELDS)] != _SOURCE_FIELDS:
        return sources, sizes
    for number, cells in rows[1:]:
        said = dict(zip_longest(headings, (cell.strip() for cell in cells), fillvalue=""))
        size = said.pop(_SIZE, "")
        try:
            authority = Authority.from_label(said.pop("authority"))
        except ValueError as error:
            raise BadInputError(str(error), place=path, line=number) from error
        date = said.pop("date") or None
        source = Source(date=date, authority=authority, **{key: said[key] for key in _TEXT_FIELDS})
        sources[source.id] = source
        if size.isdecimal():
            sizes[source.id] = int(size)
    return sources, sizes


class _Writer:
    """The sheets of one workbook."""

    def __init__(self, book: Workbook, names: Sequence[str], review_below: float) -> None:
        self._book = book
        self._names = names
        self._review_below = review_below
        self._plain = {"text_wrap": True, "valign": "top"}
        self._heading = book.add_format({**self._plain, "bold": True, "bottom": 1})
        self._text = self._fill(None)

    def _fill(self, colour: str | None, number: str = "@") -> Format:
        fill = {"bg_color": colour} if colour else {}
        return self._book.add_format({**self._plain, **fill, "num_format": number})

    def instructions(self, name: str) -> None:
        sheet = self._book.add_worksheet(_HOW_TO)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, 1, _HOW_WIDTH)
        for row, (what, how) in enumerate(_INSTRUCTIONS):
            sheet.write_string(row, 0, what, self._heading if not row else self._text)
            sheet.write_string(row, 1, how.format(name=name), self._text)
            sheet.set_row(row, row_height([how], _HOW_WIDTH))

    def beads(self, rows: Sequence[Sequence[str]]) -> None:
        sheet = self._book.add_worksheet(_BEADS)
        last = max(len(rows), 1)
        headings = header(self._names)
        score = headings.index("score")
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, self._heading)
        fills = {
            colour: (self._fill(colour), self._fill(colour, "0.00"))
            for colour in (None, _LOW, _ALONE, _SET, _LOST)
        }
        for number, cells in enumerate(rows, 1):
            text, figure = fills[self._colour(cells)]
            sheet.set_row(number, row_height(cells[FIRST_TEXT:-1], _TEXT_WIDTH))
            for column, cell in enumerate(cells):
                if column == 0 and cell:
                    sheet.write_number(number, column, int(cell), text)
                elif column == score:
                    sheet.write_number(number, column, float(cell), figure)
                else:
                    sheet.write_string(number, column, cell, text)
        sheet.set_column(0, FIRST_TEXT - 1, 9)
        sheet.set_column(FIRST_TEXT, len(headings) - 2, _TEXT_WIDTH)
        sheet.set_column(len(headings) - 1, len(headings) - 1, None, None, {"hidden": True})
        sheet.data_validation(
            1, 1, last + 100, 1,
            {"validate": "list", "source": _CHOICES, "ignore_blank": True,
             "input_title": "Decision", "input_message": _CHOICES_EXPLAINED},
        )  # fmt: skip
        # What is decided shows at once.
        sheet.conditional_format(
            1, 0, last, len(headings) - 2,
            {"type": "formula", "criteria": '=AND($B2<>"",$B2<>"gone")',
             "format": self._book.add_format({"bg_color": _SET})},
        )  # fmt: skip
        sheet.freeze_panes(1, FIRST_TEXT)
        sheet.autofilter(0, 0, last, len(headings) - 2)

    def _colour(self, cells: Sequence[str]) -> str | None:
        if cells[1]:
            return _LOST if cells[1] == Decision.GONE else _SET
        if float(cells[2]) < self._review_below:
            return _LOW
        return None if all(cells[FIRST_TEXT:-1]) else _ALONE

    def doubtful(self, sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
        """List the beads to review, least certain first, each with a link to its row."""
        headings = ("bead", "score", "kind", *self._names)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, self._heading)
        text, figure = self._fill(_LOW), self._fill(_LOW, "0.00")
        link = self._book.add_format(
            {"valign": "top", "font_color": "blue", "underline": 1, "bg_color": _LOW}
        )
        found = [
            (float(cells[2]), number)
            for number, cells in enumerate(rows, 1)
            if self._colour(cells) == _LOW
        ]
        for at, (score, number) in enumerate(sorted(found), 1):
            cells = rows[number - 1]
            sheet.set_row(at, row_height(cells[FIRST_TEXT:-1], _TEXT_WIDTH))
            sheet.write_url(at, 0, f"internal:'{_BEADS}'!B{number + 1}", link, cells[0])
            sheet.write_number(at, 1, score, figure)
            for column, cell in enumerate(cells[FIRST_TEXT - 1 : -1], 2):
                sheet.write_string(at, column, cell, text)
        sheet.set_column(0, 2, 9)
        sheet.set_column(3, len(headings) - 1, _TEXT_WIDTH)
        sheet.freeze_panes(1, 3)
        # Corrections belong into the sheet that is read back.
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def texts(self, sources: Sequence[Source], rows: Sequence[Sequence[str]]) -> None:
        sheet = self._book.add_worksheet(_TEXTS)
        for column, heading in enumerate((*_SOURCE_FIELDS, _SIZE)):
            sheet.write_string(0, column, heading, self._heading)
        kept = [cells for cells in rows if cells[1] != Decision.GONE]
        for number, source in enumerate(sources):
            said = [getattr(source, name) for name in _SOURCE_FIELDS]
            size = _solid([cells[FIRST_TEXT + number] for cells in kept])
            for column, value in enumerate([*said, size]):
                label = value.label if isinstance(value, Authority) else str(value or "")
                sheet.write_string(number + 1, column, label, self._text)
        sheet.set_column(0, len(_SOURCE_FIELDS), 16)
