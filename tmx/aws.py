"""Amazon Translate's custom terminology as CSV.

The first line holds the language codes, the source language first; sources are case-sensitive and
each has one translation; at most 10 MiB (Amazon Translate Developer Guide, "Creating a custom
terminology", "Best practices").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.model import Concept, Glossary
from tmx.interface import CodecInfo, DumpReport, Feature, ValueKind
from tmx.mt_table import PairTable, dump_pairs, load_pairs

__all__ = ["CODEC", "TABLE", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="aws",
    title="Amazon Translate custom terminology (CSV)",
    extensions=(".aws.csv",),
    kind=ValueKind.GLOSSARY,
    carries=frozenset[Feature](),
)
TABLE = PairTable(
    service="Amazon Translate",
    delimiter=",",
    quoted=True,
    header=True,
    languages={"zh-Hans": "zh", "zh-Hant": "zh-TW", "en": "en"},
    max_bytes=10_000,
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
