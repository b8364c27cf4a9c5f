"""How much of a text a termbase knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glossary.annotate.annotation import Annotation
from glossary.lookup.display import Style, plain_text

__all__ = ["Coverage", "coverage", "coverage_to_json", "coverage_to_text"]

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Coverage:
    """The formulations of a text by whether the termbase has them.

    Attributes:
        source: id of the text.
        known: heads of the concepts that it has, in the order of the text.
        places: how often they stand in the text.
        unknown: formulations that it has not, the most frequent first.
    """

    source: str
    known: tuple[str, ...]
    places: int
    unknown: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share of the formulations that are known, each counted once; 0 if there are none."""
        total = len(self.known) + len(self.unknown)
        return len(self.known) / total if total else 0.0


def coverage(annotation: Annotation) -> Coverage:
    """Return how much of an annotated text is known."""
    return Coverage(
        annotation.document.source.id,
        tuple(concept.head for concept in annotation.known()),
        sum(mark.concept is not None for mark in annotation.marks),
        annotation.unknown(),
    )


def coverage_to_text(found: Coverage, style: Style = plain_text) -> str:
    """Return the coverage for people, with the unknown formulations that stand there most."""
    known = f"{len(found.known):>9,}  {found.share:>4.0%}"
    lines = [
        style(f"Text {found.source}", "head"),
        f"  {known}  formulations known, at {found.places} places",
        f"  {len(found.unknown):>9,}  {1 - found.share:>4.0%}  not known",
    ]
    if found.unknown:
        more = " …" if len(found.unknown) > _SHOWN else ""
        lines.append(f"             {'、'.join(found.unknown[:_SHOWN])}{more}")
    return "\n".join(lines)


def coverage_to_json(found: Coverage) -> dict[str, Any]:
    """Return the coverage as plain values."""
    return {
        "source": found.source,
        "known": list(found.known),
        "places": found.places,
        "unknown": list(found.unknown),
        "share": round(found.share, 4),
    }
