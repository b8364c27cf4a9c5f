"""What a harvest is asked for and what it gives."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.model import Concept

__all__ = ["Harvest", "HarvestOptions"]


@dataclass(frozen=True, slots=True)
class HarvestOptions:
    """What to keep of a harvest.

    Attributes:
        min_score: least score of a pair, in ``[0, 1]``; below it the phrase is not taken for a
            rendering.
        min_worth: least score of a concept, in ``[0, 1]``: how surely it is an entry. Set by hand
            between what the sample's gold and the annual reports' list ask for.
        part_weight: what a term that stands only inside a longer one keeps of its score, in
            ``[0, 1]``; 0 leaves it out, more than 0 lets it share the longer one's rendering too.
        join_forms: put a Chinese term and its abbreviation into one concept where the text proves
            that they are one.
        max_concepts: how many concepts to keep, best first; None keeps all.
    """

    min_score: float = 0.42
    min_worth: float = 0.1
    part_weight: float = 0.0
    join_forms: bool = True
    max_concepts: int | None = None


@dataclass(frozen=True, slots=True)
class Harvest:
    """The concepts of a bitext.

    Attributes:
        concepts: best first.
        candidates: how many stretches of the pivot were looked at.
        clusters: how many concepts have renderings in more than one form.
        signature: names method and encoder; the same signature gives the same harvest.
    """

    concepts: tuple[Concept, ...]
    candidates: int
    clusters: int
    signature: str
