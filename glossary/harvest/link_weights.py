"""Weights of the evidence for word links."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEEP_LINKS", "LinkWeights"]


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """Weights of the evidence for word links, and the sharpness of the softmax.

    Chosen by hand after sweeps over 150 sentences of the Tsinghua word alignment set
    (``scripts/evaluate_words.py``), so the error rates there are in-sample; a value was kept where
    both halves of the set gained or neither lost. The defaults are for the sentence encoder alone,
    ``DEEP_LINKS`` for both encoders.
    """

    context: float = 1.0
    #: Token vectors of the middle layers of the token-level encoder, where it is there.
    deep: float = 0.0
    static: float = 0.6
    dictionary: float = 0.5
    association: float = 1.2
    position: float = 0.7
    sharpness: float = 8.0
    nothing: float = 0.2
    rounds: int = 3
    #: Links of the words around both words, which say where a word should be sought.
    neighbours: float = 0.35
    #: Factors before the softmax for a word of meaning and one of grammar, for a mark and a word,
    #: and for articles and particles.
    unlike: float = 0.3
    marks: float = 0.05
    bare: float = 0.01
    #: Strength from which on a link is one, and from which on it is one beside another.
    hard: float = 0.6
    grow: float = 0.3
    #: Backward strength from which on an English word that has no link takes its best one.
    alone: float = 0.45
    #: Whether a Chinese word of n characters may link to n / 2 English ones (绿水青山).
    fertile: bool = False


#: Weights where the token-level encoder speaks too: it makes most of the others needless.
DEEP_LINKS = LinkWeights(
    context=0.4,
    deep=1.5,
    static=0.2,
    dictionary=0.2,
    association=0.7,
    position=0.3,
    neighbours=0.27,
    sharpness=6.5,
    nothing=-0.05,
)
