"""Learn the weights with which the harvest ranks renderings (``glossary/harvest/ranking.tsv``).

    python scripts/fit_ranking.py --data FOLDER LIST… [--data FOLDER LIST…]
        [--words F.src-tgt F.gold] [--out ranking.tsv]

The articles whose terms are marked place by place (``marked_texts.py``) are always learned from:
right is the stretch that is marked with the same concept. FOLDER holds NAME.zh.txt and NAME.en.txt
pairs, LIST is a list of term pairs as ``evaluate_harvest.py`` reads it (a TSV by its columns ``zh``
and ``en``). Wherever a listed Chinese term stands in a bead that has one of its listed renderings
too, that rendering is taken to be right and every other stretch wrong: the models of shares
maximise the probability of the right ones (L2-regularised conditional maximum likelihood, by
Newton's method). A term that stands often counts less each time, by the square root, and every
FOLDER counts the same, the articles twice as much.

The model of certainty is a logistic regression on whether the best find is right, at these places,
those of the articles among them whose bead has nothing that renders the term, and, with
``--words``, at all candidates of sentences whose words were linked by hand: there right is the
stretch that the links make, if they make one.

Everything is learned twice, for the evidence of the sentence encoder alone and with the token-level
encoder beside it (which must be installed). Printed is the share of places whose best find is
right: in the data, and with a fifth of the terms, or of the articles, after the other held out.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from evaluate_harvest import read_gold
from evaluate_words import read_gold as read_links
from marked_texts import Article, articles
from numpy.typing import NDArray

from glossary.align import align
from glossary.encoders import Encoder, PairedEncoder, default_encoder, token_encoder
from glossary.files import write_text
from glossary.harvest import ranking
from glossary.harvest.candidates_zh import chinese_candidates, normal_form
from glossary.harvest.citation import phrase_key, trim_phrase
from glossary.harvest.known import with_known
from glossary.harvest.mentions import Mention
from glossary.harvest.pairing import agree, compare_phrases, find_mentions
from glossary.harvest.search import EVIDENCE
from glossary.model import Bead, Bitext, Document, Segment, Source
from glossary.texts import parse_request, read_document

FloatArray = NDArray[np.float64]
_FOLDS = 5
_PULL = 1.0
_PLACES = 1000.0
_ARTICLES = 2 * _PLACES
# Newton steps: the weights stand still after some ten.
_STEPS = 15
_STILL = 1e-6
_NEVER = -1e9
#: Evidence that a model does without.
_WITHOUT = {"draft": ("phrase", "agreement"), "first": ("agreement",), "second": ()}


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


def listed(bitext: Bitext, gold: Mapping[str, set[str]], encoder: Encoder) -> list[Example]:
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
            fold = zlib.crc32(mention.key.encode()) % _FOLDS
            found.append(Example(mention, right, fold, bitext.id))
    return found


def marked(article: Article, encoder: Encoder, fold: int) -> list[Example]:
    """Return the marked places of an article, right what bears the same mark in the bead."""
    bitext = article.bitext
    texts = [segment.text for segment in bitext.documents[0].segments]
    heads = {normal_form(text) for found in article.surfaces(0).values() for text in found}
    known = dict.fromkeys(heads, ())
    candidates = [c for c in with_known(chinese_candidates(texts), texts, known) if c.key in heads]
    concepts: dict[tuple[int, tuple[int, int]], set[str]] = defaultdict(set)
    for mark in article.marks[0]:
        concepts[mark.segment, mark.span].add(mark.concept)
    found = []
    for rendition in range(1, len(bitext.documents)):
        mentions = find_mentions(bitext, rendition, candidates, encoder, {}, keep=list)
        compare_phrases(mentions, encoder)
        places = english_places(article, rendition)
        for mention in mentions:
            here = concepts.get((mention.segment.index, mention.span))
            if here and mention.options:
                wanted = {place for c in here for place in places.get((mention.bead, c), ())}
                right = np.array([option.stretch in wanted for option in mention.options])
                found.append(Example(mention, right, fold, f"{bitext.id}#{rendition}"))
    return found


def english_places(article: Article, rendition: int) -> dict[tuple[int, str], set[tuple[int, int]]]:
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
            fold = zlib.crc32(mention.key.encode()) % _FOLDS
            found.append(Example(mention, right, fold, bitext.id))
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


def fit(examples: Sequence[Example], model: str) -> FloatArray:
    """Return the weights of a model of shares."""
    useful = [example for example in examples if example.right.any()]
    inputs = [ranking.shares_input([o.find for o in e.mention.options]) for e in useful]
    sizes = np.array([len(rows) for rows in inputs])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    place = np.repeat(np.arange(len(sizes)), sizes)
    right = np.concatenate([example.right for example in useful])
    count = np.repeat([example.weight for example in useful], sizes)
    rows = np.concatenate(inputs)
    rows[:, [EVIDENCE.index(name) for name in _WITHOUT[model]]] = 0.0
    scale = rows.std(axis=0) + 1e-3
    rows /= scale

    def posterior(scores: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the shares of the stretches in their places, and the logarithm of the sums."""
        top = np.maximum.reduceat(scores, starts)
        exponent = np.exp(scores - top[place])
        total = np.add.reduceat(exponent, starts)
        return exponent / total[place], top + np.log(total)

    def loss(weights: FloatArray) -> float:
        scores = rows @ weights
        lack = posterior(scores)[1] - posterior(np.where(right, scores, _NEVER))[1]
        return float(lack @ count[starts] + _PULL / 2 * weights @ weights)

    weights = np.zeros(rows.shape[1])
    least = loss(weights)
    for _ in range(_STEPS):
        scores = rows @ weights
        share = posterior(scores)[0]
        wanted = posterior(np.where(right, scores, _NEVER))[0]
        slope = rows.T @ ((share - wanted) * count) + _PULL * weights
        # The curvature if the shares among the right ones stay as they are (the M step of EM).
        weighted = rows * np.sqrt(share * count)[:, None]
        means = np.add.reduceat(rows * share[:, None], starts) * np.sqrt(count[starts])[:, None]
        curve = weighted.T @ weighted - means.T @ means + _PULL * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        while (reached := loss(weights - step)) > least and np.abs(step).max() > _STILL:
            step /= 2
        if reached > least:
            break
        weights, least = weights - step, reached
    result: FloatArray = weights / scale
    return result


