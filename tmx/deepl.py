"""DeepL's glossary: tab-separated pairs without a header.

UTF-8 without a BOM; a source only once; no empty, tab or line break in a phrase; at most 1,024
bytes a phrase and 10 MiB a file. The languages are named when the file is sent, as base codes
(DeepL API, "Managing glossaries").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.model import Concept, Glossary
from tmx.interface import CodecInfo, DumpReport, Feature, ValueKind
from tmx.mt_table import PairTable, dump_pairs, load_pairs

__all__ = ["CODEC", "TABLE", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="deepl",
    title="DeepL glossary (TSV)",
    extensions=(".deepl.tsv",),
    kind=ValueKind.GLOSSARY,
    carries=frozenset[Feature](),
)
TABLE = PairTable(
    service="DeepL",
    delimiter="\t",
    quoted=False,
    header=False,
    languages={"zh-Hans": "zh", "zh-Hant": "zh", "en": "en"},
    max_bytes=1024,
    max_file=10 << 20,
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
