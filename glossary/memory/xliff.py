"""What the two versions of XLIFF have in common when they are filled with matches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from glossary.lookup.known_terms import KnownTerm
from glossary.memory.matching import MemoryMatch
from glossary.memory.repair import Repair
from glossary.memory.spliced import Edit, Element
from tmx.xmltext import attribute, clean, escape_text

__all__ = [
    "Dialect",
    "Found",
    "Segment",
    "TranslatableUnit",
    "element",
    "insertable",
    "text_of",
    "with_edges",
]

#: From this percentage, after penalties, a match is put into an empty target.
INSERTED_FROM = 100


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment of a file.

    Attributes:
        text: its source text without inline codes.
        has_codes: whether there are inline elements in it.
        is_open: whether it is to be translated and is not translated yet.
        is_blank: whether nothing stands in its target.
    """

    text: str
    has_codes: bool
    is_open: bool
    is_blank: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What there is for a segment: matches with proposed repairs, and known terms."""

    matches: tuple[tuple[MemoryMatch, Repair | None], ...] = ()
    terms: tuple[KnownTerm, ...] = ()


class TranslatableUnit(Protocol):
    """A unit of a file."""

    #: Its segments in order; empty where nothing may be translated.
    segments: tuple[Segment, ...]
    #: The languages that hold for it, as the file has them; empty if it names none.
    source_language: str
    target_language: str

    def edits(self, found: Sequence[Found], target_language: str) -> list[Edit]:
        """Return the edits that put what was found for each segment into the unit."""


class Dialect(Protocol):
    """Reads the units of one version of XLIFF."""

    #: Local name of the elements that are units.
    unit: str

    def read(self, element: Element, around: Sequence[Element]) -> TranslatableUnit:
        """Return the unit that an element is, given those around it, the root first."""

    def language_edits(self, target_language: str) -> list[Edit]:
        """Return the edits that name the target language where the file does not."""


def element(
    name: str, content: str, attributes: Iterable[tuple[str, str]] = (), *, markup: bool = False
) -> str:
    """Return an element as text.

    Args:
        name: with its prefix.
        content: text, or markup that is ready.
        attributes: those without a value are left out.
        markup: the content is markup.
    """
    written = "".join(attribute(key, value) for key, value in attributes if value)
    return f"<{name}{written}>{content if markup else escape_text(clean(content))}</{name}>"


def insertable(segment: Segment, found: Found) -> MemoryMatch | None:
    """Return the match that goes into the target: a sure one, where no inline code is lost."""
    if segment.has_codes or not segment.is_blank or not found.matches:
        return None
    best = found.matches[0][0]
    sure = best.similarity.percent == 100 and best.percent >= INSERTED_FROM
    return best if sure else None


def with_edges(text: str, source: str) -> str:
    """Return ``text`` with the white space that ``source`` begins and ends with."""
    inner = source.strip()
    if not inner:
        return text
    start = source.index(inner)
    return source[:start] + text.strip() + source[start + len(inner) :]


def text_of(element: Element, codes: frozenset[str]) -> str:
    """Return the text of a source or target.

    Args:
        element: the element.
        codes: local names of the inline elements whose content is native code, not text.
    """
    return "".join(
        part if isinstance(part, str) else "" if part.local in codes else text_of(part, codes)
        for part in element.content
    )
