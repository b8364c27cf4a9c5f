"""The two texts that an aligner is given, and the links it returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glossary.language.script import to_simplified
from glossary.model import SegmentRole

__all__ = ["Link", "Side", "folded", "part_of"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two texts to align.

    Attributes:
        sentences: the sentences in order.
        language: ``zh-Hans``, ``zh-Hant`` or ``en``.
        paragraphs: the paragraph of each sentence, ascending; None if unknown.
        roles: the role of each sentence; None if all are running text.
    """

    sentences: Sequence[str]
    language: str
    paragraphs: Sequence[int] | None = None
    roles: Sequence[SegmentRole] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Sentences that render each other, by 0-based index; one group is empty if nothing does.

    Attributes:
        score: confidence in ``[0, 1]`` in the link, or that there is no counterpart.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float


def part_of(side: Side, indices: Sequence[int]) -> Side:
    """Return some of the sentences, by ascending index, as a text of their own."""
    return Side(
        [side.sentences[index] for index in indices],
        side.language,
        None if side.paragraphs is None else [side.paragraphs[index] for index in indices],
        None if side.roles is None else [side.roles[index] for index in indices],
    )


def folded(side: Side) -> list[str]:
    """Return the sentences, Chinese ones in simplified characters."""
    if side.language == "zh-Hant":
        return [to_simplified(sentence) for sentence in side.sentences]
    return list(side.sentences)
