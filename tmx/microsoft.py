"""The glossary of Microsoft's Document Translation: tab-separated pairs without a header.

The languages are those of the translation job. Custom Translator takes a workbook instead, whose
first row holds the codes (:mod:`tmx.microsoft_workbook`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.model import Concept, Glossary
from tmx.interface import CodecInfo, DumpReport, Feature, ValueKind
from tmx.mt_table import PairTable, dump_pairs, load_pairs

__all__ = ["CODEC", "TABLE", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="microsoft",
    title="Microsoft Translator glossary (TSV)",
    extensions=(".microsoft.tsv",),
    kind=ValueKind.GLOSSARY,
    carries=frozenset[Feature](),
)
TABLE = PairTable(
    service="Microsoft Translator",
    delimiter="\t",
    quoted=False,
    header=False,
    languages={"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"},
)


def dump(
    glossary: Glossary, path: Path, *, languages: Mapping[str, str] | None = None
) -> DumpReport:
    """Write the preferred rendering of each source term.

    Args:
        glossary: what to write.
        path: the file to write.
        languages: codes that replace those of the service.

    Raises:
        OutputError: the file cannot be written.
    """
    return dump_pairs(glossary, path, TABLE, languages)


def load(path: Path) -> Glossary:
    """Read such a glossary: one concept for each source term.

    Raises:
        BadInputError: the file is missing or is no such glossary.
    """
    return Glossary(tuple(iter_load(path)))


def iter_load(path: Path) -> Iterator[Concept]:
    """Read such a glossary concept by concept.

    Raises:
        BadInputError: as :func:`load`.
    """
    return load_pairs(path, TABLE)
