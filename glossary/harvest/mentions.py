"""The places of Chinese candidates, each with what may render it there."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.harvest.candidates_zh import Candidate
from glossary.harvest.search import Find
from glossary.model import Segment

__all__ = ["Mention", "Option"]


@dataclass(slots=True)
class Option:
    """A possible rendering of a mention; ``phrase`` is what its surface variants share."""

    find: Find
    surface: str
    phrase: str
    score: float = 0.0
    known: bool = False

    @property
    def stretch(self) -> tuple[int, int]:
        """Characters ``[start, end)`` in the bead's English text."""
        return self.find.start, self.find.end


@dataclass(slots=True)
class Mention:
    """One place of a candidate and what may render it there.

    Attributes:
        candidate: what stands there.
        segment, span: where it stands.
        stretch: the same place in the text of its bead.
        bead: index of the bead.
        options: possible renderings, best first once they are scored.
    """

    candidate: Candidate
    segment: Segment
    span: tuple[int, int]
    stretch: tuple[int, int]
    bead: int
    options: list[Option]

    @property
    def key(self) -> str:
        """The candidate's normal form, as its vector is taken from."""
        return self.candidate.key
