"""A sentence encoder for everything with a token-level one for what is in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from glossary.encoders.e5 import E5Encoder
from glossary.encoders.protocol import Encoder, FloatArray, Statistics, TokenStatistics

__all__ = ["PairedEncoder", "tokens_of"]


class PairedEncoder:
    """Encodes as its first encoder does; whoever needs more asks the second.

    Args:
        sentences: the encoder of sentences.
        tokens: the token-level encoder.
    """

    def __init__(self, sentences: Encoder, tokens: E5Encoder) -> None:
        self._sentences = sentences
        self.tokens = tokens
        self.name = f"{sentences.name}+{tokens.name}"
        self.dimensions = sentences.dimensions

    def statistics(self, texts: Sequence[str], *, seams: bool = False) -> Statistics:
        """Return the statistics of the first encoder."""
        return self._sentences.statistics(texts, seams=seams)

    def finish(self, sums: FloatArray, counts: NDArray[Any]) -> FloatArray:
        """Turn the sums of the first encoder into unit vectors."""
        return self._sentences.finish(sums, counts)

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Return the unit vectors of the first encoder."""
        return self._sentences.encode(texts)

    def token_statistics(self, texts: Sequence[str]) -> list[TokenStatistics]:
        """Return the contributions of the first encoder's tokens."""
        return self._sentences.token_statistics(texts)


def tokens_of(encoder: Encoder) -> E5Encoder | None:
    """Return the token-level encoder beside a sentence encoder, None if there is none."""
    return encoder.tokens if isinstance(encoder, PairedEncoder) else None
