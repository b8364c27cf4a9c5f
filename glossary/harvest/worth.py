"""How surely a concept is an entry: a term that a glossary wants, rendered rightly.

Three kinds of evidence are laid out as numbers and weighed by one log-linear model: the Chinese
stretch by itself (unithood and termhood against general language and against the register), where
it stands in the text (alone or inside longer terms, before ever the same word), and what renders it
(how surely, how steadily, whole phrase or cut, a name, a mere dictionary gloss).

``scripts/fit_worth.py`` learned the weights of ``worth.tsv`` from the articles whose terms are
marked and from judged lists of other texts; the bundled sample is not among them.
"""

from __future__ import annotations

import functools
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from glossary.harvest.candidates_zh import Candidate
from glossary.harvest.english_grammar import SHAPE, text_grammar
from glossary.harvest.head_forms import head_likeness
from glossary.harvest.patterns_zh import PATTERNS
from glossary.harvest.register import register_bound, register_count, register_share
from glossary.harvest.word_classes import word_class
from glossary.language.cedict import glosses
from glossary.language.frequency import zipf
from glossary.language.words import Word, chinese_words, english_words, is_function_word
from glossary.model import Attestation, Term

__all__ = ["WORTH", "Surroundings", "surroundings", "worth", "worth_input"]

FloatArray = NDArray[np.float64]

_FIRST = ("n", "v", "a", "d", "m")
_LAST = ("n", "v")
_CUTS = (
    "cut_left",
    "cut_right",
    "of_left",
    "of_right",
    "verb_first",
    "gerund_first",
    "participle_first",
    "odd_first",
    "odd_last",
    "finite",
    "clause",
    "joins_unlike",
    "joined_left",
    "joined_right",
    "name_cut",
    "adverb_first",
    "object_right",
    "name_goes_on",
)
_CUT_PLACES = [SHAPE.index(name) for name in _CUTS]
_LINKS = ("links", "context", "phrase", "agreement")