def fit_certainty(examples: Sequence[Example], weights: Mapping[str, FloatArray]) -> FloatArray:
    """Return the weights of the logistic regression on whether the best find is right."""
    rows, right, count = [], [], []
    for example in examples:
        finds = [option.find for option in example.mention.options]
        share = ranking.shares(finds, "second", weights)
        best = int(share.argmax())
        rows.append(ranking.certainty_input(finds[best], float(share[best])))
        right.append(float(example.right[best]))
        count.append(example.weight)
    matrix, wanted, counts = np.stack(rows), np.array(right), np.array(count)
    result = np.zeros(matrix.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-matrix @ result))
        slope = matrix.T @ ((wanted - chance) * counts) - result
        curve = (matrix.T * (counts * chance * (1 - chance))) @ matrix + np.eye(len(result))
        result = result + np.linalg.solve(curve, slope)
    return result


def learn(examples: Sequence[Example], words: Sequence[Example]) -> dict[str, FloatArray]:
    """Return the weights of all models."""
    weights = {"draft": fit(examples, "draft"), "first": fit(examples, "first")}
    _set_agreement([*examples, *words], weights)
    weights["second"] = fit(examples, "second")
    weights["certainty"] = fit_certainty([*examples, *words], weights)
    return weights


def _set_agreement(examples: Sequence[Example], weights: Mapping[str, FloatArray]) -> None:
    by_text: dict[str, list[Mention]] = defaultdict(list)
    for example in examples:
        by_text[example.text].append(example.mention)
    for mentions in by_text.values():
        agree(mentions, weights)


def best_is_right(examples: Sequence[Example], weights: Mapping[str, FloatArray]) -> float:
    """Return the share of places whose best find is right."""
    hits = sum(
        e.right[ranking.shares([o.find for o in e.mention.options], "second", weights).argmax()]
        for e in examples
    )
    return float(hits) / max(1, len(examples))


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


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", nargs="+", action="append", required=True)
    parser.add_argument("--words", nargs=2, type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    encoders = (default_encoder(), PairedEncoder(default_encoder(), token_encoder()))
    texts = {folder: list(bitexts(Path(folder))) for folder, *_ in options.data}
    own = list(articles())
    lines = ["evidence\tmodel\tname\tweight"]
    for kind, encoder in zip(ranking.KINDS, encoders, strict=True):
        sets = []
        for folder, *lists in options.data:
            gold = gold_of(lists)
            found = [e for bitext in texts[folder] for e in listed(bitext, gold, encoder)]
            balance(found)
            sets.append((folder, found))
        found = [e for n, a in enumerate(own) for e in marked(a, encoder, n % _FOLDS)]
        balance(found, _ARTICLES)
        sets.append(("articles", found))
        words = linked(options.words[0], options.words[1], encoder) if options.words else []
        balance(words)
        lines += table(kind, learn_and_report(kind, sets, words))
    if options.out:
        write_text(options.out, "\n".join(lines) + "\n")


def learn_and_report(
    kind: str, sets: Sequence[tuple[str, list[Example]]], words: Sequence[Example]
) -> dict[str, FloatArray]:
    """Return the weights for a kind of evidence, and print how good they are.

    How far a phrase agrees with a term's other places is what the weights make of it, so that what
    is held out has it from weights that have not seen the term.
    """
    everything = [example for _, found in sets for example in found]
    named = [*sets, ("words", words)]
    right = dict.fromkeys((name for name, _ in named), 0.0)
    for fold in range(_FOLDS):
        seen = [e for e in everything if e.fold != fold], [e for e in words if e.fold != fold]
        held = learn(*seen)
        _set_agreement([*everything, *words], held)
        for name, found in named:
            out = [e for e in found if e.fold == fold]
            right[name] += best_is_right(out, held) * len(out) / len(found)
    weights = learn(everything, words)
    for name, found in named:
        print(
            f"{kind} {name}: places {len(found)}  "
            f"among {np.mean([e.right.any() for e in found]):.3f}  "
            f"best {best_is_right(found, weights):.3f}  held out {right[name]:.3f}",
            flush=True,
        )
    return weights


def table(kind: str, weights: Mapping[str, FloatArray]) -> list[str]:
    """Return the lines of the table of weights for a kind of evidence."""
    lines = []
    for model in (*ranking.MODELS, "certainty"):
        names = ranking.names() if model in ranking.MODELS else ranking.CERTAINTY
        lines += [
            f"{kind}\t{model}\t{name}\t{value:.2f}"
            for name, value in zip(names, weights[model], strict=True)
            if abs(value) >= 0.005
        ]
    return lines


if __name__ == "__main__":
    main()
