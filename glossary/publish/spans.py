"""Where terms stand in segments, cut into pieces that can be marked up."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from glossary.model import Concept, Term

__all__ = ["Occurrence", "Piece", "occurrences", "pieces"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A term at ``[start, end)`` of a segment's text."""

    start: int
    end: int
    surface: str
    concept: Concept
    term: Term


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the terms that cover all of it, the longest first; maybe none."""

    text: str
    terms: tuple[Occurrence, ...]


def occurrences(concepts: Iterable[Concept]) -> dict[tuple[str, int], list[Occurrence]]:
    """Return the attested terms of each segment, by source id and segment index."""
    found: defaultdict[tuple[str, int], list[Occurrence]] = defaultdict(list)
    for concept in concepts:
        for term in concept.terms:
            for attestation in term.attestations:
                found[attestation.source_id, attestation.segment].append(
                    Occurrence(*attestation.span, attestation.surface, concept, term)
                )
    return dict(found)


def pieces(text: str, terms: Sequence[Occurrence]) -> Iterator[Piece]:
    """Yield ``text`` cut wherever a term begins or ends; the pieces joined are the text.

    HTML elements nest and links don't even do that, while terms may overlap in any way: flat
    pieces that know all their terms can show every case. An occurrence whose surface does not
    stand at its place (the text was read anew) is left out.
    """
    valid = [term for term in terms if term.surface and text[term.start : term.end] == term.surface]
    starts: defaultdict[int, list[Occurrence]] = defaultdict(list)
    for term in valid:
        starts[term.start].append(term)
    cuts = sorted({0, len(text), *(t.start for t in valid), *(t.end for t in valid)})
    open_terms: list[Occurrence] = []
    for begin, end in itertools.pairwise(cuts):
        open_terms = [term for term in open_terms if term.end > begin] + starts[begin]
        covering = sorted(
            open_terms, key=lambda term: (term.start - term.end, term.start, term.concept.id)
        )
        yield Piece(text[begin:end], tuple(covering))
