"""What a check finds: coded findings, each at a place, and how each term was rendered."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass

from glossary.model import Concept

__all__ = ["Checked", "Code", "Finding", "Report", "Severity", "Usage"]


class Severity(enum.StrEnum):
    """How much a finding weighs; the words are those of SARIF 2.1.0 levels."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Code(enum.Enum):
    """The kinds of findings: code, severity and what it says."""

    MISSING = ("T101", Severity.ERROR, "no rendering of the term")
    DEPRECATED = ("T102", Severity.ERROR, "a deprecated rendering")
    SUPERSEDED = ("T103", Severity.WARNING, "a rendering no longer in force")
    MACHINE = ("T104", Severity.WARNING, "a rendering that only machines use")
    PARTIAL = ("T105", Severity.NOTE, "the term is rendered in part, or taken up by another word")
    UNTRANSLATED = ("T106", Severity.NOTE, "a segment with known terms has no translation")
    INCONSISTENT = ("T201", Severity.WARNING, "one term, several renderings in the document")
    SHARED = ("T202", Severity.WARNING, "one rendering for two concepts")

    @property
    def id(self) -> str:
        """The code users read and filter by: ``T101``."""
        return str(self.value[0])

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        severity: Severity = self.value[1]
        return severity

    @property
    def title(self) -> str:
        """What it says, in a few words."""
        return str(self.value[2])


@dataclass(frozen=True, slots=True)
class Checked:
    """A pair of segments, or of the two sides of a bead.

    Attributes:
        place: where it stands, for people: ``essay.zh.txt 12`` or ``memory.tmx unit 7``.
    """

    place: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reviser should look at.

    Attributes:
        pair: index of the pair.
        term: the term as it stands in the source.
        used: the words found in the target, if any.
        expected: renderings that may be used, best first.
        source_span, target_span: character offsets ``[start, end)`` in the pair's two texts; None
            where nothing stands.
        places: other pairs that it is about, for findings about the document.
    """

    code: Code
    pair: int
    term: str
    concept: str
    message: str
    expected: tuple[str, ...] = ()
    used: str = ""
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """How a term of the document was rendered: each rendering with the pairs it stands in.

    Attributes:
        missing: the pairs that have the term and none of its renderings.
    """

    concept: Concept
    renderings: tuple[tuple[str, tuple[int, ...]], ...]
    missing: tuple[int, ...]

    @property
    def count(self) -> int:
        """In how many pairs the term stands."""
        return sum(len(pairs) for _, pairs in self.renderings) + len(self.missing)


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check."""

    pairs: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    usages: tuple[Usage, ...]

    def counts(self) -> Counter[Code]:
        """Return how many findings there are of each kind."""
        return Counter(finding.code for finding in self.findings)
