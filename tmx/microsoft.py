"""The glossary of Microsoft's Document Translation: tab-separated pairs without a header.

The languages are those of the translation job. Custom Translator takes a workbook instead, whose
first row holds the codes (:mod:`tmx.microsoft_workbook`).
"""

from __future__ import annotations

from tmx.interface import CodecInfo, Feature, ValueKind
from tmx.mt_table import PairTable

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

dump = TABLE.dump
load = TABLE.load
iter_load = TABLE.iter_load
