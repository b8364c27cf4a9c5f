"""What every codec of this package has in common."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass, field

__all__ = [
    "GLOSSARY_FEATURES",
    "MEMORY_FEATURES",
    "CodecInfo",
    "DumpReport",
    "Feature",
    "Loss",
    "LossLog",
    "ValueKind",
]


class ValueKind(enum.StrEnum):
    """What a file of a format holds."""

    MEMORY = "memory"
    GLOSSARY = "glossary"


class Feature(enum.StrEnum):
    """A part of a value that a format carries or does not carry.

    A value is written and read back equal in all features its codec declares to carry. The text of
    segments, of the first term of a concept and of its preferred rendering are carried by every
    format and not listed.
    """

    # Memories.
    HEADER = "header"
    UNIT_ID = "unit id"
    INLINE = "inline elements"
    PROPS = "props"
    UNIT_NOTES = "unit notes"
    ADMINISTRATIVE_DATA = "creation and change data"
    # Glossaries.
    SOURCE_SYNONYMS = "further source terms of a concept"
    FURTHER_RENDERINGS = "renderings beyond the preferred one"
    SCRIPT = "script of Chinese terms"
    TITLE = "title"
    SOURCES = "sources"
    CONCEPT_ID = "concept id"
    CONCEPT_KIND = "concept kind"
    CONCEPT_SCORE = "concept score"
    SUBJECT_FIELD = "subject field"
    DEFINITION = "definition"
    CONCEPT_NOTE = "concept note"
    CROSS_REFERENCES = "cross-references"
    REVIEW = "review"
    TERM_TYPE = "term type"
    STATUS = "administrative status"
    INVALID_TERMS = "deprecated, superseded and machine-only terms"
    AUTHORITY = "authority"
    VALIDITY = "dates of validity"
    PART_OF_SPEECH = "part of speech"
    TERM_NOTE = "term note"
    TERM_SCORE = "term score"
    CONTEXT = "contexts with source"
    SPAN = "place of the term in its context"
    BEAD = "segment and bead of a context"


MEMORY_FEATURES = frozenset(
    {
        Feature.HEADER,
        Feature.UNIT_ID,
        Feature.INLINE,
        Feature.PROPS,
        Feature.UNIT_NOTES,
        Feature.ADMINISTRATIVE_DATA,
    }
)
GLOSSARY_FEATURES = frozenset(Feature) - MEMORY_FEATURES


@dataclass(frozen=True, slots=True)
class CodecInfo:
    """Description of a codec.

    Attributes:
        name: what users call the format on the command line.
        title: the format's name and version, for people.
        extensions: file name endings with their dot, the usual one first.
        kind: whether a file holds a translation memory or a glossary.
        carries: the features a file can hold.
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    kind: ValueKind
    carries: frozenset[Feature]


@dataclass(frozen=True, slots=True)
class Loss:
    """Something a file does not hold although the value had it.

    Attributes:
        what: what is missing or changed, as a noun phrase.
        count: how often.
        example: the first case.
    """

    what: str
    count: int
    example: str = ""

    def __str__(self) -> str:
        """Return the loss as one line for people."""
        example = f", first in {self.example}" if self.example else ""
        return f"{self.what}: {self.count}{example}"


@dataclass(frozen=True, slots=True)
class DumpReport:
    """What a dump wrote and what it could not carry.

    Attributes:
        units: translation units, entries or lines written, as the format counts them.
        losses: what was left out or changed although the format could have held its kind.
        not_carried: features that the value has and the format lacks.
    """

    units: int
    losses: tuple[Loss, ...] = ()
    not_carried: tuple[Loss, ...] = ()


@dataclass(slots=True)
class LossLog:
    """Collects losses while a file is written."""

    _counts: Counter[str] = field(default_factory=Counter)
    _examples: dict[str, str] = field(default_factory=dict)
    _features: dict[str, Loss] = field(default_factory=dict)

    def add(self, what: str, example: str = "", count: int = 1) -> None:
        """Note that ``what`` is not carried for ``example`` (a place or an item)."""
        if count:
            self._counts[what] += count
            self._examples.setdefault(what, example)

    def add_feature(self, feature: str, example: str, count: int) -> None:
        """Note that the format has no place for a :class:`Feature`, or a part of one."""
        if count:
            before = self._features.get(feature, Loss(feature, 0, example))
            self._features[feature] = Loss(feature, before.count + count, before.example)

    def report(self, units: int) -> DumpReport:
        """Return what was noted: losses as they were met, features in their own order."""
        order = {str(feature): number for number, feature in enumerate(Feature)}
        return DumpReport(
            units,
            tuple(Loss(what, count, self._examples[what]) for what, count in self._counts.items()),
            tuple(
                sorted(self._features.values(), key=lambda item: order.get(item.what, len(order)))
            ),
        )
