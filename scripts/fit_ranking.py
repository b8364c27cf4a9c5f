"""Learn how the harvest ranks renderings (``glossary/harvest/ranking.tsv`` and ``trees.tsv``).

    python scripts/fit_ranking.py --data FOLDER LIST… [--data FOLDER LIST…]
        [--words F.src-tgt F.gold] [--out FOLDER] [--held-out FOLDER]

The articles whose terms are marked place by place (``marked_texts.py``) are always learned from:
right is the stretch that is marked with the same concept. FOLDER holds NAME.zh.txt and NAME.en.txt
pairs, LIST is a list of term pairs as ``evaluate_harvest.py`` reads it (a TSV by its columns ``zh``
and ``en``). Wherever a listed Chinese term stands in a bead that has one of its listed renderings
too, that rendering is taken to be right and every other stretch wrong. A term that stands often
counts less each time, by the square root, and every FOLDER counts the same, the articles twice as
much.

The log-linear models maximise the probability of the right ones (L2-regularised conditional maximum
likelihood, by Newton's method). Trees are boosted on top of the last of them for the same end, over
the finds that the draft keeps. The trees of certainty learn whether a find is right, at these
places, those of the articles among them whose bead has nothing that renders the term, and, with
``--words``, at all candidates of sentences whose words were linked by hand: there right is the
stretch that the links make, if they make one. They learn it from shares in texts that were held
out: what trees say of places that they have learned is too sure.

Everything is learned twice, for the evidence of the sentence encoder alone and with the token-level
encoder beside it (which must be installed). Texts are held out by fifths, a folder as a whole.
Printed is the share of places whose best find is right: by the log-linear model and by the trees,
in texts held out. ``--held-out`` writes what was learned without each fifth, for ``fit_worth.py``.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from boosting import boost_certainty, boost_shares, tree_lines
from marked_texts import articles
from numpy.typing import NDArray
from ranking_examples import Example, balance, bitexts, gold_of, linked, listed, marked

from glossary.encoders import PairedEncoder, default_encoder, token_encoder
from glossary.files import write_text
from glossary.harvest import ranking
from glossary.harvest.certainty import (
    Places,
    certainty_input,
    corrected_shares,
    places_of,
)
from glossary.harvest.mentions import Mention
from glossary.harvest.pairing import agree
from glossary.harvest.search import EVIDENCE, Find
from glossary.harvest.trees import Tree, Trees

FloatArray = NDArray[np.float64]
_FOLDS = 5
_PULL = 1.0
_ARTICLES = 2000.0
# Newton steps: the weights stand still after some ten.
_STEPS = 15
_STILL = 1e-6
_NEVER = -1e9
#: Evidence that a model does without.
_WITHOUT = {"draft": ("phrase", "agreement"), "first": ("agreement",), "second": ()}


@dataclass(frozen=True, slots=True)
class Shares:
    """Log-linear models, and the trees that correct the last of them."""

    weights: Mapping[str, FloatArray]
    trees: Sequence[Tree]


@dataclass(frozen=True, slots=True)
class Kept:
    """The finds of some examples that the draft keeps.

    Attributes:
        places: p places with n finds.
        right: ``[n]``.
        weight: ``[p]``.
    """

    places: Places
    right: NDArray[np.bool_]
    weight: FloatArray


@dataclass(frozen=True, slots=True)
class Rows:
    """Finds as the trees of certainty see them.

    Attributes:
        inputs: ``[n, w]``.
        right: ``[n]``.
        weight: ``[n]``.
    """

    inputs: FloatArray
    right: NDArray[np.bool_]
    weight: FloatArray


@dataclass(slots=True)
class Tables:
    """The lines of the two tables of weights."""

    ranking: list[str] = field(default_factory=lambda: ["evidence\tmodel\tname\tweight"])
    trees: list[str] = field(
        default_factory=lambda: ["kind\ttrees\ttree\tevidence\tthreshold\tbelow\tabove"]
    )

    def add(self, kind: str, shares: Shares, certainty: Sequence[Tree]) -> None:
        """Add what was learned for a kind of evidence."""
        for model in ranking.MODELS:
            self.ranking += [
                f"{kind}\t{model}\t{name}\t{value:.2f}"
                for name, value in zip(ranking.names(), shares.weights[model], strict=True)
                if abs(value) >= 0.005
            ]
        self.trees += tree_lines(kind, "shares", shares.trees)
        self.trees += tree_lines(kind, "certainty", certainty)

    def write(self, folder: Path) -> None:
        """Write both into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        write_text(folder / "ranking.tsv", "\n".join(self.ranking) + "\n")
        write_text(folder / "trees.tsv", "\n".join(self.trees) + "\n")


def fit(examples: Sequence[Example], model: str) -> FloatArray:
    """Return the weights of a log-linear model, as precise as the table holds them."""
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
    result: FloatArray = np.round(weights / scale, 2)
    return result


