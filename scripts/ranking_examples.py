"""Gather places whose right renderings are known, for ``fit_ranking.py`` to learn from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from evaluate_harvest import read_gold
from evaluate_words import read_gold as read_links
from marked_texts import Article
from numpy.typing import NDArray

from glossary.align import align
from glossary.encoders import Encoder
from glossary.harvest.candidates_zh import chinese_candidates, normal_form
from glossary.harvest.citation import phrase_key, trim_phrase
from glossary.harvest.known import with_known
from glossary.harvest.mentions import Mention
from glossary.harvest.pairing import compare_phrases, find_mentions
from glossary.model import Bead, Bitext, Document, Segment, Source
from glossary.texts import parse_request, read_document

__all__ = ["Example", "balance", "bitexts", "gold_of", "linked", "listed", "marked"]

_PLACES = 1000.0
_NO_FOLD = -1


@dataclass(slots=True)
class Example:
    """A place whose right renderings are known.

    Attributes:
        mention: the place and the stretches of its bead.
        right: for each option whether it is right.
        fold: what it is held out with.
        text: the rendition in whose other places the term may be rendered alike.
        weight: what it counts.
    """

    mention: Mention
    right: NDArray[np.bool_]
    fold: int
    text: str
    weight: float = 1.0


def listed(
    bitext: Bitext, gold: Mapping[str, set[str]], encoder: Encoder, fold: int
) -> list[Example]:
    """Return the places of listed terms whose beads have a listed rendering."""
    texts = [segment.text for segment in bitext.documents[0].segments]
    known = dict.fromkeys(gold, ())
    candidates = [c for c in with_known(chinese_candidates(texts), texts, known) if c.key in gold]
    mentions = find_mentions(bitext, 1, candidates, encoder, {}, keep=list)
    compare_phrases(mentions, encoder)
    found = []
    for mention in mentions:
        english = f" {phrase_key(bitext.text(bitext.beads[mention.bead], 1))} "
        there = {rendering for rendering in gold[mention.key] if f" {rendering} " in english}
        if there and mention.options:
            right = np.array([option.phrase in there for option in mention.options])
            found.append(Example(mention, right, fold, bitext.id))
    return found


def marked(article: Article, rendition: int, encoder: Encoder, fold: int) -> list[Example]:
    """Return the marked places of an article, right what bears the same mark in the rendition."""
    bitext = article.bitext
    texts = [segment.text for segment in bitext.documents[0].segments]
    heads = {normal_form(text) for found in article.surfaces(0).values() for text in found}
    known = dict.fromkeys(heads, ())
    candidates = [c for c in with_known(chinese_candidates(texts), texts, known) if c.key in heads]
    concepts: dict[tuple[int, tuple[int, int]], set[str]] = defaultdict(set)
    for mark in article.marks[0]:
        concepts[mark.segment, mark.span].add(mark.concept)
    found = []
    mentions = find_mentions(bitext, rendition, candidates, encoder, {}, keep=list)
    compare_phrases(mentions, encoder)
    places = _english_places(article, rendition)
    for mention in mentions:
        here = concepts.get((mention.segment.index, mention.span))
        if here and mention.options:
            wanted = {place for c in here for place in places.get((mention.bead, c), ())}
            right = np.array([option.stretch in wanted for option in mention.options])
            found.append(Example(mention, right, fold, f"{bitext.id}#{rendition}"))
    return found


def _english_places(
    article: Article, rendition: int
) -> dict[tuple[int, str], set[tuple[int, int]]]:
    """Return the marked stretches of a rendition by bead and concept, in the beads' text."""
    bitext = article.bitext
    offsets: dict[int, tuple[int, int]] = {}
    for number, bead in enumerate(bitext.beads):
        offset = 0
        for segment in bitext.segments(bead, rendition):
            offsets[segment.index] = number, offset
            offset += len(segment.text) + 1
    places: dict[tuple[int, str], set[tuple[int, int]]] = defaultdict(set)
    for mark in article.marks[rendition]:
        number, offset = offsets[mark.segment]
        text = bitext.text(bitext.beads[number], rendition)
        stretch = trim_phrase(text, mark.span[0] + offset, mark.span[1] + offset)
        places[number, mark.concept].add(stretch)
    return places


