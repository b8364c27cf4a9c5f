"""Translation units in other language codes and in another order."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from glossary.model import TranslationUnit

__all__ = ["in_codes", "source_first_in"]


def in_codes(unit: TranslationUnit, code: Callable[[str], str]) -> TranslationUnit:
    """Return the unit with the codes of its variants, and its own ``srclang``, as ``code`` says."""
    return dataclasses.replace(
        unit,
        variants=tuple(
            dataclasses.replace(variant, language=code(variant.language))
            for variant in unit.variants
        ),
        attributes=tuple(
            (name, code(value) if name == "srclang" else value) for name, value in unit.attributes
        ),
    )


def source_first_in(unit: TranslationUnit, source: str) -> TranslationUnit:
    """Return the unit with the variant of ``source`` first; the others keep their order."""
    wanted = source.lower()
    ordered = sorted(unit.variants, key=lambda variant: variant.language.lower() != wanted)
    return dataclasses.replace(unit, variants=tuple(ordered))
