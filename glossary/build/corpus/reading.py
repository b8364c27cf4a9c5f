"""A corpus as a stream of aligned stretches: a folder of text pairs, or a translation memory."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from glossary.align import align
from glossary.align.languages import language_doubts
from glossary.build.pipeline import order_renditions
from glossary.errors import BadInputError
from glossary.language.script import han_share, has_han
from glossary.model import Bitext, Source, is_chinese
from glossary.texts import TextRequest, read_document
from tmx import tmx14

__all__ = ["Chunk", "Pair", "Sentences", "corpus_size", "read_corpus"]

# How many units are taken from a memory at a time.
_CHUNK = 5000
# How a unit ends in the bytes of a memory (those in UTF-16 have no such bytes).
_UNIT = b"</tu>"
# Of the letters of a Chinese sentence; an English one may quote a name.
_MOSTLY = 0.5

#: The segments of one side of a bead: index in the document and text.
Sentences = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The segments that render each other; ``number`` is that of the bead or unit."""

    number: int
    chinese: Sentences
    english: Sentences


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of the corpus whose pairs come from the same two documents.

    Attributes:
        sources: of the Chinese and the English document.
        method: signature of the alignment.
        position: how much of the corpus has been read after it: text pairs of a folder, units of
            a memory.
    """

    sources: tuple[Source, Source]
    method: str
    pairs: tuple[Pair, ...]
    position: int


def read_corpus(path: Path, start: int = 0) -> Iterator[Chunk]:
    """Yield a corpus chunk by chunk, after the first ``start`` text pairs or units.

    Args:
        path: a folder with ``NAME.zh.txt`` and ``NAME.en.txt`` pairs, which are aligned, or a TMX
            file.
        start: the ``position`` of the last chunk that is known already.

    Raises:
        TifaError: it is neither, or one of its files cannot be read.
    """
    return _folder(path, start) if path.is_dir() else _memory(path, start)


def corpus_size(path: Path) -> int:
    """Return how many text pairs or units a corpus has; 0 if that cannot be told beforehand."""
    if path.is_dir():
        return len(_text_pairs(path))
    units, cut = 0, b""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            units += (cut + block).count(_UNIT)
            cut = block[1 - len(_UNIT) :]
    return units


def _text_pairs(folder: Path) -> list[tuple[Path, Path]]:
    return [
        (chinese, english)
        for chinese in sorted(folder.glob("*.zh.txt"))
        if (
            english := chinese.with_name(chinese.name.removesuffix(".zh.txt") + ".en.txt")
        ).is_file()
    ]


def _folder(folder: Path, start: int) -> Iterator[Chunk]:
    pairs = _text_pairs(folder)
    if not pairs:
        raise BadInputError(
            "holds no pairs of texts", place=folder, cure="name them NAME.zh.txt and NAME.en.txt"
        )
    for position, paths in enumerate(pairs[start:], start + 1):
        documents = [read_document(TextRequest(path, Source(path.stem))) for path in paths]
        doubts = list(language_doubts(documents))
        if not any(is_chinese(document.language) for document in documents):
            doubts.append("neither of the two is Chinese")
        if doubts:
            raise BadInputError(
                "; ".join(doubts), place=paths[0], cure="correct this pair, or take it out"
            )
        yield _aligned(align(order_renditions(documents)), position)


def _aligned(bitext: Bitext, position: int) -> Chunk:
    pairs = []
    for number, bead in enumerate(bitext.beads):
        if bead.members[0] and bead.members[1]:
            chinese, english = (
                tuple((segment.index, segment.text) for segment in bitext.segments(bead, side))
                for side in (0, 1)
            )
            pairs.append(Pair(number, chinese, english))
    first, second = (document.source for document in bitext.documents)
    return Chunk((first, second), bitext.method, tuple(pairs), position)


def _memory(path: Path, start: int) -> Iterator[Chunk]:
    languages: tuple[str, str] | None = None
    units = itertools.islice(enumerate(tmx14.iter_load(path)), start, None)
    while batch := list(itertools.islice(units, _CHUNK)):
        pairs = []
        for number, unit in batch:
            texts = {
                is_chinese(variant.language): variant
                for variant in unit.variants
                if is_chinese(variant.language) or variant.language.lower().startswith("en")
            }
            if True in texts and False in texts:
                languages = languages or (_script(texts[True].language), "en")
                pairs.append(
                    Pair(number, ((number, texts[True].text),), ((number, texts[False].text),))
                )
        if sum(map(_swapped, pairs)) * 2 > len(pairs):
            raise BadInputError(
                "has its languages swapped: segments that are marked as Chinese are English",
                place=path,
                cure="correct the xml:lang of its segments",
            )
        if pairs and languages:
            sources = (
                Source(f"{path.stem}.zh", language=languages[0]),
                Source(f"{path.stem}.en", language=languages[1]),
            )
            yield Chunk(sources, "tmx", tuple(pairs), batch[-1][0] + 1)
    if languages is None and not start:
        raise BadInputError(
            "holds no Chinese segment with its English", place=path, cure="choose another memory"
        )


def _swapped(pair: Pair) -> bool:
    """Return whether the Chinese of a pair has no Han and its English little else."""
    chinese, english = ("".join(text for _, text in side) for side in (pair.chinese, pair.english))
    return not has_han(chinese) and han_share(english) > _MOSTLY


def _script(tag: str) -> str:
    lowered = tag.lower()
    return "zh-Hant" if any(part in lowered for part in ("hant", "tw", "hk", "mo")) else "zh-Hans"
