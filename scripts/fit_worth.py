"""Learn what makes a harvested concept an entry (``glossary/harvest/worth.tsv``).

    python scripts/fit_worth.py --ranking FOLDER --data JUDGEMENTS TEXT TEXT… [--data …]
        [-o worth.tsv]

JUDGEMENTS is a list of judged pairs as ``evaluate_ranking.py`` reads it, the texts are those that
were harvested; a list of several texts is named with each of them. Each text is harvested with the
core glossary and without it, as ``tifa harvest`` does; the judged pairs among its concepts are the
examples, those worth a glossary the positive ones of an L2-regularised logistic regression
(Newton's method). Every list counts by the square root of its size, one that was judged row by row
four times as much as an article's.

FOLDER is what ``fit_ranking.py --held-out`` wrote. Each article is harvested with the ranking that
has not seen it, the texts of judged lists with the one that has not seen the first folder of
``fit_ranking.py``: how sure a ranking is of texts that it learned from says little about others.

The articles whose terms are marked (``marked_texts.py``) are always learned from, each a list of
its own: there every concept that is found is an example, those whose pair is marked as a glossary's
the positive ones.

Printed for each list, learned from the others alone: average precision, and of its judged pairs the
share worth a glossary among the best forty.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from evaluate_ranking import read_judgements
from marked_texts import Article, article_pairs, articles
from numpy.typing import NDArray

from glossary.align import align
from glossary.build.pipeline import order_renditions
from glossary.build.prior import core_formulations
from glossary.encoders import PairedEncoder, default_encoder, token_encoder
from glossary.files import write_text
from glossary.harvest.candidates_zh import chinese_candidates
from glossary.harvest.certainty import Model, read_trees
from glossary.harvest.citation import phrase_key
from glossary.harvest.concepts import Entry, make_entries
from glossary.harvest.known import with_known
from glossary.harvest.pairing import pair_candidates
from glossary.harvest.ranking import KINDS, read_weights
from glossary.harvest.result import HarvestOptions
from glossary.harvest.worth import WORTH
from glossary.model import Bitext
from glossary.texts import parse_request, read_document

FloatArray = NDArray[np.float64]
_PULL = 1.0
_STEPS = 50
_BEST = 40
# There are few lists that were judged row by row, and of real texts.
_JUDGED = 4.0


@dataclass(frozen=True, slots=True)
class Examples:
    """The judged concepts of one text.

    Attributes:
        name: of the list.
        rows: ``[n, len(WORTH)]``.
        worth: ``[n]``.
        weight: what it counts beside others, but for its size.
    """

    name: str
    rows: FloatArray
    worth: NDArray[np.bool_]
    weight: float = 1.0


def examples(judgements: Path, texts: Sequence[str], rankings: Sequence[Model]) -> Examples:
    """Return the judged pairs among the concepts of texts, with the core glossary and without."""
    judged = read_judgements(judgements)
    documents = order_renditions([read_document(parse_request(text)) for text in texts])
    rows, worth = [], []
    for entry in entries(align(documents), rankings[0]):
        verdict = judged.get((entry.candidate.key, entry.terms[0].text))
        if verdict is not None:
            rows.append(entry.evidence)
            worth.append(verdict[1])
    return shaped(judgements.stem, rows, worth, _JUDGED)


def marked(article: Article, ranking: Model) -> Examples:
    """Return the concepts of an article, with the core glossary and without."""
    core: dict[str, set[str]] = defaultdict(set)
    for rendition in range(1, len(article.bitext.documents)):
        for head, renderings in article_pairs(article, rendition, core=True).items():
            core[head] |= renderings
    rows, worth = [], []
    for entry in entries(article.bitext, ranking):
        rows.append(entry.evidence)
        worth.append(phrase_key(entry.terms[0].text) in core.get(entry.candidate.key, ()))
    return shaped(article.name, rows, worth)


def entries(bitext: Bitext, ranking: Model) -> Iterator[Entry]:
    """Yield what a harvest makes of a bitext, with the core glossary and without."""
    encoder = PairedEncoder(default_encoder(), token_encoder())
    sentences = [segment.text for segment in bitext.documents[0].segments]
    for known in ({}, core_formulations()):
        candidates = with_known(chinese_candidates(sentences), sentences, known)
        pairs = pair_candidates(bitext, candidates, encoder, known, model=ranking)
        yield from make_entries(bitext, candidates, pairs, HarvestOptions())


def read_model(folder: Path) -> Model:
    """Return a ranking with the token-level encoder's evidence."""
    kind = KINDS[-1]
    weights = read_weights((folder / "ranking.tsv").read_text(encoding="utf-8"), kind)
    return Model(weights, read_trees((folder / "trees.tsv").read_text(encoding="utf-8"), kind))


def shaped(
    name: str, rows: Sequence[FloatArray], worth: Sequence[bool], weight: float = 1.0
) -> Examples:
    """Return the examples of a list as arrays."""
    array = np.array(rows, dtype=np.float64).reshape(-1, len(WORTH))
    return Examples(name, array, np.array(worth, dtype=bool), weight)


def joined(sets: Iterable[Examples]) -> list[Examples]:
    """Return one set of examples for each list."""
    by_name: dict[str, list[Examples]] = defaultdict(list)
    for some in sets:
        by_name[some.name].append(some)
    return [
        Examples(
            name,
            np.concatenate([some.rows for some in group]),
            np.concatenate([some.worth for some in group]),
            group[0].weight,
        )
        for name, group in by_name.items()
    ]


def learn(sets: Sequence[Examples]) -> FloatArray:
    """Return the weights ``[len(WORTH)]``."""
    rows = np.concatenate([some.rows for some in sets])
    worth = np.concatenate([some.worth for some in sets])
    counts = np.concatenate(
        [np.full(len(some.worth), some.weight * len(some.worth) ** -0.5) for some in sets]
    )
    counts *= len(counts) / counts.sum() / 2
    pull = np.full(rows.shape[1], _PULL)
    pull[-1] = 0.01
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (chance - worth)) + pull * weights
        curve = (rows * (counts * chance * (1 - chance))[:, None]).T @ rows + np.diag(pull)
        weights = weights - np.linalg.solve(curve, slope)
    return weights


def quality(some: Examples, weights: FloatArray) -> Mapping[str, float]:
    """Return average precision and the share of good ones among the best."""
    good = some.worth[np.argsort(-(some.rows @ weights), kind="stable")]
    ranks = np.flatnonzero(good) + 1
    return {
        "average precision": float(np.mean(np.arange(1, len(ranks) + 1) / ranks)),
        f"worth of the best {_BEST}": float(good[:_BEST].mean()),
        "worth of all": float(good.mean()),
    }


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--data", nargs="+", action="append", required=True, metavar=("JUDGEMENTS", "TEXT")
    )
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--ranking", type=Path, required=True)
    options = parser.parse_args()
    rankings = [read_model(folder) for folder in sorted(options.ranking.iterdir())]
    sets = joined(examples(Path(first), texts, rankings) for first, *texts in options.data)
    sets += [
        marked(article, rankings[number % len(rankings)])
        for number, article in enumerate(articles())
    ]
    for some in sets:
        others = [other for other in sets if other is not some]
        if others:
            found = quality(some, learn(others))
            print(some.name, len(some.worth), *(f"{n} {v:.3f}" for n, v in found.items()), sep="  ")
    if options.output:
        weights = learn(sets)
        lines = [f"{name}\t{value:.3f}" for name, value in zip(WORTH, weights, strict=True)]
        write_text(options.output, "\n".join(["name\tweight", *lines]) + "\n")


if __name__ == "__main__":
    main()
