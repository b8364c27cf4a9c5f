"""Weigh what speaks for a rendering: a log-linear model with few weights, learned once.

Three models share the form: a draft without the phrases' own vectors thins out the finds of a
place; the first gives each find a share of its place (softmax), from which follows how far the
places of a candidate agree; the second weighs that as well. Its scores are what ``certainty``
goes on from.

Each model has two sets of weights, for evidence with and without the token-level encoder, whose
links are sharper. ``scripts/fit_ranking.py`` learned the weights of ``ranking.tsv``: from 24
articles whose terms are marked place by place (``tests/data/articles``), from the Party
constitution of 2017 with the core glossary and a list of political terms, an annual report of 2018
with its term list, and 150 sentences of the Tsinghua word alignment set. The bundled sample is not
among them.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from glossary.encoders import Encoder, tokens_of
from glossary.harvest.patterns_zh import FORMS
from glossary.harvest.search import EVIDENCE, Find

__all__ = [
    "KINDS",
    "MODELS",
    "Weights",
    "kind_of",
    "learned",
    "names",
    "read_weights",
    "shares",
    "shares_input",
    "thinned",
]

FloatArray = NDArray[np.float64]
#: Weights by model, in the order of ``names``.
Weights = Mapping[str, FloatArray]

#: Kinds of evidence: of the sentence encoder alone, and of the token-level encoder beside it.
KINDS = ("sentences", "tokens")
#: The models, in the order in which they are asked.
MODELS = ("draft", "first", "second")
#: Evidence that counts otherwise for verb phrases and clauses than for nouns.
_BY_FORM = (
    "shorter",
    "longer",
    "verb_first",
    "gerund_first",
    "participle_first",
    "odd_first",
    "finite",
    "clause",
    "adverb_first",
    "of_right",
    "other_right",
    "commas",
)
_BY_FORM_PLACES = [EVIDENCE.index(name) for name in _BY_FORM]
# Of 3,605 places of listed terms the draft has the listed rendering among its first 6 in 90.7 %,
# and among all it is given in 91.9 %.
_KEPT = 6


def names() -> tuple[str, ...]:
    """Return the names of the weights of a model of shares, in order."""
    return (*EVIDENCE, *(f"{form}:{name}" for form in FORMS[1:] for name in _BY_FORM))


def shares_input(finds: Sequence[Find]) -> FloatArray:
    """Return the input ``[n, w]`` of the models of shares for the finds of one place."""
    size, width = len(EVIDENCE), len(_BY_FORM)
    rows = np.zeros((len(finds), size + width * (len(FORMS) - 1)))
    for row, find in zip(rows, finds, strict=True):
        row[:size] = find.evidence
    form = FORMS.index(finds[0].form)
    if form:
        rows[:, size + width * (form - 1) : size + width * form] = rows[:, _BY_FORM_PLACES]
    return rows


def shares(finds: Sequence[Find], model: str, weights: Weights) -> FloatArray:
    """Return the share ``[n]`` that a model gives each find of a place."""
    scores = shares_input(finds) @ weights[model]
    exponent = np.exp(scores - scores.max())
    result: FloatArray = exponent / exponent.sum()
    return result


def thinned(finds: Sequence[Find], weights: Weights) -> list[Find]:
    """Return the finds of a place that are worth a closer look, best first."""
    if len(finds) <= _KEPT:
        return list(finds)
    best = np.argsort(-shares(finds, "draft", weights), kind="stable")[:_KEPT]
    return [finds[index] for index in best]


@functools.cache
def learned(kind: str) -> Weights:
    """Return the weights of ``ranking.tsv`` by model, for a kind of evidence (``KINDS``)."""
    text = (files("glossary.harvest") / "ranking.tsv").read_text(encoding="utf-8")
    return read_weights(text, kind)


def read_weights(text: str, kind: str) -> Weights:
    """Return the weights of a table by model, for a kind of evidence; what it lacks is zero."""
    table: dict[tuple[str, str], float] = {}
    for line in text.splitlines()[1:]:
        of, model, name, value = line.split("\t")
        if of == kind:
            table[model, name] = float(value)
    return {
        model: np.array([table.get((model, name), 0.0) for name in names()]) for model in MODELS
    }


def kind_of(encoder: Encoder) -> str:
    """Return the kind of evidence that an encoder gives."""
    return KINDS[tokens_of(encoder) is not None]
