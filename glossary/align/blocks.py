"""Stretches of two texts side by side: their runs of sentences, and what is counted along them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from glossary.encoders.protocol import FloatArray

__all__ = ["LONGEST", "Block", "CountedText"]

#: The most sentences on one side of a bead.
LONGEST = 6

_QUESTION = re.compile("[?？]")
_EXCLAMATION = re.compile("[!！]")
_QUOTE = re.compile("[“”\"「」『』〝〞]|(?<!\\w)['‘]|['’](?!\\w)")


class CountedText:
    """One text's runs and what is counted along it."""

    def __init__(
        self, runs: FloatArray, mass: FloatArray, sentences: Sequence[str], scale: float
    ) -> None:
        self.size = runs.shape[1]
        self.runs = runs
        self.mass = mass
        marks = (_QUESTION, _EXCLAMATION, _QUOTE)
        counts = [[float(len(mark.findall(text))) for text in sentences] for mark in marks]
        lengths = [(len(text.encode("utf-8", "replace")) + 1) * scale for text in sentences]
        self.along = np.zeros((5, self.size + 1))
        np.cumsum(np.array([lengths, mass.tolist(), *counts]), axis=1, out=self.along[:, 1:])


class Block:
    """A stretch of one text: ends of runs at positions ``at``, with what lies around them.

    Arrays over sentences begin LONGEST + 1 sentences before the first position and end one after
    the last, so that every run, its members and its neighbours are in them.

    Attributes:
        first: ``[LONGEST, count]`` the first sentence of each run.
        over: ``[5, LONGEST, count]`` what is counted along each run.
    """

    def __init__(self, side: CountedText, at: range) -> None:
        self.count = len(at)
        self.sentences = np.arange(at.start - LONGEST - 1, at.stop)
        self.valid = (self.sentences >= 0) & (self.sentences < side.size)
        kept = np.clip(self.sentences, 0, side.size - 1)
        if self.valid.all():
            self.runs = side.runs[:, kept[0] : kept[-1] + 1]
        else:
            self.runs = np.where(self.valid[:, None], side.runs[:, kept], 0)
        self.mass = np.where(self.valid, side.mass[kept], 0)
        positions = np.clip(np.arange(at.start - LONGEST - 1, at.stop + 1), 0, side.size)
        along = side.along[:, positions]
        ends = LONGEST + 1 + np.arange(self.count)
        self.first = ends - np.arange(1, LONGEST + 1)[:, None]
        self.over = (along[:, None, ends] - along[:, self.first]).astype(np.float32)

    def last(self, shift: int = 0) -> slice:
        """Return the last sentences of the runs, or those ``shift`` after them."""
        return slice(LONGEST + shift, LONGEST + shift + self.count)
