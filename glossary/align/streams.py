"""The sentences of a long text, encoded a little ahead of their use and forgotten behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future

import numpy as np

from glossary.align.embedding import EncodedText, sentence_vectors
from glossary.encoders.protocol import Encoder, FloatArray, Statistics

__all__ = ["SentenceStream"]

# Sentences encoded at once: enough for the encoder's passes to be full.
_AHEAD = 1024


class SentenceStream:
    """One text's additive statistics and vectors between two places that only move forward.

    Args:
        sentences: the text.
        encoder: the sentence encoder.
        folded: what to do to sentences before they are encoded.
        beside: encodes the sentences that come next while those before are worked at.
    """

    def __init__(
        self,
        sentences: Sequence[str],
        encoder: Encoder,
        folded: Callable[[Sequence[str]], list[str]],
        beside: Executor,
    ) -> None:
        self._sentences, self._encoder, self._folded = sentences, encoder, folded
        self._first = self._stop = 0
        self._parts: list[FloatArray] = []
        self._beside = beside
        self._ahead = self._begin(0)

    def vectors(self, at: range) -> FloatArray:
        """Return the unit vectors ``[n, d]`` of sentences, centred on their mean."""
        self._read(at.stop)
        return sentence_vectors(self._parts[-1][at.start - self._first : at.stop - self._first])

    def encoded(self, at: range) -> EncodedText:
        """Return what is known of sentences, with the seams between them."""
        self._read(at.stop)
        first, stop = at.start - self._first, at.stop - self._first
        sums, counts, *seams, vectors = (part[first:stop] for part in self._parts)
        inside = [part[: max(0, len(part) - 1)] for part in seams]
        return EncodedText(Statistics(sums, counts, *inside), vectors)

    def forget(self, before: int) -> None:
        """Let go what is known of the sentences before a place."""
        if before > self._first:
            self._parts = [part[before - self._first :].copy() for part in self._parts]
            self._first = before

    def _read(self, stop: int) -> None:
        while self._stop < stop and self._ahead:
            parts = self._ahead.result()
            self._stop += len(parts[0])
            self._ahead = self._begin(self._stop)
            if self._parts:
                parts = [np.concatenate(pair) for pair in zip(self._parts, parts, strict=True)]
            self._parts = parts

    def _begin(self, first: int) -> Future[list[FloatArray]] | None:
        if first == len(self._sentences):
            return None
        return self._beside.submit(self._encoded, first)

    def _encoded(self, first: int) -> list[FloatArray]:
        """Return the statistics, with seams if there are any, and vectors of what comes next."""
        kept = min(_AHEAD, len(self._sentences) - first)
        # The seam after the last of them depends on the sentence that follows.
        texts = self._folded(self._sentences[first : first + kept + 1])
        new = self._encoder.statistics(texts, seams=True)
        parts = [new.sums[:kept], new.counts[:kept]]
        if new.seams is not None and new.seam_counts is not None:
            parts += [_padded(new.seams, kept), _padded(new.seam_counts, kept)]
        parts.append(self._encoder.finish(new.sums[:kept], new.counts[:kept]))
        return parts


def _padded(values: FloatArray, size: int) -> FloatArray:
    """Return the first ``size`` rows, with zeros for those that are not there."""
    missing = np.zeros((max(0, size - len(values)), *values.shape[1:]), dtype=values.dtype)
    return np.concatenate([values[:size], missing])
