"""TBX 3 (ISO 30042:2019): TBX-Basic, TBX-Min and TBX-Core in DCT and DCA style.

The format of archives and of conformance: concept-oriented, with statuses and evidence. No CAT
tool measured imports it (OmegaT, Lokalize, Weblate, translate-toolkit); for them there is
:mod:`tmx.tbx2`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.errors import UsageError
from glossary.model import Concept, Glossary
from tmx.interface import CodecInfo, DumpReport, Feature, ValueKind
from tmx.salvage import SalvageLog
from tmx.tbx_categories import BASIC, MIN
from tmx.tbx_reader import read_tbx
from tmx.tbx_style import DCA, DCT, TbxOptions
from tmx.tbx_writer import write_tbx

__all__ = ["CODEC", "DIALECTS", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="tbx3",
    title="TBX 3 (ISO 30042:2019)",
    extensions=(".tbx3", ".tbx3.tbx"),
    kind=ValueKind.GLOSSARY,
    carries=frozenset(
        {
            Feature.SOURCE_SYNONYMS,
            Feature.FURTHER_RENDERINGS,
            Feature.SCRIPT,
            Feature.TITLE,
            Feature.SOURCES,
            Feature.CONCEPT_ID,
            Feature.CONCEPT_KIND,
            Feature.SUBJECT_FIELD,
            Feature.DEFINITION,
            Feature.CONCEPT_NOTE,
            Feature.CROSS_REFERENCES,
            Feature.REVIEW,
            Feature.TERM_TYPE,
            Feature.STATUS,
            Feature.INVALID_TERMS,
            Feature.AUTHORITY,
            Feature.VALIDITY,
            Feature.PART_OF_SPEECH,
            Feature.TERM_NOTE,
            Feature.CONTEXT,
            Feature.SPAN,
        }
    ),
)

#: The category modules of each public dialect.
DIALECTS = {
    "TBX-Basic": frozenset({MIN, BASIC}),
    "TBX-Min": frozenset({MIN}),
    "TBX-Core": frozenset[str](),
}
_STYLES = {"dct": DCT, "dca": DCA}


def load(
    path: Path,
    *,
    languages: Mapping[str, str] | None = None,
    salvage: SalvageLog | None = None,
) -> Glossary:
    """Read a TBX file of any version, style and dialect; see :func:`tmx.tbx_reader.read_tbx`.

    Raises:
        BadInputError: the file is missing, not well formed or not TBX.
    """
    stream = read_tbx(path, languages=languages, salvage=salvage)
    concepts = tuple(stream)
    return Glossary(concepts, stream.sources, stream.title)


def iter_load(
    path: Path,
    *,
    languages: Mapping[str, str] | None = None,
    salvage: SalvageLog | None = None,
) -> Iterator[Concept]:
    """Read a TBX file concept by concept.

    Raises:
        BadInputError: as :func:`load`, where the reading meets the fault.
    """
    return read_tbx(path, languages=languages, salvage=salvage)


def dump(
    glossary: Glossary,
    path: Path,
    *,
    languages: Mapping[str, str] | None = None,
    dialect: str = "TBX-Basic",
    style: str = "dct",
    contexts: int | None = None,
) -> DumpReport:
    """Write a glossary as TBX 3.

    Machine-only terms have no administrative status; a note says what they are.

    Args:
        glossary: what to write; concepts become entries, terms stand in them Chinese first.
        path: the file to write.
        languages: exchange codes, replacing ``zh-CN``, ``zh-TW`` and ``en-US``.
        dialect: ``TBX-Basic``, ``TBX-Min`` or ``TBX-Core``.
        style: ``dct`` (categories as elements) or ``dca`` (categories as attributes).
        contexts: how many contexts a term may have; all by default.

    Raises:
        OutputError: the file cannot be written.
        UsageError: there is no such dialect or style.
    """
    if dialect not in DIALECTS:
        raise UsageError(f"no TBX dialect {dialect!r}", cure=f"one of {', '.join(DIALECTS)}")
    if style not in _STYLES:
        raise UsageError(f"no TBX style {style!r}", cure="dct or dca")
    options = TbxOptions(
        style=_STYLES[style],
        dialect=dialect,
        modules=DIALECTS[dialect],
        languages=languages or {},
        valid_only=False,
        contexts=contexts,
        # A typed hi may not stand in DCT, and one without a type says nothing in other dialects.
        mark_terms=True,
    )
    return write_tbx(glossary, path, options)
