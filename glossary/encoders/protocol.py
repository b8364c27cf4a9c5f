"""What a sentence encoder offers to the layers above, whatever model stands behind it.

Both encoders of tifa sum token vectors before their last, cheap step. The sum is kept apart from
that step, so that the vector of several consecutive sentences, or of a few words inside one, costs
an addition instead of another run of the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Encoder", "FloatArray", "IntArray", "Statistics", "TokenStatistics"]

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Additive statistics of n texts.

    Attributes:
        sums: ``[n, d]``, the summed token contributions of each text.
        counts: ``[n]``, its number of tokens.
        seams: ``[n - 1, d]``, what joining a text to the next one changes in the sum of their sums,
            because the tokens at the seam see each other; None if that was not asked for or if the
            model makes nothing of it.
        seam_counts: ``[n - 1]``, what joining changes in their number of tokens.
    """

    sums: FloatArray
    counts: FloatArray
    seams: FloatArray | None = None
    seam_counts: FloatArray | None = None


@dataclass(frozen=True, slots=True)
class TokenStatistics:
    """The contributions of the tokens of one text, each computed in its context.

    Attributes:
        starts, ends: ``[t]``, character offsets ``[start, end)`` of each token in the text, without
            the space before it. Tokens that the model adds (begin and end) have -1 in both. A token
            that stands for a space alone is empty and starts where the next word does.
        contributions: ``[t, d]``; over all tokens they sum to the text's ``Statistics.sums``.
    """

    starts: IntArray
    ends: IntArray
    contributions: FloatArray

    def within(self, start: int, end: int) -> NDArray[np.bool_]:
        """Return the mask ``[t]`` of the tokens that start in ``[start, end)`` of the text."""
        mask: NDArray[np.bool_] = (self.starts >= start) & (self.starts < end)
        return mask


class Encoder(Protocol):
    """A multilingual sentence encoder with additive statistics."""

    #: Name and version of the model, for signatures.
    name: str
    #: Length of the vectors that ``finish`` and ``encode`` return.
    dimensions: int

    def statistics(self, texts: Sequence[str], *, seams: bool = False) -> Statistics:
        """Return the additive statistics of each text, with ``seams`` if they are to be joined."""
        ...

    def finish(self, sums: FloatArray, counts: NDArray[Any]) -> FloatArray:
        """Turn sums ``[..., d]`` over counts ``[...]`` tokens into unit vectors ``[..., D]``."""
        ...

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Return the unit vectors ``[n, D]`` of the texts."""
        ...

    def token_statistics(self, texts: Sequence[str]) -> list[TokenStatistics]:
        """Return the contributions of each text's tokens, with their character offsets.

        The vector of any stretch of a text is ``finish`` of the sum of its tokens' contributions
        and their number.
        """
        ...
