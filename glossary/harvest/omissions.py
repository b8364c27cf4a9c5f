"""Where a rendition does not render a concept of the text: dropped, or said in other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from glossary.harvest.known import known_stretches
from glossary.harvest.result import Unsure
from glossary.model import Attestation, Bitext, Concept, is_chinese

__all__ = ["Omission", "Omissions", "describe_omissions"]


@dataclass(frozen=True, slots=True)
class Omission:
    """A place of a concept that a rendition does not render.

    Attributes:
        source_id: the rendition.
        segment: 0-based index of the segment of the text that has the term.
        bead: ``BITEXT_ID#INDEX`` of the bead, as attestations have it.
        context: what the rendition has for the whole sentence, and in it no phrase that surely
            renders the term: it paraphrases the term or leaves it out. Empty if it drops the
            sentence.
        closest: the phrase there that comes closest to a rendering, if there is one.
    """

    source_id: str
    segment: int
    bead: str
    context: str
    closest: Unsure | None = None


class Omissions:
    """The places of a bitext's concepts that its renditions do not render.

    A rendering of the concept that stands in the bead renders it, even where the harvest gave its
    words to another term of that sentence. What stands there within a longer term that is rendered
    is rendered with it: 命运共同体 in 人类命运共同体.
    """

    def __init__(
        self, bitext: Bitext, concepts: Iterable[Concept], unsure: Iterable[Unsure] = ()
    ) -> None:
        """Note where concepts are rendered.

        Args:
            bitext: its pivot is Chinese; one of English renditions alone has no omissions.
            concepts: all that were harvested from it.
            unsure: phrases that the harvest found and was not sure of.
        """
        self._unsure = {(found.source_id, found.segment, found.span): found for found in unsure}
        self._bitext = bitext
        pivot = bitext.documents[0]
        self._pivot = pivot.source.id if is_chinese(pivot.language) else None
        self._bead_of = {
            segment: number
            for number, bead in enumerate(bitext.beads)
            for segment in bead.members[0]
        }
        #: Spans of rendered terms by the rendition and the segment of the text.
        self._rendered: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
        for concept in concepts:
            places = _rendered_in(concept)
            for found in self._places(concept):
                for source in places.get(found.bead, ()):
                    self._rendered[source, found.segment].append(found.span)

    def of(self, concept: Concept) -> tuple[Omission, ...]:
        """Return the places of a concept that are not rendered, by rendition and place."""
        return tuple(self._omissions(concept))

    def _places(self, concept: Concept) -> Iterator[Attestation]:
        """Yield where the text has the concept."""
        for term in concept.chinese():
            for found in term.attestations:
                if found.source_id == self._pivot and found.segment in self._bead_of:
                    yield found

    def _omissions(self, concept: Concept) -> Iterator[Omission]:
        segments: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for found in self._places(concept):
            segments[found.segment].append(found.span)
        phrases = [term.text for term in concept.renderings()]
        rendered = _rendered_in(concept)
        for rendition, document in enumerate(self._bitext.documents[1:], start=1):
            source = document.source.id
            for segment, spans in sorted(segments.items()):
                number = self._bead_of[segment]
                bead = f"{self._bitext.id}#{number}"
                within = self._rendered.get((source, segment), ())
                if source in rendered.get(bead, ()) or all(_is_part(s, within) for s in spans):
                    continue
                text = self._bitext.text(self._bitext.beads[number], rendition)
                if not known_stretches(text, phrases):
                    near = [
                        phrase
                        for span in spans
                        if (phrase := self._unsure.get((source, segment, span))) is not None
                    ]
                    closest = max(near, key=lambda phrase: phrase.score, default=None)
                    yield Omission(source, segment, bead, text, closest)


def describe_omissions(omissions: Iterable[Omission]) -> list[str]:
    """Return what each rendition has instead: ``official.en: hard work?``, ``official.en: –``.

    The dash says that there is nothing: the sentence is dropped, or no phrase comes near.
    """
    return list(
        dict.fromkeys(
            f"{found.source_id}: " + (f"{found.closest.text}?" if found.closest else "–")
            for found in omissions
        )
    )


def _rendered_in(concept: Concept) -> dict[str, set[str]]:
    """Return the renditions that render a concept, by bead."""
    rendered: dict[str, set[str]] = defaultdict(set)
    for term in concept.renderings():
        for found in term.attestations:
            if found.bead:
                rendered[found.bead].add(found.source_id)
    return rendered


def _is_part(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(
        start <= span[0] and span[1] <= stop and (start, stop) != span for start, stop in others
    )
