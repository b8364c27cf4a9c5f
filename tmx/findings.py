"""What is wrong with an exchange file, as coded findings."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CODES", "Finding", "FindingLog", "Validation"]

#: Every code and what it stands for; E is an error, W something that breaks in a named tool.
CODES = {
    "E001": "well-formed XML of no format that tifa knows",
    "W002": "a prefix without a namespace declaration",
    "W004": "control characters or the mark of a decoding error in a text",
    "W005": "a byte order mark where a tool takes it for text",
    "E101": "an element that may not stand there",
    "E102": "an element is missing",
    "E103": "an attribute that may not stand there",
    "E104": "an attribute is missing",
    "E105": "a value that is not in the list of allowed ones",
    "E106": "text where only elements may stand",
    "E107": "two elements with the same id, or a link to none",
    "E108": "a line with too few or too many columns",
    "E109": "a header is missing or is not the format's",
    "E201": "a language code that is not well formed",
    "W202": "the header's source language is missing or *all*",
    "W203": "a unit without the source language, or with nothing but it",
    "W204": "two variants of one language in a unit",
    "W205": "the source language does not stand first",
    "E206": "a date that is not written as the format wants it",
    "W207": "white space at an end of a segment",
    "W208": "an empty segment or term",
    "W209": "source and target are identical",
    "W210": "a duplicate",
    "W211": "one source with several targets",
    "W212": "a property name that OmegaT takes for context",
    "W213": "a segment that is too long for a tool",
    "W214": "a cell that spreadsheets take for a formula",
    "W301": "a version or style that CAT tools do not import",
    "W302": "a term that CAT tools offer although it is not valid",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        code: a key of :data:`CODES`.
        line: 1-based line in the file; 0 for the file as a whole.
        message: what it is in this file, and in which tool it matters.
    """

    code: str
    line: int
    message: str

    @property
    def is_error(self) -> bool:
        """Whether the file breaks its format's rules."""
        return self.code.startswith("E")


@dataclass(frozen=True, slots=True)
class Validation:
    """What a file is and what is wrong with it.

    Attributes:
        format: the format's name and version, for people.
        items: units or entries seen.
        findings: in the order of the file; at most :data:`FindingLog.LIMIT` of one code.
        counts: how often each code was found.
    """

    format: str
    items: int
    findings: tuple[Finding, ...]
    counts: tuple[tuple[str, int], ...]


class FindingLog:
    """Collects findings; of one code only the first are kept, the others counted."""

    LIMIT = 20

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.counts: dict[str, int] = {}

    def add(self, code: str, line: int, message: str) -> None:
        """Add a finding."""
        count = self.counts.get(code, 0) + 1
        self.counts[code] = count
        if count <= self.LIMIT:
            self.findings.append(Finding(code, line, message))

    def validation(self, title: str, items: int) -> Validation:
        """Return everything found."""
        ordered = sorted(self.findings, key=lambda finding: finding.line)
        return Validation(title, items, tuple(ordered), tuple(sorted(self.counts.items())))
