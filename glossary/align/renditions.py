"""Align N renditions of a text into one bitext.

The Chinese text is the pivot, or without one the first. Each other rendition is aligned with it;
beads that share a sentence of the pivot become one bead over all renditions (connected components),
so that three texts never yield two alignments that disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from glossary.align.anchored import align_around
from glossary.align.modes import Mode, choose_encoder
from glossary.align.moved import with_moved
from glossary.align.sides import Link, Side
from glossary.encoders.protocol import Encoder
from glossary.errors import BadInputError
from glossary.model import Bead, Bitext, Document, is_chinese

__all__ = ["align", "merge_links", "pivot_first", "with_columns"]

# Characters of a segment that are looked at; the longest sentence of the corpora has 1,200.
_LONGEST = 20_000


def align(
    documents: Sequence[Document],
    *,
    encoder: Encoder | None = None,
    mode: Mode = "auto",
    fixed: Sequence[Bead] = (),
) -> Bitext:
    """Align two or more renditions of one text; the pivot becomes the first, wherever it stands.

    Every segment of every document stands in exactly one bead. Segments without a counterpart stand
    in beads whose other groups are empty; passages that stand elsewhere in another rendition are
    joined all the same, in beads that cross the others.

    Args:
        documents: the renditions, each with at least one segment.
        encoder: the sentence encoder; that of the mode if not given.
        mode: ``fast`` aligns with sentence vectors, ``best`` looks again with token vectors where
            that leaves doubt, ``words`` aligns by dictionary, numbers and lengths alone; ``auto``
            takes ``best`` if it is installed and the texts are not too long for it, else ``fast``
            if that can be loaded. The bitext's ``method`` says what was done.
        fixed: beads that stay as they are, groups in the order of ``documents``; no segment stands
            in two of them. The rest is aligned around them.

    Raises:
        BadInputError: fewer than two documents, or one without segments.
        TifaError: ``fast`` or ``best`` was asked for and its encoder cannot be loaded.
    """
    if len(documents) < 2:
        raise BadInputError(
            f"aligning takes two texts or more, here {'is one' if documents else 'are none'}",
            cure="give the original and a rendition of it",
        )
    for document in documents:
        if not document.segments:
            raise BadInputError("has no sentences to align", place=document.source.id)
    order = pivot_first(documents)
    documents = [documents[at] for at in order]
    fixed = [_with_groups(bead, order) for bead in fixed]
    if encoder is None:
        encoder = choose_encoder(mode, sum(len(document.segments) for document in documents))
    pivot, *others = documents
    links = []
    for number, document in enumerate(others, start=1):
        sides = _side(pivot), _side(document)
        pairs = [(bead.members[0], bead.members[number]) for bead in fixed]
        found = align_around(*sides, pairs, encoder=encoder)
        links.append(with_moved(*sides, found, encoder=encoder))
    return Bitext(
        id="+".join(document.source.id for document in documents),
        documents=tuple(documents),
        beads=tuple(merge_links(len(pivot.segments), links, fixed)),
        method=f"align:{encoder.name if encoder else 'dictionary'}",
    )


def pivot_first(documents: Sequence[Document]) -> list[int]:
    """Return the order of documents with the pivot first: the Chinese text, if there is one."""
    chinese = [at for at, document in enumerate(documents) if is_chinese(document.language)]
    pivot = chinese[0] if chinese else 0
    return [pivot, *(at for at in range(len(documents)) if at != pivot)]


def with_columns(bitext: Bitext, ids: Sequence[str]) -> Bitext:
    """Return a bitext with its documents in the order of their ids, for showing and writing.

    The beads stay in the order of the pivot, which may then stand in any column.
    """
    places = [document.source.id for document in bitext.documents]
    order = [places.index(name) for name in ids]
    return Bitext(
        id="+".join(ids),
        documents=tuple(bitext.documents[at] for at in order),
        beads=tuple(_with_groups(bead, order) for bead in bitext.beads),
        method=bitext.method,
    )


def _with_groups(bead: Bead, order: Sequence[int]) -> Bead:
    return Bead(tuple(bead.members[at] for at in order), bead.score, bead.edited)


def _side(document: Document) -> Side:
    segments = document.segments
    return Side(
        [_clipped(segment.text) for segment in segments],
        document.language,
        [segment.paragraph for segment in segments],
        [segment.role for segment in segments],
    )


def _clipped(text: str) -> str:
    """Return both ends of a text that is no sentence, such as a whole book on one line."""
    if len(text) <= _LONGEST:
        return text
    return text[: _LONGEST // 2] + text[-_LONGEST // 2 :]


def merge_links(
    size: int, links: Sequence[Sequence[Link]], fixed: Sequence[Bead] = ()
) -> list[Bead]:
    """Join the links of each rendition with the pivot into beads over all of them.

    Args:
        size: the number of segments of the pivot.
        links: for each other rendition its links with the pivot.
        fixed: beads over all renditions that are taken as they are; no link holds their segments.
    """
    held = {index for bead in fixed for index in bead.members[0]}
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
        if index not in held:
            members.setdefault(root(index), [[] for _ in range(len(links) + 1)])[0].append(index)
    paired: dict[int, list[float]] = {key: [] for key in members}
    alone: dict[int, list[float]] = {key: [] for key in members}
    beads = list(fixed)
    for number, rendition in enumerate(links, start=1):
        for link in rendition:
            if not link.source:
                group = [link.target if at == number else () for at in range(len(links) + 1)]
                beads.append(Bead(tuple(group), link.score))
                continue
            key = root(link.source[0])
            if link.target:
                members[key][number] += link.target
                paired[key].append(link.score)
            else:
                alone[key].append(link.score)
    for key, groups in members.items():
        beads.append(Bead(_frozen(groups), min(paired[key] or alone[key], default=1.0)))
    places = dict(_places(beads))
    return sorted(beads, key=places.__getitem__)


def _places(beads: Sequence[Bead]) -> Iterator[tuple[Bead, tuple[int, int, int]]]:
    """Yield each bead with its place in reading order.

    Beads with a sentence of the pivot stand where the first of them does; one without follows the
    bead of the sentence before it in its own text.
    """
    at: list[dict[int, int]] = [{} for _ in beads[0].members] if beads else []
    homeless = []
    for bead in beads:
        if not bead.members[0]:
            homeless.append(bead)
            continue
        yield bead, (bead.members[0][0], 0, 0)
        for number, group in enumerate(bead.members):
            at[number].update(dict.fromkeys(group, bead.members[0][0]))
    keyed = []
    for bead in homeless:
        number = next(number for number, group in enumerate(bead.members) if group)
        keyed.append((number, bead.members[number][0], bead))
    for number, first, bead in sorted(keyed, key=lambda item: item[:2]):
        place = at[number].get(first - 1, -1)
        at[number].update(dict.fromkeys(bead.members[number], place))
        yield bead, (place, number, first)


def _frozen(groups: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(sorted(group)) for group in groups)
