"""What Chinese reports keep repeating: a prior for texts too short to count in.

``register.tsv`` holds counts only, taken from the reports to the party congresses and the
government work reports since 1954 by ``scripts/build_register.py``.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

__all__ = ["register_bound", "register_count", "register_share"]


@dataclass(frozen=True, slots=True)
class _Counts:
    units: Mapping[str, int]
    bound: frozenset[str]
    words: Mapping[str, int]
    size: int


@functools.cache
def _counts() -> _Counts:
    text = (files("glossary.harvest") / "register.tsv").read_text(encoding="utf-8")
    units: dict[str, int] = {}
    bound: set[str] = set()
    words: dict[str, int] = {}
    size = 0
    for line in text.splitlines()[1:]:
        unit, kind, count, *_ = line.split("\t")
        if kind == "all":
            size = int(count)
        elif kind == "bound":
            bound.add(unit)
        else:
            (words if kind == "word" else units)[unit] = int(count)
    return _Counts(units, frozenset(bound), words, size)


def register_count(unit: str) -> int:
    """Return how often the reports have this unit of several words; 0 if it is not one."""
    return _counts().units.get(unit, 0)


def register_bound(run: str) -> bool:
    """Return whether the reports have this run of words, but nearly always as part of a longer."""
    return run in _counts().bound


def register_share(word: str) -> float:
    """Return the share of the reports' words that are this word or unit; 0 if it is rare there."""
    counts = _counts()
    return (counts.words.get(word) or counts.units.get(word, 0)) / counts.size