def learn_shares(examples: Sequence[Example], others: Sequence[Example]) -> Shares:
    """Return all models of shares; the agreement of others' places is set as well."""
    weights = {"draft": fit(examples, "draft"), "first": fit(examples, "first")}
    by_text: dict[str, list[Mention]] = defaultdict(list)
    for example in [*examples, *others]:
        by_text[example.text].append(example.mention)
    for mentions in by_text.values():
        agree(mentions, weights)
    weights["second"] = fit(examples, "second")
    found = kept(examples, weights)
    some = np.add.reduceat(found.right, found.places.starts) > 0
    found = kept([e for e, has in zip(examples, some, strict=True) if has], weights)
    return Shares(weights, boost_shares(found.places, found.right, found.weight))


def kept(examples: Sequence[Example], weights: Mapping[str, FloatArray]) -> Kept:
    """Return the finds of examples that the draft keeps."""
    finds: list[list[Find]] = []
    right: list[bool] = []
    for example in examples:
        options = example.mention.options
        verdict = {id(o.find): bool(r) for o, r in zip(options, example.right, strict=True)}
        finds.append(ranking.thinned([option.find for option in options], weights))
        right += [verdict[id(find)] for find in finds[-1]]
    weight = np.array([example.weight for example in examples])
    return Kept(places_of(finds, weights), np.array(right), weight)


def rows_of(found: Kept, trees: Trees) -> Rows:
    """Return the finds of places that were held out as the trees of certainty see them."""
    inputs = certainty_input(found.places, corrected_shares(found.places, trees))
    return Rows(inputs, found.right, found.weight[found.places.place])


def certainty_of(rows: Sequence[Rows]) -> list[Tree]:
    """Return the trees of certainty."""
    return boost_certainty(
        np.concatenate([some.inputs for some in rows]),
        np.concatenate([some.right for some in rows]),
        np.concatenate([some.weight for some in rows]),
    )


def best_are_right(scores: FloatArray, found: Kept) -> NDArray[np.bool_]:
    """Return for each place whether the find with the best score is right."""
    best = np.maximum.reduceat(scores, found.places.starts)[found.places.place]
    hits = np.add.reduceat(found.right & (scores == best), found.places.starts)
    result: NDArray[np.bool_] = hits > 0
    return result


def learn_and_report(
    kind: str,
    sets: Mapping[str, Sequence[Example]],
    words: Sequence[Example],
    held_out: Sequence[Tables],
) -> tuple[Shares, list[Tree]]:
    """Return what is learned for a kind of evidence, and print how good it is in texts held out.

    How far a phrase agrees with a term's other places is what the weights make of it, so that what
    is held out has it from weights that have not seen its text.
    """
    everything = [example for found in sets.values() for example in found]
    names = {id(e): name for name, examples in sets.items() for e in examples}
    right: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    without: list[Shares] = []
    rows: list[Rows] = []
    for fold in range(_FOLDS):
        out = [e for e in everything if e.fold == fold]
        shares = learn_shares([e for e in everything if e.fold != fold], out)
        found, trees = kept(out, shares.weights), Trees.of(shares.trees)
        before = best_are_right(found.places.scores, found)
        after = best_are_right(corrected_shares(found.places, trees), found)
        for example, *hits in zip(out, before, after, strict=True):
            if example.right.any():
                right[names[id(example)]].append((bool(hits[0]), bool(hits[1])))
        without.append(shares)
        rows.append(rows_of(found, trees))
    for name, hits in right.items():
        linear, boosted = np.mean(hits, axis=0)
        print(f"{kind} {name}: places {len(hits)}  best {linear:.3f}  trees {boosted:.3f}")
    shares = learn_shares(everything, words)
    # The models of shares learn nothing from these.
    by_words = [rows_of(kept(words, shares.weights), Trees.of(shares.trees))] if words else []
    for fold, tables in enumerate(held_out):
        others = [some for number, some in enumerate(rows) if number != fold]
        tables.add(kind, without[fold], certainty_of([*others, *by_words]))
    return shares, certainty_of([*rows, *by_words])


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", nargs="+", action="append", required=True)
    parser.add_argument("--words", nargs=2, type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--held-out", type=Path)
    options = parser.parse_args()
    encoders = (default_encoder(), PairedEncoder(default_encoder(), token_encoder()))
    texts = {folder: list(bitexts(Path(folder))) for folder, *_ in options.data}
    own = list(articles())
    whole, held_out = Tables(), [Tables() for _ in range(_FOLDS)]
    for kind, encoder in zip(ranking.KINDS, encoders, strict=True):
        sets: dict[str, list[Example]] = {}
        for number, (folder, *lists) in enumerate(options.data):
            gold = gold_of(lists)
            sets[folder] = [
                e for bitext in texts[folder] for e in listed(bitext, gold, encoder, number)
            ]
            balance(sets[folder])
        for rendition in (1, 2):
            sets[f"articles {rendition}"] = [
                e for n, a in enumerate(own) for e in marked(a, rendition, encoder, n % _FOLDS)
            ]
        balance([*sets["articles 1"], *sets["articles 2"]], _ARTICLES)
        words = linked(options.words[0], options.words[1], encoder) if options.words else []
        balance(words)
        whole.add(kind, *learn_and_report(kind, sets, words, held_out))
    if options.out:
        whole.write(options.out)
    if options.held_out:
        for fold, tables in enumerate(held_out):
            tables.write(options.held_out / f"{fold}")


if __name__ == "__main__":
    main()
