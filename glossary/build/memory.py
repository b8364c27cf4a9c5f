"""The aligned sentences of a bitext as a translation memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from glossary.model import Bitext, Memory, Source, TranslationUnit, Variant
from tmx.languages import exchange_tag

__all__ = ["memory_of"]


@dataclass(frozen=True, slots=True)
class _Rendering:
    """One candidate target for a source text."""

    text: str
    source: Source
    bead: int
    score: float


def memory_of(bitext: Bitext, languages: Mapping[str, str]) -> Memory:
    """Return the memory of a bitext: each source text once, with its best rendering.

    Of several renderings of one source text that of the highest authority wins, then the most
    frequent, then the first: CAT tools keep or offer only one of two units with the same source.
    Beads without a counterpart are not in the memory.

    Args:
        bitext: its pivot is the source language.
        languages: replaces exchange codes of :data:`tmx.languages.EXCHANGE_TAGS`.
    """
    pivot = bitext.documents[0]
    source_language = exchange_tag(pivot.language, languages)
    candidates: dict[str, list[_Rendering]] = {}
    for index, bead in enumerate(bitext.beads):
        source_text = bitext.text(bead, 0)
        if not source_text:
            continue
        for rendition, document in enumerate(bitext.documents[1:], start=1):
            if text := bitext.text(bead, rendition):
                candidates.setdefault(source_text, []).append(
                    _Rendering(text, document.source, index, bead.score)
                )
    units = tuple(
        _unit(source_text, _best(renderings), pivot.source, source_language, languages)
        for source_text, renderings in candidates.items()
    )
    return Memory(units=units, source_language=source_language)


def _best(renderings: list[_Rendering]) -> _Rendering:
    frequency = Counter((rendering.source.authority, rendering.text) for rendering in renderings)
    return max(
        renderings,
        key=lambda rendering: (
            rendering.source.authority,
            frequency[rendering.source.authority, rendering.text],
            -rendering.bead,
        ),
    )


def _unit(
    source_text: str,
    rendering: _Rendering,
    pivot: Source,
    source_language: str,
    languages: Mapping[str, str],
) -> TranslationUnit:
    date = rendering.source.date or ""
    stamp = f"{date.replace('-', '')}T000000Z" if len(date) == len("2023-05-05") else ""
    attributes = (("creationdate", stamp),) if stamp else ()
    return TranslationUnit(
        variants=(
            Variant(source_language, (source_text,)),
            Variant(
                _target_language(rendering.source, source_language, languages), (rendering.text,)
            ),
        ),
        props=(
            ("x-source", pivot.id),
            ("x-rendition", rendering.source.id),
            ("x-authority", rendering.source.authority.label),
            ("x-bead", str(rendering.bead)),
            ("x-score", f"{rendering.score:.3f}"),
        ),
        attributes=attributes,
    )


def _target_language(source: Source, source_language: str, languages: Mapping[str, str]) -> str:
    """Return the target's code; a rendition in the pivot's language gets a private-use code.

    Two variants of one language in a unit are legal TMX, but OmegaT, Weblate and others keep only
    the last of them (measured); a BCP 47 private-use subtag keeps the two apart.
    """
    code = exchange_tag(source.language, languages)
    return f"{code}-x-target" if code == source_language else code
