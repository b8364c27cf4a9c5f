"""Rows of a delimited text file with their line numbers, and the cells of spreadsheets made safe.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return is taken for a
formula by spreadsheet programs when they open a text file (OWASP, "CSV Injection"). Tables for
people therefore get an apostrophe before such a cell, which spreadsheets understand as "this is
text", and :func:`plain_cell` takes it off again. Files for programs are left alone: there the
apostrophe would become part of the term.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from glossary.errors import BadInputError
from tmx.textfile import open_text

__all__ = ["Row", "delimited_line", "guarded_cell", "plain_cell", "read_rows"]

#: A row: its line in the file (that of its end, if a cell has line breaks) and its cells.
Row = tuple[int, list[str]]

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_DELIMITERS = ",;\t|"
#: Characters a cell may have; the limit of Python's reader, 131,072, is less than some notes.
_MAX_CELL = 1 << 24


def guarded_cell(text: str) -> str:
    """Return a cell as a table for people has it: no spreadsheet takes it for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(text: str) -> str:
    """Return what :func:`guarded_cell` guarded."""
    return text[1:] if _GUARDED.match(text) else text


def delimited_line(cells: Iterable[str], delimiter: str, line_end: str = "\n") -> str:
    """Return cells as a line, quoted as spreadsheets do (RFC 4180)."""
    special = re.compile(f'["\r\n{re.escape(delimiter)}]')
    quoted = (
        '"' + cell.replace('"', '""') + '"' if special.search(cell) else cell for cell in cells
    )
    return delimiter.join(quoted) + line_end


def read_rows(path: Path, delimiter: str | None = None, *, quoted: bool = True) -> Iterator[Row]:
    """Yield the rows of a file, empty ones left out.

    Args:
        path: UTF-8, or UTF-16 with a byte order mark.
        delimiter: by default the one of comma, semicolon, tab and bar that the first line has most.
        quoted: whether cells may stand in quotation marks.

    Raises:
        BadInputError: the file cannot be read or is no table.
    """
    csv.field_size_limit(_MAX_CELL)
    with open_text(path) as stream:
        if delimiter is None:
            delimiter = _delimiter_of(stream.readline(1 << 16))
            stream.seek(0)
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
        # Strict: else a quotation mark that is never closed swallows the rest of the file.
        rows = csv.reader(stream, delimiter=delimiter, quoting=quoting, strict=quoted)
        try:
            for cells in rows:
                if any(cell.strip() for cell in cells):
                    yield rows.line_num, cells
        except csv.Error as error:
            raise BadInputError(
                f"is not a table: {error}",
                place=path,
                line=rows.line_num,
                cure="correct the quotation marks of that line, or export the file again",
            ) from error


def _delimiter_of(line: str) -> str:
    outside = re.sub(r'"[^"]*"', "", line)
    return max(_DELIMITERS, key=outside.count)
