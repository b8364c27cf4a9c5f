"""Align texts again and keep what a person has set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from glossary.align.corrections import find_corrections
from glossary.align.formats.saved import SavedAlignment, SavedBead
from glossary.align.modes import Mode
from glossary.align.renditions import align, with_columns
from glossary.encoders.protocol import Encoder
from glossary.errors import UsageError
from glossary.model import Bitext, Document

__all__ = ["Realigned", "realign"]


@dataclass(frozen=True, slots=True)
class Realigned:
    """Texts aligned around the beads that a person set.

    Attributes:
        bitext: its documents are in the order in which they were given.
        gone: beads set by hand whose sentences the texts no longer have.
    """

    bitext: Bitext
    gone: tuple[SavedBead, ...]


def realign(
    documents: Sequence[Document],
    saved: SavedAlignment,
    place: Path,
    *,
    encoder: Encoder | None = None,
    mode: Mode = "auto",
) -> Realigned:
    """Align texts around the beads that are set by hand in an alignment file.

    Args:
        documents: the texts as they are now.
        saved: the file; its texts are known by their ids, else by their order.
        place: the file, for messages.
        encoder: as for :func:`glossary.align.align`.
        mode: as for :func:`glossary.align.align`.

    Raises:
        UsageError: the file has more or fewer texts than there are documents.
        TifaError: as :func:`glossary.align.align`.
    """
    columns = [source.id for source in saved.sources]
    names = [document.source.id for document in documents]
    if len(columns) != len(names):
        raise UsageError(
            f"has {len(columns)} texts ({', '.join(columns)}), not {len(names)}",
            place=place,
            cure="name the same texts again",
        )
    if set(columns) == set(names):
        saved = _in_columns(saved, [columns.index(name) for name in names])
    found = find_corrections(saved, documents)
    bitext = align(found.documents, encoder=encoder, mode=mode, fixed=found.beads)
    return Realigned(with_columns(bitext, names), found.gone)


def _in_columns(saved: SavedAlignment, order: Sequence[int]) -> SavedAlignment:
    def turned(beads: Sequence[SavedBead]) -> tuple[SavedBead, ...]:
        return tuple(replace(bead, groups=tuple(bead.groups[at] for at in order)) for bead in beads)

    return replace(
        saved,
        sources=tuple(saved.sources[at] for at in order),
        beads=turned(saved.beads),
        gone=turned(saved.gone),
    )
