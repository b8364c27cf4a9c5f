"""From link strengths in both directions to links that are there or not."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from glossary.harvest.bead_words import BeadWords
from glossary.harvest.link_weights import LinkWeights

__all__ = ["hard_links"]


# How far, in words, one English word of a compound may stand from the others.
_REACH = 2
# How far apart two words that render one word may stand if only grammar is between them.
_INSIDE = 3
# What grammar words must have more than words of meaning: they find some place everywhere.
_GRAMMAR = 0.2


def hard_links(bead: BeadWords, weights: LinkWeights) -> NDArray[np.bool_]:
    """Return the mask ``[n, m]`` of the links: the sure ones, their neighbours, words left alone.

    Grow-diag-final (Koehn et al. 2003) over strengths. Its last step works in one direction: of an
    English compound (xinhua news agency) one word wins the Chinese word's forward link, but each of
    them knows its Chinese word.
    """
    strengths = bead.links
    links: NDArray[np.bool_] = strengths > weights.hard
    _grow(links, strengths, weights.grow)
    for column in np.flatnonzero(~links.any(axis=0) & ~bead.bare_en) if len(links) else ():
        row = int(bead.backward[:, column].argmax())
        both = bead.content_zh[row] and bead.content_en[column]
        least = weights.alone + (0.0 if both else _GRAMMAR)
        taken = np.flatnonzero(links[row])
        near = not len(taken) or np.abs(taken - column).min() <= _REACH
        if near and not bead.bare_zh[row] and bead.backward[row, column] > least:
            links[row, column] = True
    _close(links, bead)
    return links


def _close(links: NDArray[np.bool_], bead: BeadWords) -> None:
    """Add the words of grammar inside what renders one word (secretary *of* state)."""
    free = ~links.any(axis=0) & ~bead.content_en & ~bead.marks_en
    for row in np.flatnonzero(bead.content_zh):
        columns = np.flatnonzero(links[row])
        for before, after in itertools.pairwise(columns):
            if 1 < after - before <= _INSIDE and free[before + 1 : after].all():
                links[row, before + 1 : after] = True


def _grow(links: NDArray[np.bool_], strengths: NDArray[np.float32], least: float) -> None:
    """Add weaker links beside links, strongest first, where one of the words has none yet."""
    waiting = sorted(
        zip(*np.nonzero((strengths > least) & ~links), strict=True),
        key=lambda place: -strengths[place],
    )
    grown = True
    while grown:
        grown = False
        for row, column in waiting:
            if links[row, column] or (links[row].any() and links[:, column].any()):
                continue
            if links[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2].any():
                links[row, column] = grown = True
