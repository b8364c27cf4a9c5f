"""Read articles whose terms are marked place by place (``tests/data/articles``).

A folder holds ``zh.txt``, ``official.txt`` and ``machine.txt``. Each place of a concept stands in
brackets before the concept's number, nested marks inside: ``[[网络强国]{c12}建设]{c13}``. Numbers
with ``c`` are of what a terminologist would take into a glossary, those with ``a`` of other units
that have a rendering of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from glossary.align import align
from glossary.harvest.candidates_zh import normal_form
from glossary.harvest.citation import phrase_key
from glossary.model import Authority, Bitext, Document, Source
from glossary.texts import make_document

__all__ = ["ARTICLES", "Article", "Mark", "article_pairs", "articles", "read_article", "unmarked"]

#: Where the project keeps its own.
ARTICLES = Path(__file__).resolve().parent.parent / "tests" / "data" / "articles"
_SIDES = (
    ("zh", Authority.OFFICIAL),
    ("official", Authority.OFFICIAL),
    ("machine", Authority.MACHINE),
)
_TOKEN = re.compile(r"\[|\]\{([ca]\d+)\}")
_CORE = "c"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of a concept.

    Attributes:
        concept: its number, with the letter of its level.
        segment: index in the document.
        span: characters ``[start, end)`` of the segment.
    """

    concept: str
    segment: int
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Article:
    """An aligned article with the marks of each of its documents, Chinese first."""

    name: str
    bitext: Bitext
    marks: tuple[tuple[Mark, ...], ...]

    def surfaces(self, rendition: int) -> Mapping[str, set[str]]:
        """Return what stands at the places of each concept in one document."""
        found: dict[str, set[str]] = defaultdict(set)
        segments = self.bitext.documents[rendition].segments
        for mark in self.marks[rendition]:
            found[mark.concept].add(segments[mark.segment].text[slice(*mark.span)])
        return found


def unmarked(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """Return a marked text without its marks, and the marks as (concept, start, end).

    Raises:
        ValueError: a bracket has no counterpart.
    """
    parts: list[str] = []
    marks: list[tuple[str, int, int]] = []
    opened: list[int] = []
    size = done = 0
    for token in _TOKEN.finditer(text):
        parts.append(text[done : token.start()])
        size += token.start() - done
        done = token.end()
        if token.group(1) is None:
            opened.append(size)
        elif opened:
            marks.append((token.group(1), opened.pop(), size))
        else:
            raise ValueError(f"nothing is opened before {token.group()!r} at {token.start()}")
    if opened:
        raise ValueError(f"{len(opened)} brackets are not closed")
    return "".join([*parts, text[done:]]), marks


def articles(folder: Path = ARTICLES) -> Iterator[Article]:
    """Yield the articles of a folder, aligned."""
    for path in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield read_article(path)


def read_article(folder: Path) -> Article:
    """Return the article of a folder, aligned.

    Raises:
        ValueError: its marks are not well-formed.
    """
    sides = [_side(folder, name, authority) for name, authority in _SIDES]
    bitext = align([document for document, _ in sides])
    return Article(folder.name, bitext, tuple(marks for _, marks in sides))


def _side(folder: Path, name: str, authority: Authority) -> tuple[Document, tuple[Mark, ...]]:
    language = "zh-Hans" if name == "zh" else "en"
    text, marks = unmarked((folder / f"{name}.txt").read_text(encoding="utf-8"))
    document = make_document(
        text, Source(f"{folder.name}.{name}", language=language, authority=authority)
    )
    return document, tuple(_placed(document, text, marks))


def _placed(document: Document, text: str, marks: Sequence[tuple[str, int, int]]) -> Iterator[Mark]:
    """Yield the marks by segment; those that reach across two segments are left out.

    Reading changes nothing but white space, so that the n-th other character stays the n-th.
    """
    order = [place for place, letter in enumerate(document.text) if not letter.isspace()]
    solid = [0]
    for letter in text:
        solid.append(solid[-1] + (not letter.isspace()))
    if solid[-1] != len(order):
        raise ValueError(f"{document.source.id}: reading has changed the text")
    for concept, start, end in marks:
        first, last = order[solid[start]], order[solid[end] - 1] + 1
        for segment in document.segments:
            if segment.span[0] <= first and last <= segment.span[1]:
                span = first - segment.span[0], last - segment.span[0]
                yield Mark(concept, segment.index, span)


def article_pairs(article: Article, rendition: int, *, core: bool) -> Mapping[str, set[str]]:
    """Return the right renderings of each marked Chinese stretch, as ``evaluate_harvest`` does.

    Args:
        article: with its marks.
        rendition: index of the English document.
        core: only what a glossary would take.
    """
    english = article.surfaces(rendition)
    pairs: dict[str, set[str]] = defaultdict(set)
    for concept, surfaces in article.surfaces(0).items():
        if core and not concept.startswith(_CORE):
            continue
        for surface in surfaces:
            pairs[normal_form(surface)] |= {phrase_key(text) for text in english.get(concept, ())}
    return {head: renderings for head, renderings in pairs.items() if renderings}
