"""Which concepts of a corpus are only parts of others, or others with a word too many.

In an article the longer candidate hides the shorter where it stands in nearly all of its places
(``harvest.parts``). A corpus can say more: where two terms stand in the same pairs, counted as mere
characters, the shorter may be an error of the segmenter (持续发展 in 可持续发展), which would not
find it inside the longer one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from glossary.model import ConceptKind

__all__ = ["Head", "nested_heads"]

# Share of the shorter one's pairs in which the longer one has to stand, as in an article.
_SAME_PAIRS = 0.75
# How sure a longer term has to be to hide a shorter one that has the same rendering, as a share of
# the shorter one's score, as in an article; else it is the shorter one with a word too many
# (黑臭水体基本). Without a common rendering it has to be as sure. Where the shorter one stands by
# itself as well, a longer one has a word too many if it is less sure at all (經香港銀行,
# 最高法院法官): of 70 that this put behind, 55 had one.
_SAME_RENDERING = 0.6
_OTHER_RENDERING = 1.0


@dataclass(frozen=True, slots=True)
class Head:
    """What is compared of a concept.

    Attributes:
        score: of the concept.
        kind: a phrase hides no term.
        rendering: what surface variants of its preferred rendering share.
        pairs: in how many pairs of the corpus it stands, inside longer words as well.
    """

    score: float
    kind: ConceptKind
    rendering: str
    pairs: int


def nested_heads(heads: Mapping[str, Head]) -> set[str]:
    """Return the heads, in normal form, that are parts of others or others with a word too many."""
    nested = set()
    for longer, whole in heads.items():
        for key in _parts(longer, heads):
            part = heads[key]
            verbal = whole.kind is ConceptKind.PHRASE is not part.kind
            if verbal or not part.pairs:
                continue
            same = whole.rendering == part.rendering
            least = _SAME_RENDERING if same else _OTHER_RENDERING
            bound = whole.pairs >= _SAME_PAIRS * part.pairs
            if bound and whole.score >= least * part.score:
                nested.add(key)
            elif same and (bound or part.score >= whole.score):
                nested.add(longer)
    return nested


def _parts(text: str, heads: Mapping[str, Head]) -> Iterator[str]:
    """Yield the heads that stand inside a longer one."""
    for size in range(2, len(text)):
        for first in range(len(text) - size + 1):
            if text[first : first + size] in heads:
                yield text[first : first + size]
