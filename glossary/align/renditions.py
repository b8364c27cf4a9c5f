"""Align N renditions of a text into one bitext.

The first document is the pivot. Each other rendition is aligned with it; beads that share a
sentence of the pivot become one bead over all renditions (connected components), so that three
texts never yield two alignments that disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from glossary.align.pairwise import Link, Side, align_sentences
from glossary.encoders import default_encoder
from glossary.encoders.protocol import Encoder
from glossary.errors import BadInputError, TifaError
from glossary.model import Bead, Bitext, Document

__all__ = ["Mode", "align", "merge_links"]

#: What an alignment rests on.
Mode = Literal["auto", "fast", "words"]


def align(
    documents: Sequence[Document], *, encoder: Encoder | None = None, mode: Mode = "auto"
) -> Bitext:
    """Align two or more renditions of one text; the first is the pivot.

    Every segment of every document stands in exactly one bead. Segments without a counterpart stand
    in beads whose other groups are empty.

    Args:
        documents: the renditions, each with at least one segment.
        encoder: the sentence encoder; the default one if not given.
        mode: ``fast`` aligns with the encoder, ``words`` by dictionary, numbers and lengths alone;
            ``auto`` takes ``fast`` if the encoder can be loaded. The bitext's ``method`` says what
            was done.

    Raises:
        BadInputError: fewer than two documents, or one without segments.
        TifaError: ``fast`` was asked for and the encoder cannot be loaded.
    """
    if len(documents) < 2:
        raise BadInputError(
            f"aligning takes two texts or more, here {'is one' if documents else 'are none'}",
            cure="give the original and a rendition of it",
        )
    for document in documents:
        if not document.segments:
            raise BadInputError("has no sentences to align", place=document.source.id)
    encoder = None if mode == "words" else encoder or _encoder(mode)
    pivot, *others = documents
    links = [align_sentences(_side(pivot), _side(document), encoder=encoder) for document in others]
    return Bitext(
        id="+".join(document.source.id for document in documents),
        documents=tuple(documents),
        beads=tuple(merge_links(len(pivot.segments), links)),
        method=f"align:{encoder.name if encoder else 'dictionary'}",
    )


def _encoder(mode: Mode) -> Encoder | None:
    try:
        return default_encoder()
    except TifaError:
        if mode == "fast":
            raise
        return None


def _side(document: Document) -> Side:
    segments = document.segments
    return Side(
        [segment.text for segment in segments],
        document.language,
        [segment.paragraph for segment in segments],
        [segment.role for segment in segments],
    )


def merge_links(size: int, links: Sequence[Sequence[Link]]) -> list[Bead]:
    """Join the links of each rendition with the pivot into beads over all of them.

    Args:
        size: the number of segments of the pivot.
        links: for each other rendition its links with the pivot.
    """
    owner = list(range(size))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for rendition in links:
        for link in rendition:
            if link.target:
                for index in link.source[1:]:
                    low, high = sorted((root(link.source[0]), root(index)))
                    owner[high] = low
    members: dict[int, list[list[int]]] = {}
    for index in range(size):
        members.setdefault(root(index), [[] for _ in range(len(links) + 1)])[0].append(index)
    paired: dict[int, list[float]] = {key: [] for key in members}
    alone: dict[int, list[float]] = {key: [] for key in members}
    beads: list[tuple[tuple[int, int, int, int], Bead]] = []
    for number, rendition in enumerate(links, start=1):
        previous = -1
        for link in rendition:
            if not link.source:
                place = (previous, 1, number, link.target[0])
                group = [link.target if at == number else () for at in range(len(links) + 1)]
                beads.append((place, Bead(tuple(group), link.score)))
                continue
            key = root(link.source[0])
            if link.target:
                members[key][number] += link.target
                paired[key].append(link.score)
                previous = key
            else:
                alone[key].append(link.score)
    for key, groups in members.items():
        bead = Bead(_frozen(groups), min(paired[key] or alone[key], default=1.0))
        beads.append(((key, 0, 0, 0), bead))
    return [bead for _, bead in sorted(beads, key=lambda item: item[0])]


def _frozen(groups: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(sorted(group)) for group in groups)
