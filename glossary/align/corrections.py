"""Find the beads that a person set in the texts as they are now, by content.

Sentences are looked for without their white space, first as sentences, then anywhere in the text:
a person may have cut a sentence in two or joined two, and the splitter may have changed since. A
sentence that stands in a text more than once is the one whose surroundings stood nearest.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from glossary.align.formats.saved import SavedAlignment, SavedBead
from glossary.model import Bead, Document

__all__ = ["Corrections", "find_corrections"]

#: Offsets ``[start, end)`` in a text without its white space.
_Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Corrections:
    """Beads set by hand, found again.

    Attributes:
        documents: the texts, with the sentences cut in two that a person cut.
        beads: the beads over them, all of them edited.
        gone: those of which a sentence is no longer in its text.
    """

    documents: tuple[Document, ...]
    beads: tuple[Bead, ...]
    gone: tuple[SavedBead, ...]


def find_corrections(saved: SavedAlignment, documents: Sequence[Document]) -> Corrections:
    """Find the edited beads of a file in texts.

    Beads that had gone when the file was written are looked for again.

    Args:
        saved: the file; its columns stand for the documents in their order.
        documents: the texts as they are now.
    """
    texts = [
        _Text(document, [bead.groups[at] for bead in saved.beads])
        for at, document in enumerate(documents)
    ]
    wanted = [(number, bead) for number, bead in enumerate(saved.beads) if bead.edited]
    wanted += [(-1, bead) for bead in saved.gone]
    found: list[list[list[_Range]]] = []
    gone: list[SavedBead] = []
    for number, bead in wanted:
        places = [text.find(group, number) for text, group in zip(texts, bead.groups, strict=True)]
        kept = [place for place in places if place is not None]
        if len(kept) < len(places):
            gone.append(bead)
            continue
        for text, ranges in zip(texts, kept, strict=True):
            text.take(ranges)
        found.append(kept)
    cut = [text.cut() for text in texts]
    return Corrections(
        documents=tuple(document for document, _ in cut),
        beads=tuple(
            Bead(
                tuple(
                    _members(starts, ranges)
                    for (_, starts), ranges in zip(cut, groups, strict=True)
                ),
                1.0,
                edited=True,
            )
            for groups in found
        ),
        gone=tuple(gone),
    )


def _solid(text: str) -> str:
    return "".join(text.split())


def _members(starts: Sequence[int], ranges: Sequence[_Range]) -> tuple[int, ...]:
    members = {
        index
        for start, end in ranges
        for index in range(bisect.bisect_left(starts, start), bisect.bisect_left(starts, end))
    }
    return tuple(sorted(members))


class _Text:
    """One text, its white space aside, and what is taken of it.

    Args:
        document: the text as it is now.
        column: the sentences of each bead of the file.
    """

    def __init__(self, document: Document, column: Sequence[Sequence[str]]) -> None:
        self._document = document
        sentences = [_solid(segment.text) for segment in document.segments]
        self._solid = "".join(sentences)
        self._starts = [0]
        for sentence in sentences:
            self._starts.append(self._starts[-1] + len(sentence))
        self._places: dict[str, list[int]] = {}
        for start, sentence in zip(self._starts, sentences, strict=False):
            self._places.setdefault(sentence, []).append(start)
        self._taken: list[_Range] = []
        self._expected = list(self._expect([[_solid(line) for line in lines] for lines in column]))

    def _expect(self, column: Sequence[Sequence[str]]) -> Iterator[int]:
        """Yield where each bead of the file should be found now: after the last sure sentence."""
        count = Counter(line for lines in column for line in lines)
        shift = position = 0
        for lines in column:
            start = position
            for line in lines:
                places = self._places.get(line, ())
                if count[line] == len(places) == 1:
                    shift = places[0] - position
                position += len(line)
            yield start + shift

    def find(self, lines: Sequence[str], number: int) -> list[_Range] | None:
        """Return where the sentences of a bead stand, or None if one is not there.

        Args:
            lines: the sentences.
            number: of the bead in the file; -1 if it had no place there.
        """
        near = self._expected[number] if number >= 0 else 0
        ranges: list[_Range] = []
        for line in map(_solid, lines):
            start = self._nearest(line, near, ranges)
            if start is None:
                return None
            ranges.append((start, start + len(line)))
            near = start + len(line)
        return ranges

    def _nearest(self, line: str, near: int, ranges: Collection[_Range]) -> int | None:
        places = self._places.get(line) or [
            place
            for place in (
                self._solid.find(line, near),
                self._solid.rfind(line, 0, near + len(line)),
            )
            if place >= 0
        ]
        free = [place for place in places if not self._overlaps((place, place + len(line)), ranges)]
        return min(free, key=lambda place: abs(place - near), default=None)

    def _overlaps(self, wanted: _Range, ranges: Collection[_Range]) -> bool:
        at = bisect.bisect_left(self._taken, wanted)
        around = [*self._taken[max(at - 1, 0) : at + 1], *ranges]
        return any(start < wanted[1] and wanted[0] < end for start, end in around)

    def take(self, ranges: Sequence[_Range]) -> None:
        """Keep what a bead was given from the others."""
        for taken in ranges:
            bisect.insort(self._taken, taken)

    def cut(self) -> tuple[Document, list[int]]:
        """Return the text cut where what is taken begins and ends, and where its segments begin."""
        known = set(self._starts)
        wanted = {edge for taken in self._taken for edge in taken} - known
        if not wanted:
            return self._document, self._starts[:-1]
        edges = sorted(known | wanted)
        segments = []
        at = 0
        for segment, (start, end) in zip(
            self._document.segments, pairwise(self._starts), strict=True
        ):
            inside = edges[bisect.bisect_left(edges, start) : bisect.bisect_right(edges, end)]
            for first, last in pairwise(inside):
                begin, stop = (_offset(segment.text, place - start) for place in (first, last))
                text = segment.text[begin:stop].strip()
                begin += len(segment.text[begin:stop]) - len(segment.text[begin:stop].lstrip())
                span = (segment.span[0] + begin, segment.span[0] + begin + len(text))
                segments.append(replace(segment, index=at, text=text, span=span))
                at += 1
        return replace(self._document, segments=tuple(segments)), edges[:-1]


def _offset(text: str, solid: int) -> int:
    """Return the offset in ``text`` behind so many characters that are no white space."""
    if not solid:
        return 0
    seen = 0
    for offset, character in enumerate(text):
        seen += not character.isspace()
        if seen == solid:
            return offset + 1
    return len(text)
