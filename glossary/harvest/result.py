"""What a harvest is asked for and what it gives."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.model import Concept

__all__ = ["Harvest", "HarvestOptions", "Unsure"]


@dataclass(frozen=True, slots=True)
class HarvestOptions:
    """What to keep of a harvest.

    Attributes:
        min_score: least score of a pair, in ``[0, 1]``; below it the phrase is not taken for a
            rendering. How sure a pair is goes into what its concept is worth, so this may be low:
            of the sample .2 finds a hundredth more than .42 at the same precision.
        doubtful_score: the same for the best pair of a candidate that has none of ``min_score``; 1
            keeps none. What is kept so ranks low.
        min_worth: least score of a concept, in ``[0, 1]``: how surely it is an entry. Set by hand
            between what the sample's gold and the annual reports' list ask for.
        min_run_worth: the same for words that only stand side by side, once (网络强国归根到底):
            of the sample's the few that score more are mostly right, of the others hardly any.
        part_weight: what a term that stands only inside a longer one keeps of its score, in
            ``[0, 1]``; 0 leaves it out, more than 0 lets it share the longer one's rendering too.
        join_forms: put a Chinese term and its abbreviation into one concept where the text proves
            that they are one.
        heads: the candidates, in normal form, that are looked at at all; None for all of them. Of
            10,000 pairs of annual reports the list is as good without those that stand in less than
            three, and reading takes a third less.
        max_concepts: how many concepts to keep, best first; None keeps all.
    """

    min_score: float = 0.2
    doubtful_score: float = 1.0
    min_worth: float = 0.06
    min_run_worth: float = 0.2
    part_weight: float = 0.0
    join_forms: bool = True
    heads: frozenset[str] | None = None
    max_concepts: int | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """What comes closest to a rendering at a place where nothing surely renders the term.

    Attributes:
        source_id: the rendition.
        segment, span: of the term in the pivot.
        text: the phrase of the rendition.
        score: how surely it is the rendering: less than the options of the harvest ask for, unless
            another term of the sentence has a better claim to these words.
    """

    source_id: str
    segment: int
    span: tuple[int, int]
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Harvest:
    """The concepts of a bitext.

    Attributes:
        concepts: best first.
        candidates: how many stretches of the pivot were looked at.
        clusters: how many concepts have renderings in more than one form.
        signature: names method and encoder; the same signature gives the same harvest.
        unsure: the phrases that were not sure enough.
    """

    concepts: tuple[Concept, ...]
    candidates: int
    clusters: int
    signature: str
    unsure: tuple[Unsure, ...] = ()
