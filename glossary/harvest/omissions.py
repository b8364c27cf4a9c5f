"""Where a rendition does not render a concept of the text: dropped, or said in other words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from glossary.harvest.known import known_stretches
from glossary.model import Bitext, Concept, is_chinese

__all__ = ["Omission", "omissions"]


@dataclass(frozen=True, slots=True)
class Omission:
    """A place of a concept that a rendition does not render.

    Attributes:
        source_id: the rendition.
        segment: 0-based index of the segment of the text that has the term.
        bead: 0-based index of the bead.
        dropped: the rendition has nothing for the whole sentence; else it has a sentence there,
            and no phrase of it renders the term: it paraphrases the term or leaves it out.
    """

    source_id: str
    segment: int
    bead: int
    dropped: bool


def omissions(concept: Concept, bitext: Bitext) -> tuple[Omission, ...]:
    """Return the places of a concept that renditions do not render, by rendition and place.

    A rendering of the concept that stands in the bead renders it, even where the harvest gave its
    words to another term of that sentence.

    Args:
        concept: harvested from the bitext.
        bitext: its pivot is Chinese; one of English renditions alone gives nothing.
    """
    if not is_chinese(bitext.documents[0].language):
        return ()
    return tuple(_omissions(concept, bitext))


def _omissions(concept: Concept, bitext: Bitext) -> Iterator[Omission]:
    bead_of = {
        segment: number for number, bead in enumerate(bitext.beads) for segment in bead.members[0]
    }
    pivot = bitext.documents[0].source.id
    segments = sorted(
        {
            found.segment
            for term in concept.chinese()
            for found in term.attestations
            if found.source_id == pivot and found.segment in bead_of
        }
    )
    phrases = [term.text for term in concept.renderings()]
    rendered = {
        (found.source_id, found.bead)
        for term in concept.renderings()
        for found in term.attestations
    }
    for rendition, document in enumerate(bitext.documents[1:], start=1):
        for segment in segments:
            number = bead_of[segment]
            if (document.source.id, f"{bitext.id}#{number}") in rendered:
                continue
            text = bitext.text(bitext.beads[number], rendition)
            if not known_stretches(text, phrases):
                yield Omission(document.source.id, segment, number, dropped=not text)