def linked(text: Path, gold: Path, encoder: Encoder) -> list[Example]:
    """Return all candidates of sentences with word links, right if the links make the stretch."""
    sides = [
        tuple(side.split() for side in line.split("|||"))
        for line in text.read_text(encoding="utf-8").splitlines()
    ]
    pairs = [("".join(chinese), " ".join(english)) for chinese, english in sides]
    bitext = _aligned(pairs)
    sure, _ = read_links(gold)
    candidates = chinese_candidates([chinese for chinese, _ in pairs])
    mentions = find_mentions(bitext, 1, candidates, encoder, {}, keep=list)
    compare_phrases(mentions, encoder)
    found = []
    for mention in mentions:
        if mention.options:
            chinese, english = sides[mention.bead]
            wanted = _projected(mention.stretch, chinese, english, sure[mention.bead])
            right = np.array([option.stretch == wanted for option in mention.options])
            found.append(Example(mention, right, _NO_FOLD, bitext.id))
    return found


def _aligned(pairs: Sequence[tuple[str, str]]) -> Bitext:
    """Return sentences that are aligned already as a bitext."""
    documents = []
    for source, texts in zip(
        (Source("zh", language="zh-Hans"), Source("en", language="en")),
        zip(*pairs, strict=True),
        strict=True,
    ):
        segments = tuple(
            Segment(source.id, index, text, (0, len(text)), index)
            for index, text in enumerate(texts)
        )
        documents.append(Document(source, "\n".join(texts), segments))
    beads = tuple(Bead(((number,), (number,)), 1.0) for number in range(len(pairs)))
    return Bitext("words", tuple(documents), beads, "given")


def _projected(
    stretch: tuple[int, int],
    chinese: Sequence[str],
    english: Sequence[str],
    links: Iterable[tuple[int, int]],
) -> tuple[int, int] | None:
    """Return the English stretch that the links make of a Chinese one, None if they make none.

    As phrases are extracted (Och and Ney 2004): no word inside may be linked to one outside.
    """
    starts = np.cumsum([0, *map(len, chinese)])
    rows = {
        n + 1 for n in range(len(chinese)) if stretch[0] < starts[n + 1] and starts[n] < stretch[1]
    }
    columns = {j for i, j in links if i in rows}
    if not columns:
        return None
    first, last = min(columns), max(columns)
    if any(first <= j <= last and i not in rows for i, j in links):
        return None
    before = sum(len(word) + 1 for word in english[: first - 1])
    surface = " ".join(english[first - 1 : last])
    text = " ".join(english)
    return trim_phrase(text, before, before + len(surface))


def balance(examples: Sequence[Example], places: float = _PLACES) -> None:
    """Weigh the places of one set: frequent terms less, all together as much as so many."""
    counts = Counter(example.mention.key for example in examples)
    for example in examples:
        example.weight = 1 / counts[example.mention.key] ** 0.5
    total = sum(example.weight for example in examples)
    for example in examples:
        example.weight *= places / total


def bitexts(folder: Path) -> Iterator[Bitext]:
    """Yield the aligned pairs of texts of a folder."""
    for chinese in sorted(folder.glob("*.zh.txt")):
        english = chinese.with_name(chinese.name.removesuffix(".zh.txt") + ".en.txt")
        yield align([read_document(parse_request(str(path))) for path in (chinese, english)])


def gold_of(lists: Iterable[str]) -> dict[str, set[str]]:
    """Return the renderings of several lists together."""
    gold: dict[str, set[str]] = defaultdict(set)
    for path in map(Path, lists):
        for head, renderings in read_gold(path, None if path.suffix == ".jsonl" else "en").items():
            gold[head] |= renderings
    return dict(gold)
