"""Learn how the heads of a glossary are built (``glossary/harvest/head_forms.tsv``).

    python scripts/fit_head_forms.py REPORT.jsonl… [--without TEXT…] [-o head_forms.tsv]

Each JSONL line is one document with a ``content`` field. Its noun-like candidates are the examples,
and those that are heads of the core glossary the positive ones: an L2-regularised logistic
regression over the names that ``head_form`` gives (Adam, all examples at once). What stands in one
of the texts ``--without`` is no example, so that a measurement on them is not flattered.

Printed: the share of heads among the best 500 and 2,000 candidates, each half held out in turn.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from glossary.build.prior import core_formulations
from glossary.files import write_text
from glossary.harvest.candidates_zh import chinese_candidates
from glossary.harvest.head_forms import BIAS, head_form
from glossary.language.words import chinese_words

FloatArray = NDArray[np.float64]
_SENTENCE_END = re.compile(r"(?<=[。！？\n])")
# A name is weighed if so many candidates have it, or so many heads.
_FREQUENT = 30
_HEADS = 3
_PULL = 0.7
_STEPS = 150
_RATE = 0.1
# Weights below it change nothing that is seen.
_SMALL = 0.05


def examples(texts: Sequence[str], without: str) -> tuple[list[list[str]], NDArray[np.bool_]]:
    """Return the forms of the candidates and whether each is a head of the core glossary."""
    known = core_formulations()
    sentences = [s for text in texts for s in _SENTENCE_END.split(text) if s.strip()]
    candidates = [
        candidate
        for candidate in chinese_candidates(sentences)
        if candidate.form == "noun" and candidate.key not in without
    ]
    forms = [list(head_form(chinese_words(c.key, tags=True))) for c in candidates]
    return forms, np.array([candidate.key in known for candidate in candidates])


def coded(
    forms: Sequence[Sequence[str]], heads: NDArray[np.bool_]
) -> tuple[list[str], NDArray[np.int64]]:
    """Return the names that are weighed and the examples as rows of their numbers, padded."""
    counts = Counter(name for form in forms for name in form)
    among = Counter(name for place in np.flatnonzero(heads).tolist() for name in forms[place])
    names = sorted(n for n, count in counts.items() if count >= _FREQUENT or among[n] >= _HEADS)
    number = {name: place for place, name in enumerate(names)}
    rows = np.full((len(forms), max(map(len, forms))), len(names))
    for place, form in enumerate(forms):
        kept = [number[name] for name in form if name in number]
        rows[place, : len(kept)] = kept
    return names, rows


def learn(rows: NDArray[np.int64], heads: NDArray[np.bool_], size: int) -> FloatArray:
    """Return the weights of the names and, last, the bias."""
    weights, mean, square = np.zeros(size + 1), np.zeros(size + 1), np.zeros(size + 1)
    weights[-1] = np.log(heads.mean())
    width = rows.shape[1]
    inside = rows < size
    for step in range(1, _STEPS + 1):
        padded = np.append(weights[:-1], 0.0)
        wrong = 1 / (1 + np.exp(-(padded[rows].sum(axis=1) + weights[-1]))) - heads
        repeated = np.repeat(wrong, width)[inside.ravel()]
        slope: FloatArray = np.bincount(rows[inside], repeated, size + 1).astype(np.float64)
        slope[:-1] += _PULL * weights[:-1]
        slope[-1] = wrong.sum()
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        weights -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--without", nargs="*", type=Path, default=[])
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    texts = [
        json.loads(line)["content"]
        for path in options.files
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    without = "\n".join(path.read_text(encoding="utf-8") for path in options.without)
    forms, heads = examples(texts, without)
    names, rows = coded(forms, heads)
    half = np.arange(len(heads)) % 2 == 0
    held_out = np.empty(len(heads))
    for part in (half, ~half):
        weights = learn(rows[~part], heads[~part], len(names))
        held_out[part] = np.append(weights[:-1], 0.0)[rows[part]].sum(axis=1)
    best = np.argsort(-held_out, kind="stable")
    for size in (500, 2000):
        print(f"heads among the best {size}: {heads[best[:size]].mean():.3f} of {heads.mean():.3f}")
    weights = learn(rows, heads, len(names))
    lines = ["name\tweight", f"{BIAS}\t{weights[-1]:.2f}"]
    lines += [
        f"{name}\t{weight:.2f}"
        for name, weight in zip(names, weights[:-1], strict=True)
        if abs(weight) >= _SMALL
    ]
    write_text(options.output, "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
