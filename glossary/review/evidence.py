"""What a reviewer sees of a concept: its renderings with their weight, and its best sentences."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from glossary.harvest.known import known_stretches
from glossary.harvest.omissions import Omissions
from glossary.harvest.status import explain_preference
from glossary.lookup.display import describe_status
from glossary.lookup.proof import proof
from glossary.model import (
    Attestation,
    Bitext,
    Concept,
    ReviewState,
    Source,
    Term,
    TermType,
    is_chinese,
)
from glossary.termbase import Termbase

__all__ = ["Evidence", "Place", "Sentence", "describe_rendering"]

#: Characters that are shown on either side of the term; a bead may have thousands.
_MOST = 400
#: Texts that are named for a rendering.
_SOURCES = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence cut around the term in it; white space is single and there are no line ends.

    Attributes:
        source: the id of the text that has it.
        before, term, after: joined they are the sentence, shortened if it is very long. ``term`` is
            empty where the sentence does not render the concept; all are where there is none.
    """

    source: str = ""
    before: str = ""
    term: str = ""
    after: str = ""

    @classmethod
    def cut(cls, source: str, text: str, span: tuple[int, int]) -> Sentence:
        """Return a sentence cut around a stretch of it."""
        start, stop = span
        before, after = _single_spaced(text[:start]).lstrip(), _single_spaced(text[stop:]).rstrip()
        if len(before) > _MOST:
            before = "…" + before[-_MOST:]
        if len(after) > _MOST:
            after = after[:_MOST] + "…"
        return cls(source, before, _single_spaced(text[start:stop]), after)

    @classmethod
    def of(cls, attestation: Attestation) -> Sentence:
        """Return the sentence of an attestation."""
        return cls.cut(attestation.source_id, attestation.context, attestation.span)

    @property
    def marked(self) -> str:
        """The sentence with the term between 【 and 】."""
        return (
            f"{self.before}【{self.term}】{self.after}" if self.term else self.before + self.after
        )

    @property
    def label(self) -> str:
        """Whose sentence it is, and that it does not render the concept where it does not."""
        if self.term:
            return self.source
        what = "no rendering found" if self.before + self.after else "no sentence"
        return f"{self.source} ({what})"


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence with the concept and what each rendition makes of it.

    Attributes:
        chinese: empty if the texts are English only or the sentence is not known.
        renditions: those of one bead, in the order of the bitext; all that are known of it.
    """

    chinese: Sentence = Sentence()
    renditions: tuple[Sentence, ...] = ()


class Evidence:
    """What a termbase knows of its concepts, as a reviewer needs it."""

    def __init__(self, base: Termbase) -> None:
        self._base = base
        self.sources: dict[str, Source] = {source.id: source for source in base.sources()}

    @functools.cached_property
    def _bitexts(self) -> dict[str, Bitext]:
        return {bitext.id: bitext for bitext in self._base.bitexts()}

    def best_place(self, concept: Concept) -> Place:
        """Return the place that proves the concept's best rendering.

        The best is the first that is proven. Without any, the first Chinese sentence stands alone.
        """
        for rendering in concept.renderings():
            found = proof(concept, rendering, self.sources)
            if found is not None:
                chinese = Sentence.of(found.chinese) if found.chinese else Sentence()
                return Place(chinese, tuple(self._renditions(concept, found.rendering)))
        sentences = (
            known
            for term in concept.chinese()
            for known in term.attestations
            if not known.is_citation
        )
        first = next(sentences, None)
        return Place(Sentence.of(first)) if first else Place()

    def _renditions(self, concept: Concept, proven: Attestation) -> Iterator[Sentence]:
        """Yield what each rendition makes of the bead of a rendering."""
        attested = {
            found.source_id: found
            for term in reversed(concept.renderings())
            for found in term.attestations
            if found.bead and found.bead == proven.bead and not found.is_citation
        }
        attested[proven.source_id] = proven
        id_, _, number = proven.bead.rpartition("#")
        bitext = self._bitexts.get(id_)
        if bitext is None or not number.isdecimal() or int(number) >= len(bitext.beads):
            yield from map(Sentence.of, attested.values())
            return
        bead = bitext.beads[int(number)]
        phrases = [term.text for term in concept.renderings()]
        for place, document in enumerate(bitext.documents):
            id_ = document.source.id
            if id_ in attested:
                yield Sentence.of(attested[id_])
            elif not is_chinese(document.language):
                text = bitext.text(bead, place)
                span = next(iter(known_stretches(text, phrases)), (len(text), len(text)))
                yield Sentence.cut(id_, text, span)

    @functools.cached_property
    def _omissions(self) -> dict[str, Omissions]:
        concepts = [c for c in self._base.concepts() if c.review is not ReviewState.REJECTED]
        return {id_: Omissions(bitext, concepts) for id_, bitext in self._bitexts.items()}

    def not_rendered(self, concept: Concept) -> tuple[str, ...]:
        """Return in how many places of the concept no rendering was found, a line a rendition."""
        beads = (known.bead for term in concept.chinese() for known in term.attestations)
        counts: Counter[str] = Counter()
        dropped: Counter[str] = Counter()
        for id_ in sorted({bead.rpartition("#")[0] for bead in beads} & self._omissions.keys()):
            for omission in self._omissions[id_].of(concept):
                counts[omission.source_id] += 1
                dropped[omission.source_id] += not omission.context
        return tuple(
            f"{source}: {count}×"
            + (f" ({dropped[source]}× the whole sentence)" if dropped[source] else "")
            for source, count in counts.items()
        )

    def first_because(self, concept: Concept) -> str:
        """Return why the first rendering stands before the next, if the harvest put them so."""
        if concept.review is not ReviewState.UNREVIEWED:
            return ""
        preference = explain_preference(concept.renderings(), self.sources)
        if preference is None or preference.over is None:
            return ""
        return f"{preference.by}: {preference.why} ({preference.over})"


def describe_rendering(term: Term) -> str:
    """Return what is known of a rendering: ``official, preferred: 3× essay.en``."""
    facts = [describe_status(term)]
    if not term.is_machine_only:
        facts.insert(0, term.authority.label)
    if term.term_type is not TermType.FULL_FORM:
        facts.append(str(term.term_type))
    counts = Counter(known.source_id for known in term.attestations)
    sources = [f"{count}× {source}" for source, count in counts.most_common(_SOURCES)]
    if len(counts) > _SOURCES:
        sources.append(f"{len(counts) - _SOURCES} more texts")
    return ", ".join(facts) + (f": {', '.join(sources)}" if sources else "")


def _single_spaced(text: str) -> str:
    """Return the text with each run of white space as one space, also at its ends."""
    marked = f"|{text}|"
    return " ".join(marked.split())[1:-1]
