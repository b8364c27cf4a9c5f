"""Classes of Chinese words that begin, end or break term candidates (``word_classes.tsv``).

governing: verbs and function words that a term does not begin with (坚持, 大力).
nominal-verb: verbs that make a term when a noun follows and a phrase when an object does (建设).
light: words of time, place, order, degree and reference, no terms alone nor at a term's edges.
light-head, light-start: light words that a longer term may yet end or begin with (问题, 基本).
kept-adverb: adverbs and pronouns that stand inside terms (全面从严治党, 自我革命).
function: words without meaning of their own, of time, place, reference and connection.
suffix: single characters that a term ends with (利率, 金管局).
organisation: endings of the names of organs, meetings and firms.
"""

from __future__ import annotations

import functools
from importlib.resources import files

__all__ = ["word_class"]


@functools.cache
def word_class(name: str) -> frozenset[str]:
    """Return the words of a class."""
    text = (files("glossary.harvest") / "word_classes.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        label, _, words = line.partition("\t")
        if label == name:
            return frozenset(words.split())
    raise KeyError(name)
