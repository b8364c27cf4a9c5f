"""Amazon Translate's custom terminology as CSV.

The first line holds the language codes, the source language first; sources are case-sensitive and
each has one translation; at most 10 MiB (Amazon Translate Developer Guide, "Creating a custom
terminology", "Best practices").
"""

from __future__ import annotations

from tmx.interface import CodecInfo, Feature, ValueKind
from tmx.mt_table import PairTable

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

dump = TABLE.dump
load = TABLE.load
iter_load = TABLE.iter_load
