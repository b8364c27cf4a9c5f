"""Ask for the sentences of a termbase, and for what they were rendered by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from glossary.model import is_chinese
from glossary.termbase.connection import translated_errors

__all__ = ["Sentence", "SentenceIndex"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a source: of its document, or one that attests a term.

    Attributes:
        number: row number.
        segment: 0-based index of the segment in the source's document.
    """

    number: int
    source_id: str
    language: str
    segment: int
    text: str


class SentenceIndex:
    """The sentences of a termbase."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def __iter__(self) -> Iterator[Sentence]:
        """Yield all sentences, source by source in the order of the text."""
        with translated_errors(self._path):
            for row in self._connection.execute(
                "SELECT s.number, sources.id, sources.language, s.segment, s.text "
                "FROM sources JOIN sentences s ON s.source = sources.number "
                "ORDER BY sources.number, s.segment, s.number"
            ):
                yield Sentence(*row)

    def counterparts(self, number: int) -> tuple[tuple[str, str], ...]:
        """Return the texts of the other renditions in the beads of a sentence.

        Returns:
            Source id and text of each rendition that takes part, without repetition.
        """
        found: dict[tuple[str, int, int], list[str]] = {}
        glue: dict[str, str] = {}
        with translated_errors(self._path):
            for bitext, bead, source, language, text in self._connection.execute(
                "SELECT here.bitext, here.bead, sources.id, sources.language, other.text "
                "FROM segments mine "
                "JOIN renditions r ON r.document = mine.document "
                "JOIN bead_members here ON here.bitext = r.bitext "
                "AND here.rendition = r.position AND here.segment = mine.position "
                "JOIN bead_members there ON there.bitext = here.bitext "
                "AND there.bead = here.bead AND there.rendition <> here.rendition "
                "JOIN renditions o ON o.bitext = there.bitext AND o.position = there.rendition "
                "JOIN segments g ON g.document = o.document AND g.position = there.segment "
                "JOIN sentences other ON other.number = g.sentence "
                "JOIN documents d ON d.number = o.document "
                "JOIN sources ON sources.number = d.source "
                "WHERE mine.sentence = ? "
                "ORDER BY here.bitext, here.bead, there.rendition, there.segment",
                (number,),
            ):
                found.setdefault((source, bitext, bead), []).append(text)
                glue[source] = "" if is_chinese(language) else " "
        texts = ((source, glue[source].join(parts)) for (source, _, _), parts in found.items())
        return tuple(dict.fromkeys(texts))
