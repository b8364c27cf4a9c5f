"""What joining two texts changes in the features of the tokens where they meet.

The end of one text and the begin of the next drop out, and the tokens beside them see each other.
A convolution is linear before it is cut off at 0, so only what changed in the window of a token is
multiplied, and added to what stood there: that takes 45 % of what convolving anew does. What is
needed is copied from each pass, so that the seams of several are multiplied together; few rows at
once take twice as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from glossary.encoders.protocol import FloatArray, IntArray
from glossary.encoders.use_network import BRANCHES, CONTEXT, EMBEDDING, WIDTH, Layers, Network

__all__ = ["HALO", "Seams"]

#: Two convolutions in a row: a token's features depend on so many neighbours to either side.
HALO = 2 * CONTEXT


class _Branch(NamedTuple):
    """One branch of the network at s seams.

    Attributes:
        first, second: what its convolutions gave for the tokens that they reach across the seam,
            before it was cut off at 0.
        inner: of the first of these tokens what is convolved.
        across: ``[s, after, WIDTH]``, what the tokens before the seam newly see: in place of the
            end the first token behind it, and in place of nothing those that follow.
        back: ``[s, before, WIDTH]``, what the tokens behind it newly see.
        around: what is convolved then, of all tokens that a window there holds.
        end, begin: ``[s, WIDTH]``, the same of the end and the begin that drop out.
    """

    first: FloatArray
    second: FloatArray
    inner: FloatArray
    across: FloatArray
    back: FloatArray
    around: FloatArray
    end: FloatArray
    begin: FloatArray


class Seams:
    """What is known of the tokens at the seams of some passes, each text by itself.

    Args:
        network: computes the passes.
        room: for how many seams, at most.
    """

    def __init__(self, network: Network, room: int) -> None:
        self._network, self._count = network, 0
        block = network.scratch.block
        # Whether the texts have the tokens before and behind; embedding and branches of these; and
        # the sums of their features with those of the end and the begin, without gain.
        self._there = np.zeros((room, 2 * HALO), dtype=bool)
        self._raw = block("seam raw", room, 2 * HALO, EMBEDDING + len(BRANCHES) * WIDTH)
        self._lost = block("seam lost", room, self._raw.shape[-1])
        self._branches = []
        for number, (order, before) in enumerate(BRANCHES):
            after = order - 1 - before
            sizes = (order - 1, 2 * (order - 1), order - 1, after, before, 4 * max(after, before))
            shapes = [*((size, WIDTH) for size in sizes), (WIDTH,), (WIDTH,)]
            self._branches.append(
                _Branch._make(
                    block(f"seam {number} {name}", room, *shape)
                    for name, shape in zip(_Branch._fields, shapes, strict=True)
                )
            )

    def layers(self, tokens: IntArray, starts: IntArray, lengths: IntArray) -> Layers:
        """Run the network for the tokens of texts in a row, and keep what is at their seams.

        Args:
            tokens: their numbers.
            starts: where each text begins in them.
            lengths: of the texts.
        """
        stops = starts + lengths
        near = _tokens_near(starts, stops)
        at = slice(self._count, self._count + len(near))

        def keep(branch: int, number: int, out: FloatArray) -> None:
            into = self._branches[branch][number][at]
            order, before = BRANCHES[branch]
            _copy(out, near, (number + 1) * (order - 1 - before), (number + 1) * before, into)

        layers = self._network.layers(tokens, starts, lengths, keep)
        self._count = at.stop
        ends, begins = stops[:-1] - 1, starts[1:]
        there = near < len(tokens)
        self._there[at] = there
        raw = self._raw[at]
        np.take(layers.raw, near, axis=0, out=raw, mode="clip")
        lost = _weighted(raw, layers.mean[near], np.where(there, layers.scale[near], np.float32(0)))
        for gone in (ends, begins):
            lost += layers.scale[gone, None] * (layers.raw[gone] - layers.mean[gone, None])
        self._lost[at] = lost
        for number, (order, before) in enumerate(BRANCHES):
            after, reach = order - 1 - before, max(before, order - 1 - before)
            projected, hidden = layers.projected[number], layers.hidden[number]
            branch = self._branches[number]
            _copy(projected, near, after, before, branch.inner[at])
            _copy(projected, near, 0, after, branch.across[at])
            branch.across[at, 0] -= projected[ends]
            if before:
                _copy(projected, near, before, 0, branch.back[at])
                branch.back[at, -1] -= projected[begins]
            _copy(hidden, near, 2 * reach, 2 * reach, branch.around[at])
            branch.end[at], branch.begin[at] = hidden[ends], hidden[begins]
        return layers

    def changes(self) -> FloatArray:
        """Return what joining changes in the sums of the texts' features, ``[s, 1280]``.

        It is computed in place, so it can be asked for once.
        """
        network, raw = self._network, self._raw[: self._count]
        for number, (order, before) in enumerate(BRANCHES):
            after, at = order - 1 - before, EMBEDDING + number * WIDTH
            reached = slice(HALO - 2 * after, HALO + 2 * before)
            raw[:, reached, at : at + WIDTH] = self._anew(number)
        mean, scale = network.moments(raw)
        scale = np.where(self._there[: self._count], scale, np.float32(0))
        change = _weighted(raw, mean, scale)
        change -= self._lost[: self._count]
        change *= network.model.ln_g
        change -= 2 * network.model.ln_b
        return change

    def _anew(self, number: int) -> FloatArray:
        """Return what a branch gives at each seam for the tokens that its convolutions reach.

        What is returned is ``[s, 2 * (order - 1), WIDTH]``, for tokens that are not there anything.
        """
        order, before = BRANCHES[number]
        after, model, block = order - 1 - before, self._network.model, self._network.scratch.block
        some = slice(self._count)
        first, second, inner, across, back, around, end, begin = (
            part[some] for part in self._branches[number]
        )
        weights = model.w1[number]
        tokens = [(after - a, -a - before) for a in range(1, after + 1)]
        self._add_windows(first, tokens, across, weights)
        self._add_windows(first, [(after + a, a) for a in range(before)], back, weights)
        anew = np.maximum(first, 0, out=first)
        anew += inner
        anew[~self._there[some, HALO - after : HALO + before]] = 0
        # The same of the second convolution, in whose windows the tokens themselves have changed.
        middle = around.shape[1] // 2
        inside = slice(middle - after, middle + before)
        across = block("seam changes across", len(anew), 2 * after, WIDTH)
        np.subtract(anew[:, :after], around[:, middle - after : middle], out=across[:, :after])
        back = block("seam changes back", len(anew), 2 * before, WIDTH)
        np.subtract(anew[:, after:], around[:, middle : middle + before], out=back[:, before:])
        around[:, inside] = anew
        across[:, after:] = around[:, middle : middle + after]
        across[:, after] -= end
        weights = model.w2[number]
        tokens = [(2 * after - a, after - a - before) for a in range(1, 2 * after + 1)]
        self._add_windows(second, tokens, across, weights)
        if before:
            back[:, :before] = around[:, middle - before : middle]
            back[:, before - 1] -= begin
            tokens = [(2 * after + a, a) for a in range(2 * before)]
            self._add_windows(second, tokens, back, weights)
        np.maximum(second, 0, out=second)
        second += around[:, middle - 2 * after : middle + 2 * before]
        return second

    def _add_windows(
        self,
        out: FloatArray,
        tokens: Sequence[tuple[int, int]],
        changes: FloatArray,
        weights: FloatArray,
    ) -> None:
        """Add to ``out [s, t, WIDTH]`` what changes in the windows of its tokens contribute.

        Args:
            out: what the convolution gave.
            tokens: which of the t, and where in ``changes`` the windows of each begin.
            changes: ``[s, k, WIDTH]``, in the order of the tokens; none before and behind.
            weights: ``[order * WIDTH, WIDTH]``, of the convolution.
        """
        size, count = changes.shape[:2]
        product = self._network.scratch.rows("seam product", size, WIDTH)
        for token, place in tokens:
            first, stop = max(0, -place), min(len(weights) // WIDTH, count - place)
            seen = changes[:, first + place : stop + place].reshape(size, -1)
            np.matmul(seen, weights[first * WIDTH : stop * WIDTH], out=product)
            out[:, token] += product


def _copy(rows: FloatArray, near: IntArray, before: int, behind: int, out: FloatArray) -> None:
    """Copy the rows of so many tokens before the seams and behind them."""
    np.take(rows, near[:, HALO - before : HALO + behind], axis=0, out=out, mode="clip")


def _tokens_near(starts: IntArray, stops: IntArray) -> IntArray:
    """Return the tokens ``[n - 1, 2 * HALO]`` around each seam of n texts, begin and end left out.

    Args:
        starts: the begin of each text.
        stops: where each stops; the last stands for a token that a text is too short to have.
    """
    offsets = np.arange(HALO)
    left, right = stops[:-1, None] - 2 - offsets[::-1], starts[1:, None] + 1 + offsets
    left = np.where(left >= starts[:-1, None], left, stops[-1])
    right = np.where(right < stops[1:, None], right, stops[-1])
    return np.concatenate([left, right], axis=1)


def _weighted(rows: FloatArray, mean: FloatArray, scale: FloatArray) -> FloatArray:
    """Return the sums ``[s, d]`` of ``rows [s, k, d]`` less their means, times their scales."""
    sums: FloatArray = np.matmul(scale[:, None], rows)[:, 0]
    sums -= np.einsum("si,si->s", scale, mean)[:, None]
    return sums