#: What the worth of a concept rests on, in order.
WORTH = (
    "known",
    "unithood",
    "termhood",
    "places",
    *(f"pattern:{name}" for name in (*PATTERNS, "known")),
    "form:verb",
    "form:clause",
    "characters:2",
    "characters:3",
    "characters:9+",
    "words:1",
    "words:3",
    "words:4+",
    "register",
    "bound in register",
    "listed",
    "special",
    "commonest",
    "rarest",
    "special words",
    "least special word",
    "dictionary",
    "head form",
    "light",
    "light edge",
    "的",
    "和",
    *(f"first:{tag}" for tag in _FIRST),
    *(f"last:{tag}" for tag in _LAST),
    "nested",
    "holders",
    "neighbour",
    "certainty",
    "steady",
    "rendered",
    "capitals",
    "one word",
    "gloss",
    "common English",
    "shorter",
    "longer",
    *_CUTS,
    *_LINKS,
    "bias",
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a candidate stands in its text.

    Attributes:
        nested: share of its places inside that longer candidate which holds it most often.
        holders: how many longer candidates hold it.
        neighbour: share of its places that have the same character before or behind them, on the
            side where that is more; 0 if it stands once.
    """

    nested: float
    holders: int
    neighbour: float


def worth(row: FloatArray, weights: FloatArray | None = None) -> float:
    """Return how surely a concept is an entry, in ``(0, 1)``, by its evidence ``[len(WORTH)]``."""
    return float(1 / (1 + np.exp(-row @ (_learned() if weights is None else weights))))


def worth_input(candidate: Candidate, terms: Sequence[Term], around: Surroundings) -> FloatArray:
    """Return the evidence ``[len(WORTH)]`` of a candidate and what renders it, best first."""
    words = chinese_words(candidate.key, tags=True)
    values = {
        **_chinese(candidate, words),
        **_english(candidate, terms),
        "nested": around.nested,
        "holders": math.log2(1 + around.holders) / 4,
        "neighbour": around.neighbour,
        "bias": 1.0,
    }
    return np.array([values.get(name, 0.0) for name in WORTH])


def _chinese(candidate: Candidate, words: Sequence[Word]) -> dict[str, float]:
    key = candidate.key
    parts = [word.text for word in words if word.tag != "x"]
    common = [zipf(part, "zh") for part in parts] or [0.0]
    special = [_special(part) for part in parts if len(part) > 1] or [0.0]
    first, last = words[0], words[-1]
    light = word_class("light")
    return {
        "known": float(candidate.known),
        "unithood": candidate.unithood,
        "termhood": candidate.termhood,
        "places": min(1.0, math.log2(len(candidate.places)) / 4),
        f"pattern:{candidate.pattern}": 1.0,
        f"form:{candidate.form}": 1.0,
        f"characters:{len(key)}": 1.0,
        "characters:9+": float(len(key) >= 9),
        f"words:{len(parts)}": 1.0,
        "words:4+": float(len(parts) >= 4),
        "register": math.log1p(register_count(key)) / 6,
        "bound in register": float(register_bound(key)),
        "listed": zipf(key, "zh") / 8,
        "special": _special(key),
        "commonest": max(common) / 8,
        "rarest": min(common) / 8,
        "special words": sum(special) / len(special),
        "least special word": min(special),
        "dictionary": float(bool(glosses(key))),
        "head form": max(-1.5, min(2.0, 1 + head_likeness(words) / 4)),
        "light": sum(part in light for part in parts) / max(1, len(parts)),
        "light edge": float(first.text in light) + float(last.text in light),
        "的": float("的" in parts),
        "和": float(any(character in "和与及、，" for character in key)),
        f"first:{first.tag[:1]}": 1.0,
        f"last:{last.tag[:1]}": 1.0,
    }


def _special(word: str) -> float:
    """Return how much more frequent a word is in the register than in general language.

    The logarithm to base 10 of the ratio (weirdness, Ahmad et al. 1999), cut at 2 and halved; 0 for
    a word that either has not.
    """
    share, general = register_share(word), zipf(word, "zh")
    if not share or general <= 1:
        return 0.0
    return max(-1.0, min(1.0, (math.log10(share) + 9 - general) / 2))


def _english(candidate: Candidate, terms: Sequence[Term]) -> dict[str, float]:
    """Return what renderings tell: the mean over renditions, each with its commonest one."""
    counts: dict[str, Counter[int]] = {}
    for number, term in enumerate(terms):
        for found in term.attestations:
            counts.setdefault(found.source_id, Counter())[number] += 1
    values: dict[str, float] = defaultdict(float)
    for source, count in counts.items():
        best, most = max(count.items(), key=lambda item: (item[1], -item[0]))
        proofs = [found for found in terms[best].attestations if found.source_id == source]
        for name, value in _rendering(candidate, terms[best], proofs).items():
            values[name] += value / len(counts)
        values["steady"] += most / count.total() / len(counts)
        values["rendered"] += min(1.0, most / len(candidate.places)) / len(counts)
    return values


def _rendering(candidate: Candidate, term: Term, proofs: Sequence[Attestation]) -> dict[str, float]:
    """Return what a rendering tells by itself; ``proofs`` are its places in one rendition."""
    evidence = dict(term.score.evidence) if term.score else {}
    words = [word for word in english_words(term.text) if word.text[:1].isalnum()]
    content = [word.text for word in words if not is_function_word(word.text)]
    expected = len(candidate.key) / 2
    return {
        "certainty": term.score.value if term.score else 0.0,
        "capitals": sum(text[0].isupper() for text in content) / max(1, len(content)),
        "one word": float(len(content) <= 1),
        "gloss": float(_is_gloss(candidate.key, term.text)),
        "common English": sum(zipf(text.lower(), "en") for text in content)
        / (8 * max(1, len(content))),
        "shorter": max(0.0, math.log(expected / max(1, len(content)))),
        "longer": max(0.0, math.log(max(1, len(content)) / expected)),
        **_shape(proofs),
        **{name: float(evidence.get(name, 0.0)) for name in _LINKS},
    }


def _is_gloss(chinese: str, english: str) -> bool:
    return english.lower() in {gloss.lower().removeprefix("to ") for gloss in glosses(chinese)}


def _shape(proofs: Sequence[Attestation]) -> dict[str, float]:
    """Return the grammatical signs of a rendering, the mean of its first places."""
    rows = []
    for found in proofs[:_LOOKED_AT]:
        grammar = text_grammar(found.context)
        inside = [
            number
            for number, word in enumerate(grammar.words)
            if word.start >= found.span[0] and word.end <= found.span[1]
        ]
        if inside:
            rows.append(grammar.shape(inside[0], inside[-1] + 1))
    if not rows:
        return {}
    mean = np.mean(np.array(rows)[:, _CUT_PLACES], axis=0)
    return dict(zip(_CUTS, map(float, mean), strict=True))


# Places of a rendering whose grammar is read.
_LOOKED_AT = 3


@functools.cache
def _learned() -> FloatArray:
    text = (files("glossary.harvest") / "worth.tsv").read_text(encoding="utf-8")
    table = dict(line.split("\t") for line in text.splitlines()[1:])
    return np.array([float(table.get(name, 0.0)) for name in WORTH])


def surroundings(candidates: Sequence[Candidate], texts: Sequence[str]) -> dict[str, Surroundings]:
    """Return the surroundings of candidates by their keys, places counted in ``texts``."""
    by_text: dict[int, list[tuple[int, int, str]]] = {}
    for candidate in candidates:
        for place in candidate.places:
            by_text.setdefault(place.text, []).append((place.start, place.end, candidate.key))
    found = {}
    for candidate in candidates:
        around: Counter[str] = Counter()
        sides: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        for place in candidate.places:
            around.update(
                {
                    key
                    for start, end, key in by_text[place.text]
                    if start <= place.start and place.end <= end and len(key) > len(candidate.key)
                }
            )
            text = texts[place.text]
            for side, at in zip(sides, (place.start - 1, place.end), strict=True):
                if 0 <= at < len(text) and text[at].isalnum():
                    side[text[at]] += 1
        size = len(candidate.places)
        most = max((count for side in sides for count in side.values()), default=0)
        found[candidate.key] = Surroundings(
            max(around.values(), default=0) / size,
            len(around),
            most / size if size > 1 else 0.0,
        )
    return found
