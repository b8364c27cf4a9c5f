"""Mend what is safe to mend in a glossary of lines; columns that tifa does not know are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tmx.delimited import delimited_line, guarded_cell, plain_cell, read_rows
from tmx.interface import LossLog
from tmx.mojibake import mended_text
from tmx.table_columns import resolve_columns
from tmx.textfile import write_encoded
from tmx.validate_lines import SERVICES

__all__ = ["LINE_FORMATS", "repair_lines"]


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a format's lines are written.

    Attributes:
        table: whether people open it in a spreadsheet: it has headings and columns of its own.
        once: whether a source may stand only once.
        header: whether the first line is none of terms.
        comment: what a line begins with that is none of terms.
    """

    delimiter: str = "\t"
    quoted: bool = False
    table: bool = False
    once: bool = False
    header: bool = False
    comment: str = "\0"
    encoding: str = "utf-8"
    line_end: str = "\n"


_LAYOUTS = {
    "tsv": _Layout(quoted=True, table=True, header=True),
    "csv": _Layout(",", quoted=True, table=True, header=True, encoding="utf-8-sig"),
    "omegat": _Layout(comment="#"),
    "wordfast": _Layout(encoding="utf-16", line_end="\r\n"),
    **{
        name: _Layout(table.delimiter, table.quoted, once=True, header=table.header)
        for name, table in SERVICES.items()
    },
}
#: Formats mended line by line.
LINE_FORMATS = frozenset(_LAYOUTS)


def repair_lines(path: Path, target: Path, name: str, done: LossLog) -> int:
    """Write a glossary of lines again without the faults that can be mended; return its lines.

    Control characters and white space at the ends of cells are removed, lines without two terms
    and duplicates left out; where a service takes one target a source keeps its first; cells that
    a spreadsheet would compute are guarded.

    Raises:
        BadInputError: the file cannot be read.
        OutputError: ``target`` cannot be written.
    """
    layout = _LAYOUTS[name]
    repairer = _Repairer(path, layout, done)
    delimiter = None if name == "csv" else layout.delimiter
    lines = []
    for line, row in read_rows(path, delimiter, quoted=layout.quoted):
        cells = repairer.repaired(line, row)
        if cells is None:
            continue
        if layout.quoted:
            lines.append(delimited_line(cells, layout.delimiter, layout.line_end))
        else:
            lines.append(layout.delimiter.join(cells) + layout.line_end)
    write_encoded(target, lines, layout.encoding)
    return repairer.entries


@dataclass(slots=True)
class _Repairer:
    path: Path
    layout: _Layout
    done: LossLog
    entries: int = 0
    _begun: bool = False
    _terms: tuple[int, ...] = (0, 1)
    _least: int = 2
    _seen: set[tuple[str, ...]] = field(default_factory=set)

    def repaired(self, line: int, row: list[str]) -> list[str] | None:
        """Return the cells of a row, mended, or None if it is left out."""
        place = f"line {line}"
        cells = [self._cell(cell, place) for cell in row]
        is_first, self._begun = not self._begun, True
        if is_first and self.layout.table:
            columns = resolve_columns(self.path, cells, {})
            self._terms = tuple(at for at, _ in columns.languages)
            # In tifa's own table a term may stand without a rendering.
            self._least = 1 if columns.holds("concept") else 2
        if (is_first and self.layout.header) or cells[0].startswith(self.layout.comment):
            return cells
        if sum(at < len(cells) and cells[at] != "" for at in self._terms) < self._least:
            self.done.add("lines without two terms, left out", place)
            return None
        if self.layout.once:
            self.done.add("cells beyond the second, removed", place, max(0, len(cells) - 2))
            cells = cells[:2]
        if self._is_known(tuple(cells), place):
            return None
        self.entries += 1
        return cells

    def _is_known(self, cells: tuple[str, ...], place: str) -> bool:
        key = cells if self.layout.table else cells[:2]
        source = ("source", cells[0]) if self.layout.once else key
        if key in self._seen:
            self.done.add("duplicates, left out", place)
            return True
        if source in self._seen:
            self.done.add("further targets of a source, left out", place)
            return True
        self._seen |= {key, source}
        return False

    def _cell(self, cell: str, place: str) -> str:
        plain = plain_cell(cell) if self.layout.table else cell
        mended = mended_text(plain)
        if not self.layout.table:
            mended = mended.replace("\ufeff", "")
        self.done.add("control characters, mended or removed", place, mended != plain)
        stripped = mended.strip()
        self.done.add("white space at an end of a cell, removed", place, stripped != mended)
        if not self.layout.table:
            return stripped
        guarded = guarded_cell(stripped)
        self.done.add("formulas, guarded", place, guarded != stripped and not cell.startswith("'"))
        return guarded
