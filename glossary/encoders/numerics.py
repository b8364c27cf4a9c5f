"""What the encoders share: layer normalisation, threads, and text that UTF-8 can hold."""

from __future__ import annotations

import os

import numpy as np

from glossary.encoders.protocol import FloatArray

__all__ = ["default_threads", "layer_norm", "valid_text"]

# More cores than this share one memory bus too closely to help.
_MOST_THREADS = 4


def layer_norm(rows: FloatArray, gain: FloatArray, bias: FloatArray, epsilon: float) -> None:
    """Normalise each row of ``rows [n, d]`` in place."""
    rows -= rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    rows *= (1 / np.sqrt(variance + epsilon))[:, None]
    rows *= gain
    rows += bias


def valid_text(text: str) -> str:
    """Return ``text`` with lone surrogates, which UTF-8 cannot hold, replaced one for one."""
    return text.encode("utf-8", "replace").decode()


def default_threads() -> int:
    """Return how many passes of a model may run side by side: the available cores, at most 4."""
    # os.process_cpu_count exists from Python 3.13 on, sched_getaffinity on Linux only.
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return min(_MOST_THREADS, cores)
