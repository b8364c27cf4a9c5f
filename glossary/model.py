"""The nouns of tifa: plain frozen values, no I/O.

Terms follow the field's standards: concept, term, administrative status and context are those of
ISO 30042 (TBX), translation unit and variant those of TMX, bead that of Gale and Church (1993).

Languages are BCP 47 tags reduced to what matters for the text itself: ``zh-Hans``, ``zh-Hant`` and
``en``. Regions (``zh-CN``, ``en-US``) belong to exchange files and are chosen when one is written.
Dates are ISO 8601 strings that may be reduced (``2023``, ``2023-05``, ``2023-05-05``).
"""

from __future__ import annotations

import datetime
import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

__all__ = [
    "AdministrativeStatus",
    "Attestation",
    "Authority",
    "Bead",
    "BeadKind",
    "Bitext",
    "Concept",
    "ConceptKind",
    "Document",
    "Glossary",
    "Inline",
    "Memory",
    "ReviewState",
    "Score",
    "Segment",
    "SegmentRole",
    "Source",
    "Term",
    "TermType",
    "TranslationUnit",
    "Variant",
    "concept_id",
    "is_chinese",
    "valid_date",
]

_REDUCED_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Authority(enum.IntEnum):
    """How much a source's word counts when renderings compete; a higher one wins."""

    MACHINE = 0
    UNOFFICIAL = 1
    SEMI_OFFICIAL = 2
    OFFICIAL = 3

    @property
    def label(self) -> str:
        """The name users write and read: ``machine`` … ``semi-official``, ``official``."""
        return self.name.lower().replace("_", "-")

    @classmethod
    def from_label(cls, label: str) -> Authority:
        """Return the authority of that label.

        Raises:
            ValueError: there is no such authority; the message lists those there are.
        """
        for authority in cls:
            if authority.label == label.strip().lower().replace("_", "-"):
                return authority
        known = ", ".join(authority.label for authority in cls)
        raise ValueError(f"unknown authority {label!r}; known are {known}")


class SegmentRole(enum.StrEnum):
    """What a segment is in its document: running text or its apparatus."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    BYLINE = "byline"
    METADATA = "metadata"


class AdministrativeStatus(enum.StrEnum):
    """The status of a term; the picklist of ISO 30042 without its ``-admn-sts`` suffixes.

    A rendering attested by machines only has no status at all (``None`` on the term).
    """

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    SUPERSEDED = "superseded"


class TermType(enum.StrEnum):
    """The form of a term (ISO 30042 ``termType``)."""

    FULL_FORM = "fullForm"
    ABBREVIATION = "abbreviation"
    VARIANT = "variant"


class ConceptKind(enum.StrEnum):
    """Whether a concept is a term proper, a phrase of the register, or a name."""

    TERM = "term"
    PHRASE = "phrase"
    NAME = "name"


class ReviewState(enum.StrEnum):
    """What a person has said about a concept."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Source:
    """A document as evidence: who published it, when, and what its word counts.

    Attributes:
        id: unique within a termbase; the file's name without its suffix unless the user named it.
        language: ``zh-Hans``, ``zh-Hant`` or ``en``.
        date: ISO 8601, possibly reduced; the day from which the wording is attested.
        kind: what sort of text it is, in the user's words ("speech", "law", "translation").
    """

    id: str
    title: str = ""
    publisher: str = ""
    language: str = ""
    date: str | None = None
    authority: Authority = Authority.UNOFFICIAL
    kind: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or another unit that stands alone (heading, caption, byline).

    Attributes:
        index: 0-based position in the document.
        paragraph: 0-based index of the paragraph it belongs to.
        span: character offsets ``[start, end)`` of ``text`` in ``Document.text``.
    """

    source_id: str
    index: int
    text: str
    span: tuple[int, int]
    paragraph: int
    role: SegmentRole = SegmentRole.BODY


@dataclass(frozen=True, slots=True)
class Document:
    """A text as read: its source, its normalised text and its segments in order."""

    source: Source
    text: str
    segments: tuple[Segment, ...]

    @property
    def language(self) -> str:
        """The language of the document's source."""
        return self.source.language

    def paragraphs(self) -> Iterator[tuple[Segment, ...]]:
        """Yield the segments of each paragraph, in order."""
        group: list[Segment] = []
        for segment in self.segments:
            if group and segment.paragraph != group[0].paragraph:
                yield tuple(group)
                group = []
            group.append(segment)
        if group:
            yield tuple(group)


