"""tifa's table of renderings as tab-separated text: UTF-8, a header, one rendering a line.

Made to be opened in a spreadsheet: cells with tabs, line breaks or quotation marks are quoted as
spreadsheets do, and none is taken for a formula (:mod:`tmx.delimited`). Tables from elsewhere are
read with their own headings (:mod:`tmx.table_columns`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.model import Concept, Glossary
from tmx.delimited import delimited_line, guarded_cell, plain_cell, read_rows
from tmx.interface import CodecInfo, DumpReport, LossLog, ValueKind
from tmx.table_rows import TABLE_FEATURES, headings, read_concepts, table_rows
from tmx.textfile import write_encoded

__all__ = ["CODEC", "dump", "dump_delimited", "iter_load", "load"]

CODEC = CodecInfo(
    name="tsv",
    title="tifa table of renderings (TSV)",
    extensions=(".tsv", ".tab"),
    kind=ValueKind.GLOSSARY,
    carries=TABLE_FEATURES,
)


def dump(glossary: Glossary, path: Path) -> DumpReport:
    """Write the renderings of a glossary; status, authority and dates are those of the rendering.

    Raises:
        OutputError: the file cannot be written.
    """
    return dump_delimited(glossary, path, "\t", "utf-8")


def dump_delimited(glossary: Glossary, path: Path, delimiter: str, encoding: str) -> DumpReport:
    """Write the table of a glossary with that delimiter and encoding.

    Raises:
        OutputError: the file cannot be written.
    """
    log = LossLog()
    rows = list(table_rows(glossary, log))
    lines = (
        delimited_line(map(guarded_cell, cells), delimiter) for cells in (headings(glossary), *rows)
    )
    write_encoded(path, lines, encoding)
    return log.report(len(rows))


def load(path: Path, *, columns: Mapping[str, str] | None = None) -> Glossary:
    """Read a table of renderings. Only columns of two languages are needed.

    Args:
        path: the table; its first row names the columns.
        columns: heading or 1-based position of a column by the language or field it holds, for
            headings that do not tell (:func:`tmx.table_columns.parse_mapping`).

    Raises:
        BadInputError: the file is missing, in another encoding, or its columns are not known.
    """
    return Glossary(tuple(iter_load(path, columns=columns)))


def iter_load(path: Path, *, columns: Mapping[str, str] | None = None) -> Iterator[Concept]:
    """Read a table of renderings concept by concept, in the order of their first row.

    Raises:
        BadInputError: as :func:`load`.
    """
    return read_concepts(path, read_rows(path, "\t"), columns or {}, plain_cell)
