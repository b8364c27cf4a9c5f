"""A glossary as TMX 1.4b, for machine translation services that take terms so.

Google (unidirectional glossaries) and Amazon Translate read it; each source term has one unit with
its preferred rendering.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from glossary.model import Concept, Glossary, Memory, Term, TranslationUnit, Variant
from tmx import tmx14
from tmx.interface import CodecInfo, DumpReport, Feature, LossLog, ValueKind
from tmx.languages import exchange_tag, internal_tag
from tmx.mt_pairs import concepts_of_pairs, one_per_source

__all__ = ["CODEC", "dump", "iter_load", "load"]

CODEC = CodecInfo(
    name="tmx-glossary",
    title="glossary as TMX 1.4b",
    extensions=(".glossary.tmx",),
    kind=ValueKind.GLOSSARY,
    carries=frozenset[Feature](),
)


def dump(
    glossary: Glossary, path: Path, *, languages: Mapping[str, str] | None = None
) -> DumpReport:
    """Write the preferred rendering of each source term as a translation unit.

    Args:
        glossary: what to write.
        path: the file to write.
        languages: exchange codes, replacing ``zh-CN``, ``zh-TW`` and ``en-US``.

    Raises:
        OutputError: the file cannot be written.
    """
    log = LossLog()
    found = one_per_source(glossary, log)
    source, target = (exchange_tag(tag, languages) for tag in (found.source, found.target))
    units = (
        TranslationUnit((Variant(source, (text,)), Variant(target, (translation,))))
        for text, translation, _ in found.pairs
    )
    header = Memory((), source, attributes=(("segtype", "phrase"),))
    return log.report(tmx14.dump(header, path, units=units).units)


def load(path: Path) -> Glossary:
    """Read a TMX file of terms: one concept for each source segment.

    Raises:
        BadInputError: the file is missing, not well formed or not TMX.
    """
    return Glossary(tuple(iter_load(path)))


def iter_load(path: Path) -> Iterator[Concept]:
    """Read a TMX file of terms concept by concept.

    Raises:
        BadInputError: as :func:`load`.
    """
    stream = tmx14.iter_load(path)
    wanted = internal_tag(stream.header.source_language or "zh")
    pairs: list[tuple[Term, Term]] = []
    for unit in stream:
        terms = [
            Term(text, internal_tag(item.language))
            for item in unit.variants
            if (text := item.text.strip())
        ]
        source = next((term for term in terms if term.language == wanted), None)
        if source is None and terms:
            source = terms[0]
        pairs += [(source, term) for term in terms if source is not None and term is not source]
    yield from concepts_of_pairs(pairs)
