"""What every reader gives: paragraphs, with a role where the format itself tells it."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.model import SegmentRole

__all__ = ["Paragraph"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as a reader found it.

    Attributes:
        text: its text, without line breaks.
        role: what the format says it is (an HTML heading, a Word caption); None if it says nothing.
    """

    text: str
    role: SegmentRole | None = None
