"""tifa's table of renderings as CSV, as spreadsheet programs read it: UTF-8 with a BOM.

Without the BOM Excel takes the file for one in the machine's old code page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.model import Concept, Glossary
from tmx.delimited import plain_cell, read_rows
from tmx.interface import CodecInfo, DumpReport, ValueKind
from tmx.table_rows import TABLE_FEATURES, read_concepts
from tmx.tsv import dump_delimited

__all__ = ["CODEC", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="csv",
    title="tifa table of renderings (CSV)",
    extensions=(".csv",),
    kind=ValueKind.GLOSSARY,
    carries=TABLE_FEATURES,
)


def dump(glossary: Glossary, path: Path) -> DumpReport:
    """Write the renderings of a glossary, as :func:`tmx.tsv.dump` does.

    Raises:
        OutputError: the file cannot be written.
    """
    return dump_delimited(glossary, path, ",", "utf-8-sig")


def load(path: Path, *, columns: Mapping[str, str] | None = None) -> Glossary:
    """Read a table that is separated by commas, semicolons, tabs or bars; see :func:`tmx.tsv.load`.

    Raises:
        BadInputError: the file is missing, in another encoding, or its columns are not known.
    """
    return Glossary(tuple(iter_load(path, columns=columns)))


def iter_load(path: Path, *, columns: Mapping[str, str] | None = None) -> Iterator[Concept]:
    """Read such a table concept by concept, in the order of their first row.

    Raises:
        BadInputError: as :func:`load`.
    """
    return read_concepts(path, read_rows(path), columns or {}, plain_cell)