class BeadKind(enum.StrEnum):
    """The shape of a bead between two renditions."""

    ONE_TO_ONE = "1-1"
    ONE_TO_MANY = "1-n"
    MANY_TO_ONE = "n-1"
    MANY_TO_MANY = "n-n"
    DROPPED = "dropped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments that render each other, one group per rendition.

    Attributes:
        members: for each rendition of the bitext the 0-based segment indices, ascending and
            possibly empty; at least one group is not empty.
        score: confidence in ``[0, 1]`` that the groups render each other; for a bead with a single
            non-empty group, that its segments have no counterpart.
        edited: a person set this bead; a later alignment keeps it as an anchor.
    """

    members: tuple[tuple[int, ...], ...]
    score: float
    edited: bool = False

    def kind(self, first: int = 0, second: int = 1) -> BeadKind | None:
        """Return the shape between two renditions, or None if neither takes part."""
        left, right = len(self.members[first]), len(self.members[second])
        if not left and not right:
            return None
        if not right:
            return BeadKind.DROPPED
        if not left:
            return BeadKind.ADDED
        if left == 1:
            return BeadKind.ONE_TO_ONE if right == 1 else BeadKind.ONE_TO_MANY
        return BeadKind.MANY_TO_ONE if right == 1 else BeadKind.MANY_TO_MANY


@dataclass(frozen=True, slots=True)
class Bitext:
    """Renditions of one text with the beads that join them.

    The first document is the pivot: the Chinese text, or without one the first rendition. Beads
    are ordered by it; each segment of each document stands in exactly one bead.

    Attributes:
        id: the ids of its sources joined by ``+``.
        method: signature of the aligner that made it.
    """

    id: str
    documents: tuple[Document, ...]
    beads: tuple[Bead, ...]
    method: str

    def segments(self, bead: Bead, rendition: int) -> tuple[Segment, ...]:
        """Return the segments of ``bead`` in one rendition."""
        document = self.documents[rendition]
        return tuple(document.segments[index] for index in bead.members[rendition])

    def text(self, bead: Bead, rendition: int) -> str:
        """Return the text of ``bead`` in one rendition, as one string."""
        glue = "" if is_chinese(self.documents[rendition].language) else " "
        return glue.join(segment.text for segment in self.segments(bead, rendition))


@dataclass(frozen=True, slots=True)
class Score:
    """A number, the method that gave it and the evidence it was made from, by kind."""

    value: float
    method: str
    evidence: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Attestation:
    """A sentence that proves a term, or the bare fact that a source has it (a citation).

    Attributes:
        segment: 0-based index of the segment in the source's document; -1 if it is not known.
        span: character offsets ``[start, end)`` of ``surface`` in ``context``.
        surface: the term exactly as it stands there.
        context: the whole segment; empty if the sentence is not kept.
        bead: ``BITEXT_ID#INDEX`` of the bead; the attestations of the Chinese and the English term
            of a rendering share it. Empty if the term was not taken from a bitext.
    """

    source_id: str
    segment: int
    span: tuple[int, int]
    surface: str
    context: str
    bead: str = ""

    @property
    def is_citation(self) -> bool:
        """Whether it names a source without a sentence."""
        return not self.context


@dataclass(frozen=True, slots=True)
class Term:
    """A designation of a concept in one language.

    Attributes:
        text: the citation form ("strong cyber country"), not necessarily a surface form.
        status: administrative status; None if only machines use it.
        authority: the highest authority among its sources.
        valid_from, valid_to: the dates between which it was the form in force, if known.
        score: how well the term is proven as a rendering of its concept.
    """

    text: str
    language: str
    term_type: TermType = TermType.FULL_FORM
    status: AdministrativeStatus | None = None
    authority: Authority = Authority.UNOFFICIAL
    attestations: tuple[Attestation, ...] = ()
    valid_from: str | None = None
    valid_to: str | None = None
    part_of_speech: str = ""
    note: str = ""
    score: Score | None = None

    @property
    def count(self) -> int:
        """How often the term is attested."""
        return len(self.attestations)

    @property
    def is_machine_only(self) -> bool:
        """Whether no person is known to have used the term."""
        return self.authority is Authority.MACHINE


@dataclass(frozen=True, slots=True)
class Concept:
    """What several terms name: the unit of a termbase (concept-oriented, ISO 30042).

    A rendering is a view of a Chinese and an English term of the same concept, never stored twice.
    Terms stand best first within each language, Chinese before English. Variants and abbreviations
    stand right behind the full form that they are forms of.
    """

    id: str
    terms: tuple[Term, ...]
    kind: ConceptKind = ConceptKind.TERM
    score: Score | None = None
    subject_field: str = ""
    definition: str = ""
    note: str = ""
    cross_references: tuple[str, ...] = ()
    review: ReviewState = ReviewState.UNREVIEWED

    def chinese(self) -> tuple[Term, ...]:
        """Return the Chinese terms, best first."""
        return tuple(term for term in self.terms if is_chinese(term.language))

    def renderings(self) -> tuple[Term, ...]:
        """Return the terms in other languages, best first."""
        return tuple(term for term in self.terms if not is_chinese(term.language))

    @property
    def head(self) -> str:
        """The term the concept is listed under: the first Chinese one, else the first."""
        chinese = self.chinese()
        return (chinese or self.terms)[0].text


@dataclass(frozen=True, slots=True)
class Glossary:
    """Concepts with the sources that their attestations name: what glossary files carry."""

    concepts: tuple[Concept, ...]
    sources: tuple[Source, ...] = ()
    title: str = ""

    def source(self, source_id: str) -> Source | None:
        """Return the source of that id, or None."""
        return next((source for source in self.sources if source.id == source_id), None)


@dataclass(frozen=True, slots=True)
class Inline:
    """An inline element of a TMX segment: bpt, ept, it, ph, hi, ut or sub."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    content: tuple[str | Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """One language version of a translation unit (TMX ``tuv``).

    Attributes:
        language: the tag as the file has it or is to have it (``zh-CN``).
        content: the segment, text and inline elements in order.
        attributes: the other attributes of the element, in order.
    """

    language: str
    content: tuple[str | Inline, ...]
    props: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The segment's text without the codes that inline elements hold (``hi`` has text)."""
        if len(self.content) == 1 and isinstance(self.content[0], str):
            return self.content[0]
        return _plain(self.content)


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A translation unit (TMX ``tu``): one segment in two or more languages."""

    variants: tuple[Variant, ...]
    tuid: str = ""
    props: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """A translation memory: units and the header that describes them."""

    units: tuple[TranslationUnit, ...]
    source_language: str
    props: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = field(default=())


def _plain(content: Iterable[str | Inline]) -> str:
    return "".join(
        part if isinstance(part, str) else _plain(part.content) if part.tag == "hi" else ""
        for part in content
    )


def is_chinese(language: str) -> bool:
    """Return whether a language tag is one of Chinese."""
    return language.lower().split("-")[0] in {"zh", "cmn"}


def valid_date(text: str) -> str:
    """Return ``text`` if it is an ISO 8601 calendar date, possibly reduced to month or year.

    Raises:
        ValueError: it is not.
    """
    if not _REDUCED_DATE.fullmatch(text):
        raise ValueError(f"{text!r} is not a date like 2023-05-05, 2023-05 or 2023")
    datetime.date.fromisoformat((text + "-01-01")[:10])
    return text


def concept_id(head: str) -> str:
    """Return the id of the concept listed under ``head``: the same in every build.

    A short hash rather than a running number, so that termbases built apart can be merged.
    """
    # Imported here: start-up counts, and a look-up makes no concepts.
    import hashlib

    return "c" + hashlib.sha256(head.encode()).hexdigest()[:12]
