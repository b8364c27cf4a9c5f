"""How much a Chinese stretch is built like the heads of a glossary.

What a terminologist takes shows in the words at its edges (战略, 制度, 主义 end terms; 各, 全体,
重大 hardly begin them), in the order of its parts of speech and in its length. A log-linear model
over these learned from candidates of seventy years of reports which of them are heads of the core
glossary (``scripts/fit_head_forms.py``); it knows forms, not heads, so it speaks for formulations
that nobody has recorded as well.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from glossary.language.words import Word

__all__ = ["BIAS", "head_form", "head_likeness"]

#: Name of the weight that counts for every stretch.
BIAS = "-"

_TAGS = 6
_WORDS = 6
_CHARACTERS = 12


def head_form(words: Sequence[Word]) -> Iterator[str]:
    """Yield the names of what a stretch shows of its form, from its words with their tags."""
    text = "".join(word.text for word in words)
    yield f"first:{words[0].text}"
    yield f"last:{words[-1].text}"
    yield f"begins:{text[0]}"
    yield f"ends:{text[-1]}"
    yield f"tags:{''.join(word.tag[:1] for word in words[:_TAGS])}"
    yield f"words:{min(len(words), _WORDS)}"
    yield f"characters:{min(len(text), _CHARACTERS)}"
    for word in words[1:-1]:
        yield f"inside:{word.text}"


def head_likeness(words: Sequence[Word]) -> float:
    """Return the logarithm of the odds that a stretch of the reports is a glossary's head."""
    weights = _weights()
    return weights[BIAS] + sum(weights.get(name, 0.0) for name in head_form(words))


@functools.cache
def _weights() -> Mapping[str, float]:
    text = (files("glossary.harvest") / "head_forms.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines()[1:])
    return {name: float(weight) for name, weight in lines}
