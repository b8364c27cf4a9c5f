"""DeepL's glossary: tab-separated pairs without a header.

UTF-8 without a BOM; a source only once; no empty, tab or line break in a phrase; at most 1,024
bytes a phrase and 10 MiB a file. The languages are named when the file is sent, as base codes
(DeepL API, "Managing glossaries").
"""

from __future__ import annotations

from tmx.interface import CodecInfo, Feature, ValueKind
from tmx.mt_table import PairTable

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

dump = TABLE.dump
load = TABLE.load
iter_load = TABLE.iter_load
