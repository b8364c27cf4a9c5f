"""What an alignment file says: sentences by their text, not by their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from glossary.errors import BadInputError
from glossary.language.script import detect_language
from glossary.model import Bead, Bitext, Document, Segment, Source

__all__ = ["SavedAlignment", "SavedBead", "saved_bead", "saved_bitext"]

#: The signature of a bitext that no aligner made.
_METHOD = "align:saved"


@dataclass(frozen=True, slots=True)
class SavedBead:
    """A bead as a file has it.

    Attributes:
        groups: for each text of the file its sentences, possibly none; a group may also be one
            string that holds several sentences, where the file does not keep them apart.
        score: as the aligner gave it; 1 for beads that a person set.
        edited: a person set this bead.
        places: for each sentence a number that puts its text in order; empty if the file does not
            say, so that the beads stand in the order of the texts.
    """

    groups: tuple[tuple[str, ...], ...]
    score: float = 1.0
    edited: bool = False
    places: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SavedAlignment:
    """An alignment file.

    Attributes:
        sources: the texts in the order of the columns; what the file does not say is left empty.
        beads: in the order of the file.
        gone: beads set by hand whose sentences the texts had lost when the file was written.
        warnings: what a user should know about the file, a line each.
    """

    sources: tuple[Source, ...]
    beads: tuple[SavedBead, ...]
    gone: tuple[SavedBead, ...] = ()
    warnings: tuple[str, ...] = ()


def saved_bead(bitext: Bitext, bead: Bead) -> SavedBead:
    """Return a bead of a bitext with its sentences by text."""
    groups = tuple(
        tuple(segment.text for segment in bitext.segments(bead, at))
        for at in range(len(bitext.documents))
    )
    return SavedBead(groups, bead.score, bead.edited)


def saved_bitext(saved: SavedAlignment, place: Path) -> Bitext:
    """Return the bitext that a file holds, its texts made of the sentences in their order there.

    Args:
        saved: what the file says.
        place: the file, for messages.

    Raises:
        BadInputError: a text has no sentences, or a letter in none of them.
    """
    documents = []
    members: list[list[tuple[int, ...]]] = [[] for _ in saved.beads]
    for column, source in enumerate(saved.sources):
        found = [
            (bead.places[column][at] if bead.places else 0, number, sentence)
            for number, bead in enumerate(saved.beads)
            for at, sentence in enumerate(bead.groups[column])
        ]
        # Stable: without places the sentences stay in the order of the file.
        found.sort(key=lambda item: item[0])
        groups: list[list[int]] = [[] for _ in saved.beads]
        for index, (_, number, _) in enumerate(found):
            groups[number].append(index)
        for number, group in enumerate(groups):
            members[number].append(tuple(group))
        documents.append(_document(source, [sentence for *_, sentence in found], place))
    return Bitext(
        id="+".join(source.id for source in saved.sources),
        documents=tuple(documents),
        beads=tuple(
            Bead(tuple(groups), bead.score, bead.edited)
            for bead, groups in zip(saved.beads, members, strict=True)
        ),
        method=_METHOD,
    )


def _document(source: Source, sentences: Sequence[str], place: Path) -> Document:
    text = "\n".join(sentences)
    language = source.language or detect_language(text)
    if not language:
        raise BadInputError(f"has no text in the column {source.id}", place=place)
    segments, start = [], 0
    for index, sentence in enumerate(sentences):
        span = (start, start + len(sentence))
        segments.append(Segment(source.id, index, sentence, span, index))
        start = span[1] + 1
    return Document(replace(source, language=language), text, tuple(segments))
