"""A text with the terms that the termbase knows, and those that it should perhaps know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glossary.lookup.known_terms import KnownTerms
from glossary.model import Concept, Document, Glossary, Term, is_chinese

__all__ = ["LEAST_UNKNOWN", "Annotation", "Mark", "annotate"]

#: Unithood times termhood from which on an unknown stretch is marked. Set by reading the marks on
#: texts of the register: lower ones are mostly common collocations.
LEAST_UNKNOWN = 0.6


@dataclass(frozen=True, slots=True)
class Mark:
    """A term in a text.

    Attributes:
        segment: 0-based index in the document.
        start, end: character offsets ``[start, end)`` in the segment.
        concept: None if the termbase does not know the term.
        renderings: those that may be used, best first.
        others: those that may not.
    """

    segment: int
    start: int
    end: int
    text: str
    concept: Concept | None = None
    renderings: tuple[Term, ...] = ()
    others: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotation:
    """A document with its marks in the order of the text; none overlap."""

    document: Document
    marks: tuple[Mark, ...]

    def known(self) -> tuple[Concept, ...]:
        """Return the known concepts of the text in the order of their first mark."""
        found = {mark.concept.id: mark.concept for mark in self.marks if mark.concept}
        return tuple(found.values())

    def unknown(self) -> tuple[str, ...]:
        """Return the unknown formulations, the most frequent first: the translator's work list."""
        counts: dict[str, int] = {}
        for mark in self.marks:
            if mark.concept is None:
                counts[mark.text] = counts.get(mark.text, 0) + 1
        return tuple(sorted(counts, key=lambda text: -counts[text]))

    def glossary(self) -> Glossary:
        """Return the known concepts as a glossary, for CAT tools."""
        return Glossary(self.known(), title=self.document.source.id)

    def by_segment(self) -> Iterator[tuple[int, tuple[Mark, ...]]]:
        """Yield the index of each segment with its marks."""
        marks: dict[int, list[Mark]] = {}
        for mark in self.marks:
            marks.setdefault(mark.segment, []).append(mark)
        for segment in self.document.segments:
            yield segment.index, tuple(marks.get(segment.index, ()))


def annotate(
    document: Document, terms: KnownTerms, *, least_unknown: float | None = LEAST_UNKNOWN
) -> Annotation:
    """Return the terms of a text: the longest known ones, and between them unknown ones.

    Args:
        document: unknown formulations are looked for if it is Chinese.
        terms: finds the known ones.
        least_unknown: see ``LEAST_UNKNOWN``; None marks no unknown ones.
    """
    texts = [segment.text for segment in document.segments]
    marks = [
        Mark(index, term.start, term.end, term.text, term.concept, term.renderings, term.others)
        for index, text in enumerate(texts)
        for term in terms.find(text)
    ]
    if least_unknown is not None and is_chinese(document.language):
        marks += _unknown(texts, marks, least_unknown)
    return Annotation(document, tuple(sorted(marks, key=lambda mark: (mark.segment, mark.start))))


def _unknown(texts: Sequence[str], known: Sequence[Mark], least: float) -> list[Mark]:
    from glossary.harvest.candidates_zh import chinese_candidates

    taken = [bytearray(len(text)) for text in texts]
    for mark in known:
        taken[mark.segment][mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    places = [
        (place, candidate.unithood * candidate.termhood)
        for candidate in chinese_candidates(texts)
        for place in candidate.places
        if candidate.unithood * candidate.termhood >= least
    ]
    places.sort(key=lambda item: (item[0].start - item[0].end, -item[1], item[0].text))
    marks = []
    for place, _ in places:
        span = slice(place.start, place.end)
        if not any(taken[place.text][span]):
            taken[place.text][span] = b"\1" * (place.end - place.start)
            marks.append(Mark(place.text, place.start, place.end, texts[place.text][span]))
    return marks
