"""ModernMT's unidirectional glossary: CSV whose first line holds the two language codes."""

from __future__ import annotations

from tmx.interface import CodecInfo, Feature, ValueKind
from tmx.mt_table import PairTable

__all__ = ["CODEC", "TABLE", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="modernmt",
    title="ModernMT glossary (CSV)",
    extensions=(".modernmt.csv",),
    kind=ValueKind.GLOSSARY,
    carries=frozenset[Feature](),
)
TABLE = PairTable(
    service="ModernMT",
    delimiter=",",
    quoted=True,
    header=True,
    languages={"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en"},
)

dump = TABLE.dump
load = TABLE.load
iter_load = TABLE.iter_load
