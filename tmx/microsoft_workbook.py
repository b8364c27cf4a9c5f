"""The phrase dictionary of Microsoft's Custom Translator: a workbook with two columns.

Its first row holds the language codes (Custom Translator, "Document formats"). Needs the extra
``sheets``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.errors import BadInputError
from glossary.model import Concept, Glossary, Term
from tmx.interface import CodecInfo, DumpReport, Feature, LossLog, ValueKind
from tmx.languages import internal_tag, is_wellformed
from tmx.microsoft import TABLE
from tmx.mt_pairs import concepts_of_pairs, one_per_source
from tmx.xlsx import read_sheet, write_sheet

__all__ = ["CODEC", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="microsoft-dictionary",
    title="Microsoft Custom Translator dictionary (Excel workbook)",
    extensions=(".microsoft.xlsx",),
    kind=ValueKind.GLOSSARY,
    carries=frozenset[Feature](),
)


def dump(
    glossary: Glossary, path: Path, *, languages: Mapping[str, str] | None = None
) -> DumpReport:
    """Write the preferred rendering of each source term.

    Args:
        glossary: what to write.
        path: the file to write.
        languages: codes that replace Microsoft's.

    Raises:
        MissingExtraError: the package that writes workbooks is not installed.
        OutputError: the file cannot be written.
    """
    log = LossLog()
    found = one_per_source(glossary, log)
    codes = {**TABLE.languages, **(languages or {})}
    head = (codes.get(found.source, found.source), codes.get(found.target, found.target))
    rows = [[source, target] for source, target, _ in found.pairs]
    write_sheet(path, head, rows, log)
    return log.report(len(rows))


def load(path: Path) -> Glossary:
    """Read such a dictionary: one concept for each source term.

    Raises:
        BadInputError: the file is missing or is no such dictionary.
        MissingExtraError: the package that reads workbooks is not installed.
    """
    return Glossary(tuple(iter_load(path)))


def iter_load(path: Path) -> Iterator[Concept]:
    """Read such a dictionary concept by concept.

    Raises:
        BadInputError: as :func:`load`.
        MissingExtraError: the package that reads workbooks is not installed.
    """
    rows = [[cell.strip() for cell in cells] for _, cells in read_sheet(path)]
    codes = rows[0][:2] if rows else []
    if len(codes) < 2 or not all(map(is_wellformed, codes)):
        raise BadInputError(
            "the first row does not name two language codes",
            place=path,
            line=1,
            cure="write zh-Hans and en into its first two cells",
        )
    source, target = map(internal_tag, codes)
    yield from concepts_of_pairs(
        (Term(row[0], source), Term(row[1], target))
        for row in rows[1:]
        if len(row) > 1 and row[0] and row[1]
    )
