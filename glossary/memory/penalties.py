"""What is taken off a match because of where its translation comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

import numpy as np

from glossary.errors import UsageError
from glossary.memory.arrays import Array
from glossary.model import Authority

__all__ = ["DOUBTFUL", "Penalties"]

#: Alignments below this probability are doubtful: of those above it .97 are right in novels and
#: .998 in academic prose (docs/evaluation.md).
DOUBTFUL = 0.8


@dataclass(frozen=True, slots=True)
class Penalties:
    """Points taken off the percentage of a match.

    What the memory does not say costs nothing: who gives a memory trusts it. With the defaults an
    exact match is 100 only if its rendering is official, or its source unknown, and its alignment
    sure.

    Attributes:
        official, semi_official, unofficial, machine: by the authority of the rendering.
        doubtful: for an alignment that is less than :data:`DOUBTFUL` sure.
        year: for each full year that the rendering is older than the newest of the memory.
    """

    official: int = 0
    semi_official: int = 1
    unofficial: int = 2
    machine: int = 10
    doubtful: int = 5
    year: int = 0

    @classmethod
    def from_labels(cls, wishes: Iterable[str]) -> Penalties:
        """Return the defaults, changed by what a user wrote: ``machine=20``, ``year=1``.

        Raises:
            UsageError: there is no such penalty, or its points are no whole number from 0 to 100.
        """
        changed = {}
        known = [field.name for field in fields(cls)]
        for wish in wishes:
            name, _, points = wish.partition("=")
            name = name.strip().lower().replace("-", "_")
            if name not in known or not points.strip().isdecimal() or int(points) > 100:
                labels = ", ".join(label.replace("_", "-") for label in known)
                raise UsageError(
                    f"{wish!r} is no penalty", cure=f"write KIND=POINTS, KIND being {labels}"
                )
            changed[name] = int(points)
        return replace(cls(), **changed)

    def points(self, authority: Array, alignment: Array, date: Array, newest: int) -> Array:
        """Return the points of entries, given by columns of an index.

        Args:
            authority: -1 where unknown.
            alignment: negative where unknown.
            date: ``YYYYMMDD``, 0 where unknown.
            newest: the newest date of the memory.
        """
        by_authority = np.zeros(len(Authority) + 1, np.int64)
        for level in Authority:
            by_authority[level] = getattr(self, level.name.lower())
        points = by_authority[authority]
        points += self.doubtful * ((alignment >= 0) & (alignment < DOUBTFUL))
        years = (newest - date.astype(np.int64)) // 10_000
        return points + np.where(date > 0, self.year * years, 0)
