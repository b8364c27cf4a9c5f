"""Convolution over rows of tokens, and the room that its intermediate results need."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from glossary.encoders.protocol import FloatArray

__all__ = ["Scratch", "convolve"]


class Scratch(threading.local):
    """Each thread's arrays for intermediate results, kept from one pass to the next.

    To ask the system for some thirty megabytes anew in each pass took an eighth of its time.

    Args:
        size: rows that the arrays have at least.
        spare: arrays that no thread has at the moment.
    """

    def __init__(self, size: int, spare: list[dict[str, FloatArray]]) -> None:
        self._size, self._spare = size, spare
        self._arrays: dict[str, FloatArray] = {}

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let this thread have the arrays that another had, and leave them to others after that."""
        self._arrays = self._spare.pop() if self._spare else {}
        try:
            yield
        finally:
            self._spare.append(self._arrays)
            self._arrays = {}

    def block(self, name: str, *shape: int) -> FloatArray:
        """Return an array of that name and shape, filled with anything; its last side is fixed."""
        return self.rows(name, math.prod(shape[:-1]), shape[-1]).reshape(shape)

    def rows(self, name: str, count: int, width: int) -> FloatArray:
        """Return the first ``count`` rows of the array of that name, filled with anything.

        Args:
            name: of the array; each has one width.
            count: of rows.
            width: of the rows.
        """
        known = self._arrays.get(name)
        if known is None or len(known) < count:
            known = np.empty((max(count, self._size), width), dtype=np.float32)
            self._arrays[name] = known
        return known[:count]


def convolve(
    rows: FloatArray,
    columns: NDArray[np.int64],
    layer: tuple[FloatArray, FloatArray],
    seen: FloatArray,
    out: FloatArray,
) -> None:
    """Fill ``out [t, k]`` with ``windows @ weight + bias``; who calls cuts it off at 0.

    Args:
        rows: ``[r, d]``, what is convolved.
        columns: ``[t, order]``, the rows in each window.
        layer: the weight ``[order * d, k]`` and the bias ``[k]``.
        seen: ``[t, order * d]``, room for the windows.
        out: the result.
    """
    weight, bias = layer
    windows = seen.reshape(*columns.shape, rows.shape[-1])
    np.take(rows, columns, axis=0, out=windows, mode="clip")
    np.matmul(seen, weight, out=out)
    out += bias
